"""Co-exhibitors: named by the exhibitor whose booth they share, decided on by the desk."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions import co_exhibitors as deeds
from booths.exhibitor_forms import CoExhibitorForm
from booths.forms import ReasonForm
from booths.models import Application, CoExhibitor, house_rules_of
from booths.views.manual import ManualPage
from fairs.permissions import may
from fairs.text import name_key
from fairs.views.base import ActionButton, ActionForm, DeskPage

READERS = frozenset({"booth_desk", "finance", "reports"})


class OwnCoExhibitors(ManualPage, ActionForm):
    """Those who share one's booth, and one more."""

    template_name = "booths/co_exhibitors.html"
    form_class = CoExhibitorForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules, one = house_rules_of(self.edition), self.application
        rows = list(one.co_exhibitors.all()) if one else []
        most = rules.co_exhibitors_for_a_booth * deeds.booths_of(one) if one else 0
        live = sum(row.state in CoExhibitor.LIVE for row in rows)
        return super().get_context_data(
            application=one, rows=rows, most=most, left=max(0, most - live), house_rules=rules, home=self.home, **kwargs
        )

    def act(self, form: Any) -> str:
        if self.application is None:
            raise Http404
        deeds.ask_co_exhibitor(self.application, by=self.person, **form.cleaned_data)
        messages.success(self.request, _("Named. The desk decides, and you get a letter."))
        return reverse("booths:co_exhibitors", args=[self.edition.slug]) + self.acting.address


class WithdrawCoExhibitor(ManualPage, ActionButton):
    """The name is taken back."""

    done = gettext_lazy("Taken back.")

    def act(self) -> str:
        mine = (
            CoExhibitor.objects.filter(application=self.application) if self.application else CoExhibitor.objects.none()
        )
        row = get_object_or_404(mine.select_related("application__edition"), pk=self.kwargs["co_exhibitor"])
        deeds.withdraw_co_exhibitor(row, by=self.person)
        return reverse("booths:co_exhibitors", args=[self.edition.slug]) + self.acting.address


class CoExhibitorsDesk(DeskPage, TemplateView):
    """All of them, those that wait first; who applied to the fair itself is pointed out."""

    template_name = "booths/co_exhibitors_desk.html"
    current = "booths:booths_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = CoExhibitor.objects.visible_to(self.person).filter(application__edition=self.edition)
        order = [str(state) for state in CoExhibitor.State]
        found = sorted(
            rows.select_related("application__company"), key=lambda one: (order.index(str(one.state)), one.pk)
        )
        counts = {state: sum(one.state == state for one in found) for state in CoExhibitor.State}
        return super().get_context_data(
            rows=[(one, self._applied.get(one.key)) for one in found],
            asked=counts[CoExhibitor.State.ASKED],
            approved=counts[CoExhibitor.State.APPROVED],
            **kwargs,
        )

    @cached_property
    def _applied(self) -> dict[str, Application]:
        """By the key of its name, who applied to the edition: to share a booth as well may hide a sub-letting."""
        rows = Application.objects.live().filter(edition=self.edition).select_related("company")
        return {name_key(row.company.name_vi): row for row in rows}


class DecideCoExhibitor(DeskPage, ActionForm):
    """One of them: yes, or no with a reason."""

    template_name = "booths/decide_co_exhibitor.html"
    current = "booths:booths_desk"
    roles = READERS
    form_class = ReasonForm

    @cached_property
    def row(self) -> CoExhibitor:
        """What the address names."""
        rows: QuerySet[Any] = CoExhibitor.objects.visible_to(self.person).filter(application__edition=self.edition)
        whole = rows.select_related("application__company", "application__edition", "application__contact", "asked_by")
        found: CoExhibitor = get_object_or_404(whole, pk=self.kwargs["co_exhibitor"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row, may_decide=may(self.person, "booths.decide", self.row), **kwargs)

    def act(self, form: Any) -> str:
        if self.request.POST.get("verb") == "approve":
            deeds.approve_co_exhibitor(self.row, by=self.person)
        else:
            deeds.refuse_co_exhibitor(self.row, reason=form.cleaned_data["reason"], by=self.person)
        return reverse("booths:co_exhibitors_desk", args=[self.edition.slug])
