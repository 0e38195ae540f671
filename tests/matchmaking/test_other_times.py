"""Another time is proposed, taken or not; a request waits as long as the rules say; who called off is kept."""

from datetime import timedelta

import pytest

from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.models import Delivery
from fairs.states import StateConflict
from matchmaking.actions.meetings import accept_meeting, cancel_meeting, free_slots, slots
from matchmaking.actions.proposals import accept_proposal, decline_proposal, propose_time
from matchmaking.models import Meeting, MeetingRules, Occupancy, Proposal
from matchmaking.tasks import end_unanswered
from tests import world
from tests.matchmaking.asking import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """Weeks before the fair."""
    with clock.at(world.NOON):
        yield world.two_sides()


def times(fair):
    return [slot.starts_at for slot in slots(fair.edition)]


def test_the_other_side_takes_the_time_and_it_is_agreed(fair):
    meeting = asked(fair)
    proposal = propose_time(meeting, starts_at=times(fair)[5], note=" Rather then ", by=fair.maker)
    assert (proposal.side, proposal.note) == ("exhibitor", "Rather then")
    assert not Occupancy.objects.exists()
    assert Delivery.objects.get(kind="matchmaking.time_proposed").to == fair.buyer
    with pytest.raises(Forbidden):
        accept_proposal(proposal, by=fair.maker)
    accept_proposal(proposal, by=fair.buyer)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at, proposal.state) == ("accepted", times(fair)[5], "taken")
    assert Delivery.objects.filter(kind="matchmaking.meeting_accepted").count() == 2


def test_whoever_is_asked_about_another_time_has_as_long_as_for_a_request(fair):
    meeting = asked(fair, 9)
    with clock.at(meeting.expires_at - timedelta(hours=1)):
        proposal = propose_time(meeting, starts_at=times(fair)[5], by=fair.maker)
    with clock.at(meeting.expires_at + timedelta(hours=1)):
        end_unanswered()
        accept_proposal(Proposal.objects.with_sides().get(pk=proposal.pk), by=fair.buyer)
    assert Meeting.objects.get().state == "accepted"


def test_what_is_agreed_holds_until_the_new_time_is_taken(fair):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    before = meeting.starts_at
    proposal = propose_time(meeting, starts_at=times(fair)[7], by=fair.buyer)
    meeting.refresh_from_db()
    assert meeting.starts_at == before
    accept_proposal(proposal, by=fair.maker)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == ("accepted", times(fair)[7])
    assert before in [slot.starts_at for slot in free_slots(fair.exhibitor, fair.importer)]
    assert Delivery.objects.filter(kind="matchmaking.meeting_changed").count() == 2


def test_a_no_leaves_it_as_it_is_and_a_newer_time_replaces_the_older(fair):
    meeting = asked(fair)
    first = propose_time(meeting, starts_at=times(fair)[5], by=fair.maker)
    second = propose_time(meeting, starts_at=times(fair)[6], by=fair.buyer)
    first.refresh_from_db()
    assert first.state == "withdrawn"
    decline_proposal(second, by=fair.maker)
    meeting.refresh_from_db()
    assert (meeting.state, second.state) == ("requested", "refused")
    with pytest.raises(StateConflict):
        accept_proposal(second, by=fair.maker)
    assert Delivery.objects.filter(kind="matchmaking.time_declined", to=fair.buyer).exists()


def test_a_time_that_somebody_else_took_is_refused_with_others(fair):
    meeting = asked(fair)
    proposal = propose_time(meeting, starts_at=times(fair)[5], by=fair.maker)
    other = world.importer(fair.edition)
    rival = Meeting.objects.create(
        edition=fair.edition, exhibitor=fair.exhibitor, importer=other.part, importer_person=other.person,
        starts_at=times(fair)[5], ends_at=times(fair)[5] + timedelta(minutes=30),
    )  # fmt: skip
    accept_meeting(rival, by=fair.maker)
    with pytest.raises(Refused) as refusal:
        accept_proposal(proposal, by=fair.buyer)
    assert refusal.value.code == "slot_taken"
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_an_answer_to_the_meeting_ends_what_was_proposed(fair):
    meeting = asked(fair)
    proposal = propose_time(meeting, starts_at=times(fair)[5], by=fair.buyer)
    accept_meeting(meeting, by=fair.maker)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    cancel_meeting(meeting, by=fair.buyer)
    with pytest.raises(Refused) as refusal:
        propose_time(meeting, starts_at=times(fair)[6], by=fair.buyer)
    assert refusal.value.code == "not_open"
    with pytest.raises(Forbidden):
        propose_time(meeting, starts_at=times(fair)[6], by=world.person())


@pytest.mark.parametrize(("now", "hours"), [(world.NOON, 48), (world.FIRST_MORNING, 2)])
def test_a_request_waits_two_days_before_the_fair_and_two_hours_during_it(now, hours):
    with clock.at(now):
        fair = world.two_sides()
        meeting = asked(fair, 20)
    assert meeting.expires_at == now + timedelta(hours=hours)
    with clock.at(meeting.expires_at - timedelta(seconds=1)):
        end_unanswered()
        assert Meeting.objects.get().state == "requested"
    with clock.at(meeting.expires_at):
        assert meeting.lapsed
        end_unanswered()
        end_unanswered()
        assert Meeting.objects.get().state == "expired"
        assert Delivery.objects.filter(kind="matchmaking.meeting_expired", to=fair.buyer).count() == 1
        with pytest.raises(StateConflict):
            accept_meeting(Meeting.objects.get(), by=fair.maker)


def test_the_hours_are_data_and_never_pass_the_meeting_itself(fair):
    MeetingRules.objects.update(answer_hours=6)
    assert asked(fair).expires_at == world.NOON + timedelta(hours=6)
    with clock.at(world.FIRST_MORNING - timedelta(hours=14)):
        evening = asked(fair, 30)
    assert evening.expires_at == world.FIRST_MORNING - timedelta(hours=8)
    with clock.at(world.FIRST_MORNING - timedelta(hours=3)):
        eve = asked(fair, 0)
    assert eve.expires_at == eve.starts_at


def test_a_proposal_too_late_to_answer_lapses_and_the_meeting_stays(fair):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    proposal = propose_time(meeting, starts_at=times(fair)[5], by=fair.maker)
    with clock.at(proposal.expires_at):
        with pytest.raises(Refused) as refusal:
            accept_proposal(proposal, by=fair.buyer)
        assert refusal.value.code == "not_answered_in_time"
    assert Proposal.objects.get().state == "lapsed"
    assert Meeting.objects.get().state == "accepted"
    again = propose_time(meeting, starts_at=times(fair)[6], by=fair.maker)
    with clock.at(again.expires_at):
        end_unanswered()
    assert set(Proposal.objects.values_list("state", flat=True)) == {"lapsed"}


def test_who_called_it_off_and_how_late_is_kept(fair):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    with clock.at(meeting.starts_at - timedelta(hours=3)):
        cancel_meeting(meeting, by=fair.buyer)
    assert (meeting.cancelled_by, meeting.notice) == ("importer", timedelta(hours=3))
    other = cancel_meeting(asked(fair), by=world.officer(fair.edition, "matchmaking_desk"))
    assert other.cancelled_by == "organiser"
