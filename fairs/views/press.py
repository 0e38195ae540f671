"""The one page for the press, as a page and on A4."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from fairs import press
from fairs.downloads import file_answer
from fairs.report_files import source_of
from fairs.statements import Statement, as_now, as_signed, languages
from fairs.views.report import ReportPage
from fairs.views.signed_reports import language_asked


class PressPage(ReportPage):
    """What was signed last; before anybody has signed, what the report says now."""

    @cached_property
    def statement(self) -> Statement:
        """What the press is told from."""
        last = self.edition.signed_reports.select_related("signed_by").first()
        return as_signed(last) if last else as_now(self.edition)


class Press(PressPage, TemplateView):
    """The totals and charts, each chart a table with bars."""

    template_name = "fairs/signed/press.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            summary=press.summary(self.statement),
            statement=self.statement,
            source=source_of(self.statement),
            withheld=press.withheld_word(),
            languages=languages(),
            **kwargs,
        )


class PressPaper(PressPage):
    """The same on A4, ?language=vi or en."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with language_asked(request):
            content = press.press_paper(self.statement)
        return file_answer(content, f"{self.edition.slug}-press.pdf")
