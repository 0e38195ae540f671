"""An exhibitor's vehicles: booked, changed, called off, and the pass behind its link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions.vehicles import book_vehicle, cancel_vehicle, change_vehicle
from booths.models import Application, MoveWindow, VehiclePass
from booths.moving_forms import VehicleForm, booths_with_permit
from booths.vehicle_codes import spaced
from booths.vehicle_faces import address_of, card_face, hours_of
from booths.views.seat import seat_of
from fairs.callers import behind_link
from fairs.downloads import file_answer
from fairs.papers import qr
from fairs.papers.booth_card import card_pdf
from fairs.permissions import may
from fairs.views.acting import CompanyPage
from fairs.views.base import ActionButton, ActionForm, EditionPage


class VehiclePage(CompanyPage):
    """A page of the vehicles of one application: the company's own, or the one an officer sits in for."""

    shell = "exhibitor"
    current = "booths:application"

    @cached_property
    def application(self) -> Application:
        """The live application; without one there is nothing to book."""
        asked = self.request.GET.get("for", "") or self.request.POST.get("for", "")
        seat = seat_of(self.request.user, self.edition, self.acting.ids, asked)
        if seat.application is None:
            raise Http404
        return seat.application

    @cached_property
    def vehicle_pass(self) -> VehiclePass:
        """The pass that the address names."""
        visible = VehiclePass.objects.visible_to(self.request.user).whole().select_related("application")
        return get_object_or_404(visible, edition=self.edition, pk=self.kwargs["pk"])

    @property
    def switch_url(self) -> str:
        return self.home

    @property
    def home(self) -> str:
        """All its vehicles."""
        return reverse("booths:vehicles", args=[self.edition.slug])


class Vehicles(VehiclePage, TemplateView):
    """Its vehicles with their times, and the hours that there are."""

    template_name = "booths/vehicles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = VehiclePass.objects.filter(application=self.application).whole().order_by("slot__starts_at", "pk")
        ways = set(self.edition.move_windows.values_list("way", flat=True))
        return super().get_context_data(
            application=self.application,
            booths=booths_with_permit(self.application),
            passes=list(rows),
            ways=[way for way in MoveWindow.Way if way in ways],
            **kwargs,
        )


class BookVehicle(VehiclePage, ActionForm):
    """A vehicle more."""

    template_name = "booths/vehicle.html"
    form_class = VehicleForm

    @property
    def way(self) -> str:
        """Move-in or move-out, as the address says."""
        return str(self.kwargs["way"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form that comes once more, after an answer that got lost, finds its pass: its slot may be full by now."""
        made = VehiclePass.objects.filter(application=self.application, key=request.POST.get("key", "")).first()
        return redirect(self._pass_of(made)) if made else super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.way not in MoveWindow.Way.values:
            raise Http404
        return super().get_form_kwargs() | {"application": self.application, "way": self.way}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = _("A vehicle for move-in") if self.way == "in" else _("A vehicle for move-out")
        return super().get_context_data(heading=heading, application=self.application, home=self.home, **kwargs)

    def act(self, form: Any) -> str:
        made = book_vehicle(self.application, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Booked. Send the pass to the driver."))
        return self._pass_of(made)

    def _pass_of(self, made: VehiclePass) -> str:
        return reverse("booths:vehicle_pass", args=[self.edition.slug, made.token])


class ChangeVehicle(VehiclePage, ActionForm):
    """Another time, another vehicle, another driver."""

    template_name = "booths/vehicle.html"
    form_class = VehicleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        one = self.vehicle_pass
        given = {"application": one.application, "way": one.slot.window.way, "vehicle_pass": one}
        return super().get_form_kwargs() | given

    def get_initial(self) -> dict[str, Any]:
        one = self.vehicle_pass
        names = ("kind", "plate", "driver_name", "driver_phone")
        return {name: getattr(one, name) for name in names} | {"slot": one.slot_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = _("Change this vehicle")
        return super().get_context_data(heading=heading, changed=self.vehicle_pass, home=self.home, **kwargs)

    def act(self, form: Any) -> str:
        change_vehicle(self.vehicle_pass, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Changed. The pass has the same code."))
        return reverse("booths:vehicle_pass", args=[self.edition.slug, self.vehicle_pass.token])


class CancelVehicle(VehiclePage, ActionButton):
    """The vehicle does not come."""

    done = gettext_lazy("Called off. Plate and driver are deleted.")

    def act(self) -> str:
        cancel_vehicle(self.vehicle_pass, by=self.request.user)
        return self.home


class PassBehindLink(EditionPage):
    """A pass for whoever has its link, such as the driver; a wrong link does not exist."""

    @cached_property
    def vehicle_pass(self) -> VehiclePass:
        """The pass; whoever guesses is slowed down."""
        rows = VehiclePass.objects.whole().filter(edition=self.edition, token=self.kwargs["pass_token"])
        return behind_link(self.request, "vehicle-passes", rows.first)


class VehiclePassPage(PassBehindLink, TemplateView):
    """The pass on a phone. An officer who reads its code with the phone's own camera comes to the entrance's page."""

    template_name = "booths/vehicle_pass.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one = self.vehicle_pass
        if may(request.user, "booths.read_passes", one):
            return redirect(f"{reverse('booths:read_pass', args=[self.edition.slug])}?code={one.short_code}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.vehicle_pass
        own = self.request.user.is_authenticated and one.company_id in self.request.user.company_ids
        return super().get_context_data(
            one=one,
            own=own,
            hours=hours_of(one),
            code=spaced(one.short_code),
            qr=qr.svg(address_of(one), title=_("QR code of the pass")),
            address=address_of(one),
            **kwargs,
        )


class VehiclePassPdf(PassBehindLink):
    """The pass on A6, to lie behind the windscreen."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one = self.vehicle_pass
        return file_answer(card_pdf(card_face(one)), f"{self.edition.slug}-vehicle-{one.short_code}.pdf", inline=True)
