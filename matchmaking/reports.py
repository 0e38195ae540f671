"""The report's lines about meetings, visitors at booths and contracts: E1, E2, E3, F1, F2."""

from collections.abc import Callable
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
from matchmaking.deal_querysets import DealQuerySet
from matchmaking.levels import counted_words, counts_from
from matchmaking.models import Deal, Lead, Meeting
from matchmaking.templatetags.deals import rate_words

LATE = timedelta(hours=24)
DESKS = frozenset({"matchmaking_desk", "importer_desk"})


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


def visitors_named(edition: Edition) -> QuerySet[Lead]:
    """Those of them who handed their details over."""
    return visitors(edition).filter(handed_at__isnull=False)


def papers(edition: Edition) -> DealQuerySet:
    """The contracts and memoranda of an edition, with all that a row shows."""
    return Deal.objects.filter(edition=edition).with_sides().select_related("product_group", "rate")


def contracts(edition: Edition) -> DealQuerySet:
    """Contracts and trial orders that have reached the level from which the edition counts."""
    return papers(edition).contracts().counting()


def without_rate(edition: Edition) -> QuerySet[Deal]:
    """Contracts in a currency that had no rate on the day, so that they are worth no dollars yet."""
    return contracts(edition).filter(usd__isnull=True)


def memoranda(edition: Edition) -> DealQuerySet:
    """Memoranda of that level; their expected value is added to nothing."""
    return papers(edition).memoranda().counting()


def recorded(found: Callable[[DealQuerySet], DealQuerySet]) -> Any:
    """All that stand, each once, whatever their level: the whole of which the levels are the parts."""
    return lambda edition: found(papers(edition))


def below(found: Callable[[DealQuerySet], DealQuerySet]) -> Any:
    """Those that have not come to the level from which the edition counts."""

    def rows(edition: Edition) -> QuerySet[Deal]:
        every = found(papers(edition))
        return every.exclude(pk__in=Deal.objects.filter(edition=edition).counting().values("pk"))

    return rows


def of_level(found: Callable[[DealQuerySet], DealQuerySet], level: str) -> Any:
    """Those whose highest level it is."""
    return lambda edition: found(papers(edition)).of_level(level)


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
LEVELS = tuple(f"level_{level}" for level in Deal.Level.values)


def counted_from(edition: Edition) -> list[Fact]:
    """Which level counts."""
    level = Deal.Level(counts_from(edition))
    return [Fact(_("Counted from"), f"{level.label}. {counted_words(level)}")]


def by_level(found: Callable[[DealQuerySet], DealQuerySet]) -> list[Figure]:
    """The whole of what was recorded, and its parts by the highest level that each has reached."""
    parts = [Figure(f"level_{level}", level.label, of_level(found, level), DEAL, goal=None) for level in Deal.Level]
    return [Figure("recorded", _("All that were recorded, each once"), recorded(found), DEAL), *parts]


says_level(counts_from)
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
                Figure("named", _("Handed over their details"), visitors_named, VISITOR),
            ],
            note=_("One for each exhibitor and visitor, however often they came. An enquiry, not an order."),
            roles=DESKS,
            unit=_("visitors of an exhibitor"),
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
                Figure("claimed", _("Below the level that counts, not counted"), below(DealQuerySet.contracts), DEAL),
                *by_level(DealQuerySet.contracts),
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
                Figure("count", _("Memoranda"), memoranda, DEAL),
                Figure("value", _("Expected value"), memoranda, DEAL, currency_sums("amount", nothing="USD")),
                Figure("claimed", _("Below the level that counts, not counted"), below(DealQuerySet.memoranda), DEAL),
                *by_level(DealQuerySet.memoranda),
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
