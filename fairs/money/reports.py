"""The report's lines about fees, H1, and about who was supported, C5."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from fairs.models import Company, Edition, Grant, Notice, Payment, Posting
from fairs.money.ways import WITHOUT_MONEY
from fairs.reports import Column, Figure, Line, Rows, currency_sums, declare
from fairs.templatetags.fair import local


def notices(edition: Edition) -> QuerySet[Notice]:
    """Every notice that was not cancelled."""
    return Notice.objects.filter(edition=edition).live().select_related("company")


def outstanding(edition: Edition) -> QuerySet[Any]:
    """Notices with a balance."""
    rows: Any = notices(edition)
    return rows.unpaid().annotate(left=F("due") - F("credited") - F("paid"))


def owed(edition: Edition) -> QuerySet[Any]:
    """Every notice with what it asks for after credit notes."""
    return notices(edition).annotate(asked=F("due") - F("credited"))


def moves(edition: Edition) -> QuerySet[Any]:
    """Every move of money onto a notice or off it."""
    on = Posting.objects.on_notices().filter(notice__edition=edition, notice__state__in=Notice.LIVE)
    return on.select_related("payment", "notice__company")


def waiting(edition: Edition) -> QuerySet[Any]:
    """Payments of which a part is on no notice."""
    rows = Payment.objects.filter(edition=edition).waiting().select_related("company")
    return rows.annotate(free_part=F("amount") - F("assigned") - F("returned"))


def grants(edition: Edition) -> QuerySet[Grant]:
    """Every grant that stands."""
    rows = Grant.objects.granted().filter(edition=edition)
    return rows.select_related("company", "rule__fund", "line__notice").order_by("company__folded", "pk")


def supported(edition: Edition) -> Rows:
    """Companies with a grant that stands, each once, with how often and how much."""
    with_grants = Company.objects.filter(grants__edition=edition, grants__state=Grant.State.GRANTED)
    counted = with_grants.annotate(turns=Count("grants"), sum=Sum("grants__amount")).select_related("province")
    return counted.order_by("folded", "pk")


COVERED = Q(payment__way__in=WITHOUT_MONEY)  # a fund or a waiver stands behind it, no money
MOVED = currency_sums("amount", "notice__currency")
NOTICE = [
    Column("number", _("Number"), lambda row: row.number),
    Column("company", _("Company"), lambda row: local(row.company, "name")),
    Column("due", _("Amount due"), lambda row: (row.owed, row.currency), "money"),
    Column("paid", _("Paid"), lambda row: (row.paid, row.currency), "money"),
    Column("balance", _("Still owed"), lambda row: (row.balance, row.currency), "money"),
    Column("due_on", _("To be paid by"), lambda row: row.due_on, "date"),
    Column("state", _("State"), lambda row: row.get_state_display()),
]
MOVE = [
    Column("receipt", _("Receipt"), lambda row: row.payment.receipt),
    Column("received_on", _("Received on"), lambda row: row.payment.received_on, "date"),
    Column("company", _("Company"), lambda row: local(row.notice.company, "name")),
    Column("notice", _("Notice"), lambda row: row.notice.number),
    Column("kind", _("What"), lambda row: row.get_kind_display()),
    Column("amount", _("Amount"), lambda row: (row.amount, row.notice.currency), "money"),
]
WAITING = [
    Column("receipt", _("Receipt"), lambda row: row.receipt),
    Column("received_on", _("Received on"), lambda row: row.received_on, "date"),
    Column("company", _("Company"), lambda row: local(row.company, "name") if row.company else ""),
    Column("free", _("On no notice"), lambda row: (row.free, row.currency), "money"),
    Column("question", _("Why"), lambda row: row.get_question_display()),
]
GRANT = [
    Column("company", _("Company"), lambda row: local(row.company, "name")),
    Column("rule", _("Rule"), lambda row: local(row.rule, "name")),
    Column("fund", _("Fund"), lambda row: local(row.rule.fund, "name") if row.rule.fund else ""),
    Column("notice", _("Notice"), lambda row: row.line.notice.number),
    Column("granted_at", _("Granted"), lambda row: row.granted_at, "time"),
    Column("amount", _("Amount"), lambda row: (row.amount, row.line.notice.currency), "money"),
]
SUPPORTED = [
    Column("company", _("Company"), lambda row: local(row, "name")),
    Column("legal_form", _("Legal form"), lambda row: row.get_legal_form_display()),
    Column("province", _("Province"), lambda row: local(row.province, "name") if row.province else ""),
    Column("turns", _("Times supported"), lambda row: row.turns, "number"),
    Column("sum", _("Support"), lambda row: (row.sum, "VND"), "money"),
]


declare(
    [
        Line(
            "C5",
            _("Exhibitors supported"),
            [
                Figure("turns", _("Times supported"), grants, GRANT),
                Figure("companies", _("Companies supported"), supported, SUPPORTED),
            ],
            note=_("A time is one grant on a notice; each company is counted once beside it."),
            roles=frozenset({"booth_desk", "finance"}),
            unit=_("times and companies"),
        ),
        Line(
            "H1",
            _("Revenue from fees"),
            [
                Figure("due", _("To be paid"), owed, NOTICE, currency_sums("asked"), goal_unit="VND"),
                Figure("paid", _("Received"), moves, MOVE, MOVED, only=~COVERED, goal_unit="VND"),
                Figure("covered", _("Covered or waived"), moves, MOVE, MOVED, only=COVERED),
                Figure("outstanding", _("Still owed"), outstanding, NOTICE, currency_sums("left"), goal_unit="VND"),
                Figure("waiting", _("Received, on no notice"), waiting, WAITING, currency_sums("free_part")),
            ],
            note=_("After support and credit notes, and each currency on its own."),
            roles=frozenset({"finance"}),
            whole="H1.due",
            parts=("paid", "covered", "outstanding"),
            unit=_("money, each currency apart"),
        ),
    ]
)
