"""The organiser's first page: the fair against its targets, live."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from django.views.generic import TemplateView

from fairs import headlines, reports, telling
from fairs.charts import Chart, Column, chart
from fairs.discovery import arrivals, waiting
from fairs.forms import JournalForm
from fairs.headlines import Moment, moment_of
from fairs.models import Entry
from fairs.permissions import REPORT_READERS, may
from fairs.views.base import DeskPage

WEEKS = 12
LATEST = 10  # lines of the journal on the first page
READ_FOR_LATEST = 80  # entries, of which many may be told together
NEXT_ITEMS = 3
COUNTRIES_ON_THE_WALL = 8
COUNTRIES_ON_THE_DASHBOARD = 20
TURN = 30  # seconds of a screen on the wall when they take turns


class Desk(DeskPage, TemplateView):
    """Where the fair stands, what waits for a decision, what has just happened."""

    template_name = "fairs/desk.html"
    current = "fairs:desk"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moment = moment_of(self.edition)
        roles = self.request.user.roles_in(self.edition)  # type: ignore[union-attr]
        shown = headlines.figures(moment, self.headlines(moment), roles)
        kwargs |= self.more(moment, roles)
        return super().get_context_data(
            moment=moment,
            figures=shown,
            verdict=headlines.verdict(moment, shown),
            paced=any(one["due"] is not None for one in shown),
            weeks=weeks(moment) if moment.phase == "before" else None,
            series=[arrival.label for arrival in arrivals()],
            **kwargs,
        )

    def headlines(self, moment: Moment) -> list[headlines.Headline]:
        """What counts at this moment of the fair."""
        return headlines.BEFORE if moment.phase == "before" else headlines.FROM_OPENING

    def more(self, moment: Moment, roles: frozenset[str]) -> dict[str, Any]:
        """What only somebody at the desk sees."""
        reads = may(self.request.user, "fairs.read_journal", self.edition)
        latest = Entry.objects.filter(edition=self.edition)[: READ_FOR_LATEST if reads else 0]
        return {
            "waiting": waiting(self.edition, roles),
            "reads_journal": reads,
            "lines": telling.told(latest)[:LATEST],
        }

    def get_template_names(self) -> list[str]:
        part = "#live" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]


class Dashboard(Desk):
    """The whole fair for its director: against the plan, day by day, from where, from invitation to contract, by value.

    Values by product group are for whoever reads the contracts behind them. ?tables=1 shows the table behind each
    drawing, ?provinces=now the provinces as they are.
    """

    template_name = "fairs/dashboard.html"
    roles = REPORT_READERS

    def more(self, moment: Moment, roles: frozenset[str]) -> dict[str, Any]:
        contracts = reports.line("F1")
        return {
            "plan": headlines.against_plan(moment, roles),
            "when": "now" if self.request.GET.get("provinces") == "now" else "then",
            "tables": self.request.GET.get("tables") == "1",
            "reads_values": bool(contracts and contracts.open_to(roles)),
            "most": COUNTRIES_ON_THE_DASHBOARD,
        }


class Wall(Desk):
    """The same for a screen on the wall, with what comes next; ?screen=days and ?screen=plan are more of them, and
    ?screen=all shows one after the other.
    """

    template_name = "fairs/wall.html"
    shell = "wall"
    SCREENS = ("now", "days", "plan")

    def headlines(self, moment: Moment) -> list[headlines.Headline]:
        return headlines.WALL_BEFORE if moment.phase == "before" else headlines.WALL_FROM_OPENING

    def more(self, moment: Moment, roles: frozenset[str]) -> dict[str, Any]:
        """The next items of the programme; a wall asks for no decision and shows no values by company or group."""
        coming = self.edition.programme.filter(starts_at__gt=moment.now)[:NEXT_ITEMS]
        asked = self.request.GET.get("screen", self.SCREENS[0])
        turn = int(moment.now.timestamp()) // TURN % len(self.SCREENS)
        screen = self.SCREENS[turn] if asked == "all" else asked if asked in self.SCREENS else self.SCREENS[0]
        return {
            "coming": coming,
            "most": COUNTRIES_ON_THE_WALL,
            "screen": screen,
            "in_turn": asked == "all",
            "plan": headlines.against_plan(moment, roles) if screen == "plan" else [],
            "when": "then",
        }


class Journal(DeskPage, TemplateView):
    """Everything that was done in the edition, newest first."""

    template_name = "fairs/journal.html"
    current = "fairs:desk"
    roles = frozenset({"reports"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = JournalForm(self.request.GET or None)
        every = Entry.objects.filter(edition=self.edition)
        entries = form.narrow(every, self.edition)
        page = Paginator(entries, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            form=form,
            page=page,
            lines=telling.told(cast("QuerySet[Entry]", page.object_list)),
            chosen=form.chosen(every),
            **kwargs,
        )


def weeks(moment: Moment) -> Chart:
    """How the fair filled up in the last weeks, the present one unfinished."""
    monday = moment.today - timedelta(days=moment.today.weekday())
    starts = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    counts = _by_week(moment, starts[0])
    verbs = [arrival.verb for arrival in arrivals()]
    return chart(
        [
            Column(start, [counts.get((verb, start), 0) for verb in verbs], unfinished=start == monday)
            for start in starts
        ]
    )


def _by_week(moment: Moment, first: date) -> dict[tuple[str, date], int]:
    """How many arrivals of each verb the weeks saw."""
    verbs = [arrival.verb for arrival in arrivals()]
    since = datetime.combine(first, time.min, moment.edition.zone)
    named = Entry.objects.filter(edition=moment.edition, verb__in=verbs, at__gte=since).order_by()
    rows = named.annotate(week=TruncWeek("at", tzinfo=moment.edition.zone)).values("verb", "week")
    return {(row["verb"], row["week"].date()): row["count"] for row in rows.annotate(count=Count("pk"))}
