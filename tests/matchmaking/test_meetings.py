"""Asking for a meeting, answering it, saying what became of it."""

from datetime import timedelta

import pytest

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry, OpeningDay
from fairs.states import StateConflict
from matchmaking.actions.meetings import (
    accept_meeting,
    cancel_meeting,
    decline_meeting,
    expire_meeting,
    free_slots,
    log_walk_in,
    mark_held,
    mark_no_show,
    request_meeting,
    slots,
)
from matchmaking.models import Meeting, MeetingRules, Occupancy
from matchmaking.tasks import end_unanswered
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """An edition before its opening, an exhibitor and an importer who take part."""
    with clock.at(world.NOON):
        yield world.two_sides()


def ask(fair, slot, **given):
    fields = {"exhibitor": fair.exhibitor, "importer": fair.importer, "person": fair.buyer, "by": fair.buyer}
    return request_meeting(fair.edition, starts_at=slot.starts_at, **fields | {"message": "500 lamps"} | given)


def test_slots_fill_trade_days_but_not_lunch(fair):
    OpeningDay.objects.filter(edition=fair.edition, date__gt=world.OPENS).update(audience="public")
    times = [f"{slot.starts_at:%d %H:%M}" for slot in slots(fair.edition)]
    assert times[:2] == ["18 09:00", "18 09:30"]
    assert "18 12:00" not in times
    assert "18 12:30" not in times
    assert "18 13:00" in times
    assert times[-1] == "18 17:00"
    assert {slot.starts_at.utcoffset() for slot in slots(fair.edition)} == {timedelta(hours=7)}


def test_slots_resume_when_lunch_ends_whatever_the_length(fair):
    fair.rules.slot_minutes = 25
    fair.rules.save()
    times = [f"{slot.starts_at:%H:%M}" for slot in slots(fair.edition)]
    assert "13:00" in times
    assert times[times.index("13:00") - 1] == "11:30"


def test_asking_writes_to_the_exhibitor_and_takes_the_time_from_nobody(fair):
    slot = slots(fair.edition)[0]
    meeting = ask(fair, slot)
    assert (meeting.state, meeting.ends_at - meeting.starts_at) == ("requested", timedelta(minutes=30))
    assert not Occupancy.objects.exists()
    assert slot in free_slots(fair.exhibitor, fair.importer)
    assert Delivery.objects.get().to == fair.maker
    assert [entry.verb for entry in Entry.objects.filter(object_id=str(meeting.pk))] == ["matchmaking.meeting.request"]


def test_asking_twice_for_one_time_asks_once(fair):
    slot = slots(fair.edition)[0]
    assert ask(fair, slot) == ask(fair, slot)
    assert Delivery.objects.count() == 1


def test_asking_is_refused_before_requests_open(fair):
    MeetingRules.objects.update(opens_on=world.OPENS)
    with pytest.raises(Refused) as refusal:
        ask(fair, slots(fair.edition)[0])
    assert refusal.value.code == "not_open_yet"


def test_whoever_left_the_edition_meets_nobody(fair):
    meeting = ask(fair, slots(fair.edition)[0])
    fair.importer.state = "withdrawn"
    meeting.importer.state = "withdrawn"
    for attempt in [lambda: ask(fair, slots(fair.edition)[1]), lambda: accept_meeting(meeting, by=fair.maker)]:
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "not_taking_part"


def test_asking_needs_a_time_of_the_list_still_ahead(fair):
    slot = slots(fair.edition)[0]
    with pytest.raises(Invalid) as refusal:
        ask(fair, slot._replace(starts_at=slot.starts_at + timedelta(minutes=5)))
    assert refusal.value.code == "not_a_slot"
    with clock.at(slot.starts_at), pytest.raises(Refused) as late:
        ask(fair, slot)
    assert late.value.code == "slot_passed"
    with pytest.raises(Invalid):
        ask(fair, slot, message="x" * 2001)


def test_only_the_importer_and_the_meeting_desk_ask(fair):
    slot = slots(fair.edition)[0]
    for stranger in [fair.maker, world.person(), world.officer(fair.edition, "gate")]:
        with pytest.raises(Forbidden):
            ask(fair, slot, by=stranger)
    assert ask(fair, slot, by=world.officer(fair.edition, "matchmaking_desk"))


def test_accepting_takes_the_time_for_both_and_writes_to_both(fair):
    slot = slots(fair.edition)[3]
    meeting = accept_meeting(ask(fair, slot), by=fair.maker)
    assert meeting.state == "accepted"
    assert set(Occupancy.objects.values_list("participation_id", flat=True)) == {fair.exhibitor.pk, fair.importer.pk}
    assert slot not in free_slots(fair.exhibitor, fair.importer)
    to = Delivery.objects.filter(kind="matchmaking.meeting_accepted").values_list("to", flat=True)
    assert set(to) == {fair.maker.pk, fair.buyer.pk}


def test_the_booth_is_where_they_meet(fair):
    world.booths_of(fair.exhibitor, "A02", "A01")
    assert ask(fair, slots(fair.edition)[0]).place == "A01, A02"


