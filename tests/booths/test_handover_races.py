"""One form sent twice at one moment, two officers at one breach, a breach against its exhibitor’s vehicle."""

import pytest

from booths.actions.breaches import confirm_breach, drop_breach, record_breach
from booths.actions.handover import check_booth, find_fault
from booths.actions.vehicles import change_vehicle
from booths.models import BoothCheck, Fault, MoveSlot, VehiclePass
from fairs import clock
from fairs.models import Delivery, Entry
from tests import world
from tests.booths import moving
from tests.booths.moving import DAY_BEFORE
from tests.booths.test_vehicle_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


@pytest.fixture
def fair():
    """An edition with a booth for each round, two officers of the booth desk."""
    with clock.at(world.NOON):
        edition = world.edition()
        rows = [moving.exhibitor(edition, booth).reservations.get() for booth in world.floor(edition, ROUNDS)]
        return edition, rows, [world.officer(edition, "booth_desk") for _one in range(2)]


def test_a_form_sent_twice_at_one_moment_is_one(fair):
    _edition, rows, (desk, _other) = fair
    for row in rows:
        key = f"k{row.pk}"
        given = {"key": key, "built": True, "occupied": True, "signed_name": "Hiền", "by": desk}
        told = at_once(*[lambda row=row, given=given: check_booth(row, **given).pk] * 3, moment=DAY_BEFORE)
        assert len(set(told)) == 1
        told = at_once(*[lambda row=row, key=key: find_fault(row, key=key, note="x", by=desk).pk] * 3)
        assert len(set(told)) == 1
    assert (BoothCheck.objects.count(), Fault.objects.count()) == (ROUNDS, ROUNDS)
    assert Entry.objects.filter(verb="booths.reservation.hand_over").count() == ROUNDS


def test_of_two_officers_at_one_breach_one_decides(fair):
    _edition, rows, (first, second) = fair
    for row in rows:
        with clock.at(DAY_BEFORE):
            breach = record_breach(row, rule="sub_letting", reason="x", key=f"b{row.pk}", by=first)
        told = at_once(
            lambda breach=breach: confirm_breach(breach, by=second).state,
            lambda breach=breach: drop_breach(breach, by=first).state,
            moment=DAY_BEFORE,
        )
        breach.refresh_from_db()
        row.refresh_from_db()
        assert sorted(told) == sorted([breach.state, "state_conflict"])
        assert row.state == {"confirmed": "taken_back", "dropped": "confirmed"}[breach.state]


def test_a_breach_and_a_change_of_the_vehicle_end_without_waiting_for_each_other(fair):
    edition, rows, (first, second) = fair
    with clock.at(world.NOON):
        early, late = moving.window(edition, vehicles=9).slots.order_by("starts_at")[:2]
    for row in rows:
        one = moving.vehicle(row.application, early)
        with clock.at(world.NOON):
            breach = record_breach(row, rule="sub_letting", reason="x", key=f"b{row.pk}", by=first)
        at_once(
            lambda breach=breach: confirm_breach(breach, by=second).state,
            lambda one=one, row=row: change_vehicle(one, slot=late, by=row.application.contact).state,
        )
        one.refresh_from_db()
        assert one.state == "cancelled"
    assert set(MoveSlot.objects.values_list("booked", flat=True)) == {0}
    assert not VehiclePass.objects.live().exists()
    assert Delivery.objects.filter(kind="booths.taken_back").count() == ROUNDS
