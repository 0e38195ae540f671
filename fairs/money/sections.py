"""The parts of the finance desk, as the line of links over each of its pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs.models import Edition

SECTIONS = [
    ("fairs:money_desk", _("Notices")),
    ("fairs:bank_lines", _("Bank lines")),
    ("fairs:payments", _("Receipts")),
    ("fairs:refunds", _("Refunds")),
    ("fairs:outstanding", _("Outstanding")),
    ("fairs:cash_flow", _("Cash flow")),
    ("fairs:day_close", _("Day’s close")),
    ("fairs:e_invoices", _("E-invoices")),
    ("fairs:support_given", _("Support")),
]


def sections(edition: Edition, current: str) -> list[dict[str, Any]]:
    """Each part with its address; the one that is open is marked."""
    return [
        {"label": label, "url": reverse(name, args=[edition.slug]), "current": name == current}
        for name, label in SECTIONS
    ]
