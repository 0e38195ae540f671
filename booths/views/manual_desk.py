"""The manual at the desk: who is late at a glance, what is to be checked, the sheet."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from booths.actions.manual import accept_hand_in, return_hand_in
from booths.manual import Cell, Progress, exhibitors_with_tasks, progress_of
from booths.manual_forms import CheckForm
from booths.manual_sheet import manual_sheet
from booths.models import HandIn, ManualTask
from fairs.downloads import file_answer
from fairs.permissions import may
from fairs.text import fold
from fairs.views.base import ActionForm, DeskPage

READERS = frozenset({"booth_desk", "finance", "reports"})
SHOWS = ("all", "late", "check", "open", "complete")


class ManualDesk(DeskPage, TemplateView):
    """Exhibitors by tasks, each cell in a word; above each task how many are done, late and to be checked."""

    template_name = "booths/manual_desk.html"
    current = "booths:booths_desk"
    roles = READERS

    @cached_property
    def everybody(self) -> list[Progress]:
        """Everybody whom the manual is for."""
        return progress_of(self.edition, exhibitors_with_tasks(self.edition))

    @property
    def show(self) -> str:
        """Which of them the list has."""
        asked = self.request.GET.get("show", "")
        return asked if asked in SHOWS else "all"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = list(ManualTask.objects.filter(edition=self.edition).select_related("booth_class"))
        found = [one for one in self.everybody if _shown(one, self.show) and self._named(one)]
        page = Paginator(found, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            tasks=[(task, _counts(task, self.everybody)) for task in tasks],
            page=page,
            rows=[(one, [one.of(task) for task in tasks]) for one in page.object_list],
            show=self.show,
            shows=self._shows(),
            may_set_up=may(self.person, "booths.set_up_manual", self.edition),
            first=HandIn.objects.filter(task__edition=self.edition, application__state="accepted").to_check().first(),
            **kwargs,
        )

    def _named(self, one: Progress) -> bool:
        words = fold(self.request.GET.get("q", "")).split()
        return all(word in fold(one.application.company.name_vi) for word in words)

    def _shows(self) -> list[dict[str, Any]]:
        labels = {
            "all": _("All"), "late": _("Late"), "check": _("To check"), "open": _("Something to do"),
            "complete": _("Complete"),
        }  # fmt: skip
        return [
            {
                "label": label, "url": f"?show={name}", "current": name == self.show,
                "count": sum(_shown(one, name) for one in self.everybody),
            }
            for name, label in labels.items()
        ]  # fmt: skip


class CheckHandIn(DeskPage, ActionForm):
    """One thing handed in: its versions, and the desk's word on the newest."""

    template_name = "booths/check_hand_in.html"
    current = "booths:booths_desk"
    roles = READERS
    form_class = CheckForm

    @cached_property
    def hand_in(self) -> HandIn:
        """What the address names."""
        rows = HandIn.objects.visible_to(self.person).filter(task__edition=self.edition)
        whole = rows.select_related("task", "application__company", "application__edition", "application__contact")
        found: HandIn = get_object_or_404(whole, pk=self.kwargs["hand_in"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = list(self.hand_in.files.select_related("given_by"))
        waiting = HandIn.objects.filter(task__edition=self.edition, application__state="accepted").to_check()
        return super().get_context_data(
            hand_in=self.hand_in,
            files=files,
            newest=files[0] if files else None,
            may_check=may(self.person, "booths.check_task", self.hand_in),
            following=waiting.exclude(pk=self.hand_in.pk).first(),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        if given["verdict"] == "accept":
            accept_hand_in(self.hand_in, version=given["version"], by=self.person)
            messages.success(self.request, _("In order."))
        else:
            return_hand_in(self.hand_in, version=given["version"], reason=given["reason"], by=self.person)
            messages.success(self.request, _("Returned. The exhibitor gets a letter with your reason."))
        return reverse("booths:manual_desk", args=[self.edition.slug]) + "?show=check"


class ManualSheet(DeskPage, View):
    """Who stands how with every task, as a workbook."""

    roles = READERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_answer(manual_sheet(self.edition), f"{self.edition.slug}-manual.xlsx")


def _shown(one: Progress, show: str) -> bool:
    fits = {
        "all": True, "late": bool(one.late), "check": bool(one.with_desk), "open": bool(one.to_do),
        "complete": not one.to_do,
    }  # fmt: skip
    return fits[show]


def _counts(task: ManualTask, everybody: list[Progress]) -> dict[str, int]:
    """Of those whom a task is for: how many there are, are done, are late, wait for the desk."""
    cells: list[Cell] = [cell for one in everybody if (cell := one.of(task))]
    return {
        "all": len(cells),
        "given": sum(not cell.is_open for cell in cells),
        "late": sum(cell.is_late for cell in cells),
        "check": sum(cell.state == HandIn.State.HANDED_IN for cell in cells),
    }
