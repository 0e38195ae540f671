"""Where the two sides meet: leads, meetings and deals."""

from matchmaking.models.deal import Deal
from matchmaking.models.lead import BoothCard, Lead, LeadDigest, LeadVisit
from matchmaking.models.matching import MatchingTerms
from matchmaking.models.meeting import AgendaLink, Meeting, MeetingRules, Occupancy
from matchmaking.models.wish import Wish

__all__ = [
    "AgendaLink", "BoothCard", "Deal", "Lead", "LeadDigest", "LeadVisit", "MatchingTerms", "Meeting", "MeetingRules",
    "Occupancy", "Wish",
]  # fmt: skip
