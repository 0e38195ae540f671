"""Small things that pages of the floor write."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from booths.actions.pricing import Quote, quote_offer
from booths.drawing import outline
from booths.drawing.sheet import box
from booths.floorplan import Rect
from booths.models import Application, Offer
from booths.paying import payment_plan
from booths.querysets import stands_of

register = template.Library()


@register.filter
def view_box(place: Rect, margin: float = 0) -> str:
    """A rectangle, with so many metres around it, as a viewBox."""
    return box(Rect(place.x - margin, place.y - margin, place.width + 2 * margin, place.height + 2 * margin))


@register.filter
def outline_of(places: Iterable[Rect]) -> str:
    """The line around some places, as a path."""
    return outline(places)


@register.filter(name="json")
def as_json(value: Any) -> str:
    """For a data attribute."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@register.filter
def stands(part: Any) -> list[Any]:
    """Where an exhibitor stands; a household in the block of its group."""
    return stands_of(part)


@register.filter
def of(known: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping has under a key."""
    return known.get(key)


@register.filter
def trim_zero(written: str) -> str:
    """6,0 -> 6, 4,50 -> 4,5 and 4,5 -> 4,5: of a number with decimals."""
    return written.rstrip("0").rstrip(",.")


@register.simple_tag
def quote_of(offer: Offer) -> Quote | None:
    """What the booths of an offer cost whom it is made to; None while their class has no price for them."""
    return quote_offer(offer)


@register.filter
def how_to_pay(application: Application) -> str:
    """By when what it takes today is to be paid, and what follows."""
    return " ".join(payment_plan(application).sentences)
