"""What the heartbeat does for meetings and leads."""

from contextlib import suppress

from fairs import clock
from fairs.discovery import on_beat
from fairs.states import StateConflict
from matchmaking.actions.lead_digests import owe_digests
from matchmaking.actions.meetings import expire_meeting
from matchmaking.models import Meeting


@on_beat
def end_unanswered() -> None:
    """End requests whose time has passed, so that lists and letters say so."""
    passed = Meeting.objects.filter(state=Meeting.State.REQUESTED, starts_at__lte=clock.now())
    for meeting in passed.select_related("edition", "exhibitor__company", "importer__company"):
        with suppress(StateConflict):  # answered at this very moment
            expire_meeting(meeting)


@on_beat
def tell_of_leads() -> None:
    """Owe exhibitors the evening letter about their visitors, once the day has closed."""
    owe_digests()
