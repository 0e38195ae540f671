"""Rivals for the last place of a slot, two entrances with one pass; the controls show that the tests can fail."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from booths.actions.vehicles import book_vehicle, cancel_vehicle, change_vehicle
from booths.actions.yard import read_pass
from booths.models import MoveSlot, VehiclePass
from fairs import clock
from fairs.errors import DomainError
from fairs.models import Entry
from tests import world
from tests.booths import moving
from tests.booths.moving import DAY_BEFORE

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS, RIVALS = 6, 4


def at_once(*deeds, moment=world.NOON):
    """What each deed came to, all begun at the same moment."""
    start = threading.Barrier(len(deeds))

    def run(deed):
        try:
            start.wait()
            with clock.at(moment):
                return deed()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


@pytest.fixture
def rivals():
    """Exhibitors with a paid booth each, and the slots of one window."""
    cache.clear()
    with clock.at(world.NOON):
        edition = world.edition()
        window = moving.window(edition, slot_minutes=20)
        booths = world.floor(edition, RIVALS)
        return window, [moving.exhibitor(edition, booth) for booth in booths]


def booking(application, slot, number):
    def deed():
        rows = list(application.reservations.all())
        made = book_vehicle(
            application, slot=slot, reservations=rows, plate=f"29H{number}{application.pk:04d}",
            key=f"{number}-{application.pk}", by=application.contact,
        )  # fmt: skip
        return f"pass {made.pk > 0}"

    return deed


def counted(slot):
    slot.refresh_from_db()
    return slot.booked, VehiclePass.objects.live().filter(slot=slot).count()


def test_the_last_place_goes_to_one(rivals):
    window, applications = rivals
    for number, slot in enumerate(window.slots.order_by("starts_at")[:3]):
        told = at_once(*(booking(one, slot, number) for one in applications))
        assert sorted(told) == ["pass True", *["slot_full"] * (RIVALS - 1)]
        assert counted(slot) == (1, 1)


def test_two_who_change_places_end_without_waiting_for_each_other(rivals):
    window, (one, other, *_rest) = rivals
    MoveSlot.objects.filter(window=window).update(capacity=2)
    first, second = window.slots.order_by("starts_at")[:2]
    mine, theirs = moving.vehicle(one, first), moving.vehicle(other, second)
    for _round in range(ROUNDS):
        at_once(
            lambda to=second: str(change_vehicle(mine, slot=to, by=one.contact).slot_id),
            lambda to=first: str(change_vehicle(theirs, slot=to, by=other.contact).slot_id),
        )
        assert counted(first) == (1, 1)
        assert counted(second) == (1, 1)
        first, second = second, first


def test_calling_off_twice_at_once_gives_one_place_back(rivals):
    window, (one, *_rest) = rivals
    slot = moving.first_slot(window)
    for number in range(ROUNDS):
        booked = moving.vehicle(one, slot, key=f"c{number}")
        at_once(*[lambda booked=booked: cancel_vehicle(booked, by=one.contact).state] * 2)
        assert counted(slot) == (0, 0)


def test_two_officers_with_one_pass_let_it_in_once(rivals):
    window, (one, *_rest) = rivals
    keepers = [world.officer(window.edition, "gate") for _one in range(2)]
    booked = moving.vehicle(one, moving.first_slot(window))
    told = at_once(
        *(
            lambda keeper=keeper: str(
                read_pass(window.edition, code=booked.short_code, key=f"k{keeper.pk}", by=keeper).answer
            )
            for keeper in keepers
        ),
        moment=DAY_BEFORE,
    )
    assert sorted(told) == ["inside", "welcome"]
    assert Entry.objects.filter(verb="booths.vehiclepass.arrive").count() == 1


@pytest.mark.postgres
def test_without_the_conditional_update_the_last_place_goes_twice(rivals, monkeypatch):
    """The control: it proves that the first test of this file can fail."""
    window, applications = rivals
    met = threading.Barrier(RIVALS)

    def looks_then_writes(slot):
        now = MoveSlot.objects.get(pk=slot.pk)
        met.wait(timeout=20)
        if now.booked < now.capacity:
            MoveSlot.objects.filter(pk=slot.pk).update(booked=now.booked + 1)

    monkeypatch.setattr("booths.actions.vehicles.take_place", looks_then_writes)
    slot = moving.first_slot(window)
    told = at_once(*(booking(one, slot, 0) for one in applications))
    assert told == ["pass True"] * RIVALS
    assert counted(slot) == (1, RIVALS)
