"""Where the two sides meet: leads, meetings and deals."""

from matchmaking.models.deal import Deal
from matchmaking.models.lead import BoothCard, Lead, LeadDigest, LeadVisit
from matchmaking.models.meeting import AgendaLink, Meeting
from matchmaking.models.must_meet import MustMeet
from matchmaking.models.nudge import NoNudges, Nudge
from matchmaking.models.proposal import Proposal
from matchmaking.models.rating import Rating
from matchmaking.models.rules import MeetingRules, Place
from matchmaking.models.seat import BASE, Interpreter, Occupancy, Seat, Shift, Table, cells, codes

__all__ = [
    "BASE", "AgendaLink", "BoothCard", "Deal", "Interpreter", "Lead", "LeadDigest", "LeadVisit", "Meeting",
    "MeetingRules", "MustMeet", "NoNudges", "Nudge", "Occupancy", "Place", "Proposal", "Rating", "Seat", "Shift",
    "Table", "cells", "codes",
]  # fmt: skip
