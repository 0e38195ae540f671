"""What is owed, what came in and went back, who pays a part of it, and where transfers go."""

from fairs.money.models.accounts import BankAccount
from fairs.money.models.bank import BankLine, LineDecision, LineReport, StatementShape
from fairs.money.models.card import CardEvent, Checkout
from fairs.money.models.invoices import EInvoice
from fairs.money.models.items import Audience, FeeItem
from fairs.money.models.notices import Counter, CreditNote, Instalment, Notice, NoticeLine
from fairs.money.models.payments import Payment, Posting, Refund
from fairs.money.models.support import Allowance, Fund, Grant, SupportRule
from fairs.money.models.vat import VatRate
from fairs.money.models.ways import WayOffered

__all__ = [
    "Allowance",
    "Audience",
    "BankAccount",
    "BankLine",
    "CardEvent",
    "Checkout",
    "Counter",
    "CreditNote",
    "EInvoice",
    "FeeItem",
    "Fund",
    "Grant",
    "Instalment",
    "LineDecision",
    "LineReport",
    "Notice",
    "NoticeLine",
    "Payment",
    "Posting",
    "Refund",
    "StatementShape",
    "SupportRule",
    "VatRate",
    "WayOffered",
]
