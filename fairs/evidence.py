"""From which level of evidence on the report counts contracts; the app that keeps them says it of an edition."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fairs.models import Edition

LEVELS = {
    "claimed": _("declared by one side"),
    "confirmed": _("confirmed by both sides"),
    "seen": _("document seen by an officer"),
    "delivered": _("delivered"),
}
_rules: list[Callable[["Edition"], str]] = []


def says_level(rule: Callable[["Edition"], str]) -> Callable[["Edition"], str]:
    """From an app's reports.py: the level from which its contracts count, a key of LEVELS."""
    _rules.append(rule)
    return rule


def level_of(edition: "Edition") -> str:
    """The level of an edition; without any rule, both sides have confirmed."""
    return _rules[-1](edition) if _rules else "confirmed"
