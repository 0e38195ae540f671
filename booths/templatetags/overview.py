"""The booths on the organiser's first page."""

from typing import Any

from django import template
from django.db.models import Count, Q
from django.utils.safestring import mark_safe

from booths.drawing.sheet import box
from booths.drawing.small import ground, small
from booths.models import Zone
from booths.plan import plan_of
from fairs.models import Edition

register = template.Library()


@register.simple_tag
def booths_left(edition: Edition) -> dict[str, Any]:
    """Booths that nobody has taken yet, on hold or free, with a small plan and how many of them in each zone."""
    plan = plan_of(edition)
    left = {key for key, sign in zip(plan.drawing.keys, plan.signs, strict=True) if sign in "fh"}
    counts = plan.counts
    taken = counts["reserved"] + counts["confirmed"]
    zones = Zone.objects.filter(edition=edition).annotate(left=Count("booths", filter=Q(booths__in=left)))
    return {
        "left": len(left),
        "held": counts["held"],
        "taken": taken,
        "all": taken + len(left),
        "zones": [zone for zone in zones if zone.left] if left else [],
        "view": box(ground(plan.drawing)),
        "markup": mark_safe(small(plan.drawing, left)),  # squares and the letters of zones, which are escaped
    }
