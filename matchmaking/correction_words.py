"""What a correction keeps of a contract: as text in its row, as columns of the contract, in the page's language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from fairs.templatetags.fair import day, money
from matchmaking.models import Deal, DealCorrection

Field = DealCorrection.Field


def value_text(amount: Decimal, currency: str) -> str:
    """A value as it is kept."""
    return f"{amount:.2f} {currency}"


def text_of(deal: Deal, field: str) -> str:
    """What a deal says now, as it is kept."""
    if field == Field.VALUE:
        return value_text(deal.amount, deal.currency)
    return deal.signed_on.isoformat() if field == Field.SIGNED_ON else deal.kind


def columns_of(field: str, text: str) -> Mapping[str, Any]:
    """The columns of a deal that a kept text stands for."""
    if field == Field.VALUE:
        amount, _space, currency = text.partition(" ")
        return {"amount": Decimal(amount), "currency": currency}
    return {"signed_on": date.fromisoformat(text)} if field == Field.SIGNED_ON else {"kind": text}


def content_words(field: str, text: str) -> str:
    """A kept text in the page's language."""
    said = columns_of(field, text)
    if field == Field.VALUE:
        return money(said["amount"], said["currency"])
    return day(said["signed_on"]) if field == Field.SIGNED_ON else str(Deal.Kind(said["kind"]).label)
