"""Ways of paying in words, and what they do by themselves."""

from django import template

from fairs.money.ways import WAYS

register = template.Library()


@register.filter
def way(code: str) -> str:
    """What a way of paying is called."""
    return str(WAYS[code].label) if code in WAYS else code


@register.filter
def sends_back(code: str) -> bool:
    """Whether a way returns money by itself."""
    return code in WAYS and WAYS[code].sends_back
