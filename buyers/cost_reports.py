"""The report's line about what the fair bears for others, H2: support of exhibitors, and hosting of importers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buyers.models import TravelItem
from fairs.models import Company, Edition, Fund, Grant
from fairs.money.reports import grants
from fairs.reports import Amount, Column, Figure, Line, Rows, currency_sums, declare
from fairs.templatetags.fair import local


@dataclass(frozen=True)
class Cost:
    """One sum that a fund bears for a company, with the paper it stands on; `hosts` is whether it is of a journey."""

    hosts: bool
    what: Any
    company: Company
    fund: Fund | None
    paper: str
    on: date | None
    amount: Decimal
    currency: str


def journeys(edition: Edition) -> QuerySet[TravelItem]:
    """Each part of a hosted importer's journey that was paid."""
    paid = TravelItem.objects.filter(contract__edition=edition, paid__isnull=False)
    return paid.select_related("contract__company", "fund").order_by("contract__company__folded", "pk")


def costs(edition: Edition) -> list[Cost]:
    """What was granted to exhibitors, by notices; and what was paid of importers’ journeys."""
    granted = [_of_grant(one, edition) for one in grants(edition)]
    return granted + [_of_journey(one) for one in journeys(edition)]


def borne_by(share: str | None) -> Callable[[Cost], bool]:
    """Whether funds of one share bear a cost, or no fund that is named."""
    return lambda one: (one.fund.share if one.fund else None) == share


def share_of_the_budget(rows: Rows) -> list[Amount]:
    """How much of each hundred of what is borne in đồng the state budget bears; nothing of nothing."""
    in_dong = [one for one in rows if one.currency == "VND"]
    whole = sum(one.amount for one in in_dong)
    budget = sum(one.amount for one in in_dong if one.fund and one.fund.share == Fund.Share.BUDGET)
    return [Amount(round(budget * 100 / whole, 1), "%")] if whole else [Amount(0)]


def _of_grant(one: Grant, edition: Edition) -> Cost:
    notice = one.line.notice
    granted_on = one.granted_at.astimezone(edition.zone).date()
    return Cost(False, _("Support"), one.company, one.rule.fund, notice.number, granted_on, one.amount, notice.currency)


def _of_journey(one: Any) -> Cost:
    company = one.contract.company
    return Cost(True, one.get_kind_display(), company, one.fund, one.paper_number, one.paper_on, one.paid, one.currency)


sums = currency_sums("amount")
OF_HOSTING: Callable[[Cost], bool] = attrgetter("hosts")
COST = [
    Column("company", _("Company"), lambda row: local(row.company, "name")),
    Column("what", _("What"), lambda row: row.what),
    Column("fund", _("Fund"), lambda row: local(row.fund, "name") if row.fund else ""),
    Column("share", _("Who bears it"), lambda row: row.fund.get_share_display() if row.fund else ""),
    Column("paper", _("Paper"), lambda row: row.paper),
    Column("on", _("Date"), lambda row: row.on, "date"),
    Column("amount", _("Amount"), lambda row: (row.amount, row.currency), "money"),
]

declare(
    [
        Line(
            "H2",
            _("Cost by who bears it"),
            [
                Figure("cost", _("Support and hosting together"), costs, COST, sums, goal_unit="VND"),
                Figure(
                    "granted",
                    _("Support granted to exhibitors"),
                    costs,
                    COST,
                    sums,
                    only=lambda one: not one.hosts,
                    goal_unit="VND",
                ),
                Figure("hosting", _("Hosting paid to importers"), costs, COST, sums, only=OF_HOSTING),
                Figure(
                    "budget", _("State budget"), costs, COST, sums, only=borne_by(Fund.Share.BUDGET), goal_unit="VND"
                ),
                Figure(
                    "counterpart",
                    _("Counterpart funding"),
                    costs,
                    COST,
                    sums,
                    only=borne_by(Fund.Share.COUNTERPART),
                    goal_unit="VND",
                ),
                Figure("other", _("No fund named"), costs, COST, sums, only=borne_by(None)),
                Figure("budget_share", _("Share of the state budget"), costs, COST, share_of_the_budget),
            ],
            note=_(
                "What funds bear of exhibitors’ fees and of hosted importers’ journeys, each currency apart; the rule "
                "of a grant and the part of a journey name their fund. The share is that of what is borne in đồng."
            ),
            roles=frozenset({"finance"}),
            whole="H2.cost",
            parts=("budget", "counterpart", "other"),
            more_parts=(("granted", "hosting"),),
            unit=_("money, each currency apart"),
        ),
    ]
)
