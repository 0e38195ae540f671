"""Where the official report stands, for the page of the report: when it is due, what was signed."""

from typing import Any

from django import template

from fairs import clock
from fairs.models import Edition
from fairs.snapshots import frame_of
from fairs.statements import languages

register = template.Library()


@register.inclusion_tag("fairs/signed/_standing.html", takes_context=True)
def report_standing(context: Any, edition: Edition) -> dict[str, Any]:
    """The due day with the days that are left, the last signed version, and the ways to papers and templates."""
    frame, today = frame_of(edition), clock.today(edition)
    roles = context["request"].user.roles_in(edition)
    return {
        "edition": edition,
        "due_on": frame.due_on,
        "left": (frame.due_on - today).days,
        "late": (today - frame.due_on).days,
        "last": edition.signed_reports.defer("snapshot").select_related("signed_by").first(),
        "may_frame": bool(roles & {"director", "reports"}),
        "languages": languages(),
    }
