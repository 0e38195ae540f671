"""What finance looks at: outstanding by age, reminders, cash flow, the close of a day."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from fairs import clock
from fairs.errors import Forbidden
from fairs.models import BankLine, Checkout, Delivery, Entry, Instalment, Notice, Person
from fairs.money import figures
from fairs.money.actions import release
from fairs.money.actions.payments import record_receipt, take_off_notice, use_payment, void_payment
from fairs.money.actions.refunds import came_back, refund_payment
from fairs.money.actions.reminders import candidates, remind
from tests import world
from tests.fairs.ledger import PRICE, TODAY, Desk
from tests.fairs.test_finance_pages import browsing, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    with clock.at(world.NOON):
        yield Desk()


def later(days: int):
    return clock.at(world.NOON + timedelta(days=days))


# ---- outstanding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, "not-due"), (7, "not-due"), (8, "week"), (14, "week"), (15, "month"), (38, "two-months"), (68, "older")],
)
def test_what_is_owed_grows_older(desk, days, age):
    with later(days):
        [part] = figures.outstanding(desk.edition)
    assert (part.age.code, part.amount) == (age, PRICE)


def test_every_number_of_days_has_one_age():
    for days in range(-400, 1000):
        assert sum(age.holds(days) for age in figures.AGES) == 1


def test_instalments_count_on_their_own_days_and_payments_meet_the_earliest(desk):
    Instalment.objects.create(notice=desk.notice, due_on=TODAY, amount=PRICE - 100)
    Instalment.objects.create(notice=desk.notice, due_on=TODAY + timedelta(days=40), amount=100)
    desk.cash(PRICE - 300)
    with later(20):
        parts = figures.outstanding(desk.edition)
        assert [(part.amount, part.age.code) for part in parts] == [(200, "month"), (100, "not-due")]
        assert figures.sums_by_age(parts)["VND"]["month"] == 200


def test_the_page_adds_up_by_currency_and_shows_the_notices_of_an_age(desk):
    Notice.objects.create(
        edition=desk.edition, company=world.importer_company(), number="TB-USD", reference="USD", currency="USD",
        due=900, due_on=TODAY - timedelta(days=40),
    )  # fmt: skip
    client = browsing(desk.finance)
    page = shown(client, "outstanding")
    assert "US$900" in page.replace("\N{NO-BREAK SPACE}", "")
    assert desk.notice.number in page
    old = shown(client, "outstanding", age="two-months")
    assert "TB-USD" in old
    assert desk.notice.number not in old
    assert "Nothing of this age" in shown(client, "outstanding", age="week")


@pytest.mark.parametrize("rows", world.ROWS)
@pytest.mark.parametrize(
    ("page", "queries"), [("outstanding", 7), ("reminders", 11), ("cash_flow", 11), ("day_close", 8)]
)
def test_the_pages_ask_the_same_whatever_the_size(desk, page, queries, rows, django_assert_num_queries):
    Notice.objects.bulk_create(
        Notice(
            edition=desk.edition, company=desk.notice.company, number=f"N{n}", reference=f"R{n}", currency="VND",
            due=10, due_on=TODAY, contact=desk.notice.contact,
        )
        for n in range(rows)
    )  # fmt: skip
    for n in range(rows):
        desk.from_outside(3, f"p{n}")
    client = browsing(desk.finance)
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"fairs:{page}", args=["hgs-2018"])).status_code == 200


# ---- reminders -----------------------------------------------------------------------------------------------


def why_not(desk: Desk) -> list[str]:
    with translation.override("en"):
        return [str(one.why_not) for one in candidates(desk.edition)]


def test_who_has_time_is_not_reminded_and_who_has_three_days_is(desk):
    with later(3):
        assert candidates(desk.edition) == []
    with later(4):
        assert why_not(desk) == [""]


def test_a_reminder_goes_once_a_day_to_who_got_the_notice(desk):
    with later(20):
        [letter] = remind(desk.edition, notices=[desk.notice.pk], by=desk.finance)
        assert (letter.kind, letter.to) == ("fairs.notice_reminder", desk.notice.company.people.get())
        assert Entry.objects.latest("pk").verb == "fairs.notice.remind"
        assert remind(desk.edition, notices=[desk.notice.pk], by=desk.finance) == []
        assert why_not(desk) == ["Reminded today"]
    with later(21):
        assert why_not(desk) == [""]
        assert candidates(desk.edition)[0].last is not None


def test_who_paid_today_gets_none(desk):
    with later(20):
        desk.cash(5)
        assert why_not(desk) == ["Paid something today"]
        assert remind(desk.edition, notices=[desk.notice.pk], by=desk.finance) == []
    with later(21):
        assert why_not(desk) == [""]


def test_money_of_today_counts_though_it_was_recorded_before(desk):
    with later(20):
        day = clock.today(desk.edition)
        record_receipt(desk.notice, way="bank_slip", amount=Decimal(5), received_on=day, key="k", by=desk.finance)
        assert why_not(desk) == ["Paid something today"]


def test_who_has_no_e_mail_is_left_out(desk):
    payer = desk.notice.company.people.get()
    payer.email = None
    payer.save()
    with later(20):
        assert why_not(desk) == ["Nobody with an e-mail"]


def test_the_page_shows_the_letter_first_and_sends_to_those_ticked(desk):
    other = desk.reserve(desk.booths[1])
    Person.objects.update(language="en")
    client = browsing(desk.finance)
    with later(20):
        page = shown(client, "reminders")
        assert "Overdue: payment notice" in page
        assert "13,500,000" in page
        answer = client.post(reverse("fairs:reminders", args=["hgs-2018"]), {"notice": [other.pk, "rubbish"]})
        assert answer.status_code == 302
    assert [row.about for row in Delivery.objects.filter(kind="fairs.notice_reminder")] == [f"fairs.notice:{other.pk}"]


def test_only_finance_reminds(desk):
    with pytest.raises(Forbidden):
        remind(desk.edition, notices=[desk.notice.pk], by=world.officer(desk.edition, "booth_desk"))


# ---- cash flow -----------------------------------------------------------------------------------------------


def test_the_weeks_hold_what_came_what_went_and_what_is_expected(desk):
    payment = desk.from_outside(1000)
    use_payment(payment, notices=[], by=None)
    with later(14):
        refund = refund_payment(payment, amount=Decimal(400), reason="x", key="r", by=desk.finance)
    weeks = figures.cash_flow(desk.edition, "VND")
    assert [(week.received, week.returned, week.so_far) for week in weeks] == [
        (1000, 0, 1000), (0, 0, 1000), (0, 400, 600),
    ]  # fmt: skip
    assert sum(week.expected for week in weeks) == PRICE
    with later(21):
        came_back(refund, reason="x", by=None)
    assert [week.returned for week in figures.cash_flow(desk.edition, "VND")] == [0, 0, 400, -400]


def test_what_was_waived_is_no_cash(desk):
    desk.cash(PRICE, way="waived", note="Decision 1")
    assert figures.cash_flow(desk.edition, "VND") == []


def test_the_page_draws_each_currency_apart(desk):
    desk.cash(5_000_000)
    page = shown(browsing(desk.finance), "cash_flow")
    assert "in millions of VND" in page
    assert "<svg" in page


def test_a_week_leads_to_its_receipts(desk):
    first, other = desk.cash(100, "a"), desk.cash(50, "b", received_on=TODAY - timedelta(days=14), way="bank_slip")
    client = browsing(desk.finance)
    [link] = re.findall(r'href="([^"]*week=2018-08-27[^"]*)"', shown(client, "cash_flow"))
    page = client.get(link.replace("&amp;", "&")).content.decode()
    assert first.receipt in page
    assert other.receipt not in page
    assert '<input type="hidden" name="week" value="2018-08-27">' in page, "a search stays in the week"
    assert other.receipt in shown(client, "payments", week="nonsense")


# ---- the close of a day --------------------------------------------------------------------------------------


def test_the_book_of_a_day_is_what_was_written_on_it_and_no_later_day_changes_it(desk):
    first = desk.cash(100, "a")
    desk.cash(50, "b", way="bank_slip")
    desk.cash(7, "c", way="waived", note="Decision 1")
    desk.credit(5)
    book = figures.day_book(desk.edition, TODAY)
    assert book.sums == [("VND", "bank_slip", 1, 50), ("VND", "cash", 1, 100), ("VND", "waived", 1, 7)]
    assert (book.totals, len(book.credits)) == ({"VND": 150}, 1)
    with later(1):
        void_payment(first, reason="x", by=desk.finance)
    assert figures.day_book(desk.edition, TODAY).totals == {"VND": 150}
    assert figures.day_book(desk.edition, TODAY + timedelta(days=1)).totals == {"VND": -100}


def test_money_that_only_moves_between_notices_is_not_in_it(desk):
    payment = desk.cash(100)
    take_off_notice(payment, notice=desk.notice, reason="x", by=desk.finance)
    assert figures.day_book(desk.edition, TODAY).totals == {"VND": 100}


def test_a_day_ends_at_midnight_where_the_fair_is(desk):
    with clock.at(world.NOON.replace(hour=16, minute=59)):  # 23:59 in Hà Nội
        desk.cash(1, "a")
    with clock.at(world.NOON.replace(hour=17)):
        desk.cash(2, "b", received_on=TODAY)
    assert figures.day_book(desk.edition, TODAY).totals == {"VND": 1}
    assert figures.last_day(desk.edition) == TODAY + timedelta(days=1)


def test_the_page_prints_a_chosen_day(desk):
    desk.cash(PRICE)
    client = browsing(desk.finance)
    page = shown(client, "day_close")
    assert "13,500,000" in page
    assert "Accountant" in page
    assert "Nothing was written on this day" in shown(client, "day_close", day="2018-01-01")
    assert "13,500,000" in shown(client, "day_close", day="nonsense")


def test_the_first_day_of_a_year_is_a_day(desk):
    assert figures.day_book(desk.edition, date(2018, 1, 1)).moves == []


def test_whose_card_payment_is_open_or_whose_transfer_waits_gets_none(desk):
    checkout = Checkout.objects.create(
        edition=desk.edition, company=desk.notice.company, notice=desk.notice, attempt=1, title="x", amount=5,
        currency="VND", about=f"fairs.notice:{desk.notice.pk}", key="k", state="open",
        expires_at=world.NOON, look_at=world.NOON, session_id="cs_1", url="x",
    )  # fmt: skip
    with later(20):
        assert why_not(desk) == ["Money may be on its way"]
        checkout.follow("expire", by=None)
        assert why_not(desk) == [""]
        BankLine.objects.create(
            edition=desk.edition, bin="970436", account="1", booked_on=TODAY, amount=5, currency="VND",
            suggested=[desk.notice.pk], state="waiting",
        )  # fmt: skip
        assert why_not(desk) == ["Money may be on its way"]
        assert release.spared(desk.notice)
