"""What the letters after the fair say."""

from typing import Any

from django import template

from fairs.models import Person
from matchmaking.models import FollowUp, FollowUpRung

register = template.Library()
MOST_NAMED = 12  # companies with links of their own in one letter; the page behind it holds all


@register.simple_tag
def asked_in(rung: FollowUpRung, only: str = "") -> dict[str, Any]:
    """The questions of a letter, or those still open: how many, and as many as it names."""
    found = rung.questions.open() if only == "open" else rung.questions.all()
    whole = list(found.with_sides().order_by("pk")[: MOST_NAMED + 1])
    number = found.count()
    return {"number": number, "named": whole[:MOST_NAMED], "more": max(0, number - MOST_NAMED)}


@register.simple_tag
def stop_link(rung: FollowUpRung, person: Person) -> str:
    """Where this reader says that they want no more of these letters."""
    return rung.stop_url(person)


@register.filter
def answer_kind(one: FollowUp) -> str:
    """The kind of the sign of an answer."""
    kinds = {"asked": "wait", "talking": "info", "sample": "info", "ordered": "ok", "lost": "off"}
    return kinds[one.state]
