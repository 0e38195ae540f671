"""Whom an importer comes for, for the pages about their registration."""

from typing import Any

from django import template

from matchmaking.models import Wish

register = template.Library()


@register.filter
def must_meets(registration: Any) -> Any:
    """The exhibitors that an importer must meet, with their companies."""
    return Wish.objects.of_importer(registration).must_meets().with_companies()
