"""A long list to tick: the first of it, and the rest that opens at a touch."""

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def first_choices(field: BoundField, number: int) -> list[Any]:
    """The choices that every page shows."""
    return list(field)[:number]


@register.filter
def more_choices(field: BoundField, number: int) -> list[Any]:
    """The choices that open at a touch."""
    return list(field)[number:]


@register.filter
def any_ticked(choices: list[Any]) -> bool:
    """Whether one of them is ticked, so that they are to be seen."""
    return any(choice.data["selected"] for choice in choices)
