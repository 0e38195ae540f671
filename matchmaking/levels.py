"""From which level an edition counts its contracts, and how that is said."""

from django.utils.translation import gettext as _

from fairs.models import Edition
from matchmaking.models import ContractRules, Deal


def counts_from(edition: Edition) -> str:
    """The level that the edition's setting names: what the other side has confirmed, unless it says otherwise."""
    known = ContractRules.objects.filter(edition=edition).values_list("counts_from", flat=True).first()
    return known or Deal.Level.CONFIRMED


def counted_words(level: str) -> str:
    """From where the report counts, in a sentence."""
    return {
        "claimed": _("The report counts every paper that one side has recorded."),
        "confirmed": _("The report counts what the other side has confirmed, or an officer has seen the paper of."),
        "seen": _("The report counts what an officer has seen the paper of, or both sides call delivered."),
        "delivered": _("The report counts what both sides call delivered."),
    }[level]
