"""The tasks of the manual, a part of setting up an edition."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions.manual_tasks import remove_task, set_task
from booths.manual_forms import ManualTaskForm
from booths.models import ManualTask
from booths.views.set_up import FloorForm
from fairs.views.base import ActionButton, DeskPage


class ManualSetUp(DeskPage, TemplateView):
    """All tasks of the edition."""

    template_name = "booths/manual_set_up.html"
    current = "booths:booths_desk"
    roles = frozenset({"booth_desk"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = ManualTask.objects.filter(edition=self.edition).select_related("booth_class")
        return super().get_context_data(tasks=tasks, **kwargs)


class TaskForm(FloorForm):
    """The fields of one task."""

    form_class = ManualTaskForm
    heading = gettext_lazy("Task of the manual")
    back_word = gettext_lazy("Exhibitor manual")
    current = "booths:booths_desk"

    @property
    def home(self) -> str:
        """The list of tasks."""
        return reverse("booths:manual_set_up", args=[self.edition.slug])

    @property
    def task(self) -> ManualTask | None:
        """The one that is changed; None for a new one."""
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        known = self.task or ManualTask(edition=self.edition)
        return super().get_form_kwargs() | {"edition": self.edition, "instance": known}

    def act(self, form: Any) -> str:
        set_task(self.edition, task=self.task, by=self.person, **form.cleaned_data)
        return self.home


class AddTask(TaskForm):
    """One more task, the last one so far."""

    def get_initial(self) -> dict[str, Any]:
        rows = ManualTask.objects.filter(edition=self.edition).order_by("-number")
        last = rows.first()
        return {"number": last.number + 1 if last else 1, "remind_days": [14, 7, 1]}


class ChangeTask(TaskForm):
    """Another text, day or audience; or the task is taken out."""

    @cached_property
    def task(self) -> ManualTask:
        """What the address names."""
        return get_object_or_404(ManualTask, edition=self.edition, pk=self.kwargs["task"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("booths:remove_task", args=[self.edition.slug, self.task.pk])
        question = gettext_lazy("Take this task out of the manual?")
        return super().get_context_data(remove=remove, remove_question=question, **kwargs)


class RemoveTask(DeskPage, ActionButton):
    """Takes a task out."""

    roles = frozenset({"booth_desk"})
    done = gettext_lazy("The task is out of the manual.")

    def act(self) -> str:
        remove_task(get_object_or_404(ManualTask, edition=self.edition, pk=self.kwargs["task"]), by=self.person)
        return reverse("booths:manual_set_up", args=[self.edition.slug])
