"""Half now and half by a day, and booths that are free again when nothing came: as the sale terms say."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from booths.actions.floor import set_sale_terms
from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Booth
from booths.paying import payment_plan
from fairs import clock
from fairs.deliveries import compose
from fairs.errors import DomainError, Invalid
from fairs.models import Delivery, Entry, Notice
from fairs.money.actions import release
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt, take_in
from fairs.money.actions.release import release_unpaid_notices
from fairs.tasks import release_notices
from fairs.templatetags.fair import day
from tests import world
from tests.booths.test_races import THREADS, fight

PRICE = 13_500_000
BALANCE = date(2018, 10, 10)
DUE = date(2018, 9, 8)
KEPT = date(2018, 9, 18)


@pytest.fixture
def maker():
    return world.person("Trần Văn Lực", language="en")


@pytest.fixture
def finance(edition):
    return world.officer(edition, "finance")


def terms(edition, **fields) -> None:
    """Half in advance, the balance by 10 October, kept ten days longer, unless said otherwise."""
    given = {"in_advance": 50, "balance_due_on": BALANCE, "release_days": 10} | fields
    for name, value in given.items():
        setattr(edition.sale_terms, name, value)
    edition.sale_terms.save()


def charged(edition, maker) -> Notice:
    application = world.application(edition, maker, booths=1)
    free = Booth.objects.free(clock.now()).filter(edition=edition).order_by("code")
    hold_booths(application, booths=list(free[:1]), by=maker)
    return Notice.objects.get(pk=reserve_held(application, by=maker).pk)


def pay(notice: Notice, amount: int, by, key: str = "k") -> None:
    record_receipt(
        notice, way="cash", amount=Decimal(amount), received_on=world.NOON.date(), key=key, by=by
    )  # fmt: skip


def later(days: int):
    return clock.at(world.NOON + timedelta(days=days))


# ---- parts ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_half_is_due_first_and_half_by_the_day_of_the_balance(edition, maker, finance):
    terms(edition)
    notice = charged(edition, maker)
    assert [(one.due_on, one.amount) for one in notice.instalments.all()] == [(DUE, PRICE // 2), (BALANCE, PRICE // 2)]
    assert (notice.due_on, notice.due_now, notice.release_on) == (DUE, PRICE // 2, DUE + timedelta(days=10))
    pay(notice, PRICE // 2, finance)
    notice.refresh_from_db()
    assert (notice.state, notice.due_on, notice.due_now) == ("issued", BALANCE, PRICE // 2)
    assert edition.reservations.get().state == "reserved"
    pay(notice, PRICE // 2, finance, key="k2")
    notice.refresh_from_db()
    assert (notice.state, edition.reservations.get().state) == ("paid", "confirmed")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "due_on"),
    [
        ({"in_advance": 100}, DUE),
        ({"balance_due_on": None}, DUE),
        ({"balance_due_on": DUE}, DUE),
    ],
)
def test_all_is_due_at_once_where_no_part_can_wait(edition, maker, fields, due_on):
    terms(edition, **fields)
    notice = charged(edition, maker)
    assert not notice.instalments.exists()
    assert (notice.due_on, notice.due_now) == (due_on, PRICE)


@pytest.mark.django_db
def test_who_chooses_is_told_both_days_before(edition, maker, client):
    terms(edition)
    application = world.application(edition, maker, booths=1)
    plan = payment_plan(application)
    assert plan.in_parts
    assert [("50" in one, day(KEPT) in one) for one in plan.sentences[:2]] == [(True, False), (False, True)]
    hold_booths(application, booths=list(edition.booths.all())[:1], by=maker)
    client.force_login(maker)
    page = client.get(reverse("booths:plan", args=[edition.slug]) + "?b=A01").content.decode()
    assert day(DUE) in page
    assert day(KEPT) in page
    notice = reserve_held(application, by=maker)
    letter = compose(Delivery.objects.get(kind="fairs.notice_issued"))
    with translation.override("en"):
        assert f"6,750,000 by {day(BALANCE)}" in letter.body
        assert f"until {day(KEPT)}" in letter.body
    shown = client.get(reverse("fairs:notice", args=[edition.slug, notice.pk])).content.decode()
    assert shown.count(day(BALANCE)) == 1
    assert client.get(reverse("fairs:notice_pdf", args=[edition.slug, notice.pk])).content[:4] == b"%PDF"


@pytest.mark.django_db
def test_a_part_in_advance_is_a_part(edition, desk):
    for wrong in (0, 101):
        with pytest.raises(Invalid) as refusal:
            set_sale_terms(edition, in_advance=Decimal(wrong), by=desk)
        assert refusal.value.code == "no_part"
    assert set_sale_terms(edition, in_advance=Decimal(30), release_days=5, by=desk).release_days == 5


# ---- release ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_booths_are_free_again_after_the_last_day_and_a_letter_says_so(edition, maker):
    terms(edition)
    notice = charged(edition, maker)
    with later(17):  # the last day itself
        release_notices()
        assert Notice.objects.get().state == "issued"
    with later(18):
        for _beat in range(2):
            release_notices()
        assert (Notice.objects.get().state, Booth.objects.free(clock.now()).filter(edition=edition).count()) == (
            "cancelled", 4,
        )  # fmt: skip
    letter = compose(Delivery.objects.get(kind="fairs.notice_released"))
    assert letter.to == [maker.email]
    assert notice.number in letter.subject
    assert Entry.objects.filter(verb="fairs.notice.release").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"release_days": None}, {"release_days": 60}])
def test_without_a_day_or_before_it_nothing_is_released(edition, maker, fields):
    terms(edition, **fields)
    charged(edition, maker)
    with later(30):
        assert release_unpaid_notices() == []


@pytest.mark.django_db
def test_who_paid_anything_keeps_the_booth(edition, maker, finance):
    terms(edition)
    pay(charged(edition, maker), 1, finance)
    with later(60):
        assert release_unpaid_notices() == []


@pytest.mark.django_db
def test_money_that_may_be_on_its_way_spares_a_notice(edition, maker, finance, monkeypatch):
    terms(edition)
    notice = charged(edition, maker)
    asked = []
    monkeypatch.setattr(release, "_sparing", [lambda one: asked.append(one) or True])
    with later(30):
        assert release_unpaid_notices() == []
        assert asked == [notice]
        monkeypatch.setattr(release, "_sparing", [])
        waiting = take_in(
            edition, way="cash", amount=Decimal(5), currency="VND", received_on=world.NOON.date(), key="w", by=finance,
            company=notice.company,
        )  # fmt: skip
        assert release_unpaid_notices() == []
        type(waiting).objects.update(returned=5)
        assert release_unpaid_notices() == [notice]


@pytest.mark.django_db
def test_what_is_over_already_is_left_alone(edition, maker, finance):
    terms(edition)
    notice = charged(edition, maker)
    cancel_notice(notice, by=finance)
    with later(30):
        assert release.release_notice(notice) is None
    assert not Delivery.objects.filter(kind="fairs.notice_released").exists()


# ---- money at the same moment -----------------------------------------------------------------------------


@pytest.fixture
def unpaid():
    """Notices whose last day was yesterday, one for each round."""
    with clock.at(world.NOON - timedelta(days=30)):
        edition = world.edition()
        terms(edition, release_days=0)
        world.floor(edition, booths=8)
        return world.officer(edition, "finance"), [charged(edition, world.person()) for _round in range(8)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_payment_and_the_end_at_once_have_one_outcome(unpaid):
    finance, notices = unpaid

    def deed(number, turn):
        return release_unpaid_notices() if number % 2 else pay(notices[turn], 5, finance, key=f"{turn}-{number}")

    fight(len(notices), deed)
    for notice in notices:
        notice.refresh_from_db()
        booth = notice.company.reservations.get().state
        assert (notice.state, notice.paid, booth) in {
            ("cancelled", 0, "released"), ("issued", THREADS // 2 * 5, "reserved"),
        }  # fmt: skip


def money_between_look_and_write(notice, finance, monkeypatch) -> object:
    """Release the notice while somebody pays it, after the look and before the write; what the payer was told."""
    told: list[object] = []

    def payer() -> None:
        try:
            with clock.at(world.NOON):
                pay(notice, 5, finance)
                told.append("taken")
        except DomainError as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    thread = threading.Thread(target=payer)

    def look(_notice) -> bool:
        if thread.ident is None:
            thread.start()
            thread.join(timeout=2)
        return False

    monkeypatch.setattr(release, "_sparing", [look])
    with clock.at(world.NOON):
        release.release_notice(notice)
    thread.join()
    notice.refresh_from_db()
    return told[0]


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_payer_waits_and_is_told_that_nothing_is_owed(unpaid, monkeypatch):
    finance, [notice, *_others] = unpaid
    assert money_between_look_and_write(notice, finance, monkeypatch) == "not_payable"
    assert (notice.state, notice.paid) == ("cancelled", 0)


@pytest.mark.race
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_control_cancels_a_notice_that_was_paid(unpaid, monkeypatch):
    """The same without the lock on the notice and without the constraint."""
    finance, [notice, *_others] = unpaid
    whole = Notice.objects.select_related("edition", "company")
    monkeypatch.setattr(release, "locked_notice", lambda one: whole.get(pk=one.pk))
    constraint = next(one for one in Notice._meta.constraints if one.name == "cancelled_notice_holds_no_money")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Notice, constraint)
    try:
        assert money_between_look_and_write(notice, finance, monkeypatch) == "taken"
        assert (notice.state, notice.paid) == ("cancelled", 5)
    finally:
        Notice.objects.filter(pk=notice.pk).update(paid=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(Notice, constraint)
