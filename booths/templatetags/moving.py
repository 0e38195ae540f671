"""What an exhibitor’s own page says about moving in and out."""

from typing import Any

from django import template

from booths.models import Fault, MoveWindow

register = template.Library()


@register.simple_tag
def moving_of(application: Any) -> dict[str, Any]:
    """Whether there are hours for vehicles, and the faults noted in the application’s booths, the newest first."""
    faults = Fault.objects.filter(reservation__application=application).select_related("reservation__booth")
    hours = MoveWindow.objects.filter(edition=application.edition_id)
    return {"hours": hours.exists(), "faults": list(faults.order_by("-found_at", "-pk")[:50])}
