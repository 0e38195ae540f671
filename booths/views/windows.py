"""Hours for vehicles, a part of setting up an edition."""

from typing import Any

from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booths.actions.windows import remove_window, set_window
from booths.models import MoveWindow
from booths.moving_forms import WindowForm
from booths.views.set_up import FloorForm
from fairs.views.base import ActionButton, DeskPage

ROLES = frozenset({"booth_desk"})


class Windows(DeskPage, TemplateView):
    """All hours for vehicles, in and out."""

    template_name = "booths/windows.html"
    current = "booths:yard"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        windows = self.edition.move_windows.select_related("hall", "zone")
        counted = windows.annotate(room=Sum("slots__capacity"), taken=Sum("slots__booked"))
        return super().get_context_data(windows=list(counted.order_by("starts_at", "pk")), **kwargs)


class AddWindow(FloorForm):
    """New hours for vehicles."""

    form_class = WindowForm
    heading = _("Hours for vehicles")
    lead = _("Exhibitors book a time for each vehicle; never more come at once than you say here.")

    @property
    def home(self) -> str:
        return reverse("booths:windows", args=[self.edition.slug])

    @cached_property
    def window(self) -> MoveWindow | None:
        """The hours that the address names, if any."""
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(self.edition.move_windows, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        # The form gets a copy: what it types into it is not what holds until the action says so.
        instance = MoveWindow.objects.get(pk=self.window.pk) if self.window else MoveWindow(edition=self.edition)
        return super().get_form_kwargs() | {"edition": self.edition, "instance": instance}

    def act(self, form: Any) -> str:
        set_window(self.edition, window=self.window, by=self.request.user, **form.cleaned_data)
        return self.home


class ChangeWindow(AddWindow):
    """Other hours, another entrance, more or fewer vehicles."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("booths:remove_window", args=[self.edition.slug, self.kwargs["pk"]])
        question = _("Take these hours away?")
        return super().get_context_data(remove=remove, remove_question=question, **kwargs)


class RemoveWindow(DeskPage, ActionButton):
    """Takes hours for vehicles away."""

    roles = ROLES
    done = _("These hours are removed.")

    def act(self) -> str:
        rows = MoveWindow.objects.select_related("edition")
        remove_window(get_object_or_404(rows, edition=self.edition, pk=self.kwargs["pk"]), by=self.request.user)
        return reverse("booths:windows", args=[self.edition.slug])
