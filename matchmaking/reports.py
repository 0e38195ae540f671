"""The report's lines about meetings and contracts: E1, F1, F2."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from fairs.models import Edition
from fairs.reports import Amount, Column, Figure, Line, Rows, currency_sums, declare
from matchmaking.models import Deal, Meeting


def meetings(*states: str) -> Any:
    """The meetings of an edition in some states; none named: all."""

    def rows(edition: Edition) -> QuerySet[Meeting]:
        found = Meeting.objects.filter(edition=edition).with_sides()
        return found.filter(state__in=states) if states else found

    return rows


def contracts(edition: Edition) -> QuerySet[Deal]:
    """Contracts and trial orders confirmed by both sides."""
    return Deal.objects.filter(edition=edition, state="confirmed").contracts().with_sides()


def claimed(edition: Edition) -> QuerySet[Deal]:
    """Contracts that one side has recorded, and the other has not confirmed."""
    return Deal.objects.filter(edition=edition, state__in=["recorded", "disputed"]).contracts().with_sides()


def memoranda(edition: Edition) -> QuerySet[Deal]:
    """Memoranda; their expected value is added to nothing."""
    return Deal.objects.filter(edition=edition).memoranda().with_sides()


def worth(rows: Rows) -> list[Amount]:
    """US dollars at the dated rate of each deal."""
    return [Amount(rows.aggregate(worth=Sum("usd"))["worth"] or Decimal(0), "USD")]  # type: ignore[union-attr]


MEETING = [
    Column(_("Time"), lambda row: row.starts_at, "time"),
    Column(_("Exhibitor"), lambda row: row.exhibitor.company.name_vi),
    Column(_("Importer"), lambda row: row.importer.company.name_vi),
    Column(_("Country or territory"), lambda row: row.importer.company.country, "country"),
    Column(_("State"), lambda row: row.get_state_display()),
]
DEAL = [
    Column(_("Number"), lambda row: row.number),
    Column(_("Signed on"), lambda row: row.signed_on, "date"),
    Column(_("Exhibitor"), lambda row: row.exhibitor.company.name_vi),
    Column(_("Importer"), lambda row: row.importer.company.name_vi),
    Column(_("Value"), lambda row: (row.amount, row.currency), "money"),
    Column(_("US dollars"), lambda row: (row.usd, "USD") if row.usd is not None else None, "money"),
    Column(_("State"), lambda row: row.get_state_display()),
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
                Figure("no_show", _("One side did not come"), meetings("no_show"), MEETING),
            ],
            note=_(
                "Each meeting is a turn: two companies that met twice count twice. Walk-in meetings are in all four."
            ),
        ),
        Line(
            "F1",
            _("Contracts signed"),
            [
                Figure("count", _("Contracts"), contracts, DEAL),
                Figure("value", _("Value in original currencies"), contracts, DEAL, currency_sums("amount")),
                Figure("value_usd", _("Worth in US dollars"), contracts, DEAL, worth),
                Figure("claimed", _("Claimed by one side only, not counted"), claimed, DEAL),
            ],
            note=_("Counted from the level “confirmed by both sides”. US dollars at the rate of the day of signing."),
        ),
        Line(
            "F2",
            _("Memoranda"),
            [
                Figure("count", _("Memoranda"), memoranda, DEAL),
                Figure("value", _("Expected value, added to nothing"), memoranda, DEAL, currency_sums("amount")),
            ],
        ),
    ]
)
