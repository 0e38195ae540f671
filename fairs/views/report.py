"""The result report as a page, the rows behind each number, and the files of both."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs import breakdowns, clock, report_files, report_words, reports
from fairs.downloads import file_answer
from fairs.indicators import compared, last_edition
from fairs.permissions import REPORT_READERS
from fairs.report_lines import INDICATOR
from fairs.statements import as_now
from fairs.views.base import DeskPage

HEADLINES = {
    "B1.allocated": _("Booths allocated"),
    "C1.companies": _("Exhibitors"),
    "D1.attended": _("Importers who came"),
    "D3.countries": _("Countries and territories"),
    "F1.value_usd": _("Contracts signed"),
}


class ReportPage(DeskPage):
    """Everybody at a desk reads the totals; the rows are for those whose work they are."""

    current = "fairs:report"
    roles = REPORT_READERS

    def held(self) -> frozenset[str]:
        """The roles of the reader in this edition."""
        return self.request.user.roles_in(self.edition)  # type: ignore[union-attr]


class Report(ReportPage, TemplateView):
    """Every line with plan, actual and percent."""

    template_name = "fairs/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, self.facts = reports.results(self.edition), reports.facts(self.edition)
        self.goals = self.edition.targets.by_figure()
        by_name, last = reports.by_name(found), last_edition(self.edition)
        return super().get_context_data(
            sections=[
                {"title": report_words.SECTIONS[letter], "lines": [self._line(line, found) for line in lines]}
                for letter, lines in groupby(found, key=lambda pair: pair[0].code[0])
            ],
            headlines=[
                {"label": label, **_shown(by_name[name], "")} for name, label in HEADLINES.items() if name in by_name
            ],
            plan=self.edition.plan_versions.select_related("legal_paper").first(),
            last=last,
            indicators=table_of(INDICATOR, compared(reports.aimed_of(found), last)),
            breakdowns=[one for one in breakdowns.breakdowns() if one.open_to(self.held())],
            now=clock.now(),
            **kwargs,
        )

    def _line(self, measured: tuple[reports.Line, list[reports.Result]], found: reports.Results) -> dict[str, Any]:
        line, results = measured
        is_open = line.open_to(self.held())
        return {
            "line": line,
            "facts": self.facts.get(line.code, []),
            "results": [_shown(result, self._url(result) if is_open else "") for result in results],
            "additions": [added(one) for one in reports.addition(line, found)],
            "planned": added(plan) if (plan := reports.planned_addition(line, self.goals)) else None,
        }

    def _url(self, result: reports.Result) -> str:
        return reverse("fairs:report_rows", args=[self.edition.slug, result.line.code, result.figure.key])


class ReportRows(ReportPage, TemplateView):
    """What a number is made of, as a page or, asked with ?format=xlsx, as a sheet."""

    template_name = "fairs/report_rows.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.line, self.figure = self._named(kwargs["line"], kwargs["figure"])
        if request.GET.get("format") == "xlsx":
            content = report_files.rows_workbook(self.edition, self.line, self.figure)
            return file_answer(content, f"{self.edition.slug}-{self.line.code}-{self.figure.key}.xlsx")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [result] = reports.measured([(self.line, self.figure)], self.edition, self.edition.targets.by_figure())
        page = Paginator(self.figure.rows(self.edition), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            line=self.line,
            figure=self.figure,
            result=_shown(result, ""),
            page=page,
            **table_of(self.figure.columns, list(page.object_list)),
            now=clock.now(),
            **kwargs,
        )

    def _named(self, code: str, key: str) -> tuple[reports.Line, reports.Figure]:
        found = reports.find(f"{code}.{key}")
        if found is None or not found[0].open_to(self.held()):
            raise Http404
        return found


class ReportSheet(ReportPage):
    """The report, with all rows that the reader may see, as one XLSX file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_answer(report_files.workbook(self.edition, self.held()), f"{self.edition.slug}-report.xlsx")


class ReportPaper(ReportPage):
    """The report on A4."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_answer(report_files.paper(as_now(self.edition)), f"{self.edition.slug}-report.pdf")


def _shown(result: reports.Result, url: str) -> dict[str, Any]:
    fill, tick = result.scale or (None, None)
    return {
        "result": result,
        "amounts": [report_words.amount(amount) for amount in result.amounts],
        "plan": report_words.plan(result),
        "percent": report_words.share(result),
        "fill": fill,
        "tick": None if tick is None else min(tick, 97),
        "url": url,
    }


def table_of(columns: Sequence[reports.Column], rows: Sequence[Any]) -> dict[str, Any]:
    """The columns that these rows have, and each row as pairs of a column and what its cell says."""
    shown = reports.shown(columns, rows)
    return {"columns": shown, "rows": [[(column, report_words.cell(column, row)) for column in shown] for row in rows]}


def added(one: reports.Addition) -> dict[str, Any]:
    """An addition as a page writes it."""
    parts = [(label, report_words.amount(amount)) for label, amount in one.parts]
    return {"parts": parts, "whole": report_words.amount(one.whole), "label": one.label, "holds": one.holds}