def test_a_taken_time_is_refused_with_the_nearest_free(fair):
    other = world.importer(fair.edition)
    slot = slots(fair.edition)[2]
    first, second = ask(fair, slot), ask(fair, slot, importer=other.part, person=other.person, by=other.person)
    accept_meeting(first, by=fair.maker)
    with pytest.raises(Refused) as refusal:
        accept_meeting(second, by=fair.maker)
    assert refusal.value.code == "slot_taken"
    assert all(time in refusal.value.message for time in ["09:30", "10:30"])
    assert "10:00" not in refusal.value.message
    second.refresh_from_db()
    assert (second.state, second.version) == ("requested", 0)
    third = world.importer(fair.edition)
    with pytest.raises(Refused) as refusal:
        ask(fair, slot, importer=third.part, person=third.person, by=third.person)
    assert refusal.value.code == "slot_taken"


def test_meetings_agreed_under_another_length_still_count(fair):
    accept_meeting(ask(fair, slots(fair.edition)[0]), by=fair.maker)
    fair.rules.slot_minutes = 20
    fair.rules.save()
    assert [f"{slot.starts_at:%H:%M}" for slot in free_slots(fair.exhibitor, fair.importer)[:2]] == ["09:40", "10:00"]


def test_a_request_met_too_late_is_over_and_says_so(fair):
    slot = slots(fair.edition)[0]
    meeting = ask(fair, slot)
    with clock.at(slot.starts_at):
        assert meeting.lapsed
        with pytest.raises(Refused) as refusal:
            accept_meeting(meeting, by=fair.maker)
        assert refusal.value.code == "not_answered_in_time"
        assert Meeting.objects.get().state == "expired"
        with pytest.raises(StateConflict):
            decline_meeting(meeting, by=fair.maker)


def test_the_heartbeat_ends_what_nobody_answered(fair):
    slot = slots(fair.edition)[0]
    meeting = ask(fair, slot)
    end_unanswered()
    assert Meeting.objects.get().state == "requested"
    with clock.at(slot.starts_at):
        end_unanswered()
        meeting.refresh_from_db()
        assert meeting.state == "expired"
        assert not expire_meeting(meeting)


def test_declining_carries_a_word_to_the_importer(fair):
    meeting = decline_meeting(ask(fair, slots(fair.edition)[0]), answer=" Too busy that morning ", by=fair.maker)
    assert (meeting.state, meeting.answer) == ("declined", "Too busy that morning")
    assert Delivery.objects.filter(kind="matchmaking.meeting_declined", to=fair.buyer).count() == 1


def test_only_the_exhibitor_and_the_desk_answer(fair):
    meeting = ask(fair, slots(fair.edition)[0])
    for stranger in [fair.buyer, world.person()]:
        for answer in [accept_meeting, decline_meeting]:
            with pytest.raises(Forbidden):
                answer(meeting, by=stranger)


def test_calling_off_frees_the_time(fair):
    slot = slots(fair.edition)[0]
    meeting = accept_meeting(ask(fair, slot), by=fair.maker)
    with pytest.raises(Forbidden):
        cancel_meeting(meeting, by=world.person())
    cancel_meeting(meeting, by=fair.buyer)
    assert slot in free_slots(fair.exhibitor, fair.importer)
    assert accept_meeting(ask(fair, slot), by=fair.maker).state == "accepted"


def test_what_became_of_it_is_said_once_its_time_has_come(fair):
    slot = slots(fair.edition)[0]
    meeting = accept_meeting(ask(fair, slot), by=fair.maker)
    with pytest.raises(Refused) as refusal:
        mark_held(meeting, by=fair.maker)
    assert refusal.value.code == "not_yet"
    with clock.at(slot.ends_at):
        with pytest.raises(Invalid):
            mark_no_show(meeting, absent="nobody", by=fair.maker)
        assert mark_held(meeting, by=fair.maker).state == "held"
        with pytest.raises(StateConflict):
            mark_no_show(meeting, absent="importer", by=fair.maker)


def test_a_side_that_did_not_come_is_named(fair):
    slot = slots(fair.edition)[0]
    meeting = accept_meeting(ask(fair, slot), by=fair.maker)
    with clock.at(slot.ends_at):
        assert mark_no_show(meeting, absent="importer", by=fair.maker).absent == "importer"


def test_a_walk_in_is_held_at_once_and_noted_once(fair):
    given = {"exhibitor": fair.exhibitor, "importer": fair.importer, "person": fair.buyer, "by": fair.maker}
    with clock.at(world.FIRST_MORNING + timedelta(seconds=42)):
        first = log_walk_in(fair.edition, key="one", **given)
        assert log_walk_in(fair.edition, key="one", **given) == first
    assert (first.state, first.walk_in, first.starts_at) == ("held", True, world.FIRST_MORNING)
    with pytest.raises(Forbidden):
        log_walk_in(fair.edition, key="two", **given | {"by": fair.buyer})
    other = world.importer(fair.edition)
    with pytest.raises(Refused) as refusal:
        log_walk_in(fair.edition, key="one", **given | {"importer": other.part, "person": other.person})
    assert refusal.value.code == "key_used"


def test_what_a_deed_needs_it_reads_once(fair, django_assert_num_queries):
    slot = slots(fair.edition)[0]
    with django_assert_num_queries(14):
        meeting = ask(fair, slot)
    with django_assert_num_queries(29):
        accept_meeting(Meeting.objects.with_sides().get(pk=meeting.pk), by=fair.maker)
