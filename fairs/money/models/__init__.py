"""What is owed, what came in and went back, who pays a part of it, and where transfers go."""

from fairs.money.models.accounts import BankAccount
from fairs.money.models.card import CardEvent, Checkout
from fairs.money.models.invoices import EInvoice
from fairs.money.models.notices import Counter, CreditNote, Instalment, Notice, NoticeLine
from fairs.money.models.payments import Payment, Posting, Refund
from fairs.money.models.support import SupportRule

__all__ = [
    "BankAccount",
    "CardEvent",
    "Checkout",
    "Counter",
    "CreditNote",
    "EInvoice",
    "Instalment",
    "Notice",
    "NoticeLine",
    "Payment",
    "Posting",
    "Refund",
    "SupportRule",
]
