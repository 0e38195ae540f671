"""The plan as files to take away: of everybody's plan, of the draft, or of a former one."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from booths import plan_files
from booths.floor_content import live_content
from booths.floorplan.document import Content
from booths.models import FloorVersion
from booths.views.floor_editor import FloorDeskPage
from fairs.inputs import whole_number


class FloorFile(FloorDeskPage):
    """A file; `of` is "draft", the number of a version, or nothing for the plan that everybody sees."""

    ending: ClassVar[str]
    content_type: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content, which = self._asked(request.GET.get("of", ""))
        response = HttpResponse(self.write(content, which), content_type=self.content_type)
        response["Content-Disposition"] = f'inline; filename="{self.edition.slug}-plan.{self.ending}"'
        return response

    def write(self, content: Content, which: str) -> Any:
        """The file of a plan."""
        raise NotImplementedError(f"{type(self).__name__} says what it writes")

    def _asked(self, of: str) -> tuple[Content, str]:
        if of == "draft":
            return self.the_draft().content, _("Draft of the floor plan")
        if not of:
            return live_content(self.edition), _("Floor plan")
        version = get_object_or_404(FloorVersion, edition=self.edition, number=whole_number(of))
        return version.content, _("Floor plan %(number)s") % {"number": version.number}


class FloorSvg(FloorFile):
    """A picture that stands alone."""

    ending, content_type = "svg", "image/svg+xml"

    def write(self, content: Content, which: str) -> str:
        return plan_files.plan_svg(self.edition, content, which)


class FloorPdf(FloorFile):
    """A3 sheets to scale."""

    ending, content_type = "pdf", "application/pdf"

    def write(self, content: Content, which: str) -> bytes:
        return plan_files.plan_sheets(self.edition, content, which)


class FloorCsv(FloorFile):
    """Rows that the import reads back."""

    ending, content_type = "csv", "text/csv; charset=utf-8"

    def write(self, content: Content, which: str) -> bytes:
        return plan_files.plan_rows(self.edition, content)
