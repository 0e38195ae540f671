"""The few figures that tell at a glance how the fair stands, and where each should stand by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fairs import clock, report_words, reports
from fairs.discovery import arrivals
from fairs.models import Edition, Entry, OpeningDay
from fairs.reports import Result
from fairs.templatetags.fair import number, number_short, percent

BEHIND = 5  # hundredths of the target below the even pace that deserve a word


@dataclass(frozen=True)
class Headline:
    """A figure of the report under a short name; what `beside` counts is its note."""

    figure: str
    label: Any
    beside: str = ""


TAKEN = Headline("B1.allocated", gettext_lazy("Booths taken"))
EXHIBITORS = Headline("C1.companies", gettext_lazy("Exhibitors"))
CAME = Headline("D1.attended", gettext_lazy("Importers present"))
COUNTRIES = Headline("D3.countries", gettext_lazy("Countries, territories"))
VISITS = Headline("D4.entries", gettext_lazy("Visits"))
MET = Headline("E1.held", gettext_lazy("Business meetings"))
CONTRACTS = Headline("F1.count", gettext_lazy("Contracts signed"))

BEFORE = [
    TAKEN,
    EXHIBITORS,
    Headline("C2.provinces", gettext_lazy("Provinces")),
    Headline("D1.registered", gettext_lazy("Importers registered")),
    Headline("D1.approved", gettext_lazy("Importers approved")),
    Headline("E1.accepted", gettext_lazy("Meetings agreed")),
]
FROM_OPENING = [
    TAKEN,
    CAME,
    COUNTRIES,
    VISITS,
    MET,
    Headline("F1.value_usd", gettext_lazy("Contracts, in US dollars"), beside="F1.count"),
]
WALL_BEFORE = [TAKEN, EXHIBITORS, *BEFORE[3:]]
WALL_FROM_OPENING = [VISITS, CAME, COUNTRIES, MET, CONTRACTS]


@dataclass(frozen=True)
class Moment:
    """Where the fair is in its life, on its own clock."""

    edition: Edition
    now: datetime
    days: list[OpeningDay]

    @property
    def today(self) -> date:
        """The day at the place of the fair."""
        return self.now.astimezone(self.edition.zone).date()

    @property
    def phase(self) -> str:
        """before, during or after."""
        if self.today < self.edition.opens_on:
            return "before"
        return "during" if self.today <= self.edition.closes_on else "after"

    @property
    def days_left(self) -> int:
        """Until the first day."""
        return (self.edition.opens_on - self.today).days

    @property
    def day_number(self) -> int:
        """1 on the first day."""
        return 1 - self.days_left

    @property
    def day_count(self) -> int:
        """How many days the fair lasts."""
        return (self.edition.closes_on - self.edition.opens_on).days + 1

    @property
    def opened_share(self) -> Decimal:
        """Hundredths of all opening hours that are over."""
        spans = [(day.starts, day.ends) for day in self.days]
        whole = sum((ends - starts for starts, ends in spans), timedelta())
        gone = sum((max(timedelta(), min(ends, self.now) - starts) for starts, ends in spans), timedelta())
        return Decimal(gone * 100 / whole) if whole else Decimal(0)


def moment_of(edition: Edition) -> Moment:
    """Now, in the life of an edition."""
    days = list(edition.days.all())
    for day in days:
        day.edition = edition
    return Moment(edition, clock.now(), days)


def figures(moment: Moment, headlines: Sequence[Headline], roles: frozenset[str]) -> list[dict[str, Any]]:
    """The headlines as the figure strip takes them; the number leads to its rows for those who may read them."""
    names = [name for one in headlines for name in (one.figure, one.beside) if name]
    named = [found for name in dict.fromkeys(names) if (found := reports.find(name))]
    measured = reports.measured(named, moment.edition, moment.edition.targets.by_figure())
    results, paces = {one.name: one for one in measured}, _paces(moment, headlines)
    return [
        _figure(moment, headline, results, paces.get(headline.figure), roles)
        for headline in headlines
        if headline.figure in results
    ]


def against_plan(moment: Moment, roles: frozenset[str]) -> list[dict[str, Any]]:
    """Every figure that has a target, beside it, in the order of the report."""
    return [_beside_plan(result, moment, roles) for result in reports.aimed(moment.edition)]


def _beside_plan(result: Result, moment: Moment, roles: frozenset[str]) -> dict[str, Any]:
    fill, tick = result.scale or (0, 0)
    return {
        "line": result.line,
        "label": result.figure.label,
        "actual": " + ".join(map(report_words.amount, result.amounts)),
        "plan": report_words.plan(result),
        "percent": report_words.share(result),
        "fill": fill,
        "tick": min(tick, 97),
        "url": _rows_of(result, moment.edition, roles),
    }


def verdict(moment: Moment, shown: Sequence[dict[str, Any]]) -> str:
    """One sentence on how the fair stands against its targets."""
    if moment.phase == "after":
        aimed = [one for one in shown if one["share"] is not None]
        reached = sum(1 for one in aimed if one["share"] >= 100)
        counts = {"reached": reached, "count": len(aimed)}
        return _("The fair is over: %(reached)d of %(count)d main targets reached") % counts
    behind = sum(1 for one in shown if one["due"] is not None and one["share"] < one["due"] - BEHIND)
    if moment.phase == "before":
        return _before_opening(moment.days_left, behind)
    if not behind:
        return _("The fair is on course")
    return ngettext(
        "The fair is running, %(count)d figure is behind", "The fair is running, %(count)d figures are behind", behind
    ) % {"count": behind}


def _before_opening(days: int, behind: int) -> str:
    left = ngettext("%(count)d day to the opening", "%(count)d days to the opening", days) % {"count": days}
    if not behind:
        return _("%(days_left)s, on course") % {"days_left": left}
    late = ngettext("%(count)d figure is behind", "%(count)d figures are behind", behind) % {"count": behind}
    return _("%(days_left)s, %(behind)s") % {"days_left": left, "behind": late}


def _figure(
    moment: Moment, headline: Headline, results: Mapping[str, Result], pace: Decimal | None, roles: frozenset[str]
) -> dict[str, Any]:
    result = results[headline.figure]
    write = number_short if result.unit else number
    return {
        "label": headline.label,
        "value": write(result.actual),
        "of": None if result.plan is None else write(result.plan),
        "share": result.percent,
        "due": pace if result.plan else None,
        "note": "" if result.percent is None else percent(result.percent / 100),
        "end_note": _end_note(result, results.get(headline.beside), pace),
        "url": _rows_of(result, moment.edition, roles),
    }


def _rows_of(result: Result, edition: Edition, roles: frozenset[str]) -> str:
    """Where its rows stand, for those who may read them."""
    line = result.line
    return f"/{edition.slug}/desk/report/{line.code}/{result.figure.key}/" if line.open_to(roles) else ""


def _end_note(result: Result, beside: Result | None, pace: Decimal | None) -> str:
    if beside:
        contracts = int(beside.actual or 0)
        return ngettext("%(count)s contract", "%(count)s contracts", contracts) % {"count": number(contracts)}
    if result.plan and pace is not None and pace < 100:
        return _("%(share)s due today") % {"share": percent(pace / 100, 0)}
    if result.plan and not result.unit and result.actual is not None:
        missing = int(result.plan - result.actual)
        return _("%(count)s to go") % {"count": number(missing)} if missing > 0 else _("reached")
    return ""


def _paces(moment: Moment, headlines: Sequence[Headline]) -> dict[str, Decimal]:
    """Where figures should stand now, in hundredths of their targets.

    Before the opening: even steps from the first arrival to the first day. During the fair: as much as the doors have
    been open; what was to be ready by the opening should be. Afterwards nothing is due any more.
    """
    if moment.phase == "after":
        return {}
    named = [one for one in arrivals() if one.figures]
    if moment.phase == "during":
        ready = {figure for one in named for figure in one.figures}
        return {one.figure: moment.opened_share for one in headlines if one.figure not in ready}
    entries = Entry.objects.filter(edition=moment.edition, verb__in=[one.verb for one in named]).order_by()
    first = dict(entries.values("verb").annotate(first=Min("at")).values_list("verb", "first"))
    return {figure: _even(moment, first[one.verb]) for one in named if one.verb in first for figure in one.figures}


def _even(moment: Moment, first: datetime) -> Decimal:
    opening = datetime.combine(moment.edition.opens_on, datetime.min.time(), moment.edition.zone)
    return min(Decimal(100), Decimal((moment.now - first) * 100 / max(opening - first, timedelta(days=1))))
