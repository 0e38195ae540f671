"""Where the two sides meet: meetings and deals."""

from matchmaking.models.deal import Deal
from matchmaking.models.meeting import Meeting, MeetingRules, Occupancy

__all__ = ["Deal", "Meeting", "MeetingRules", "Occupancy"]
