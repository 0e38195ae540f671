"""The report's lines about meetings, visitors at booths and contracts: E1, E2, F1, F2."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from fairs.models import Edition
from fairs.reports import Amount, Column, Figure, Line, Rows, currency_sums, declare
from fairs.templatetags.fair import local
from matchmaking.models import Deal, Lead, Meeting
from matchmaking.querysets import DealQuerySet

LATE = timedelta(hours=24)
CLAIMED = ("recorded", "disputed")


def meetings(*states: str) -> Any:
    """The meetings of an edition in some states; none named: all."""

    def rows(edition: Edition) -> QuerySet[Meeting]:
        found = Meeting.objects.filter(edition=edition).with_sides()
        return found.filter(state__in=states) if states else found

    return rows


def called_off_late(edition: Edition) -> QuerySet[Meeting]:
    """Those called off in the last day before their time."""
    return meetings("cancelled")(edition).filter(cancelled_at__gt=F("starts_at") - LATE)


def walk_ins(edition: Edition) -> QuerySet[Meeting]:
    """Those nobody had booked."""
    return meetings()(edition).filter(walk_in=True)


def visitors(edition: Edition) -> QuerySet[Lead]:
    """The visitors that exhibitors noted at their booths: one for each exhibitor and visitor."""
    return Lead.objects.filter(edition=edition).select_related("product_group")


def visitors_named(edition: Edition) -> QuerySet[Lead]:
    """Those of them who handed their details over."""
    return visitors(edition).filter(handed_at__isnull=False)


def deals(edition: Edition, *states: str) -> DealQuerySet:
    """The deals of an edition in some states, with all that a row shows."""
    return Deal.objects.filter(edition=edition, state__in=states).with_sides().select_related("product_group")


def contracts(edition: Edition) -> QuerySet[Deal]:
    """Contracts and trial orders confirmed by both sides."""
    return deals(edition, "confirmed").contracts()


def without_rate(edition: Edition) -> QuerySet[Deal]:
    """Contracts in a currency that had no rate on the day, so that they are worth no dollars yet."""
    return contracts(edition).filter(usd__isnull=True)


def claimed(edition: Edition) -> QuerySet[Deal]:
    """Contracts that one side has recorded, and the other has not confirmed."""
    return deals(edition, *CLAIMED).contracts()


def memoranda(edition: Edition) -> QuerySet[Deal]:
    """Memoranda confirmed by both sides; their expected value is added to nothing."""
    return deals(edition, "confirmed").memoranda()


def claimed_memoranda(edition: Edition) -> QuerySet[Deal]:
    """Memoranda that one side has recorded, and the other has not confirmed."""
    return deals(edition, *CLAIMED).memoranda()


def worth(rows: Rows) -> list[Amount]:
    """US dollars at the dated rate of each deal."""
    dollars = rows.filter(usd__isnull=False).order_by().values_list("usd", flat=True)  # type: ignore[union-attr]
    return [Amount(sum(dollars, Decimal(0)), "USD")]


HOUR = timedelta(hours=1)
ABSENT = Column("absent", _("Who did not come"), lambda row: row.get_absent_display())
MEETING = [
    Column("starts_at", _("Time"), lambda row: row.starts_at, "time"),
    Column("exhibitor", _("Exhibitor"), lambda row: local(row.exhibitor.company, "name")),
    Column("importer", _("Importer"), lambda row: local(row.importer.company, "name")),
    Column("country", _("Country or territory"), lambda row: row.importer.company.country, "country"),
    Column("state", _("State"), lambda row: row.get_state_display()),
]
CALLED_OFF = [
    *MEETING,
    Column("cancelled_by", _("Called off by"), lambda row: row.get_cancelled_by_display()),
    Column("notice", _("Hours before"), lambda row: row.notice and round(row.notice / HOUR, 1), "number"),
]
# Neither whose visitor it was nor who: the organiser counts them, and no more.
VISITOR = [
    Column("first_at", _("First visit"), lambda row: row.first_at, "time"),
    Column("kind", _("Kind"), lambda row: row.get_kind_display()),
    Column("country", _("Country or territory"), lambda row: row.country, "country"),
    Column(
        "product_group", _("Product group"), lambda row: local(row.product_group, "name") if row.product_group else ""
    ),
]
DEAL = [
    Column("number", _("Number"), lambda row: row.number),
    Column("signed_on", _("Signed on"), lambda row: row.signed_on, "date"),
    Column("kind", _("Kind"), lambda row: row.get_kind_display()),
    Column("exhibitor", _("Exhibitor"), lambda row: local(row.exhibitor.company, "name")),
    Column("importer", _("Importer"), lambda row: local(row.importer.company, "name")),
    Column("product_group", _("Product group"), lambda row: local(row.product_group, "name")),
    Column("value", _("Value"), lambda row: (row.amount, row.currency), "money"),
    Column("usd", _("US dollars"), lambda row: (row.usd, "USD") if row.usd is not None else None, "money"),
    Column("state", _("State"), lambda row: row.get_state_display()),
]

declare(
    [
        Line(
            "E1",
            _("Business meetings"),
            [
                Figure("requested", _("Asked for"), meetings(), MEETING),
                Figure("accepted", _("Agreed"), meetings("accepted", "held", "no_show"), MEETING),
                Figure("held", _("Held"), meetings("held"), MEETING),
                Figure("no_show", _("One side did not come"), meetings("no_show"), [*MEETING, ABSENT]),
                Figure("cancelled", _("Called off"), meetings("cancelled"), CALLED_OFF),
                Figure("cancelled_late", _("Called off in the last 24 hours"), called_off_late, CALLED_OFF),
                Figure("walk_in", _("Not booked"), walk_ins, MEETING),
            ],
            note=_(
                "Each meeting is a turn: two companies that met twice count twice. "
                "A walk-in meeting counts as asked for, agreed and held."
            ),
            roles=frozenset({"matchmaking_desk", "importer_desk"}),
        ),
        Line(
            "E2",
            _("Visitors noted at booths"),
            [
                Figure("noted", _("Noted"), visitors, VISITOR),
                Figure("named", _("Handed over their details"), visitors_named, VISITOR),
            ],
            note=_("One for each exhibitor and visitor, however often they came. An enquiry, not an order."),
            roles=frozenset({"matchmaking_desk", "importer_desk"}),
        ),
        Line(
            "F1",
            _("Contracts signed"),
            [
                Figure("count", _("Contracts"), contracts, DEAL),
                Figure(
                    "value", _("Value in original currencies"), contracts, DEAL, currency_sums("amount", nothing="USD")
                ),
                Figure("value_usd", _("Worth in US dollars"), contracts, DEAL, worth),
                Figure("without_rate", _("Without a rate, so not in US dollars"), without_rate, DEAL, if_any=True),
                Figure("claimed", _("Claimed by one side only, not counted"), claimed, DEAL),
            ],
            note=_("Counted from the level “confirmed by both sides”. US dollars at the rate of the day of signing."),
        ),
        Line(
            "F2",
            _("Memoranda"),
            [
                Figure("count", _("Memoranda"), memoranda, DEAL),
                Figure("value", _("Expected value"), memoranda, DEAL, currency_sums("amount", nothing="USD")),
                Figure("claimed", _("Claimed by one side only, not counted"), claimed_memoranda, DEAL),
            ],
            note=_("Kept apart: the expected value of a memorandum is added to nothing."),
        ),
    ]
)

from matchmaking import follow_up_reports  # noqa: E402, F401 - its lines build on what stands above
