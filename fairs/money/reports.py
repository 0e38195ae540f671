"""The report's line about money: H1."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from fairs.models import Edition, Notice, Payment
from fairs.reports import Column, Figure, Line, currency_sums, declare
from fairs.templatetags.fair import local


def notices(edition: Edition) -> QuerySet[Notice]:
    """Every notice that was not cancelled."""
    return Notice.objects.filter(edition=edition).live().select_related("company")


def outstanding(edition: Edition) -> QuerySet[Any]:
    """Notices with a balance."""
    return notices(edition).unpaid().annotate(owed=F("due") - F("paid"))  # type: ignore[attr-defined]


def payments(edition: Edition) -> QuerySet[Payment]:
    """Everything received."""
    return Payment.objects.filter(edition=edition).select_related("notice__company")


NOTICE = [
    Column("number", _("Number"), lambda row: row.number),
    Column("company", _("Company"), lambda row: local(row.company, "name")),
    Column("due", _("Amount due"), lambda row: (row.due, row.currency), "money"),
    Column("paid", _("Paid"), lambda row: (row.paid, row.currency), "money"),
    Column("balance", _("Still owed"), lambda row: (row.balance, row.currency), "money"),
    Column("due_on", _("To be paid by"), lambda row: row.due_on, "date"),
    Column("state", _("State"), lambda row: row.get_state_display()),
]
PAYMENT = [
    Column("receipt", _("Receipt"), lambda row: row.receipt),
    Column("received_on", _("Received on"), lambda row: row.received_on, "date"),
    Column("company", _("Company"), lambda row: local(row.notice.company, "name")),
    Column("notice", _("Notice"), lambda row: row.notice.number),
    Column("amount", _("Amount"), lambda row: (row.amount, row.currency), "money"),
]

declare(
    [
        Line(
            "H1",
            _("Revenue from fees"),
            [
                Figure("due", _("To be paid"), notices, NOTICE, currency_sums("due"), goal_unit="VND"),
                Figure("paid", _("Received"), payments, PAYMENT, currency_sums("amount"), goal_unit="VND"),
                Figure("outstanding", _("Still owed"), outstanding, NOTICE, currency_sums("owed"), goal_unit="VND"),
            ],
            note=_("After support, and each currency on its own."),
            roles=frozenset({"finance"}),
            whole="H1.due",
            parts=("paid", "outstanding"),
        )
    ]
)
