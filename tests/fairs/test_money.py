"""Notices and receipts: what is owed, what came in, numbers without a gap, once however often it is said."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company, Delivery, Edition, Entry, Notice, NoticeLine, Payment, Person
from fairs.money import sources
from fairs.money.actions.notices import cancel_notice, issue_notice
from fairs.money.actions.payments import record_receipt
from fairs.states import StateConflict
from tests import world

pytestmark = pytest.mark.django_db
TODAY = date(2018, 9, 1)


class Fair:
    """An edition with finance, and a company that owes."""

    def __init__(self) -> None:
        self.edition: Edition = world.edition(slug="hgs-2018")
        self.finance = world.officer(self.edition, "finance")
        self.maker = world.person("Trần Văn Lực")
        self.firm = world.company(self.maker)

    def notice(self, *amounts: int, firm: Company | None = None, currency: str = "VND") -> Notice:
        """A notice with a line for each amount; a negative one is support."""
        lines = [
            NoticeLine(
                kind="price" if amount >= 0 else "support", text_vi="Gian A01", text_en="Booth A01", amount=amount,
                unit_price=amount, source_kind="test", source_id=7,
            )
            for amount in amounts or (13_500_000,)
        ]  # fmt: skip
        return issue_notice(
            self.edition, company=firm or self.firm, currency=currency, lines=lines,
            due_on=TODAY + timedelta(days=7), contact=self.maker, by=self.finance,
        )  # fmt: skip

    def receive(self, notice: Notice, amount: int | Decimal, **given: Any) -> Payment:
        """Money in cash, today, recorded by finance."""
        fields: dict[str, Any] = {"way": "cash", "received_on": TODAY, "key": "k1", "by": self.finance} | given
        return record_receipt(notice, amount=Decimal(amount), **fields)


@pytest.fixture
def told(monkeypatch):
    """What the owner of the lines is told: paid or cancelled, with the ids."""
    heard: list[tuple[str, list[int]]] = []
    monkeypatch.setitem(sources._paid, "test", lambda *, ids, by: heard.append(("paid", ids)))
    monkeypatch.setitem(sources._cancelled, "test", lambda *, ids, by: heard.append(("cancelled", ids)))
    return heard


@pytest.fixture
def fair(told):
    with clock.at(world.NOON):
        yield Fair()


def refused(kind: type[Exception], deed: Any) -> str:
    with pytest.raises(kind) as refusal:
        deed()
    return refusal.value.code  # type: ignore[attr-defined]


# ---- issuing ----------------------------------------------------------------------------------------------


def test_a_notice_has_a_number_its_parts_and_a_letter(fair):
    notice = fair.notice(27_000_000, -13_500_000)
    assert (notice.number, notice.due, notice.list_price, notice.support) == (
        "HGS18-TB00001",
        13_500_000,
        27_000_000,
        -13_500_000,
    )
    assert Delivery.objects.get().kind == "fairs.notice_issued"
    assert Entry.objects.latest("pk").verb == "fairs.notice.issue"


def test_a_resident_owes_dong(fair):
    assert refused(Refused, lambda: fair.notice(900, currency="USD")) == "residents_owe_vnd"
    abroad = world.importer_company()
    assert fair.notice(900, firm=abroad, currency="USD").currency == "USD"


def test_what_is_supported_in_full_is_paid_at_once(fair, told):
    notice = fair.notice(13_500_000, -13_500_000)
    assert notice.state == "paid"
    assert told == [("paid", [7])]


def test_numbers_have_no_gap_even_after_a_refusal(fair):
    fair.notice()
    with pytest.raises(Refused):
        fair.notice(900, currency="USD")
    assert fair.notice().number == "HGS18-TB00002"


# ---- receiving --------------------------------------------------------------------------------------------


def test_a_part_leaves_the_rest_owed_and_the_rest_settles(fair, told):
    notice = fair.notice(10)
    first = fair.receive(notice, 4)
    notice.refresh_from_db()
    assert (notice.balance, notice.state, told) == (6, "issued", [])
    second = fair.receive(notice, 6, key="k2")
    notice.refresh_from_db()
    assert (notice.balance, notice.state, told) == (0, "paid", [("paid", [7])])
    assert [first.receipt, second.receipt] == ["HGS18-PT00001", "HGS18-PT00002"]
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "fairs.notice.issue",
        "fairs.payment.receive",
        "fairs.payment.receive",
        "fairs.notice.settle",
    ]


def test_the_same_receipt_twice_is_counted_once(fair):
    notice = fair.notice(10)
    assert fair.receive(notice, 10) == fair.receive(notice, 10)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kind", "code"),
    [
        ({"amount": 0}, Invalid, "not_positive"),
        ({"amount": -5}, Invalid, "not_positive"),
        ({"amount": 11}, Refused, "more_than_due"),
        ({"amount": 5, "way": "shells"}, Invalid, "unknown_way"),
        ({"amount": 5, "received_on": TODAY + timedelta(days=1)}, Invalid, "in_the_future"),
    ],
)
def test_what_cannot_have_come_in_is_refused_whole(fair, given, kind, code):
    notice = fair.notice(10)
    assert refused(kind, lambda: fair.receive(notice, **given)) == code
    assert not Payment.objects.exists()
    assert Notice.objects.get().paid == 0


def test_nothing_comes_in_for_what_is_not_owed(fair):
    notice = fair.notice(10)
    cancel_notice(notice, by=fair.finance)
    assert refused(Refused, lambda: fair.receive(notice, 10)) == "not_payable"


def test_only_finance_records_and_cancels(fair):
    notice = fair.notice(10)
    for person in [fair.maker, world.officer(fair.edition, "booth_desk"), world.officer(world.edition(), "finance")]:
        with pytest.raises(Forbidden):
            fair.receive(notice, 10, by=person)
        with pytest.raises(Forbidden):
            cancel_notice(notice, by=person)


# ---- cancelling -------------------------------------------------------------------------------------------


def test_cancelling_tells_the_owner_of_the_lines(fair, told):
    cancel_notice(fair.notice(10), by=fair.finance)
    assert told == [("cancelled", [7])]
    assert Notice.objects.get().state == "cancelled"


def test_paper_that_was_paid_is_never_taken_back(fair):
    notice = fair.notice(10)
    fair.receive(notice, 4)
    assert refused(Refused, lambda: cancel_notice(notice, by=fair.finance)) == "has_payments"
    done = fair.notice(10)
    cancel_notice(done, by=fair.finance)
    with pytest.raises(StateConflict):
        cancel_notice(done, by=fair.finance)


def test_sums_stand_apart_by_currency(fair):
    fair.receive(fair.notice(10), 4)
    fair.notice(900, firm=world.importer_company(), currency="USD")
    cancel_notice(fair.notice(100), by=fair.finance)
    assert Notice.objects.all().sums() == {
        "USD": {"due": 900, "paid": 0, "outstanding": 900},
        "VND": {"due": 10, "paid": 4, "outstanding": 6},
    }


# ---- for programs -----------------------------------------------------------------------------------------


def program(person: Person) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_a_program_records_a_receipt_once(fair):
    notice = fair.notice(10)
    given = {"notice": notice.pk, "way": "cash", "amount": "10", "received_on": str(TODAY), "key": "one"}
    client = program(fair.finance)
    answers = [client.post("/api/v1/payments/", given) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    shown = client.get(f"/api/v1/notices/{notice.pk}/").json()
    assert (shown["state"], shown["balance"], shown["verbs"]) == ("paid", "0.00", ["reopen", "credit"])
    assert client.post(f"/api/v1/notices/{notice.pk}/cancel/").status_code == 409


def test_a_company_reads_its_own_and_records_nothing(fair):
    notice = fair.notice(10)
    client = program(fair.maker)
    assert client.get("/api/v1/notices/").json()["count"] == 1
    given = {"notice": notice.pk, "way": "cash", "amount": "10", "received_on": str(TODAY), "key": "one"}
    assert client.post("/api/v1/payments/", given).status_code == 403
    assert client.post(f"/api/v1/notices/{notice.pk}/cancel/").status_code == 403
    stranger = program(world.person())
    assert stranger.get(f"/api/v1/notices/{notice.pk}/").status_code == 404
    assert stranger.post("/api/v1/payments/", given).status_code == 404


def test_notices_are_narrowed_by_state_and_words(fair):
    fair.notice(10)
    client = program(fair.finance)
    assert client.get("/api/v1/notices/?state=issued&q=GOM giang").json()["count"] == 1
    assert client.get("/api/v1/notices/?state=overdue").json()["count"] == 0
    with clock.at(world.NOON + timedelta(days=30)):
        assert client.get("/api/v1/notices/?state=overdue").json()["count"] == 1


# ---- lists ------------------------------------------------------------------------------------------------


def many(fair: Fair, rows: int) -> None:
    Notice.objects.bulk_create(
        Notice(
            edition=fair.edition, company=fair.firm, number=f"N{n}", reference=f"R{n}", currency="VND", due=10,
            due_on=TODAY,
        )
        for n in range(rows)
    )  # fmt: skip
    NoticeLine.objects.bulk_create(
        NoticeLine(notice=notice, kind="price", text_vi="a", text_en="a", unit_price=10, amount=10)
        for notice in Notice.objects.all()
    )


@pytest.mark.parametrize("rows", world.ROWS)
def test_programs_lists_ask_the_same_whatever_their_length(fair, rows, django_assert_num_queries):
    many(fair, rows)
    client = program(fair.finance)
    with django_assert_num_queries(5):
        assert client.get("/api/v1/notices/").json()["count"] == rows


@pytest.mark.parametrize("rows", world.ROWS)
@pytest.mark.parametrize(("page", "queries"), [("money_desk", 9), ("journal", 6)])
def test_desk_lists_ask_the_same_whatever_their_length(fair, client, page, queries, rows, django_assert_num_queries):
    many(fair, rows)
    Entry.objects.bulk_create(
        Entry(at=world.NOON, verb="fairs.edition.change", edition=fair.edition, object_id=str(n), actor=fair.finance)
        for n in range(rows)
    )
    client.force_login(world.officer(fair.edition, "director"))
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"fairs:{page}", args=["hgs-2018"])).status_code == 200


@pytest.mark.parametrize("rows", world.ROWS)
def test_a_companys_list_asks_the_same_whatever_its_length(fair, client, rows, django_assert_num_queries):
    many(fair, rows)
    client.force_login(fair.maker)
    with django_assert_num_queries(10):
        assert client.get(reverse("fairs:notices", args=["hgs-2018"])).status_code == 200


def test_the_key_of_another_notice_hides_no_money_and_shows_no_receipt(fair):
    first, second = fair.notice(100), fair.notice(200)
    fair.receive(first, 100, key="1")
    assert refused(Refused, lambda: fair.receive(second, 200, key="1")) == "key_used"
    assert Payment.objects.count() == 1
    mine = fair.receive(second, 200, key="2")
    assert second.receipts == [(mine, 200)]
