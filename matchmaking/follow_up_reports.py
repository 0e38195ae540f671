"""The report's lines of what came of the fair: F3 on the spot, F4 in the months after it, F5 for each enterprise."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fairs import breakdowns
from fairs.breakdowns import Breakdown, Cut, Measure
from fairs.models import Edition, Participation
from fairs.months import months_after
from fairs.reports import Amount, Column, Figure, Line, Rows, declare
from fairs.templatetags.fair import day as written_day
from fairs.templatetags.fair import local
from matchmaking.follow_up_pairs import of_a_pair
from matchmaking.models import Deal, SpotSale
from matchmaking.months import MONTHS_AFTER, latest_signing
from matchmaking.querysets import taking_part
from matchmaking.reports import DEAL, ORIGINAL, SIGNED, contracts, papers

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Enterprise:
    """An exhibitor with the contracts that count, and what they are worth in US dollars."""

    part: Participation
    contracts: int
    usd: Decimal


def sold(edition: Edition) -> QuerySet[SpotSale]:
    """What exhibitors declared, each day by itself."""
    found: QuerySet[SpotSale] = SpotSale.objects.filter(edition=edition).with_company()
    return found


def selling(edition: Edition) -> QuerySet[Participation]:
    """The exhibitors who declared for at least one day."""
    declared = SpotSale.objects.filter(exhibitor=OuterRef("pk"))
    return taking_part(edition, "exhibitor").filter(Exists(declared))


def silent(edition: Edition) -> QuerySet[Participation]:
    """Those who declared for no day, of an edition in which somebody did."""
    if not SpotSale.objects.filter(edition=edition).exists():
        return Participation.objects.none()
    declared = SpotSale.objects.filter(exhibitor=OuterRef("pk"))
    return taking_part(edition, "exhibitor").exclude(Exists(declared))


def afterwards(edition: Edition) -> list[Any]:
    """Contracts signed within a year of closing, each with in which of its `months`, and whether it is `traced`: of two
    sides that met here, left their details or answered that an order was placed.
    """
    closed = edition.closes_on
    signed = contracts(edition).filter(signed_on__gt=closed, signed_on__lte=latest_signing(edition))
    rows: list[Any] = list(signed.annotate(traced=of_a_pair(edition)))
    for one in rows:
        one.months = next(
            months for months in range(1, MONTHS_AFTER + 1) if one.signed_on <= months_after(closed, months)
        )
    return rows


def within(last: int, first: int = 1) -> Callable[[Any], bool]:
    """Whether such a contract is of a pair of the fair, and of these months."""
    return lambda one: one.traced and first <= one.months <= last


def dollars(rows: Rows) -> list[Amount]:
    """What they are worth at the dated rate of each."""
    return [Amount(sum((one.usd for one in rows if one.usd is not None), Decimal(0)), "USD")]


def enterprises(edition: Edition) -> list[Enterprise]:
    """Every exhibitor of the edition, with what it signed: those that signed most first."""
    sums: dict[int, list[Decimal | None]] = {}
    for part, usd in contracts(edition).order_by().values_list("exhibitor", "usd"):
        sums.setdefault(part, []).append(usd)
    parts = Participation.objects.filter(edition=edition, role="exhibitor").select_related("company", "province")
    rows = [
        Enterprise(part, len(sums.get(part.pk, [])), sum((usd for usd in sums.get(part.pk, []) if usd), Decimal(0)))
        for part in parts.order_by("pk")
        if part.state == Participation.State.ACTIVE or part.pk in sums
    ]
    return sorted(rows, key=lambda one: (-one.usd, one.part.pk))


def average(rows: Rows) -> list[Amount]:
    """Worth in US dollars over how many there are, to the cent."""
    found: list[Any] = list(rows)
    value = sum((one.usd for one in found), Decimal(0)) / len(found) if found else Decimal(0)
    return [Amount(value.quantize(CENT, ROUND_HALF_UP), "USD")]


def in_dong(rows: Rows) -> list[Amount]:
    """Their turnover in đồng."""
    amounts = rows.order_by().values_list("amount", flat=True)  # type: ignore[union-attr]
    return [Amount(sum(amounts, Decimal(0)), "VND")]


def _days(keys: Iterable[date]) -> Mapping[date, Any]:
    return {key: written_day(key) for key in keys}


EXHIBITOR = [
    Column("exhibitor", _("Exhibitor"), lambda row: local(row.company, "name")),
    Column("country", _("Country or territory"), lambda row: row.company.country, "country"),
]
SOLD = [
    Column("day", _("Day"), lambda row: row.day, "date"),
    Column("exhibitor", _("Exhibitor"), lambda row: local(row.exhibitor.company, "name")),
    Column("amount", _("Turnover"), lambda row: (row.amount, "VND"), "money"),
]
ENTERPRISE = [
    Column("exhibitor", _("Exhibitor"), lambda row: local(row.part.company, "name")),
    Column("contracts", _("Contracts"), lambda row: row.contracts, "number"),
    Column("usd", _("US dollars"), lambda row: (row.usd, "USD"), "money"),
]
ORDERED = SIGNED & Q(
    kind=Deal.Kind.TRIAL_ORDER, signed_on__gte=F("edition__opens_on"), signed_on__lte=F("edition__closes_on")
)
SIGNING: Callable[[Enterprise], bool] = attrgetter("contracts")

declare(
    [
        Line(
            "F3",
            _("Orders at the fair and on-the-spot sales"),
            [
                Figure("orders", _("Trial orders signed at the fair"), papers, DEAL, only=ORDERED),
                Figure("orders_value", _("Their value in original currencies"), papers, DEAL, ORIGINAL, only=ORDERED),
                Figure("sold", _("Sold on the spot"), sold, SOLD, in_dong, goal_unit="VND"),
                Figure("selling", _("Exhibitors who declared it"), selling, EXHIBITOR),
                Figure("silent", _("Exhibitors who declared nothing"), silent, EXHIBITOR, if_any=True),
            ],
            note=_(
                "Trial orders are counted in F1 too. Retail turnover is what exhibitors declare for each day; it is "
                "added to no contract."
            ),
        ),
        Line(
            "F4",
            _("Contracts signed after the fair"),
            [
                Figure("within_12", _("Within 12 months, in US dollars"), afterwards, DEAL, dollars, only=within(12)),
                Figure("within_6", _("Within 6 months, in US dollars"), afterwards, DEAL, dollars, only=within(6)),
                Figure("within_3", _("Within 3 months, in US dollars"), afterwards, DEAL, dollars, only=within(3)),
                Figure(
                    "months_4_6", _("In months 4 to 6, in US dollars"), afterwards, DEAL, dollars, only=within(6, 4)
                ),
                Figure(
                    "months_7_12", _("In months 7 to 12, in US dollars"), afterwards, DEAL, dollars, only=within(12, 7)
                ),
                Figure("count", _("Contracts within 12 months"), afterwards, DEAL, only=within(12)),
                Figure("value", _("Value in original currencies"), afterwards, DEAL, ORIGINAL, only=within(12)),
                Figure(
                    "without_rate",
                    _("Without a rate, so not in US dollars"),
                    afterwards,
                    DEAL,
                    only=lambda one: one.traced and one.usd is None,
                    if_any=True,
                ),
                Figure(
                    "untraced",
                    _("Without a meeting or lead here, not counted"),
                    afterwards,
                    DEAL,
                    only=lambda one: not one.traced,
                    if_any=True,
                ),
            ],
            note=_(
                "Signed after closing by two sides that met here, left their details at the booth or answered that an "
                "order was placed. Counted in F1 too, so never added to it."
            ),
            whole="F4.within_12",
            parts=("within_3", "months_4_6", "months_7_12"),
        ),
        Line(
            "F5",
            _("Average contract value of an enterprise"),
            [
                Figure("signing", _("For each exhibitor that signed"), enterprises, ENTERPRISE, average, only=SIGNING),
                Figure("taking_part", _("For each exhibitor that took part"), enterprises, ENTERPRISE, average),
                Figure("enterprises", _("Exhibitors that signed a contract"), enterprises, ENTERPRISE, only=SIGNING),
            ],
            note=_("Contracts of F1 in US dollars over the number of enterprises; those without a rate are worth 0."),
        ),
    ]
)
breakdowns.declare(
    [
        Breakdown(
            "sold",
            _("Sold on the spot, by day"),
            sold,
            SOLD,
            [
                Measure("turnover", _("Turnover in đồng"), of="amount", whole="F3.sold"),
                Measure("declared", _("Declarations")),
            ],
            [Cut("day", _("Day"), "day", _days)],
            note=_("What exhibitors declared for each day of the fair."),
        )
    ]
)
