"""Halls, zones, classes and prices on the page of the set-up."""

from datetime import date
from typing import Any

from django import template
from django.db.models import Count, Q

from booths.models import BoothClass, Hall, Opening, Price, SaleTerms, Zone
from booths.price_steps import in_force
from booths.querysets import rules_of
from fairs import clock
from fairs.models import Edition

register = template.Library()


@register.simple_tag
def floor_set_up(edition: Edition) -> dict[str, Any]:
    """What the floor consists of; each class with its price, or none yet, for both audiences."""
    classes = BoothClass.objects.filter(edition=edition).prefetch_related("prices")
    return {
        "halls": Hall.objects.filter(edition=edition).annotate(count=Count("booths", filter=Q(booths__retired=False))),
        "zones": Zone.objects.filter(edition=edition).annotate(count=Count("booths", filter=Q(booths__retired=False))),
        "classes": [(one, _prices(one, clock.today(edition))) for one in classes],
        "openings": Opening.objects.filter(edition=edition),
        "rules": rules_of(edition),
        "terms": SaleTerms.objects.filter(edition=edition).first(),
    }


def _prices(booth_class: BoothClass, day: date) -> list[tuple[str, Any, Price | None]]:
    known = {price.audience: price for price in in_force(booth_class.prices.all(), day)}
    return [(value, label, known.get(value)) for value, label in Price.Audience.choices]
