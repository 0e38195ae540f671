"""Breakdowns of the report as pages, sheets and papers, and the rows behind each of their numbers."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from fairs import breakdown_files, breakdowns, clock, report_words
from fairs.downloads import file_answer
from fairs.views.report import ReportPage


class BreakdownPage(ReportPage):
    """A page of one breakdown; for those whose work it is not it does not exist."""

    @cached_property
    def breakdown(self) -> breakdowns.Breakdown:
        """The one that the address names."""
        found = breakdowns.breakdown(self.kwargs["breakdown"])
        if found is None or not found.open_to(self.held()):
            raise Http404
        return found


class Breakdown(BreakdownPage, TemplateView):
    """Every cut with its parts, their total, and whether they add up; ?format=xlsx and ?format=pdf are files."""

    template_name = "fairs/breakdown.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked, name = request.GET.get("format"), f"{self.edition.slug}-{self.breakdown.key}"
        if asked == "xlsx":
            return file_answer(breakdown_files.workbook(self.edition, self.breakdown), f"{name}.xlsx")
        if asked == "pdf":
            return file_answer(breakdown_files.paper(self.edition, self.breakdown), f"{name}.pdf")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        of, held = self.breakdown, self.held()
        whole = breakdowns.total(of, self.edition)
        return super().get_context_data(
            breakdown=of,
            others=[
                {"label": one.title, "url": self._page(one), "current": one == of}
                for one in breakdowns.breakdowns()
                if one.open_to(held)
            ],
            tables=[self._table(cut, whole) for cut in of.cuts],
            total=self._cells(whole, None, ""),
            contradictions=[
                {"title": one.title, "here": _shown(here), "there": _shown(there), "figure": one.whole}
                for one, here, there in breakdowns.against_report(of, self.edition, whole)
            ],
            now=clock.now(),
            **kwargs,
        )

    def _page(self, of: breakdowns.Breakdown) -> str:
        return reverse("fairs:breakdown", args=[self.edition.slug, of.key])

    def _table(self, cut: breakdowns.Cut, whole: breakdowns.Numbers) -> dict[str, Any]:
        found = breakdowns.parted(self.breakdown, cut, self.edition, whole)
        return {
            "cut": cut,
            "parts": [(part.name, self._cells(part.numbers, cut, part.key)) for part in found.parts],
            "wrong": [
                {"title": one.title, "parts": _shown(made), "whole": _shown(whole[one.key])}
                for one, made in found.wrong
            ],
        }

    def _cells(self, numbers: breakdowns.Numbers, cut: breakdowns.Cut | None, part: str) -> list[dict[str, Any]]:
        of = self.breakdown
        where = reverse("fairs:breakdown_rows", args=[self.edition.slug, of.key, cut.key if cut else "all"])
        cells = [
            {"title": one.title, "text": _shown(numbers[one.key]), "url": f"{where}?{_asked(part, one)}"}
            for one in of.measures
        ]
        if of.share:
            cells.append({"title": of.share[2], "text": breakdown_files.share(of, numbers), "url": ""})
        return cells


class BreakdownRows(BreakdownPage, TemplateView):
    """What a number of a breakdown is made of, as a page or, asked with ?format=xlsx, as a sheet."""

    template_name = "fairs/breakdown_rows.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.measure = self.breakdown.measure(request.GET.get("of", "")) or self.breakdown.measures[0]
        self.cut = self.breakdown.cut(kwargs["cut"])
        if self.cut is None and kwargs["cut"] != "all":
            raise Http404
        if request.GET.get("format") == "xlsx":
            content = breakdown_files.rows_workbook(self.edition, self.breakdown, self._title(), self._rows())
            return file_answer(content, f"{self.edition.slug}-{self.breakdown.key}-rows.xlsx")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = self.breakdown.columns
        page = Paginator(self._rows(), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            breakdown=self.breakdown,
            heading=self._title(),
            measure=self.measure,
            columns=columns,
            page=page,
            rows=[[(column, report_words.cell(column, row)) for column in columns] for row in page.object_list],
            now=clock.now(),
            **kwargs,
        )

    def _rows(self) -> Any:
        rows = self.breakdown.rows(self.edition)
        if self.cut:
            rows = self._part(rows)
        return rows.filter(self.measure.where)

    def _part(self, rows: Any) -> Any:
        """One that the cut cannot mean has no rows."""
        try:
            return self.cut.only(rows, self.request.GET.get("part", ""))  # type: ignore[union-attr]
        except ValueError:
            raise Http404 from None

    def _title(self) -> str:
        if self.cut is None:
            return str(self.breakdown.title)
        part = self.request.GET.get("part", "")
        names = {str(key): name for key, name in self.cut.names([part] if part else []).items()}
        return f"{self.cut.title}: {names.get(part, part) if part else self.cut.nothing}"


def _shown(value: Decimal | int) -> str:
    return report_words.WORDS["number"](value)


def _asked(part: str, measure: breakdowns.Measure) -> str:
    return urlencode({"part": part, "of": measure.key})
