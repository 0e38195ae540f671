"""The exhibitor's manual: what is due next, what is done, one task with its files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions import manual as deeds
from booths.manual import Cell, Progress, form_address, own_progress
from booths.manual_forms import HandInForm
from booths.models import Application, HandIn, HandInFile, ManualTask
from fairs.downloads import download_of
from fairs.views.acting import CompanyPage
from fairs.views.base import ActionButton, ActionForm, EditionPage, SignedInPage


class ManualPage(CompanyPage):
    """A page of one exhibitor's manual; before it is accepted there is none."""

    shell = "exhibitor"
    current = "booths:application"

    @cached_property
    def application(self) -> Application | None:
        """The accepted application of the company."""
        mine = Application.objects.filter(edition=self.edition, company_id__in=self.acting.ids, state="accepted")
        return mine.select_related("company", "edition", "booth_class", "contact").first()

    @cached_property
    def progress(self) -> Progress | None:
        """How it stands."""
        return own_progress(self.application) if self.application else None

    @property
    def home(self) -> str:
        """The whole manual."""
        return reverse("booths:manual", args=[self.edition.slug]) + self.acting.address


class Manual(ManualPage, TemplateView):
    """All tasks of one exhibitor: the next one first."""

    template_name = "booths/manual.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, progress=self.progress, **kwargs)


class TaskThing(ManualPage):
    """Something about one task; one that is not the exhibitor's does not exist."""

    @cached_property
    def cell(self) -> Cell:
        """The task as it stands."""
        task = get_object_or_404(ManualTask, edition=self.edition, pk=self.kwargs["task"])
        cell = self.progress.of(task) if self.progress else None
        if cell is None:
            raise Http404
        return cell

    @property
    def switch_url(self) -> str:
        """Another company may not have this task."""
        return reverse("booths:manual", args=[self.edition.slug])

    @property
    def here(self) -> str:
        """The page of the task."""
        return reverse("booths:task", args=[self.edition.slug, self.kwargs["task"]]) + self.acting.address


class Task(TaskThing, ActionForm):
    """One task: what it says, until when, and the file where one is asked."""

    template_name = "booths/task.html"
    form_class = HandInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, task = self.cell.hand_in, self.cell.task
        return super().get_context_data(
            cell=self.cell,
            task=task,
            files=row.files.select_related("given_by") if row else [],
            form_url=form_address(task, self.cell.application) if task.form else "",
            home=self.home,
            here=self.here,
            **kwargs,
        )

    def act(self, form: Any) -> str:
        data = form.cleaned_data["file"].read()
        deeds.hand_in_file(self.cell.application, task=self.cell.task, data=data, by=self.person)
        messages.success(self.request, _("Handed in. The desk looks at it."))
        return self.home


class Tick(TaskThing, ActionButton):
    """Read and done."""

    done = gettext_lazy("Done. Thank you.")

    def act(self) -> str:
        deeds.tick_task(self.cell.application, task=self.cell.task, by=self.person)
        return self.home


class PassTask(TaskThing, ActionButton):
    """It does not concern the exhibitor."""

    done = gettext_lazy("Noted: it does not concern you.")

    def act(self) -> str:
        deeds.pass_task(self.cell.application, task=self.cell.task, by=self.person)
        return self.home


class ReopenTask(TaskThing, ActionButton):
    """The answer is taken back."""

    def act(self) -> str:
        if self.cell.hand_in is None:
            raise Http404
        deeds.reopen_task(self.cell.hand_in, by=self.person)
        return self.here


class TaskFile(SignedInPage, EditionPage):
    """One version of what was handed in, for the exhibitor and the desk, always as a download."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = HandInFile.objects.visible_to(request.user).filter(hand_in__task__edition=self.edition)
        kept = get_object_or_404(rows.select_related("hand_in__task"), pk=kwargs["hand_in_file"])
        row: HandIn = kept.hand_in
        return download_of(kept.file, f"{row.task.number:02d}-{row.application_id}-v{kept.number}")
