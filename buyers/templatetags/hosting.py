"""Why a hosting is not paid, for letters."""

from django import template

from buyers.benefit_words import reasons
from buyers.models import HostedContract

register = template.Library()


@register.filter
def shortfall_words(contract: HostedContract) -> list[str]:
    """What was not reached, each in a sentence."""
    return reasons(contract)
