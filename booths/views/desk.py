"""The booth desk: an application typed in, the booths."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions.entries import enter_application
from booths.actions.floor import block_booth, unblock_booth
from booths.actions.reservations import hand_over, release_booth
from booths.filters import STATUSES, BoothFilter
from booths.forms import BlockForm, EntryForm
from booths.models import Booth, Reservation, SaleTerms, Zone
from fairs import clock
from fairs.permissions import may
from fairs.views.base import ActionButton, ActionForm, DeskPage

BOOTH_COLUMNS = [
    {"label": gettext_lazy("Booth"), "sort": "code"},
    {"label": gettext_lazy("Zone"), "sort": "zone"},
    {"label": gettext_lazy("Class"), "sort": "class"},
    {"label": gettext_lazy("Status"), "sort": "status"},
    {"label": gettext_lazy("Exhibitor"), "sort": "exhibitor"},
    {"label": gettext_lazy("What to do"), "sort": "", "hidden": True},
]
READERS = frozenset({"booth_desk", "finance", "reports"})
DECIDERS = frozenset({"booth_desk"})


class EnterApplication(DeskPage, ActionForm):
    """An application typed in for an artisan."""

    template_name = "booths/enter_application.html"
    form_class = EntryForm
    current = "booths:applications_desk"
    roles = DECIDERS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not SaleTerms.objects.filter(edition=self.edition).exists():
            messages.info(request, _("Lay the floor first: applications wish for its booths."))
            return redirect("booths:applications_desk", self.edition.slug)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition, "by": self.request.user}

    def act(self, form: Any) -> str:
        application = enter_application(self.edition, by=self.request.user, **form.cleaned_data)
        return reverse("booths:application_desk", args=[self.edition.slug, application.pk])


class BoothsDesk(DeskPage, TemplateView):
    """Every booth with who has it and what the desk can do."""

    template_name = "booths/booths_desk.html"
    current = "booths:booths_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Booth.objects.filter(edition=self.edition).with_status().with_exhibitor()
        filters = BoothFilter(
            self.request.GET, rows.select_related("hall", "zone", "booth_class"), edition=self.edition
        )
        page = Paginator(filters.qs, 50).get_page(self.request.GET.get("page"))
        live = Reservation.objects.live(clock.now()).filter(booth__in=[booth.pk for booth in page.object_list])
        return super().get_context_data(
            filters=filters,
            sorted=filters.sorted_by,
            columns=BOOTH_COLUMNS,
            statuses=STATUSES,
            page=page,
            live={row.booth_id: row for row in live.select_related("company")},
            zones=Zone.objects.filter(edition=self.edition),
            may_set_up=may(self.request.user, "booths.set_up_floor", self.edition),
            **kwargs,
        )


class BoothDeed(DeskPage, ActionButton):
    """A button on one booth."""

    roles = DECIDERS

    @property
    def booth(self) -> Booth:
        return get_object_or_404(Booth, edition=self.edition, code=self.kwargs["code"])

    @property
    def reservation(self) -> Reservation:
        live = Reservation.objects.live(clock.now()).select_related("booth", "edition")
        return get_object_or_404(live, booth__edition=self.edition, booth__code=self.kwargs["code"])

    @property
    def back(self) -> str:
        """The list, filtered as it was."""
        asked = self.request.POST.get("back", "")
        return reverse("booths:booths_desk", args=[self.edition.slug]) + (asked if asked.startswith("?") else "")


class HandOver(BoothDeed):
    """The exhibitor took the booth over."""

    done = gettext_lazy("The booth is handed over.")

    def act(self) -> str:
        hand_over(self.reservation, by=self.request.user)
        return self.back


class TakeBack(BoothDeed):
    """The booth is free again."""

    done = gettext_lazy("The booth is free again.")

    def act(self) -> str:
        release_booth(self.reservation, by=self.request.user)
        return self.back


class Block(BoothDeed):
    """The booth is not let."""

    done = gettext_lazy("The booth is taken out of the sale.")

    def act(self) -> str:
        form = BlockForm(self.request.POST)
        block_booth(self.booth, reason=form.data.get("reason", ""), by=self.request.user)
        return self.back


class Unblock(BoothDeed):
    """The booth is let again."""

    done = gettext_lazy("The booth is for sale again.")

    def act(self) -> str:
        unblock_booth(self.booth, by=self.request.user)
        return self.back
