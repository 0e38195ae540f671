"""Small things that pages of the floor write."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.db.models import Min

from booths.drawing import outline
from booths.drawing.sheet import box
from booths.floorplan import Rect
from booths.plan import Plan, plan_of
from booths.querysets import exhibitors_of
from fairs.models import Edition

register = template.Library()

DRAWN = ("gs", "kt", "ld", "mt", "sm", "tr")
"""Zones whose craft has a drawing."""


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
def of(known: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping has under a key."""
    return known.get(key)


@register.filter
def trim_zero(written: str) -> str:
    """6,0 -> 6 and 4,5 -> 4,5."""
    return written[:-2] if written.endswith((",0", ".0")) else written


@register.simple_tag
def floor_of(edition: Edition) -> Plan:
    """The plan of an edition, for a picture of it on another page."""
    return plan_of(edition)


@register.simple_tag
def size_of(edition: Edition) -> dict[str, int]:
    """How many booths, halls and provinces of origin an edition has."""
    return {
        "booths": edition.booths.count(),
        "halls": edition.halls.count(),
        "provinces": exhibitors_of(edition).order_by().values("province").distinct().count(),
    }


@register.simple_tag
def makers_of(edition: Edition, most: int = 6) -> list[Any]:
    """Some exhibitors with products, from different zones where there are, each with a drawing of its craft."""
    parts = exhibitors_of(edition).filter(company__products__isnull=False, company__reservations__edition=edition)
    zoned = parts.annotate(zone=Min("company__reservations__booth__zone__code")).order_by("zone", "pk")
    first = {zone: pk for pk, zone in zoned.values_list("pk", "zone")[::-1]}
    chosen = sorted(first, key=lambda zone: (zone[:2].lower() not in DRAWN, zone))[:most]
    rows = exhibitors_of(edition).filter(pk__in=[first[zone] for zone in chosen])
    makers = list(rows.select_related("company__craft_village", "province").prefetch_related("company__products"))
    letters = {first[zone]: zone[:2] for zone in chosen}
    for part in makers:
        part.letters = letters[part.pk]
        part.drawing = f"fairs/images/tile-{part.letters.lower()}.svg" if part.letters.lower() in DRAWN else ""
    return makers
