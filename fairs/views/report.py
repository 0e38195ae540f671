"""The result report as a page, the rows behind each number, and the sheet."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView

from fairs import clock, reports
from fairs.views.base import DeskPage

WHO = frozenset({"reports", "finance", "booth_desk", "importer_desk", "matchmaking_desk"})


class Report(DeskPage, TemplateView):
    """Every line with plan, actual and percent."""

    template_name = "fairs/report.html"
    current = "fairs:report"
    roles = WHO

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(results=reports.results(self.edition), now=clock.now(), **kwargs)


class ReportRows(DeskPage, TemplateView):
    """What a number is made of."""

    template_name = "fairs/report_rows.html"
    current = "fairs:report"
    roles = WHO

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = reports.line(kwargs["line"])
        figure = line.figure(kwargs["figure"]) if line else None
        if line is None or figure is None:
            raise Http404
        goals = dict(self.edition.targets.values_list("figure", "value"))
        page = Paginator(figure.rows(self.edition), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            result=reports.measured(line, figure, self.edition, goals),
            page=page,
            rows=[[(column, column.value(row)) for column in figure.columns] for row in page.object_list],
            **kwargs,
        )


class ReportSheet(DeskPage):
    """The report and all its rows as one XLSX file."""

    roles = WHO

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(
            reports.workbook(self.edition),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
        response["Content-Disposition"] = f'attachment; filename="{self.edition.slug}-report.xlsx"'
        return response
