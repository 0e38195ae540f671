"""The report's lines about the edition itself (A), about its plan (J), and of what nobody records yet (G, I, K)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fairs.indicators import indicators, worth
from fairs.models import Edition, LegalPaper
from fairs.reports import Column, Fact, Figure, Line, Rows, aimed_of, declare
from fairs.templatetags.fair import clock as hour
from fairs.templatetags.fair import day, day_range, local


def papers(edition: Edition) -> Rows:
    """The official papers on which the edition rests, the oldest first."""
    return edition.legal_papers.all()


def papers_in_words(edition: Edition) -> list[Fact]:
    """Each paper with its number, date, issuer and subject."""
    found = [Fact(f"{paper.number}, {day(paper.issued_on)}", _said(paper)) for paper in edition.legal_papers.all()]
    return found or [Fact(_("Legal papers"), "")]


def the_edition(edition: Edition) -> list[Fact]:
    """What it is called, when and where it is."""
    venue = ", ".join(text for text in (local(edition, "venue"), edition.venue_address) if text)
    return [
        Fact(_("Name"), local(edition, "name")),
        Fact(_("Number of the edition"), str(edition.number or "")),
        Fact(_("Dates"), day_range(edition.opens_on, edition.closes_on)),
        Fact(_("Opening hours"), hours(edition)),
        Fact(_("Venue"), venue),
        Fact(_("Theme"), local(edition, "theme")),
    ]


def hours(edition: Edition) -> str:
    """The hours of each day; days with the same hours together."""
    spans: dict[str, list[str]] = {}
    for one in edition.days.all():
        spans.setdefault(f"{hour(one.opens_at)}–{hour(one.closes_at)}", []).append(day(one.date, "short"))
    return "; ".join(f"{', '.join(days)}: {span}" for span, days in spans.items())


def bodies(edition: Edition) -> list[Fact]:
    """Who holds the fair and who runs it; whom else it has is not recorded yet."""
    return [
        Fact(_("Host"), local(edition.series, "host")),
        Fact(_("Operator"), local(edition.series, "operator")),
        Fact(_("Co-organisers"), ""),
        Fact(_("Sponsors"), ""),
    ]


def _said(paper: LegalPaper) -> str:
    issuer, subject = local(paper, "issuer"), local(paper, "subject")
    return _now("%(issuer)s: %(subject)s") % {"issuer": issuer, "subject": subject} if issuer else subject


PAPER = [
    Column("number", _("Number and symbol"), lambda paper: paper.number),
    Column("issued_on", _("Date"), lambda paper: paper.issued_on, "date"),
    Column("issuer", _("Issuer"), lambda paper: local(paper, "issuer")),
    Column("subject", _("Subject"), lambda paper: local(paper, "subject")),
]
INDICATOR = [
    Column("indicator", _("Indicator"), lambda one: one.title),
    Column("plan", _("Plan"), lambda one: worth(one.plan), "money"),
    Column("actual", _("Actual"), lambda one: worth(one.actual), "money"),
    Column("percent", _("Percent"), lambda one: _rounded(one.result.percent), "money"),
    Column("before", _("Last edition"), lambda one: worth(one.before), "money", if_any=True),
    Column("change", _("Change on it"), lambda one: _rounded(one.change), "money", if_any=True),
]


def _rounded(percent: Any) -> Any:
    return None if percent is None else (round(percent, 1), "%")


def _unrecorded(code: str, title: Any, note: Any, unit: Any) -> Line:
    """A line of the official form that nothing records yet: it is shown, and never as a nought."""
    return Line(code, title, note=note, unit=unit)


AROUND: Sequence[Line] = [
    _unrecorded(
        "G1",
        _("New designs shown"),
        _("Designs shown at the fair that were never shown or sold before it."),
        _("designs"),
    ),
    _unrecorded(
        "G2",
        _("Design contest"),
        _("Entrants are people or companies, each once; an entry is one design; awards by class and product group."),
        _("entrants, entries and awards"),
    ),
    _unrecorded(
        "G3",
        _("Artisans honoured"),
        _("People honoured at the fair by a decision, each once."),
        _("people"),
    ),
    _unrecorded(
        "G4",
        _("Workshops, conferences and training"),
        _("A session is one event on one day; somebody who attends two is two turns and one person."),
        _("sessions, turns and people"),
    ),
    _unrecorded(
        "G5",
        _("Links of supply and demand"),
        _("Links between makers and sellers or suppliers at home, and the memoranda that came of them."),
        _("links and memoranda"),
    ),
    _unrecorded(
        "I1",
        _("Communication"),
        _("Articles, printed and recorded items, and views online, each with where it was published."),
        _("items and views"),
    ),
    _unrecorded(
        "K1",
        _("Fairs overseas and in other provinces"),
        _("Companies that the organiser took along, staff who went, enquiries and contracts brought home."),
        _("companies, people, enquiries and contracts"),
    ),
]

declare(
    [
        Line(
            "A1",
            _("Legal basis"),
            [Figure("papers", _("Legal papers"), papers, PAPER, goal=None, if_any=True)],
            note=_("Each official paper registered for the edition, with its number, date, issuer and subject."),
            unit=_("papers"),
            facts=papers_in_words,
        ),
        Line(
            "A2",
            _("The edition"),
            note=_("As it is set up: the number is typed by the organiser, never counted."),
            unit=_("words"),
            facts=the_edition,
        ),
        Line(
            "A3",
            _("Who holds and runs it"),
            note=_("Host and operator are those of the series."),
            unit=_("words"),
            facts=bodies,
        ),
        *AROUND,
        Line(
            "J1",
            _("Plan and result"),
            [
                Figure("planned", _("Figures with a plan"), indicators, INDICATOR, goal=None, over=aimed_of),
                Figure(
                    "reached",
                    _("of them reached"),
                    indicators,
                    INDICATOR,
                    only=lambda one: one.reached,
                    goal=None,
                    over=aimed_of,
                ),
            ],
            note=_(
                "Percent is actual over plan. The change is on the last edition of the series, in hundredths of what "
                "it came to; nothing where there was none or it came to nothing."
            ),
            unit=_("figures of this report"),
        ),
    ]
)
