"""The waiting room: one place an application, a line in its order, let in by turns, nobody ahead."""

from datetime import timedelta

import pytest

from booths.actions.openings import remove_waiting_room, set_opening, set_waiting_room
from booths.actions.reservations import hold_booths, reserve_held
from booths.actions.waiting import join_waiting_room, leave_waiting_room, let_in, tidy_waiting_rooms
from booths.models import Application, WaitingPlace, WaitingRoom
from booths.turns import turn_of
from booths.waiting_look import ahead_of, counts_of, line_of
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from tests import world

pytestmark = pytest.mark.django_db

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def fair():
    """A room that lets one in each second, two inside at most; three applications."""
    with clock.at(world.NOON):
        edition = world.edition()
        desk = world.officer(edition, "booth_desk")
        times = {"opens_at": world.NOON, "closes_at": world.NOON + HOUR}
        room = set_waiting_room(edition, by=desk, per_minute=60, inside_at_most=2, inside_minutes=5, **times)
        WaitingRoom.objects.update(let_in_until=world.NOON)
        yield {
            "edition": edition,
            "desk": desk,
            "room": room,
            "booths": world.floor(edition),
            "applications": [world.application(edition) for _n in range(4)],
        }


def fresh(application):
    """The application as a request would find it."""
    return Application.objects.select_related("edition__waiting_room", "company").get(pk=application.pk)


def join(application, after=timedelta()):
    with clock.at(world.NOON + after):
        return join_waiting_room(fresh(application), by=application.contact)


def states():
    return list(WaitingPlace.objects.order_by("pk").values_list("state", flat=True))


def test_nobody_holds_past_a_waiting_room(fair):
    one = fair["applications"][0]
    with pytest.raises(Refused) as refusal:
        hold_booths(one, booths=fair["booths"][:1], by=one.contact)
    assert refusal.value.code == "in_the_waiting_room"
    join(one)
    with pytest.raises(Refused):  # in the line is not inside
        hold_booths(one, booths=fair["booths"][:1], by=one.contact)
    with clock.at(world.NOON + SECOND):
        assert join(one, SECOND).state == "inside"
        assert hold_booths(one, booths=fair["booths"][:1], by=one.contact)


def test_who_holds_already_keeps_it_without_the_room(fair):
    one = fair["applications"][0]
    hold_booths(one, booths=fair["booths"][:1], by=fair["desk"], ahead="Gọi điện nhờ giúp")
    assert reserve_held(one, by=one.contact)


def test_the_line_goes_by_coming_and_each_is_told_the_true_place(fair):
    places = [join(one) for one in fair["applications"]]
    assert [ahead_of(place) for place in places] == [0, 1, 2, 3]
    assert [line_of(place, fair["room"]).number for place in places] == [1, 2, 3, 4]


def test_asking_again_gets_nobody_ahead(fair):
    first, second = fair["applications"][:2]
    join(first)
    place = join(second)
    for n in range(3):
        assert join(second, timedelta(milliseconds=100 * n)).pk == place.pk
    colleague = world.person()
    second.company.memberships.create(person=colleague)
    with clock.at(world.NOON):
        assert join_waiting_room(fresh(second), by=colleague).pk == place.pk
    assert ahead_of(place) == 1
    assert WaitingPlace.objects.count() == 2


def test_the_room_lets_in_at_its_pace_and_no_more_than_it_holds(fair):
    for one in fair["applications"]:
        join(one)
    with clock.at(world.NOON + SECOND):
        assert len(let_in(WaitingRoom.objects.get())) == 1
        assert let_in(WaitingRoom.objects.get()) == []
    with clock.at(world.NOON + 10 * SECOND):
        assert len(let_in(WaitingRoom.objects.get())) == 1  # the pace allows nine, the room one
        assert let_in(WaitingRoom.objects.get()) == []
    assert states() == ["inside", "inside", "waiting", "waiting"]


def test_who_leaves_makes_room_for_the_next(fair):
    places = [join(one) for one in fair["applications"]]
    with clock.at(world.NOON + 10 * SECOND):
        let_in(WaitingRoom.objects.get())
        places[0].refresh_from_db()
        leave_waiting_room(places[0], by=fair["applications"][0].contact)
    with clock.at(world.NOON + 11 * SECOND):
        let_in(WaitingRoom.objects.get())
    assert states() == ["left", "inside", "inside", "waiting"]


def test_after_a_lull_ten_seconds_worth_come_in_at_once(fair):
    set_waiting_room(fair["edition"], by=fair["desk"], inside_at_most=100)
    for one in [*fair["applications"], *(world.application(fair["edition"]) for _n in range(12))]:
        join(one)
    with clock.at(world.NOON + 2 * MINUTE):
        assert len(let_in(WaitingRoom.objects.get())) == 10


