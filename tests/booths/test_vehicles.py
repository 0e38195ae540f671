"""A vehicle's pass: booked once and never too many, changed, called off, read at the entrance, forgotten later."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from booths.actions.reservations import release_booth
from booths.actions.vehicles import cancel_vehicle, change_vehicle
from booths.actions.withdrawals import withdraw_in_writing
from booths.actions.yard import Answer, forget_drivers, let_out, miss_vehicle, note_missing, read_pass
from booths.models import MoveSlot, Reservation, VehiclePass
from booths.vehicle_codes import fields_of, new_short_code
from booths.vehicle_faces import address_of
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused, TooMany
from fairs.models import Entry
from tests import world
from tests.booths import moving
from tests.booths.moving import CLOSED, DAY_BEFORE

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition():
    cache.clear()
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def booths(edition):
    return world.floor(edition)


@pytest.fixture
def window(edition):
    return moving.window(edition)


@pytest.fixture
def maker(edition, booths):
    return moving.exhibitor(edition, *booths[:2])


@pytest.fixture
def keeper(edition):
    return world.officer(edition, "gate")


def read(edition, one, by, *, at=DAY_BEFORE, key="r1", **more):
    with clock.at(at):
        return read_pass(edition, code=more.pop("code", one and one.short_code), key=key, by=by, **more).answer


def refused(code, deed, *given, kind=Refused, **more):
    with pytest.raises(kind) as refusal:
        deed(*given, **more)
    assert refusal.value.code == code


def test_a_vehicle_is_booked_once_however_often_the_form_is_sent(edition, window, maker):
    slot = moving.first_slot(window)
    one = moving.vehicle(maker, slot, plate="29h 123.45", key="form")
    assert moving.vehicle(maker, slot, key="form") == one
    slot.refresh_from_db()
    assert (one.plate, one.codes, slot.booked) == ("29H12345", ["A01", "A02"], 1)
    entry = Entry.objects.get(verb="booths.vehiclepass.book")
    assert (entry.company, entry.subject) == (maker.company, f"{one.short_code[:4]} {one.short_code[4:]}")


def test_a_full_slot_says_what_is_free_near_it(edition, window, booths, maker):
    slot = moving.first_slot(window)
    moving.vehicle(maker, slot)
    other = moving.exhibitor(edition, booths[2])
    with pytest.raises(Refused) as refusal:
        moving.vehicle(other, slot)
    assert refusal.value.code == "slot_full"
    assert "09:00, 10:00, 11:00" in refusal.value.message
    assert VehiclePass.objects.count() == MoveSlot.objects.get(pk=slot.pk).booked == 1


def test_nobody_comes_before_everything_is_paid(edition, window, booths):
    unpaid = moving.exhibitor(edition, booths[0], permit=False, state="reserved")
    refused("no_permit", moving.vehicle, unpaid, moving.first_slot(window))
    paid = moving.exhibitor(edition, booths[1])
    refused(
        "not_your_booth", moving.vehicle, paid, moving.first_slot(window), reservations=list(unpaid.reservations.all())
    )
    refused("no_booth", moving.vehicle, paid, moving.first_slot(window), reservations=[], kind=Invalid)
    refused("no_plate", moving.vehicle, paid, moving.first_slot(window), plate="?", kind=Invalid)
    assert not VehiclePass.objects.exists()
    assert not MoveSlot.objects.filter(booked__gt=0).exists()


def test_hours_for_another_hall_and_hours_that_are_over_are_refused(edition, booths, maker):
    hall = type(booths[0].hall).objects.create(
        edition=edition, code="B", name_vi="Nhà B", name_en="Hall B", x=0, y=0, width=9, depth=9
    )
    refused("other_hall", moving.vehicle, maker, moving.first_slot(moving.window(edition, hall=hall)))
    past = moving.window(edition, starts_at=world.NOON - 4 * 60 * MINUTE, ends_at=world.NOON)
    refused("slot_over", moving.vehicle, maker, moving.first_slot(past))


def test_one_exhibitor_gets_so_many_vehicles_and_a_plate_one_place(edition, booths, maker):
    window = moving.window(edition, vehicles=9, vehicles_each=2)
    slot = moving.first_slot(window)
    moving.vehicle(maker, slot, plate="29H12345")
    refused("vehicle_booked", moving.vehicle, moving.exhibitor(edition, booths[2]), slot, plate="29H-123.45")
    last = moving.vehicle(maker, slot)
    refused("too_many_vehicles", moving.vehicle, maker, slot)
    cancel_vehicle(last, by=maker.contact)
    moving.vehicle(maker, slot)
    slot.refresh_from_db()
    assert slot.booked == 2


def test_another_time_gives_the_place_back_and_keeps_the_codes(edition, window, booths, maker):
    first, second = window.slots.order_by("starts_at")[:2]
    one = moving.vehicle(maker, first)
    changed = change_vehicle(one, slot=second, plate="30A-999.99", driver_name="Bùi Văn Sáu", by=maker.contact)
    assert (changed.slot, changed.plate, changed.short_code) == (second, "30A99999", one.short_code)
    assert list(window.slots.order_by("starts_at").values_list("booked", flat=True)) == [0, 1, 0, 0]
    moving.vehicle(other := moving.exhibitor(edition, booths[2]), first)
    refused("slot_full", change_vehicle, changed, slot=first, by=maker.contact)
    with pytest.raises(Forbidden):
        change_vehicle(changed, plate="29H1", by=other.contact)
    assert list(window.slots.order_by("starts_at").values_list("booked", flat=True)) == [1, 1, 0, 0]


def test_called_off_it_is_forgotten_and_stays_called_off(edition, window, maker):
    one = moving.vehicle(maker, moving.first_slot(window))
    for _again in range(2):
        gone = cancel_vehicle(one, by=maker.contact)
        assert (gone.state, gone.plate, gone.driver_name, gone.driver_phone) == ("cancelled", "", "", "")
    assert not MoveSlot.objects.filter(booked__gt=0).exists()
    refused("not_booked", change_vehicle, one, plate="29H12345", by=maker.contact)


def test_whoever_withdraws_or_gives_the_booth_back_needs_no_place(edition, window, maker, booths):
    slot = moving.first_slot(window)
    one = moving.vehicle(maker, slot)
    withdraw_in_writing(maker, words="Chúng tôi xin rút.", by=maker.contact)
    other = moving.exhibitor(edition, booths[2])
    second = moving.vehicle(other, slot)
    release_booth(other.reservations.get(), by=world.officer(edition, "booth_desk"))
    for gone in (one, second):
        gone.refresh_from_db()
        assert (gone.state, gone.plate, gone.driver_phone) == ("cancelled", "", "")
    assert not MoveSlot.objects.filter(booked__gt=0).exists()


def test_the_code_lets_in_once_and_the_same_reading_is_answered_as_it_was(edition, window, maker, keeper):
    one = moving.vehicle(maker, moving.first_slot(window))
    assert read(edition, one, keeper, code=address_of(one)) == Answer.WELCOME
    assert read(edition, one, keeper, at=DAY_BEFORE + 5 * MINUTE) == Answer.WELCOME  # sent again: r1
    assert read(edition, one, keeper, key="r2") == Answer.INSIDE
    assert Entry.objects.filter(verb="booths.vehiclepass.arrive").count() == 1
    one.refresh_from_db()
    assert (one.arrived_at, one.arrived_by) == (DAY_BEFORE, keeper)
    with clock.at(DAY_BEFORE + 40 * MINUTE):
        assert let_out(one, by=keeper).left_at == let_out(one, by=keeper).left_at == clock.now()
    assert read(edition, one, keeper, key="r3") == Answer.GONE
    assert Entry.objects.filter(verb="booths.vehiclepass.leave").count() == 1


def test_what_an_officer_is_told(edition, window, booths, maker, keeper):
    one = moving.vehicle(maker, window.slots.order_by("starts_at")[1])  # nine o'clock
    assert read(edition, one, keeper, at=DAY_BEFORE) == Answer.EARLY
    assert read(edition, one, keeper, at=DAY_BEFORE + 50 * MINUTE, entrance="Cổng 1") == Answer.OTHER_ENTRANCE
    assert read(edition, one, keeper, at=window.ends_at + MINUTE) == Answer.OVER
    assert read(edition, None, keeper, code="K7MQ2XV9") == Answer.UNKNOWN
    Reservation.objects.filter(application=maker).update(permit="")
    assert read(edition, one, keeper, at=DAY_BEFORE + 60 * MINUTE) == Answer.NO_PERMIT
    Reservation.objects.filter(application=maker).update(permit="GP1")
    assert read(edition, one, keeper, at=DAY_BEFORE + 45 * MINUTE, entrance="Cổng 3") == Answer.WELCOME
    off = moving.vehicle(maker, moving.first_slot(window))
    cancel_vehicle(off, by=maker.contact)
    assert read(edition, off, keeper) == Answer.CANCELLED


def test_an_officer_may_let_in_what_comes_at_the_wrong_time_and_nothing_else(edition, window, maker, keeper):
    one = moving.vehicle(maker, window.slots.order_by("starts_at")[3])
    assert read(edition, one, keeper, anyway=True) == Answer.WELCOME
    off = moving.vehicle(maker, window.slots.order_by("starts_at")[1])
    cancel_vehicle(off, by=maker.contact)
    assert read(edition, off, keeper, anyway=True) == Answer.CANCELLED
    with pytest.raises(Forbidden):
        read(edition, one, maker.contact)


def test_codes_of_another_fair_are_unknown_and_whoever_guesses_is_slowed_down(edition, window, maker, keeper):
    one = moving.vehicle(maker, moving.first_slot(window))
    other = world.edition()
    stranger = world.officer(other, "gate")
    assert read(other, one, stranger) == Answer.UNKNOWN
    for _try in range(60):
        read(edition, None, keeper, code=new_short_code())
    refused("too_many_unknown", read, edition, one, keeper, kind=TooMany)
    assert read(edition, one, world.officer(edition, "booth_desk")) == Answer.WELCOME  # the next officer is not slowed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k7mq-2xv9", {"short_code": "K7MQ2XV9"}),
        ("K7MQ 2XVO", {"short_code": "K7MQ2XV0"}),
        ("https://fair.example/hgs/vehicle/aB-_9/", {"token": "aB-_9"}),
        ("https://fair.example/hgs/vehicle/", {}),
        ("29H12345678", {}),
        ("", {}),
    ],
)
def test_a_code_is_read_as_it_is_meant(typed, meant):
    assert fields_of(typed) == meant


def test_who_does_not_come_is_noted_and_may_still_come(edition, window, maker, keeper):
    one, other = (moving.vehicle(maker, slot) for slot in window.slots.order_by("starts_at")[:2])
    refused("not_late", miss_vehicle, one, by=keeper)
    with clock.at(DAY_BEFORE + 70 * MINUTE):
        miss_vehicle(one, by=keeper)
        note_missing()
    other.refresh_from_db()
    assert other.state == "booked"  # its hours are not over
    with clock.at(window.ends_at):
        note_missing()
    other.refresh_from_db()
    assert other.state == "no_show"
    assert read(edition, other, keeper, at=window.ends_at + MINUTE) == Answer.OVER
    assert read(edition, other, keeper, at=window.ends_at + MINUTE, anyway=True) == Answer.WELCOME


def test_drivers_are_forgotten_thirty_days_after_the_fair(edition, window, maker):
    one = moving.vehicle(maker, moving.first_slot(window))
    with clock.at(CLOSED + timedelta(days=30)):
        assert forget_drivers() == 0
    with clock.at(CLOSED + timedelta(days=32)):
        assert (forget_drivers(), forget_drivers()) == (1, 0)
    one.refresh_from_db()
    assert (one.plate, one.driver_name, one.driver_phone) == ("", "", "")
    assert one.forgotten_at is not None


def test_for_move_out_the_booth_is_one_of_those_that_were_handed_over(edition, booths):
    out = moving.window(edition, way="out", starts_at=CLOSED, ends_at=CLOSED + timedelta(hours=4))
    maker = moving.exhibitor(edition, booths[0], state="handed_over")
    one = moving.vehicle(maker, moving.first_slot(out))
    keeper = world.officer(edition, "gate")
    assert read(edition, one, keeper, at=CLOSED - timedelta(hours=1)) == Answer.EARLY
    assert read(edition, one, keeper, at=CLOSED) == Answer.WELCOME
    into, second = moving.first_slot(moving.window(edition)), out.slots.order_by("starts_at")[1]
    refused("other_way", change_vehicle, moving.vehicle(maker, second), slot=into, by=maker.contact, kind=Invalid)
