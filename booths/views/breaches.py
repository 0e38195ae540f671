"""Breaches of the rules, seen by the second officer."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions.breaches import confirm_breach, drop_breach
from booths.models import Breach
from booths.views.handover import HandoverPage
from fairs.views.base import ActionButton


class Breaches(HandoverPage, TemplateView):
    """Those that wait for a second officer, and those decided."""

    template_name = "booths/breaches.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Breach.objects.filter(reservation__edition=self.edition)
        whole = rows.select_related("reservation__booth", "reservation__company", "recorded_by", "decided_by")
        return super().get_context_data(breaches=list(whole[:200]), **kwargs)


class BreachDeed(HandoverPage, ActionButton):
    """A button on one breach."""

    @property
    def breach(self) -> Breach:
        rows = Breach.objects.filter(reservation__edition=self.edition).select_related("reservation__edition")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def home(self) -> str:
        """All breaches."""
        return reverse("booths:breaches", args=[self.edition.slug])


class ConfirmBreach(BreachDeed):
    """The booth is taken back."""

    done = gettext_lazy("The booth is taken back and free again. The exhibitor gets a letter.")

    def act(self) -> str:
        confirm_breach(self.breach, by=self.request.user)
        return self.home


class DropBreach(BreachDeed):
    """Nothing happens."""

    done = gettext_lazy("Dropped. The booth stays theirs.")

    def act(self) -> str:
        drop_breach(self.breach, by=self.request.user)
        return self.home
