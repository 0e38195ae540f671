"""What is owed, what came in and went back, who pays a part of it, and where transfers go."""

from fairs.money.models.accounts import BankAccount
from fairs.money.models.bank import BankLine, LineDecision, LineReport, StatementShape
from fairs.money.models.notices import Counter, CreditNote, Instalment, Notice, NoticeLine
from fairs.money.models.payments import Payment, Posting, Refund
from fairs.money.models.support import SupportRule

__all__ = [
    "BankAccount",
    "BankLine",
    "Counter",
    "CreditNote",
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
]
