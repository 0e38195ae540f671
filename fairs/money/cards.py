"""Whether something can be paid by card, and how much at most."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from fairs.models import Company, Edition
from fairs.money.currencies import from_smallest_units
from fairs.money.stripe_client import is_configured
from fairs.money.ways import offers
from fairs.money.ways.card import CARD

MOST = 99_999_999  # of the smallest unit: what the card company takes of any currency


@dataclass(frozen=True)
class CardOffer:
    """An amount that could be paid by card, and the most that can."""

    amount: Decimal
    currency: str
    ceiling: Decimal

    @property
    def too_much(self) -> bool:
        """Whether it is over the ceiling, so that a transfer is the way."""
        return self.amount > self.ceiling


def card_for(edition: Edition, company: Company, amount: Decimal, currency: str) -> CardOffer | None:
    """How an amount is paid by card; None where no card is taken from this company."""
    if not is_configured() or amount <= 0:
        return None
    if company.resident and currency != "VND":
        return None
    if not offers(edition, "resident" if company.resident else "non_resident", CARD.code):
        return None
    return CardOffer(amount, currency, ceiling(currency))


def ceiling(currency: str) -> Decimal:
    """The most that one card payment in a currency may be."""
    named = settings.CARD_CEILINGS.get(currency)
    return Decimal(named) if named else from_smallest_units(MOST, currency)
