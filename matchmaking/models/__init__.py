"""Where the two sides meet: leads, meetings and deals."""

from matchmaking.models.deal import INCOTERMS, Deal
from matchmaking.models.deal_parts import (
    Consignment,
    ContractRules,
    DealCorrection,
    DealLine,
    DealPair,
    DealPaper,
)
from matchmaking.models.lead import BoothCard, Lead, LeadDigest, LeadVisit
from matchmaking.models.matching import MatchingTerms
from matchmaking.models.meeting import AgendaLink, Meeting
from matchmaking.models.nudge import NoNudges, Nudge
from matchmaking.models.opportunity import Opportunity, Quotation
from matchmaking.models.proposal import Proposal
from matchmaking.models.rating import Rating
from matchmaking.models.rules import MeetingRules, Place
from matchmaking.models.seat import BASE, Interpreter, Occupancy, Seat, Shift, Table, cells, codes
from matchmaking.models.timetable import Timetable, TimetableEntry, TimetablePlan
from matchmaking.models.wish import Wish

__all__ = [
    "BASE", "INCOTERMS", "AgendaLink", "BoothCard", "Consignment", "ContractRules", "Deal", "DealCorrection",
    "DealLine", "DealPair", "DealPaper", "Interpreter", "Lead", "LeadDigest", "LeadVisit", "MatchingTerms", "Meeting",
    "MeetingRules", "NoNudges", "Nudge", "Occupancy", "Opportunity", "Place", "Proposal", "Quotation", "Rating",
    "Seat", "Shift", "Table", "Timetable", "TimetableEntry", "TimetablePlan", "Wish", "cells", "codes",
]  # fmt: skip
