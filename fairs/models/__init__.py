"""The common ground: fairs, people, companies, money, journal."""

from fairs.models.fair import (
    Edition,
    ExchangeRate,
    LegalPaper,
    OpeningDay,
    Participation,
    PastResult,
    ProgrammeItem,
    Series,
    Target,
)
from fairs.models.people import Company, Invitation, Membership, Officer, Person, Product
from fairs.models.records import Consent, Delivery, Entry, Upload
from fairs.models.reference import CraftVillage, ProductGroup, Province
from fairs.money.models import BankAccount, Counter, Notice, NoticeLine, Payment, SupportRule

__all__ = [
    "BankAccount",
    "Company",
    "Consent",
    "Counter",
    "CraftVillage",
    "Delivery",
    "Edition",
    "Entry",
    "ExchangeRate",
    "Invitation",
    "LegalPaper",
    "Membership",
    "Notice",
    "NoticeLine",
    "Officer",
    "OpeningDay",
    "Participation",
    "PastResult",
    "Payment",
    "Person",
    "Product",
    "ProductGroup",
    "ProgrammeItem",
    "Province",
    "Series",
    "SupportRule",
    "Target",
    "Upload",
]
