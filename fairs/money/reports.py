"""The report's line about money: H1."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from fairs.models import Edition, Notice, Payment
from fairs.reports import Column, Figure, Line, currency_sums, declare


def notices(edition: Edition) -> QuerySet[Notice]:
    """Every notice that was not cancelled."""
    return Notice.objects.filter(edition=edition).live().select_related("company")


def outstanding(edition: Edition) -> QuerySet[Any]:
    """Notices with a balance."""
    return notices(edition).unpaid().annotate(owed=F("due") - F("paid"))


def payments(edition: Edition) -> QuerySet[Payment]:
    """Everything received."""
    return Payment.objects.filter(edition=edition).select_related("notice__company")


NOTICE = [
    Column(_("Number"), lambda row: row.number),
    Column(_("Company"), lambda row: row.company.name_vi),
    Column(_("Amount due"), lambda row: (row.due, row.currency), "money"),
    Column(_("Paid"), lambda row: (row.paid, row.currency), "money"),
    Column(_("State"), lambda row: row.get_state_display()),
]
PAYMENT = [
    Column(_("Receipt"), lambda row: row.receipt),
    Column(_("Received on"), lambda row: row.received_on, "date"),
    Column(_("Company"), lambda row: row.notice.company.name_vi),
    Column(_("Notice"), lambda row: row.notice.number),
    Column(_("Amount"), lambda row: (row.amount, row.currency), "money"),
]

declare(
    [
        Line(
            "H1",
            _("Revenue from fees"),
            [
                Figure("due", _("To be paid"), notices, NOTICE, currency_sums("due")),
                Figure("paid", _("Received"), payments, PAYMENT, currency_sums("amount")),
                Figure("outstanding", _("Still owed"), outstanding, NOTICE, currency_sums("owed")),
            ],
            note=_("After support; each currency on its own."),
        )
    ]
)
