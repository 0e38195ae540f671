"""The report's lines about meetings, visitors at booths and contracts: E1, E2, E3, F1, F2."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from booths.exhibitor_reports import exhibitors
from buyers.reports import attended
from fairs.evidence import says_level
from fairs.models import Company, Edition
from fairs.reports import Amount, Column, Fact, Figure, Line, Rows, currency_sums, declare, plain
from fairs.templatetags.fair import local
from matchmaking.deal_querysets import BINDS, STANDS_AT, DealQuerySet
from matchmaking.levels import counted_words, counts_from
from matchmaking.models import Deal, Lead, Meeting
from matchmaking.templatetags.deals import rate_words

SIGNED, AGREED_TO = BINDS & Q(counts=True), ~BINDS & Q(counts=True)
HELD = Q(state="held")
AGREED = Q(state__in=["accepted", "held", "no_show"])
LATE = Q(state="cancelled", cancelled_at__gt=F("starts_at") - timedelta(hours=24))
DESKS = frozenset({"matchmaking_desk", "importer_desk"})


def meetings(edition: Edition) -> QuerySet[Meeting]:
    """The meetings of an edition."""
    found: QuerySet[Meeting] = Meeting.objects.filter(edition=edition).with_sides()
    return found


def meetings_of_exhibitors(edition: Edition) -> QuerySet[Any]:
    """Every exhibitor with the number of its meetings held."""
    held = Q(meetings_as_exhibitor__state="held")
    return exhibitors(edition).annotate(held=Count("meetings_as_exhibitor", filter=held))


def meetings_of_importers(edition: Edition) -> QuerySet[Any]:
    """Every importing company that came, with the number of its meetings held."""
    held = Q(participations__meetings_as_importer__state="held", participations__edition=edition)
    counted = attended(edition).annotate(held=Count("participations__meetings_as_importer", filter=held))
    return counted.order_by("folded", "pk")


def mean_of_meetings(rows: Rows) -> list[Amount]:
    """Meetings for each row; nothing of nothing."""
    held = list(rows.order_by().values_list("held", flat=True))  # type: ignore[union-attr]
    return [Amount(plain(round(Decimal(sum(held)) / len(held), 2)) if held else 0)]


def visitors(edition: Edition) -> QuerySet[Lead]:
    """The visitors that exhibitors noted at their booths: one for each exhibitor and visitor."""
    return Lead.objects.filter(edition=edition).select_related("product_group")


def papers(edition: Edition) -> DealQuerySet:
    """The contracts, trial orders and memoranda of an edition that stand, with all that a row shows, and whether each
    has reached the level from which the edition counts.
    """
    return Deal.objects.filter(edition=edition).with_sides().select_related("product_group", "rate").marked()


def contracts(edition: Edition) -> DealQuerySet:
    """Contracts and trial orders that have reached it."""
    return papers(edition).filter(SIGNED)


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
OF_COMPANY = [
    Column("company", _("Company"), lambda row: local(row if isinstance(row, Company) else row.company, "name")),
    Column("held", _("Held"), lambda row: row.held, "number"),
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
    Column("rate", _("Rate"), lambda row: row.rate and rate_words(row.rate)),
    Column("rate_date", _("Rate of"), lambda row: row.rate and row.rate.date, "date"),
    Column("rate_source", _("Source of the rate"), lambda row: row.rate and row.rate.source),
    Column("state", _("State"), lambda row: row.get_state_display()),
    Column("level", _("Level"), lambda row: Deal.Level(row.level).label if row.level else ""),
]
ORIGINAL = currency_sums("amount", nothing="USD")
LEVELS = tuple(f"level_{level}" for level in Deal.Level.values)


def counted_from(edition: Edition) -> list[Fact]:
    """Which level counts."""
    level = Deal.Level(counts_from(edition))
    return [Fact(_("Counted from"), f"{level.label}. {counted_words(level)}")]


def by_level(kind: Q) -> list[Figure]:
    """What does not count, the whole of what was recorded, and its parts by the highest level each has reached."""
    return [
        Figure(
            "claimed",
            _("Below the level that counts, not counted"),
            papers,
            DEAL,
            only=kind & Q(counts=False),
            goal=None,
        ),
        Figure("recorded", _("All that were recorded, each once"), papers, DEAL, only=kind, goal=None),
        *(
            Figure(f"level_{level}", level.label, papers, DEAL, only=kind & STANDS_AT[level], goal=None)
            for level in Deal.Level
        ),
    ]


says_level(counts_from)
declare(
    [
        Line(
            "E1",
            _("Business meetings"),
            [
                Figure("requested", _("Asked for"), meetings, MEETING),
                Figure("accepted", _("Agreed"), meetings, MEETING, only=AGREED),
                Figure("held", _("Held"), meetings, MEETING, only=HELD),
                Figure("no_show", _("One side did not come"), meetings, [*MEETING, ABSENT], only=Q(state="no_show")),
                Figure("cancelled", _("Called off"), meetings, CALLED_OFF, only=Q(state="cancelled")),
                Figure("cancelled_late", _("Called off in the last 24 hours"), meetings, CALLED_OFF, only=LATE),
                Figure("walk_in", _("Not booked"), meetings, MEETING, only=Q(walk_in=True)),
            ],
            note=_(
                "Each meeting is a turn: two companies that met twice count twice. "
                "A walk-in meeting counts as asked for, agreed and held."
            ),
            roles=DESKS,
            unit=_("turns"),
        ),
        Line(
            "E2",
            _("Meetings per company"),
            [
                Figure("per_exhibitor", _("Per exhibitor"), meetings_of_exhibitors, OF_COMPANY, mean_of_meetings),
                Figure("per_importer", _("Per importing company"), meetings_of_importers, OF_COMPANY, mean_of_meetings),
            ],
            note=_(
                "Meetings held, divided by the exhibitors (as in C1) and by the importing companies that came (as in "
                "D1); each company is counted with its own meetings, also when it had none."
            ),
            roles=DESKS,
            unit=_("meetings for each company"),
        ),
        Line(
            "E3",
            _("Visitors noted at booths"),
            [
                Figure("noted", _("Noted"), visitors, VISITOR),
                Figure("named", _("Handed over their details"), visitors, VISITOR, only=Q(handed_at__isnull=False)),
            ],
            note=_("One for each exhibitor and visitor, however often they came. An enquiry, not an order."),
            roles=DESKS,
            unit=_("visitors of an exhibitor"),
        ),
        Line(
            "F1",
            _("Contracts signed"),
            [
                Figure("count", _("Contracts"), papers, DEAL, only=SIGNED),
                Figure("value", _("Value in original currencies"), papers, DEAL, ORIGINAL, only=SIGNED),
                Figure("value_usd", _("Worth in US dollars"), papers, DEAL, worth, only=SIGNED),
                Figure(
                    "without_rate",
                    _("Without a rate, so not in US dollars"),
                    papers,
                    DEAL,
                    only=SIGNED & Q(usd=None),
                    if_any=True,
                ),
                *by_level(BINDS),
            ],
            note=_(
                "Counted from the level that the edition names: “confirmed by the other side” if it names no other. "
                "A contract that both sides declared counts once. US dollars at the rate of the day of signing, which "
                "stands with its source beside each row; a contract that was corrected counts as corrected."
            ),
            whole="F1.recorded",
            parts=LEVELS,
            unit=_("contracts; each currency, and US dollars"),
            facts=counted_from,
        ),
        Line(
            "F2",
            _("Memoranda"),
            [
                Figure("count", _("Memoranda"), papers, DEAL, only=AGREED_TO),
                Figure("value", _("Expected value"), papers, DEAL, ORIGINAL, only=AGREED_TO),
                *by_level(~BINDS),
            ],
            note=_("Kept apart: the expected value of a memorandum is added to nothing. Levels as for contracts."),
            whole="F2.recorded",
            parts=LEVELS,
            unit=_("memoranda; each currency"),
            facts=counted_from,
        ),
    ]
)

from matchmaking import follow_up_reports  # noqa: E402, F401 - its lines build on what stands above
