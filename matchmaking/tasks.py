"""What the heartbeat does for meetings and leads."""

from contextlib import suppress

from fairs import clock
from fairs.discovery import on_beat
from fairs.states import StateConflict
from matchmaking.actions.lead_digests import owe_digests
from matchmaking.actions.meetings import expire_meeting
from matchmaking.actions.nudges import owe_nudges
from matchmaking.actions.proposals import lapse_proposal
from matchmaking.models import Meeting, Proposal


@on_beat
def end_unanswered() -> None:
    """End requests and proposals that nobody answered in time, so that lists and letters say so."""
    for meeting in Meeting.objects.unanswered(clock.now()).with_sides().select_related("edition", "importer_person"):
        with suppress(StateConflict):  # answered at this very moment
            expire_meeting(meeting)
    for proposal in Proposal.objects.unanswered(clock.now()).with_sides():
        with suppress(StateConflict):
            lapse_proposal(proposal)


@on_beat
def remind_of_meetings() -> None:
    """Owe those without meetings their reminder, once every few days."""
    owe_nudges()


@on_beat
def tell_of_leads() -> None:
    """Owe exhibitors the evening letter about their visitors, once the day has closed."""
    owe_digests()
