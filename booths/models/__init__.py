"""The space of the fair, who asks for it, who has it."""

from booths.models.application import Application, BoothWish, Household, NeighbourWish, RulesText
from booths.models.change import FloorChange, FloorSigns
from booths.models.circuit import Circuit, CircuitBooth, FlameZone
from booths.models.co_exhibitor import CoExhibitor
from booths.models.draft import FloorDraft, FloorVersion
from booths.models.floor import Booth, BoothClass, Facility, Hall, Price, SaleTerms, Zone
from booths.models.goods import GoodsCheck, GoodsDeclaration, SpecialGoods
from booths.models.handover import BoothCheck, Breach, Fault
from booths.models.house_rules import HouseRules, RulesAcceptance, Withdrawal, house_rules_of
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
    "CoExhibitor",
    "Criterion",
    "Facility",
    "Fault",
    "FlameZone",
    "FloorChange",
    "FloorDraft",
    "FloorSigns",
    "FloorVersion",
    "GoodsCheck",
    "GoodsDeclaration",
    "Hall",
    "HandIn",
    "HandInFile",
    "HouseRules",
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
    "RulesAcceptance",
    "RulesText",
    "SaleTerms",
    "Score",
    "ServiceItem",
    "ServiceOrder",
    "ServicePrice",
    "SpecialGoods",
    "TaskReminder",
    "Threshold",
    "VehiclePass",
    "WaitingPlace",
    "WaitingRoom",
    "Withdrawal",
    "Zone",
    "house_rules_of",
]
