"""Seats, tables and interpreters: what a meeting takes, and what nobody can take twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from booths.models import Hall
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from matchmaking.actions import booking
from matchmaking.actions.changes import move_meeting, substitute
from matchmaking.actions.meetings import accept_meeting, cancel_meeting, free_slots, request_meeting, slots
from matchmaking.actions.resources import add_interpreter, add_shift, add_tables, use_table
from matchmaking.actions.seats import add_seat, blocks_of, change_seat, set_away
from matchmaking.models import MeetingRules, Occupancy, Table, cells
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.two_sides()


def ask(fair, slot, side=None, **given):
    """A request of the importer, or of another one."""
    importer, person = (side.part, side.person) if side else (fair.importer, fair.buyer)
    exhibitor = given.pop("exhibitor", fair.exhibitor)
    return request_meeting(
        fair.edition, exhibitor=exhibitor, importer=importer, person=person, starts_at=slot.starts_at, by=person,
        **given,
    )  # fmt: skip


def rules(fair, **fields):
    MeetingRules.objects.filter(edition=fair.edition).update(**fields)


def desk(fair):
    return world.officer(fair.edition, "matchmaking_desk")


def test_a_meeting_takes_every_base_slot_of_both_sides(fair):
    slot = slots(fair.edition)[0]
    meeting = accept_meeting(ask(fair, slot), by=fair.maker)
    taken = Occupancy.objects.filter(meeting=meeting, participation=fair.exhibitor).values_list("starts_at", flat=True)
    assert sorted(taken) == [slot.starts_at + timedelta(minutes=5 * n) for n in range(6)]
    assert Occupancy.objects.count() == 12


def test_a_long_meeting_and_a_short_one_never_overlap(fair):
    rules(fair, more_minutes=[60])
    first, second, third = slots(fair.edition)[:3]
    long = accept_meeting(ask(fair, first, minutes=60), by=fair.maker)
    assert long.duration == timedelta(hours=1)
    with pytest.raises(Refused) as refusal:
        ask(fair, second, side=world.importer(fair.edition))
    assert refusal.value.code == "slot_taken"
    assert accept_meeting(ask(fair, third, side=world.importer(fair.edition)), by=fair.maker).state == "accepted"
    with pytest.raises(Invalid) as refused:
        ask(fair, third, minutes=45)
    assert refused.value.code == "not_a_length"


def test_as_many_at_once_as_there_are_seats_each_with_its_receiver(fair):
    for name in ("Hiền", "Lan"):
        add_seat(fair.exhibitor, name=name, by=fair.maker)
    slot = slots(fair.edition)[0]
    both = [accept_meeting(ask(fair, slot, side=world.importer(fair.edition)), by=fair.maker) for _n in range(2)]
    assert {meeting.receiver.name for meeting in both} == {"Hiền", "Lan"}
    with pytest.raises(Refused) as refusal:
        ask(fair, slot)
    assert refusal.value.code == "slot_taken"
    cancel_meeting(both[0], by=fair.maker)
    assert accept_meeting(ask(fair, slot), by=fair.maker).receiver == both[0].receiver


def test_a_named_receiver_receives_or_nobody_does(fair):
    seats = [add_seat(fair.exhibitor, name=name, by=fair.maker) for name in ("Hiền", "Lan")]
    slot = slots(fair.edition)[0]
    asked = [ask(fair, slot, side=world.importer(fair.edition)) for _n in range(2)]
    assert accept_meeting(asked[0], receiver=seats[1], by=fair.maker).receiver == seats[1]
    with pytest.raises(Refused):
        accept_meeting(asked[1], receiver=seats[1], by=fair.maker)
    foreign = add_seat(fair.importer, name="Camille", by=fair.buyer)
    with pytest.raises(Invalid) as refusal:
        accept_meeting(asked[1], receiver=foreign, by=fair.maker)
    assert refusal.value.code == "not_a_receiver"


def test_a_colleague_takes_over_and_the_seat_goes_with_it(fair):
    seats = [add_seat(fair.exhibitor, name=name, by=fair.maker) for name in ("Hiền", "Lan")]
    slot = slots(fair.edition)[0]
    meeting = accept_meeting(ask(fair, slot), by=fair.maker)
    before = meeting.version
    substitute(meeting, receiver=seats[1], by=fair.maker)
    assert (meeting.receiver, meeting.state, meeting.version) == (seats[1], "accepted", before + 1)
    own = Occupancy.objects.filter(participation=fair.exhibitor)
    assert set(own.values_list("seat", flat=True)) == {2}
    colleague = world.person("Luc")
    fair.importer.company.memberships.create(person=colleague)
    assert substitute(meeting, person=colleague, by=fair.buyer).importer_person == colleague
    for wrong in [
        {"person": colleague, "by": fair.maker},
        {"receiver": seats[0], "by": fair.buyer},
        {"by": fair.maker},
    ]:
        with pytest.raises(Invalid):
            substitute(meeting, **wrong)


def test_a_colleague_who_loses_a_table_to_a_rival_still_has_their_own_seat(fair, monkeypatch):
    people = [fair.buyer, world.person("Luc")]
    fair.importer.company.memberships.create(person=people[1])
    for one in people:
        add_seat(fair.importer, name=one.full_name, person=one, by=fair.buyer)
    meeting = accept_meeting(ask(fair, slots(fair.edition)[0]), by=fair.maker)
    take, lost = booking._take, iter([True])

    def rivalled(*plan):
        if next(lost, False):
            raise IntegrityError
        take(*plan)

    monkeypatch.setattr(booking, "_take", rivalled)
    substitute(meeting, person=people[1], by=fair.buyer)
    own = Occupancy.objects.filter(participation=fair.importer)
    assert (meeting.importer_person, set(own.values_list("seat", flat=True))) == (people[1], {2})


def test_who_is_away_is_not_asked_and_who_meets_is_not_away(fair):
    first, second = slots(fair.edition)[:2]
    set_away(fair.exhibitor, seat=1, blocks=[first.starts_at], by=fair.maker)
    assert first not in free_slots(fair.exhibitor, fair.importer)
    with pytest.raises(Refused):
        ask(fair, first)
    accept_meeting(ask(fair, second), by=fair.maker)
    with pytest.raises(Refused) as refusal:
        set_away(fair.exhibitor, seat=1, blocks=[second.starts_at], by=fair.maker)
    assert refusal.value.code == "meets_then"
    assert "09:30" in refusal.value.message
    set_away(fair.exhibitor, seat=1, blocks=[], by=fair.maker)
    assert first in free_slots(fair.exhibitor, fair.importer)


def test_only_the_company_and_the_desk_say_who_meets(fair):
    with pytest.raises(Forbidden):
        add_seat(fair.exhibitor, name="Hiền", by=fair.buyer)
    seat = add_seat(fair.exhibitor, name=" Hiền ", languages=["vi", "en"], by=desk(fair))
    assert (seat.name, seat.number, seat.spoken) == ("Hiền", 1, {"vi", "en"})
    change_seat(seat, name="Hiền", open=False, by=fair.maker)
    with pytest.raises(Forbidden):
        set_away(fair.exhibitor, seat=1, blocks=blocks_of(fair.edition)[:1], by=fair.buyer)
    with pytest.raises(Invalid):
        set_away(fair.exhibitor, seat=1, blocks=[world.NOON], by=fair.maker)
    with pytest.raises(Invalid):
        add_seat(fair.exhibitor, name=" ", by=fair.maker)


def test_one_person_has_no_more_meetings_a_day_than_the_rules_say(fair):
    rules(fair, day_percent=10)  # one of fifteen
    times = slots(fair.edition)
    accept_meeting(ask(fair, times[0]), by=fair.maker)
    with pytest.raises(Refused) as refusal:
        ask(fair, times[1])
    assert refusal.value.code == "limit_reached"
    assert {slot.starts_at.date() for slot in free_slots(fair.exhibitor, fair.importer)} == {
        world.OPENS + timedelta(days=n) for n in (1, 2, 3)
    }
    rules(fair, most_in_all=1)
    assert free_slots(fair.exhibitor, fair.importer) == []


def test_the_way_to_another_hall_is_kept_free_and_not_within_one(fair):
    rules(fair, way_minutes=5)
    world.booths_of(fair.exhibitor, "A01")
    neighbour, far = world.exhibitor(fair.edition), world.exhibitor(fair.edition)
    reservation = fair.exhibitor.company.reservations.get()
    first, second = slots(fair.edition)[:2]
    meeting = accept_meeting(ask(fair, first), by=fair.maker)
    assert Occupancy.objects.filter(kind="way", participation=fair.importer).count() == 1
    assert second not in free_slots(far.part, fair.importer)
    reservation.pk, reservation.company = None, neighbour.part.company
    reservation.booth = meeting.hall.booths.get(code="A02")
    reservation.save()
    beside = ask(fair, second, exhibitor=neighbour.part)
    accept_meeting(beside, by=neighbour.person)
    assert not Occupancy.objects.filter(kind="way", participation=fair.importer, meeting=meeting).exists()
    cancel_meeting(beside, by=fair.buyer)
    assert Occupancy.objects.filter(kind="way", participation=fair.importer, meeting=meeting).count() == 1


def test_at_tables_the_nearest_free_one_is_taken_until_none_is_left(fair):
    rules(fair, place="table")
    hall = Hall.objects.create(edition=fair.edition, code="B", name_vi="B", name_en="B", x=0, y=0, width=9, depth=9)
    [table] = add_tables(fair.edition, count=1, hall=hall, by=desk(fair))
    slot = slots(fair.edition)[0]
    meeting = accept_meeting(ask(fair, slot), by=fair.maker)
    assert (meeting.table, meeting.hall, meeting.place) == (table, hall, "")
    assert meeting.where.endswith("1")
    makers = world.exhibitor(fair.edition)
    other = ask(fair, slot, side=world.importer(fair.edition), exhibitor=makers.part)
    with pytest.raises(Refused) as refusal:
        accept_meeting(other, by=makers.person)
    assert refusal.value.code == "no_table"
    assert "09:30" in refusal.value.message
    assert accept_meeting(other, place="booth", by=makers.person).table is None
    use_table(table, open=False, by=desk(fair))
    assert free_slots(fair.exhibitor, fair.importer) == []


def test_two_sides_without_a_common_language_get_an_interpreter_or_are_told(fair):
    add_seat(fair.exhibitor, name="Hiền", languages=["vi"], by=fair.maker)
    add_seat(fair.importer, name="Camille", languages=["fr"], person=fair.buyer, by=fair.buyer)
    one = add_interpreter(fair.edition, name="Mai", languages=["vi", "fr"], by=desk(fair))
    slot, later = slots(fair.edition)[:2]
    add_shift(one, starts_at=slot.starts_at, ends_at=slot.ends_at, by=desk(fair))
    assert accept_meeting(ask(fair, slot), by=fair.maker).interpreter == one
    asked = ask(fair, later)
    with pytest.raises(Refused) as refusal:
        accept_meeting(asked, by=fair.maker)
    assert refusal.value.code == "no_interpreter"
    assert accept_meeting(asked, without_interpreter=True, by=fair.maker).interpreter is None
    with pytest.raises(Invalid):
        add_interpreter(fair.edition, name="Mai", languages=["vi"], by=desk(fair))


def test_the_desk_moves_what_is_agreed_and_the_old_time_is_free(fair):
    first, second = slots(fair.edition)[:2]
    meeting = accept_meeting(ask(fair, first), by=fair.maker)
    with pytest.raises(Forbidden):
        move_meeting(meeting, starts_at=second.starts_at, by=fair.maker)
    move_meeting(meeting, starts_at=second.starts_at, by=desk(fair))
    assert meeting.starts_at == second.starts_at
    free = free_slots(fair.exhibitor, fair.importer)
    assert first in free
    assert second not in free
    assert set(Occupancy.objects.values_list("starts_at", flat=True)) == set(cells(*second))


@pytest.mark.parametrize("thing", ["table", "interpreter"])
def test_the_database_itself_refuses_the_second(fair, thing):
    made = {
        "table": lambda: Table.objects.create(edition=fair.edition, number=1),
        "interpreter": lambda: add_interpreter(fair.edition, name="Mai", languages=["vi", "fr"], by=desk(fair)),
    }[thing]()
    one, two = (ask(fair, slot) for slot in slots(fair.edition)[:2])
    Occupancy.objects.create(meeting=one, starts_at=world.NOON, **{thing: made})
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(meeting=two, starts_at=world.NOON, **{thing: made})
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(meeting=two, starts_at=world.FIRST_MORNING)
