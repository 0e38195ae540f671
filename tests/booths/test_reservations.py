"""Holding booths, paying for them, giving them back."""

from datetime import timedelta

import pytest

from booths.actions.reservations import hold_booths, release_booth, reserve_held
from booths.models import Booth, Reservation
from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.models import Entry, Notice
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """An edition with four booths and an accepted application for two."""
    with clock.at(world.NOON):
        edition = world.edition()
        yield {"edition": edition, "booths": world.floor(edition), "application": world.application(edition)}


def test_a_hold_keeps_the_booth_until_its_minutes_are_over(fair):
    contact = fair["application"].contact
    held = hold_booths(fair["application"], booths=fair["booths"][:2], by=contact)
    assert [row.state for row in held] == ["held", "held"]
    assert set(Booth.objects.free(clock.now())) == set(fair["booths"][2:])
    with clock.at(world.NOON + timedelta(minutes=15)):
        assert set(Booth.objects.free(clock.now())) == set(fair["booths"])


def test_a_hold_that_ran_out_gives_way_to_the_next(fair):
    other = world.application(fair["edition"])
    hold_booths(fair["application"], booths=fair["booths"][:1], by=fair["application"].contact)
    with clock.at(world.NOON + timedelta(minutes=16)):
        hold_booths(other, booths=fair["booths"][:1], by=other.contact)
    assert sorted(Reservation.objects.values_list("state", flat=True)) == ["held", "lapsed"]


def test_a_taken_booth_is_refused_whole_with_what_is_free(fair):
    other = world.application(fair["edition"])
    hold_booths(fair["application"], booths=fair["booths"][:1], by=fair["application"].contact)
    with pytest.raises(Refused) as refusal:
        hold_booths(other, booths=fair["booths"][:2], by=other.contact)
    assert refusal.value.code == "booth_taken"
    assert "A01" in refusal.value.message
    assert "A02" in refusal.value.message
    assert not other.reservations.exists()


def test_holding_again_is_no_error_and_no_longer(fair):
    by = fair["application"].contact
    first = hold_booths(fair["application"], booths=fair["booths"][:2], by=by)
    again = hold_booths(fair["application"], booths=fair["booths"][:2], by=by)
    assert [row.pk for row in again] == [row.pk for row in first]
    assert [row.held_until for row in again] == [row.held_until for row in first]


def test_an_application_holds_no_more_than_it_asked_for(fair):
    with pytest.raises(Refused, match=r".") as refusal:
        hold_booths(fair["application"], booths=fair["booths"][:3], by=fair["application"].contact)
    assert refusal.value.code == "too_many_booths"


def test_only_the_company_and_the_booth_desk_hold(fair):
    with pytest.raises(Forbidden):
        hold_booths(fair["application"], booths=fair["booths"][:1], by=world.person())
    desk = world.officer(fair["edition"], "booth_desk")
    assert hold_booths(fair["application"], booths=fair["booths"][:1], by=desk)


def test_paying_in_full_confirms_and_permits(fair):
    by = fair["application"].contact
    finance = world.officer(fair["edition"], "finance")
    hold_booths(fair["application"], booths=fair["booths"][:2], by=by)
    notice = reserve_held(fair["application"], by=by)
    assert (notice.due, notice.currency) == (27_000_000, "VND")
    day = clock.today(fair["edition"])
    record_receipt(notice, way="cash", amount=notice.due / 2, received_on=day, key="one", by=finance)
    assert set(Reservation.objects.values_list("state", flat=True)) == {"reserved"}
    for _twice in range(2):
        record_receipt(notice, way="cash", amount=notice.due / 2, received_on=day, key="two", by=finance)
    assert Notice.objects.get().state == "paid"
    assert set(Reservation.objects.values_list("state", flat=True)) == {"confirmed"}
    assert all(Reservation.objects.values_list("permit", flat=True))


def test_reserving_twice_answers_the_first_notice(fair):
    by = fair["application"].contact
    hold_booths(fair["application"], booths=fair["booths"][:2], by=by)
    assert reserve_held(fair["application"], by=by) == reserve_held(fair["application"], by=by)


def test_cancelling_the_notice_frees_the_booths(fair):
    by = fair["application"].contact
    hold_booths(fair["application"], booths=fair["booths"][:2], by=by)
    notice = reserve_held(fair["application"], by=by)
    cancel_notice(notice, by=world.officer(fair["edition"], "finance"))
    assert set(Booth.objects.free(clock.now())) == set(fair["booths"])


def test_the_journal_keeps_every_step_without_personal_values(fair):
    by = fair["application"].contact
    [held] = hold_booths(fair["application"], booths=fair["booths"][:1], by=by)
    release_booth(held, by=by)
    steps = Entry.objects.filter(object_id=str(held.pk), verb__startswith="booths.reservation").order_by("pk")
    assert [(entry.verb, entry.subject, entry.actor) for entry in steps] == [
        ("booths.reservation.hold", "A01", by),
        ("booths.reservation.release", "A01", by),
    ]