def test_the_time_inside_ends(fair):
    one = fair["applications"][0]
    join(one)
    with clock.at(world.NOON + SECOND):
        join(one, SECOND)
    with clock.at(world.NOON + 5 * MINUTE + SECOND):
        assert not turn_of(fresh(one)).open
        tidy_waiting_rooms()
    assert states() == ["over"]


def test_who_stays_away_loses_the_place_and_comes_last(fair):
    first, second, third, _fourth = fair["applications"]
    set_waiting_room(fair["edition"], by=fair["desk"], patience_minutes=1, per_minute=1)
    for one in (first, second, third):
        join(one)
    join(second, 50 * SECOND)
    places = [join(one, 70 * SECOND) for one in (second, third)] + [join(first, 71 * SECOND)]
    with clock.at(world.NOON + 71 * SECOND):
        assert [place.state for place in places] == ["inside", "waiting", "waiting"]
        assert [ahead_of(place) for place in places[1:]] == [0, 1]
    assert states().count("gone") == 2


def test_before_the_round_one_waits_in_the_order_of_rounds_then_of_coming(fair):
    names = {"name_en": "en", "by": fair["desk"]}
    set_opening(fair["edition"], opens_at=world.NOON + 10 * MINUTE, name_vi="Nhóm", groups_only=True, **names)
    set_opening(fair["edition"], opens_at=world.NOON + 20 * MINUTE, name_vi="Tất cả", **names)
    early, group = fair["applications"][:2]
    Application.objects.filter(pk=group.pk).update(is_group=True)
    other, first = join(early), join(group, MINUTE)
    assert (ahead_of(first), ahead_of(other)) == (0, 1)
    assert join(early, MINUTE).state == "waiting"
    with clock.at(world.NOON + 2 * MINUTE):
        assert let_in(WaitingRoom.objects.get()) == []
    set_waiting_room(fair["edition"], by=fair["desk"], patience_minutes=30)
    with clock.at(world.NOON + 10 * MINUTE):
        join(early, 2 * MINUTE)
        join(group, 2 * MINUTE)
        assert [place.pk for place in let_in(WaitingRoom.objects.get())] == [first.pk]


def test_a_round_that_is_moved_moves_who_waits_for_it(fair):
    names = {"name_vi": "Tất cả", "name_en": "All", "by": fair["desk"]}
    one = set_opening(fair["edition"], opens_at=world.NOON + 10 * MINUTE, **names)
    place = join(fair["applications"][0])
    set_opening(fair["edition"], opening=one, opens_at=world.NOON + 5 * MINUTE, by=fair["desk"])
    place.refresh_from_db()
    assert place.ready_at == world.NOON + 5 * MINUTE


def test_whom_no_round_is_for_has_no_place(fair):
    names = {"name_vi": "Nhóm", "name_en": "Groups", "by": fair["desk"]}
    set_opening(fair["edition"], opens_at=world.NOON, groups_only=True, **names)
    with pytest.raises(Refused) as refusal:
        join(fair["applications"][0])
    assert refusal.value.code == "not_your_turn"


def test_only_the_company_and_the_desk_take_its_place(fair):
    one = fair["applications"][0]
    with pytest.raises(Forbidden):
        join_waiting_room(fresh(one), by=world.person())
    with pytest.raises(Forbidden):
        leave_waiting_room(join(one), by=world.person())


def test_without_a_room_there_is_no_place(fair):
    remove_waiting_room(fair["room"], by=fair["desk"])
    with pytest.raises(Refused) as refusal:
        join(fair["applications"][0])
    assert refusal.value.code == "no_waiting_room"
    assert turn_of(fresh(fair["applications"][0])).open


def test_a_room_that_closed_keeps_nobody(fair):
    for one in fair["applications"][:2]:
        join(one)
    with clock.at(world.NOON + HOUR):
        assert turn_of(fresh(fair["applications"][1])).open
        tidy_waiting_rooms()
    assert states() == ["gone", "gone"]


@pytest.mark.parametrize(
    ("fields", "code"), [({"closes_at": world.NOON}, "room_turned_round"), ({"per_minute": 0}, "room_lets_nobody_in")]
)
def test_a_room_opens_before_it_closes_and_lets_people_in(fair, fields, code):
    with pytest.raises(Invalid) as refusal:
        set_waiting_room(fair["edition"], by=fair["desk"], **fields)
    assert refusal.value.code == code


def test_the_desk_sees_how_full_it_is(fair):
    for one in fair["applications"]:
        join(one)
    with clock.at(world.NOON + SECOND):
        room = WaitingRoom.objects.get()
        let_in(room)
        counts = counts_of(room)
    assert (counts.waiting, counts.away, counts.inside, counts.through) == (3, 0, 1, 1)
