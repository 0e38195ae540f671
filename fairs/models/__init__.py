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
from fairs.money.models import (
    BankAccount,
    Counter,
    CreditNote,
    Instalment,
    Notice,
    NoticeLine,
    Payment,
    Posting,
    Refund,
    SupportRule,
)

__all__ = [
    "BankAccount",
    "Company",
    "Consent",
    "Counter",
    "CraftVillage",
    "CreditNote",
    "Delivery",
    "Edition",
    "Entry",
    "ExchangeRate",
    "Instalment",
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
    "Posting",
    "Product",
    "ProductGroup",
    "ProgrammeItem",
    "Province",
    "Refund",
    "Series",
    "SupportRule",
    "Target",
    "Upload",
]
