"""The space of the fair, who asks for it, who has it."""

from booths.models.application import Application, BoothWish, Household, NeighbourWish, RulesText
from booths.models.change import FloorChange, FloorSigns
from booths.models.circuit import Circuit, CircuitBooth, FlameZone
from booths.models.draft import FloorDraft, FloorVersion
from booths.models.floor import Booth, BoothClass, Facility, Hall, Price, SaleTerms, Zone
from booths.models.handover import BoothCheck, Breach, Fault
from booths.models.manual import HandIn, HandInFile, ManualLetter, ManualTask, TaskReminder
from booths.models.moving import MoveSlot, MoveWindow, VehiclePass
from booths.models.offer import Offer
from booths.models.reservation import Reservation
from booths.models.review import Appeal, Criterion, Review, Score, Threshold
from booths.models.round import AllocationTerms, Proposal, Round
from booths.models.sale import Opening, WaitingPlace, WaitingRoom
from booths.models.service import ServiceItem, ServicePrice
from booths.models.service_order import OrderLine, ServiceOrder

__all__ = [
    "AllocationTerms",
    "Appeal",
    "Application",
    "Booth",
    "BoothCheck",
    "BoothClass",
    "BoothWish",
    "Breach",
    "Circuit",
    "CircuitBooth",
    "Criterion",
    "Facility",
    "Fault",
    "FlameZone",
    "FloorChange",
    "FloorDraft",
    "FloorSigns",
    "FloorVersion",
    "Hall",
    "HandIn",
    "HandInFile",
    "Household",
    "ManualLetter",
    "ManualTask",
    "MoveSlot",
    "MoveWindow",
    "NeighbourWish",
    "Offer",
    "Opening",
    "OrderLine",
    "Price",
    "Proposal",
    "Reservation",
    "Review",
    "Round",
    "RulesText",
    "SaleTerms",
    "Score",
    "ServiceItem",
    "ServiceOrder",
    "ServicePrice",
    "TaskReminder",
    "Threshold",
    "VehiclePass",
    "WaitingPlace",
    "WaitingRoom",
    "Zone",
]
