"""The space of the fair, who asks for it, who has it."""

from booths.models.application import Application, BoothWish, Household, NeighbourWish, RulesText
from booths.models.change import FloorChange, FloorSigns
from booths.models.co_exhibitor import CoExhibitor
from booths.models.draft import FloorDraft, FloorVersion
from booths.models.floor import Booth, BoothClass, Facility, Hall, Price, SaleTerms, Zone
from booths.models.goods import GoodsCheck, GoodsDeclaration, SpecialGoods
from booths.models.house_rules import HouseRules, RulesAcceptance, Withdrawal, house_rules_of
from booths.models.manual import HandIn, HandInFile, ManualLetter, ManualTask, TaskReminder
from booths.models.offer import Offer
from booths.models.reservation import Reservation
from booths.models.review import Appeal, Criterion, Review, Score, Threshold
from booths.models.round import AllocationTerms, Proposal, Round

__all__ = [
    "AllocationTerms",
    "Appeal",
    "Application",
    "Booth",
    "BoothClass",
    "BoothWish",
    "CoExhibitor",
    "Criterion",
    "Facility",
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
    "NeighbourWish",
    "Offer",
    "Price",
    "Proposal",
    "Reservation",
    "Review",
    "Round",
    "RulesAcceptance",
    "RulesText",
    "SaleTerms",
    "Score",
    "SpecialGoods",
    "TaskReminder",
    "Threshold",
    "Withdrawal",
    "Zone",
    "house_rules_of",
]
