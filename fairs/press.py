"""What the press is told of a fair: totals that everybody may know, and charts of them.

Values are confidential to two parties and the organiser, so number and worth of contracts are told only when three
companies or more stand behind them on either side, and when no difference between the worth and a sum that the open
data or an earlier version of the report told rests on fewer; the worth is rounded to three figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs import open_data, report_words, reports
from fairs.papers.press import Bar, BarChart, Headline, PressFace, press_pdf
from fairs.report_files import source_of
from fairs.statements import Statement
from fairs.suppression import FEWEST
from fairs.templatetags.fair import day, day_range, language, money_short, number

HEADLINES = {
    "B1.allocated": gettext_lazy("Booths allocated"),
    "C1.companies": gettext_lazy("Exhibitors"),
    "D1.attended": gettext_lazy("Importers who came"),
    "D3.countries": gettext_lazy("Countries and territories"),
    "D4.entries": gettext_lazy("Entries"),
    "E1.held": gettext_lazy("Meetings held"),
    "F1.count": gettext_lazy("Contracts"),
    "F1.value_usd": gettext_lazy("Worth of the contracts"),
}
OF_CONTRACTS = ("F1.count", "F1.value_usd")
# Figures that stand in one chart, by its title.
COMPARED = {
    gettext_lazy("Importers, from invitation to visit"): ("D1.invited", "D1.registered", "D1.approved", "D1.attended"),
    gettext_lazy("Business meetings"): ("E1.requested", "E1.accepted", "E1.held"),
    gettext_lazy("Booths by origin"): ("B2.international", "B2.domestic", "B2.technical"),
}


@dataclass(frozen=True)
class Summary:
    """What stands on the page, as the language of the page writes it."""

    headlines: Sequence[Headline]
    charts: Sequence[BarChart]
    withheld: bool


def summary(of: Statement) -> Summary:
    """The public totals of a statement."""
    named = [(of.by_name[name], label) for name, label in HEADLINES.items() if name in of.by_name]
    secret = () if _tells_contracts(of) else OF_CONTRACTS
    told = [_headline(result, str(label)) for result, label in named if result.name not in secret]
    return Summary(told, [*_by_day(of), *_compared(of)], len(told) < len(named))


def press_paper(of: Statement) -> bytes:
    """The summary on one A4 page."""
    said = summary(of)
    return press_pdf(
        PressFace(
            title=of.word("edition", "name"),
            subtitle=of.word("edition", "theme"),
            organiser=of.word("series", "operator"),
            facts=[f"{day_range(of.opens_on, of.closes_on)} · {of.word('edition', 'venue')}"],
            headlines=said.headlines,
            charts=said.charts,
            notes=[*source_of(of), *([withheld_word()] if said.withheld else [])],
            lang=language(),
        )
    )


def withheld_word() -> str:
    """Why a total is not told."""
    return _("Totals behind which fewer than three companies stand are not published.")


def _tells_contracts(of: Statement) -> bool:
    """Whether totals of contracts, alone and beside what was told before, rest on enough companies; of a version, as it
    was decided when it was signed.
    """
    firms = of.firms("F1.value_usd")
    if firms is None or firms < FEWEST:
        return False
    return (of.signed.basis if of.signed else open_data.amounts_to_tell(of.edition)) is not None


def _headline(result: reports.Result, label: str) -> Headline:
    amount = result.amounts[0]
    value = money_short(amount.value, amount.unit) if amount.unit else number(amount.value)
    plan = report_words.plan(result)
    note = _("plan %(plan)s, reached %(percent)s") % {"plan": plan, "percent": report_words.share(result)}
    return Headline(value, label, note if plan else "")


def _by_day(of: Statement) -> Iterator[BarChart]:
    days = [(date.fromisoformat(one["day"]), one["entries"]) for one in of.said["days"]]
    if days:
        yield _chart(_("Entries by day"), [(day(when, "short"), entries) for when, entries in days])


def _compared(of: Statement) -> Iterator[BarChart]:
    for title, names in COMPARED.items():
        found = [of.by_name[name] for name in names if name in of.by_name]
        if any(result.actual for result in found):
            yield _chart(str(title), [(str(result.figure.label), int(result.actual or 0)) for result in found])


def _chart(title: str, counts: Sequence[tuple[str, int]]) -> BarChart:
    most = max(count for _label, count in counts) or 1
    return BarChart(title, [Bar(label, number(count), count * 100 / most) for label, count in counts])
