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
from matchmaking.models.follow_up import FollowUp, FollowUpRules, FollowUpRung, NoFollowUps
from matchmaking.models.lead import BoothCard, Lead, LeadDigest, LeadVisit
from matchmaking.models.matching import MatchingTerms
from matchmaking.models.meeting import AgendaLink, Meeting
from matchmaking.models.nudge import NoNudges, Nudge
from matchmaking.models.opportunity import Opportunity, Quotation
from matchmaking.models.proposal import Proposal
from matchmaking.models.rating import Rating
from matchmaking.models.rules import MeetingRules, Place
from matchmaking.models.sample import Sample
from matchmaking.models.seat import BASE, Interpreter, Occupancy, Seat, Shift, Table, cells, codes
from matchmaking.models.spot_sale import SpotSale, SpotSaleCorrection
from matchmaking.models.timetable import Timetable, TimetableEntry, TimetablePlan
from matchmaking.models.wish import Wish

__all__ = [
    "BASE", "INCOTERMS", "AgendaLink", "BoothCard", "Consignment", "ContractRules", "Deal", "DealCorrection",
    "DealLine", "DealPair", "DealPaper", "FollowUp", "FollowUpRules", "FollowUpRung", "Interpreter", "Lead",
    "LeadDigest", "LeadVisit", "MatchingTerms", "Meeting", "MeetingRules", "NoFollowUps", "NoNudges", "Nudge",
    "Occupancy", "Opportunity", "Place", "Proposal", "Quotation", "Rating", "Sample", "Seat", "Shift", "SpotSale",
    "SpotSaleCorrection", "Table", "Timetable", "TimetableEntry", "TimetablePlan", "Wish", "cells", "codes",
]  # fmt: skip
