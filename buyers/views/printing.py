"""Many badges printed at once: begun, watched, stopped, fetched."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from buyers.actions.printing import badges_drawn, begin_print, stop_print
from buyers.badge_filters import BadgeFilter
from buyers.models import Badge, PrintRun
from buyers.views.badges import GIVING, paper_size
from fairs.downloads import file_answer
from fairs.inputs import whole_numbers
from fairs.views.base import ActionButton, DeskPage


class BeginPrint(DeskPage, ActionButton):
    """Those ticked, or all valid ones that the list of this address has found."""

    roles = GIVING

    def act(self) -> str:
        """Have them drawn."""
        size = paper_size(self.request.POST.get("size"), self.request)
        run = begin_print(self.edition, badges=self._badges(), size=size, by=self.person)
        return reverse("buyers:print_run", args=[self.edition.slug, run.pk])

    def _badges(self) -> list[int]:
        visible = Badge.objects.visible_to(self.person).filter(edition=self.edition)
        if self.request.POST.get("which") == "found":
            return list(BadgeFilter(self.request.GET, visible).qs.values_list("pk", flat=True))
        return whole_numbers(self.request.POST.getlist("chosen"))


class OneRun(DeskPage):
    """Pages about one print run."""

    roles = GIVING
    current = "buyers:badges_desk"

    def run(self) -> PrintRun:
        """The run of the address."""
        visible = PrintRun.objects.visible_to(self.person).filter(edition=self.edition)
        return get_object_or_404(visible.select_related("edition", "begun_by"), pk=self.kwargs["pk"])


class PrintRunPage(OneRun, TemplateView):
    """How far it is; then the file."""

    template_name = "buyers/print_run.html"

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}#run" if self.request.htmx else self.template_name]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run()
        return super().get_context_data(run=run, done=badges_drawn(run), **kwargs)


class StopPrint(OneRun, ActionButton):
    """End the work."""

    def act(self) -> str:
        """Stop it."""
        run = stop_print(self.run(), by=self.person)
        return reverse("buyers:print_run", args=[self.edition.slug, run.pk])


class PrintFile(OneRun):
    """The sheets."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        run = self.run()
        if run.state != PrintRun.State.READY or not default_storage.exists(run.file):
            raise Http404
        with default_storage.open(run.file) as file:
            return file_answer(file.read(), f"badges-{self.edition.slug}-{run.pk}.pdf", inline=True)
