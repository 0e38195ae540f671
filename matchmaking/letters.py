"""What goes with the letters about meetings: an invitation that a calendar takes, updates and drops."""

from fairs.deliveries import Enclosure, encloses
from fairs.models import Person
from matchmaking.calendars import invitation
from matchmaking.models import Meeting


@encloses("matchmaking.meeting_accepted", "matchmaking.meeting_changed", "matchmaking.meeting_cancelled")
def meeting_invitation(meeting: Meeting, person: Person) -> Enclosure | None:
    """The meeting as it stands when the letter is written; one that was never agreed is in no calendar."""
    never = meeting.state == Meeting.State.CANCELLED and meeting.version < 2
    return None if never else Enclosure("meeting.ics", *invitation(meeting, person))
