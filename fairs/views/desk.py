"""The organiser's first page: the fair against its targets, live."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs import clock, reports
from fairs.discovery import sentence, waiting
from fairs.models import Entry
from fairs.templatetags.fair import money_short, number, percent
from fairs.views.base import DeskPage

# The figures that tell at a glance how the fair stands, in the order of its life.
HEADLINES = [
    ("B1", "allocated"),
    ("C1", "companies"),
    ("D1", "registered"),
    ("D1", "attended"),
    ("E1", "held"),
    ("F1", "value_usd"),
]
PATH = [("D1", "invited"), ("D1", "registered"), ("D1", "approved"), ("D1", "attended")]


class Desk(DeskPage, TemplateView):
    """Where the fair stands, what waits for a decision, what has just happened."""

    template_name = "fairs/desk.html"
    current = "fairs:desk"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = self.request.user.roles_in(self.edition)  # type: ignore[union-attr]
        measured = {(line.code, one.figure.key): one for line, found in reports.results(self.edition) for one in found}
        return super().get_context_data(
            now=clock.now(),
            day_number=(clock.today(self.edition) - self.edition.opens_on).days + 1,
            days_in_all=(self.edition.closes_on - self.edition.opens_on).days + 1,
            figures=[_headline(measured[key], self.edition.slug) for key in HEADLINES if key in measured],
            path=_path([measured[key] for key in PATH if key in measured]),
            waiting=waiting(self.edition, roles),
            entries=told(Entry.objects.filter(edition=self.edition)[:12]),
            **kwargs,
        )

    def get_template_names(self) -> list[str]:
        part = "#live" if self.request.htmx else ""
        return [f"{self.template_name}{part}"]


class Wall(Desk):
    """The same figures for a screen on the wall."""

    template_name = "fairs/wall.html"
    shell = "wall"


class Journal(DeskPage, TemplateView):
    """Everything that was done in the edition, newest first."""

    template_name = "fairs/journal.html"
    roles = frozenset({"reports"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(Entry.objects.filter(edition=self.edition), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, entries=told(page.object_list), **kwargs)


def told(entries: "QuerySet[Entry]") -> list[dict[str, Any]]:
    """Entries in words; a verb nobody has worded is shown by its name."""
    return [
        {
            "at": entry.at,
            "text": str(sentence(entry.verb) or entry.verb)
            % {
                "actor": entry.actor.full_name if entry.actor else _("the system"),
                "company": entry.company.name_vi if entry.company else "",
                "subject": entry.subject,
            },
        }
        for entry in entries.select_related("actor", "company")
    ]


def _headline(result: reports.Result, slug: str) -> dict[str, Any]:
    in_words = money_short(result.actual, result.unit) if result.unit else number(result.actual)
    plan = None if result.plan is None else (number_of(result.plan, result.unit))
    return {
        "label": result.figure.label if not result.line.title else f"{result.line.title}",
        "value": in_words,
        "of": plan,
        "share": result.percent,
        "note": percent(result.percent / 100) if result.percent is not None else "",
        "url": f"/{slug}/desk/report/{result.line.code}/{result.figure.key}/",
    }


def number_of(value: Any, unit: str) -> str:
    """A target in the form of its figure."""
    return money_short(value, unit) if unit else number(value)


def _path(results: list[reports.Result]) -> list[dict[str, Any]]:
    """The way from invitation to presence: each step's share of the widest."""
    widest = max((int(result.actual or 0) for result in results), default=0) or 1
    return [
        {"label": one.figure.label, "value": one.actual, "share": int(one.actual or 0) * 100 / widest}
        for one in results
    ]
