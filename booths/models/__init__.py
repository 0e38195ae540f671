"""The space of the fair, who asks for it, who has it."""

from booths.models.application import Application, BoothWish, Household, NeighbourWish, RulesText
from booths.models.change import FloorChange, FloorSigns
from booths.models.draft import FloorDraft, FloorVersion
from booths.models.floor import Booth, BoothClass, Facility, Hall, Price, SaleTerms, Zone
from booths.models.handover import BoothCheck, Breach, Fault
from booths.models.moving import MoveSlot, MoveWindow, VehiclePass
from booths.models.offer import Offer
from booths.models.reservation import Reservation
from booths.models.review import Appeal, Criterion, Review, Score, Threshold
from booths.models.round import AllocationTerms, Proposal, Round

__all__ = [
    "AllocationTerms",
    "Appeal",
    "Application",
    "Booth",
    "BoothCheck",
    "BoothClass",
    "BoothWish",
    "Breach",
    "Criterion",
    "Facility",
    "Fault",
    "FloorChange",
    "FloorDraft",
    "FloorSigns",
    "FloorVersion",
    "Hall",
    "Household",
    "MoveSlot",
    "MoveWindow",
    "NeighbourWish",
    "Offer",
    "Price",
    "Proposal",
    "Reservation",
    "Review",
    "Round",
    "RulesText",
    "SaleTerms",
    "Score",
    "Threshold",
    "VehiclePass",
    "Zone",
]
