"""Reasons of allocation, for pages and letters."""

from typing import Any

from django import template

from booths.models import Offer
from booths.round_words import no_place, why_sentences

register = template.Library()


@register.filter
def reasons(offer: Offer) -> list[str]:
    """Why a place is this one, for whom it was offered to: others are counted, not named."""
    return [sentence for why in offer.why[:1] for sentence in why_sentences(why)]


@register.filter
def why_not(rule: str) -> Any:
    """Why somebody has no place."""
    return no_place(rule)
