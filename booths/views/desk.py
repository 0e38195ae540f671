"""The booth desk: applications, one application, the booths."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from booths.actions import applications as deeds
from booths.actions.entries import enter_application
from booths.actions.floor import block_booth, unblock_booth
from booths.actions.reservations import hand_over, release_booth
from booths.filters import STATUSES, ApplicationFilter, BoothFilter
from booths.forms import BlockForm, EntryForm, ReasonForm
from booths.models import Application, Booth, Reservation, SaleTerms, Zone
from booths.views.mine import Standing
from fairs import clock
from fairs.errors import Invalid
from fairs.inputs import whole_numbers
from fairs.models import Entry
from fairs.permissions import may
from fairs.telling import told
from fairs.views.base import ActionButton, ActionForm, DeskPage

APPLICATION_COLUMNS = [
    {"label": gettext_lazy("Company"), "sort": "company"},
    {"label": gettext_lazy("Village, province"), "sort": "province"},
    {"label": gettext_lazy("Booths"), "sort": "booths", "css": "end"},
    {"label": gettext_lazy("Zones"), "sort": ""},
    {"label": gettext_lazy("Handed in"), "sort": "submitted"},
    {"label": gettext_lazy("State"), "sort": "state"},
]
TICK = {"label": gettext_lazy("Tick"), "sort": "", "hidden": True}
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


class ApplicationsDesk(DeskPage, TemplateView):
    """All applications that were handed in, to filter, sort and accept many at once."""

    template_name = "booths/applications_desk.html"
    current = "booths:applications_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Application.objects.visible_to(self.request.user).filter(edition=self.edition)
        rows = every.select_related("company__province", "company__craft_village", "booth_class", "entered_by")
        filters = ApplicationFilter(self.request.GET, rows.prefetch_related("zones"), edition=self.edition)
        may_decide = may(self.request.user, "booths.decide", self.edition)
        counts = dict(every.order_by().values_list("state").annotate(Count("pk")))
        return super().get_context_data(
            filters=filters,
            sorted=filters.sorted_by,
            page=Paginator(filters.qs, 50).get_page(self.request.GET.get("page")),
            states=self._states(counts),
            asked=every.live().aggregate(booths=Sum("booth_count"))["booths"] or 0,
            zones=Zone.objects.filter(edition=self.edition),
            columns=[TICK, *APPLICATION_COLUMNS] if may_decide else APPLICATION_COLUMNS,
            may_decide=may_decide,
            **kwargs,
        )

    def _states(self, counts: dict[str, int]) -> list[dict[str, Any]]:
        now = self.request.GET.get("state", "")
        states = [("", _("All"), sum(counts.values()))]
        states += [(value, str(label), counts.get(value, 0)) for value, label in Application.State.choices]
        return [
            {"label": label, "url": f"?state={value}", "count": count, "current": value == now}
            for value, label, count in states
            if count or value in ("", "submitted")
        ]


class AcceptMany(DeskPage, ActionButton):
    """Accepts every application that is ticked."""

    roles = DECIDERS

    def act(self) -> str:
        ids = whole_numbers(self.request.POST.getlist("id"))[:500]
        asked = Application.objects.visible_to(self.request.user).filter(edition=self.edition, pk__in=ids)
        accepted = deeds.accept_applications(asked, by=self.request.user)
        said = ngettext("%(count)d application is accepted.", "%(count)d applications are accepted.", len(accepted))
        messages.success(self.request, said % {"count": len(accepted)})
        return reverse("booths:applications_desk", args=[self.edition.slug]) + "?state=submitted"


class ApplicationDesk(DeskPage, ActionForm):
    """One application with everything the decision rests on, and its history."""

    template_name = "booths/application_desk.html"
    form_class = ReasonForm
    current = "booths:applications_desk"
    roles = READERS
    application: Application

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            whole = Application.objects.visible_to(request.user).select_related(
                "company__province",
                "company__craft_village",
                "contact",
                "entered_by",
                "booth_class",
                "edition__sale_terms",
            )
            self.application = get_object_or_404(whole, edition=self.edition, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            application=self.application,
            company=self.application.company,
            standing=Standing(self.application),
            entries=told(self._entries()),
            place_in_line=self._place_in_line(),
            may_decide=may(self.request.user, "booths.decide", self.application),
            **kwargs,
        )

    def _entries(self) -> QuerySet[Entry]:
        reserved = [str(pk) for pk in self.application.reservations.values_list("pk", flat=True)]
        own = Q(verb__startswith="booths.application.", object_id=str(self.application.pk))
        booths = Q(verb__startswith="booths.reservation.", object_id__in=reserved)
        offered = [str(pk) for pk in self.application.offers.values_list("pk", flat=True)]
        offers = Q(verb__startswith="booths.offer.", object_id__in=offered)
        return Entry.objects.filter(own | booths | offers, edition=self.edition).order_by("-at", "-pk")[:50]

    def _place_in_line(self) -> int | None:
        """Which one it is by time of handing in."""
        if self.application.submitted_at is None:
            return None
        earlier = Application.objects.filter(edition=self.edition, submitted_at__lt=self.application.submitted_at)
        return earlier.count() + 1

    def act(self, form: Any) -> str:
        verbs = {
            "accept": deeds.accept_application,
            "waitlist": deeds.waitlist_application,
            "reject": deeds.reject_application,
        }
        verb = verbs.get(self.request.POST.get("verb", ""))
        if verb is None:
            raise Invalid("unknown_verb", _("Choose an answer: accept, waiting list or turn down."))
        verb(self.application, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.request.path


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
