"""The floor and its makers on the public face of an edition."""

from typing import Any

from django import template
from django.db.models import Count, F, Min, Q
from django.utils.safestring import mark_safe

from booths.drawing.small import by_zone
from booths.models import Booth, Reservation, Zone
from booths.plan import plan_of
from booths.querysets import exhibitors_of
from fairs.models import Edition, Participation, Product

register = template.Library()

DRAWN = ("SM", "MT", "GS", "KT", "LD", "TR")
"""Zones whose craft has a drawing, in the order in which their makers are shown."""


@register.simple_tag
def size_of(edition: Edition) -> dict[str, int]:
    """How many booths and halls an edition has, and how many provinces and countries its exhibitors come from."""
    floor = Booth.objects.filter(edition=edition).aggregate(booths=Count("pk"), halls=Count("hall", distinct=True))
    origins = exhibitors_of(edition).aggregate(
        provinces=Count("province", distinct=True), countries=Count("company__country", distinct=True)
    )
    return floor | origins


@register.simple_tag
def makers_of(edition: Edition, most: int = 6) -> list[Participation]:
    """Some makers, one a zone, who say how much and how fast they make what the zone is for.

    Each brings `letters` of its zone, `drawing` when the craft has one, and the `product` to speak of.
    """
    chosen = _one_a_zone(edition, most)
    products = Product.objects.in_bulk([row["product"] for row in chosen.values()])
    parts = exhibitors_of(edition).filter(company__in=[row["company"] for row in chosen.values()])
    found = {part.company_id: part for part in parts.select_related("company__craft_village", "province")}
    return [
        _dressed(found[row["company"]], letters, products[row["product"]])
        for letters, row in chosen.items()
        if row["company"] in found
    ]


@register.simple_tag
def zones_of(edition: Edition) -> dict[str, Any]:
    """The zones with their number of booths, and a picture of the floor that tells them apart."""
    plan = plan_of(edition)
    zones = Zone.objects.filter(edition=edition).annotate(count=Count("booths", filter=Q(booths__retired=False)))
    return {
        "zones": [zone for zone in zones if zone.count],
        "view": plan.drawing.view_box,
        "markup": mark_safe(by_zone(plan.drawing)),  # the drawing escapes every name
    }


def _one_a_zone(edition: Edition, most: int) -> dict[str, Any]:
    """By the letters of a zone its maker to show: from a craft village where there is one, with the most booths."""
    fitting = Product.objects.filter(
        minimum_order__isnull=False,
        lead_days__isnull=False,
        company__reservations__edition=edition,
        company__reservations__state__in=Reservation.KEPT,
        product_group__zone=F("company__reservations__booth__zone"),
    )
    zoned = fitting.order_by().values(
        "company", village=F("company__craft_village"), zone=F("company__reservations__booth__zone__code")
    )
    rows = zoned.annotate(product=Min("pk"), booths=Count("company__reservations", distinct=True))
    best: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: (row["village"] is None, -row["booths"], row["company"])):
        best.setdefault(row["zone"][:2], row)
    order = sorted(best, key=lambda letters: (DRAWN.index(letters) if letters in DRAWN else len(DRAWN), letters))
    return {letters: best[letters] for letters in order[:most]}


def _dressed(part: Any, letters: str, product: Product) -> Any:
    part.letters, part.product = letters, product
    part.drawing = f"fairs/images/tile-{letters.lower()}.svg" if letters in DRAWN else ""
    return part
