"""Whether something can be paid by card, and how much at most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from fairs.models import Checkout, Company, Edition, Notice
from fairs.money.currencies import from_smallest_units
from fairs.money.offered import audience_of, offers
from fairs.money.stripe_client import is_configured
from fairs.money.ways.card import CARD
from fairs.permissions import Actor, may

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
    if not offers(edition, audience_of(company), CARD.code):
        return None
    return CardOffer(amount, currency, ceiling(currency))


def by_card(notice: Notice, person: Actor) -> dict[str, Any]:
    """What a notice's page says of cards: how what is due now is paid by one, and all where that is more; attempts."""
    checkouts = list(notice.checkouts.all())
    if any(one.state in (Checkout.State.PROCESSING, Checkout.State.PAID) for one in checkouts):
        return {"checkouts": checkouts}  # nobody is led to pay twice
    if notice.state != Notice.State.ISSUED or not may(person, "fairs.pay_by_card", notice):
        return {"checkouts": checkouts}
    card, whole = (
        card_for(notice.edition, notice.company, amount, notice.currency) for amount in (notice.due_now, notice.balance)
    )
    more = whole is not None and card is not None and whole.amount > card.amount and not whole.too_much
    return {"checkouts": checkouts, "card": card, "whole_card": whole if more else None}


def ceiling(currency: str) -> Decimal:
    """The most that one card payment in a currency may be."""
    named = settings.CARD_CEILINGS.get(currency)
    return Decimal(named) if named else from_smallest_units(MOST, currency)
