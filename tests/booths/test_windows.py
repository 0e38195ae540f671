"""Hours for vehicles: cut into slots, changed while vehicles are booked, copied with the edition."""

from datetime import timedelta

import pytest
from django.urls import reverse

from booths.actions.vehicles import cancel_vehicle
from booths.actions.windows import copy_windows, remove_window, set_window
from booths.models import MoveWindow
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from tests import world
from tests.booths import moving
from tests.booths.moving import CLOSED, DAY_BEFORE

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


def slots(window):
    return [
        (int((one.starts_at - window.starts_at).total_seconds() / 60), one.capacity)
        for one in window.slots.order_by("starts_at")
    ]


def change(window, **fields):
    return set_window(window.edition, window=window, by=world.officer(window.edition, "booth_desk"), **fields)


def test_a_window_is_cut_into_slots_and_the_rest_belongs_to_the_last(edition):
    window = moving.window(edition, ends_at=DAY_BEFORE + timedelta(minutes=150), vehicles=4)
    assert slots(window) == [(0, 4), (60, 4)]
    assert window.slots.latest("starts_at").ends_at == window.ends_at


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ends_at": DAY_BEFORE}, "times_turned_round"),
        ({"slot_minutes": 1}, "too_many_slots"),
        ({"way": "out"}, "fair_not_closed"),
    ],
)
def test_hours_that_make_no_sense_are_refused(edition, fields, code):
    with pytest.raises(Invalid) as refusal:
        moving.window(edition, **fields)
    assert (refusal.value.code, MoveWindow.objects.count()) == (code, 0)


def test_the_hall_is_of_this_edition_and_nobody_but_the_booth_desk_sets_hours(edition):
    world.floor(other := world.edition())
    with pytest.raises(Invalid) as refusal:
        moving.window(edition, hall=other.halls.get())
    assert refusal.value.code == "other_floor"
    with pytest.raises(Forbidden):
        set_window(edition, by=world.officer(edition, "gate"), way="in")


def test_more_vehicles_and_longer_hours_keep_what_is_booked(edition):
    window = moving.window(edition)
    booths = world.floor(edition)
    booked = moving.vehicle(moving.exhibitor(edition, booths[0]), moving.first_slot(window))
    change(window, vehicles=2, ends_at=window.ends_at + HOUR)
    assert slots(window) == [(0, 2), (60, 2), (120, 2), (180, 2), (240, 2)]
    booked.slot.refresh_from_db()
    assert (booked.slot.booked, booked.slot.left) == (1, 1)


def test_a_change_that_leaves_a_vehicle_without_its_slot_is_refused(edition):
    window = moving.window(edition)
    booths = world.floor(edition)
    booked = moving.vehicle(moving.exhibitor(edition, booths[0]), moving.first_slot(window))
    for fields in ({"slot_minutes": 30}, {"starts_at": window.starts_at + HOUR}):
        with pytest.raises(Refused) as refusal:
            change(MoveWindow.objects.get(pk=window.pk), **fields)
        assert refusal.value.code == "vehicles_booked"
    with pytest.raises(Refused):
        remove_window(window, by=world.officer(edition, "booth_desk"))
    cancel_vehicle(booked, by=booked.booked_by)
    window = change(MoveWindow.objects.get(pk=window.pk), starts_at=window.starts_at + HOUR)
    assert slots(window) == [(-60, 0), (0, 1), (60, 1), (120, 1)]  # the one with a history is shut
    window = change(window, starts_at=window.starts_at - HOUR)
    assert slots(window) == [(0, 1), (60, 1), (120, 1), (180, 1)]


def test_hours_for_which_nobody_was_booked_go_away(edition):
    window = moving.window(edition)
    remove_window(window, by=world.officer(edition, "booth_desk"))
    assert not MoveWindow.objects.exists()


def test_hours_are_copied_with_the_days_shifted_and_empty(edition):
    booths = world.floor(edition)
    window = moving.window(edition, hall=booths[0].hall, zone=booths[0].zone, vehicles=2)
    moving.window(edition, way="out", starts_at=CLOSED, ends_at=CLOSED + 3 * HOUR)
    moving.vehicle(moving.exhibitor(edition, booths[0]), moving.first_slot(window))
    later = world.edition(
        opens_on=edition.opens_on + timedelta(days=364), closes_on=edition.closes_on + timedelta(days=364)
    )
    world.floor(later)
    copy_windows(edition, later)
    made, out = later.move_windows.order_by("starts_at")
    assert made.starts_at == window.starts_at + timedelta(days=364)
    assert (made.hall, made.zone, made.entrance_vi) == (later.halls.get(), later.zones.get(), "Cổng 3")
    assert [slot.booked for slot in made.slots.all()] == [0, 0, 0, 0]
    assert (out.way, out.starts_at) == ("out", CLOSED + timedelta(days=364))


def test_the_desk_sets_hours_on_a_page(edition, client):
    client.force_login(world.officer(edition, "booth_desk"))
    page = reverse("booths:add_window", args=[edition.slug])
    given = {
        "way": "in", "starts_at": "2018-10-16T08:00", "ends_at": "2018-10-16T12:00", "slot_minutes": 30, "vehicles": 5,
        "vehicles_each": 2, "entrance_vi": "Cổng 3", "entrance_en": "Gate 3",
    }  # fmt: skip
    assert client.post(page, given).status_code == 302
    window = edition.move_windows.get()
    assert (window.starts_at, window.slots.count()) == (DAY_BEFORE, 8)
    assert "Cổng 3" in client.get(reverse("booths:windows", args=[edition.slug])).content.decode()
    own = reverse("booths:change_window", args=[edition.slug, window.pk])
    assert client.post(own, given | {"ends_at": "2018-10-16T07:00"}).status_code == 422
    assert client.post(own, given | {"vehicles": 7}).status_code == 302
    assert {slot.capacity for slot in window.slots.all()} == {7}
    client.post(reverse("booths:remove_window", args=[edition.slug, window.pk]))
    assert not edition.move_windows.exists()


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_of_hours_takes_the_same_queries_for_any_number(edition, client, rows, django_assert_num_queries):
    for number in range(rows):
        MoveWindow.objects.create(
            edition=edition, starts_at=DAY_BEFORE, ends_at=DAY_BEFORE + HOUR, entrance_vi=f"Cổng {number}"
        )
    client.force_login(world.officer(edition, "booth_desk"))
    with django_assert_num_queries(5):
        client.get(reverse("booths:windows", args=[edition.slug]))
