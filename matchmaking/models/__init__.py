"""Where the two sides meet: leads, meetings and deals."""

from matchmaking.models.deal import Deal
from matchmaking.models.lead import BoothCard, Lead, LeadDigest, LeadVisit
from matchmaking.models.meeting import AgendaLink, Meeting, MeetingRules, Occupancy
from matchmaking.models.must_meet import MustMeet

__all__ = [
    "AgendaLink", "BoothCard", "Deal", "Lead", "LeadDigest", "LeadVisit", "Meeting", "MeetingRules", "MustMeet",
    "Occupancy",
]  # fmt: skip
