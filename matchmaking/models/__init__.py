"""Where the two sides meet: meetings and deals."""

from matchmaking.models.deal import Deal
from matchmaking.models.meeting import AgendaLink, Meeting, MeetingRules, Occupancy
from matchmaking.models.must_meet import MustMeet

__all__ = ["AgendaLink", "Deal", "Meeting", "MeetingRules", "MustMeet", "Occupancy"]
