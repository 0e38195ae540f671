"""Circuits, open flames and the catalogue of services: seen by the desk, changed by whoever sets up the floor."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.actions import circuits, service_catalogue
from booths.models import Circuit, FlameZone, ServiceItem, ServiceOrder, Zone
from booths.service_forms import CircuitForm, FlamesForm, ServiceForm
from booths.views.services_desk import ServicesSection
from fairs.templatetags.fair import local
from fairs.views.base import ActionButton, DeskForm, DeskPage

SETTERS = frozenset({"booth_desk"})
NEARLY_FULL = 90  # percent of what may be used


@dataclass(frozen=True)
class SeenCircuit:
    """A circuit with what a bar and a word say of it."""

    circuit: Circuit

    @property
    def share(self) -> float:
        """How much of what may be used is ordered, in hundredths."""
        return 100 * self.circuit.load / self.circuit.usable if self.circuit.usable else 100.0

    @property
    def kind(self) -> str:
        """Which status it is shown with."""
        if self.circuit.left == 0:
            return "stop"
        return "wait" if self.share >= NEARLY_FULL else "ok"

    @property
    def word(self) -> str:
        """The same in a word."""
        words = {"stop": _("No power left"), "wait": _("Nearly full"), "ok": _("Room left")}
        return words[self.kind]


class Circuits(ServicesSection):
    """Every circuit with its load, every zone with its open flames."""

    template_name = "booths/circuits.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Circuit.objects.filter(edition=self.edition).select_related("hall", "zone")
        live = ServiceOrder.objects.live().filter(application__edition=self.edition)
        zones = Zone.objects.filter(edition=self.edition).select_related("flames")
        return super().get_context_data(
            circuits=[SeenCircuit(one) for one in rows.prefetch_related("named_booths__booth")],
            unplugged=live.filter(circuit=None, watts__gt=0).whole(),
            zones=zones,
            burning=live.filter(flames__gt=0).whole(),
            **kwargs,
        )


class Catalogue(ServicesSection):
    """Every service with its prices, days and stock."""

    template_name = "booths/service_catalogue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = ServiceItem.objects.filter(edition=self.edition).prefetch_related("prices")
        return super().get_context_data(items=items, **kwargs)


class ServiceSetUp(DeskPage, DeskForm):
    """A form of the services at the desk."""

    current = "booths:services_desk"
    roles = SETTERS
    page = ""
    template_name = "booths/service_form.html"

    @property
    def home(self) -> str:
        return reverse(self.page, args=[self.edition.slug])


class SetService(ServiceSetUp):
    """A service, new or known."""

    page = "booths:service_catalogue"
    back_word = gettext_lazy("Catalogue")
    form_class = ServiceForm

    @cached_property
    def item(self) -> ServiceItem | None:
        """The one the address names."""
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(ServiceItem, edition=self.edition, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.item}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = local(self.item, "name") if self.item else _("New service")
        lead = _("What was ordered keeps its price, its load and its passes.")
        shown: dict[str, Any] = {"heading": heading, "lead": lead}
        if self.item and self.item.offered:
            shown["remove"] = reverse("booths:stop_service", args=[self.edition.slug, self.item.pk])
            shown["remove_question"] = _("Take this service out of the catalogue?")
        return super().get_context_data(**kwargs) | shown

    def act(self, form: Any) -> str:
        given, prices = form.given()
        code = self.item.code if self.item else given.pop("code")
        given.pop("code", None)
        service_catalogue.set_service(self.edition, code=code, prices=prices, by=self.person, **given)
        return self.home


class StopService(DeskPage, ActionButton):
    """Takes a service out of the catalogue."""

    roles = SETTERS
    done = gettext_lazy("The service is out of the catalogue. Orders that name it stay.")

    def act(self) -> str:
        item = get_object_or_404(ServiceItem, edition=self.edition, pk=self.kwargs["pk"])
        service_catalogue.stop_offering(item, by=self.person)
        return reverse("booths:service_catalogue", args=[self.edition.slug])


class SetCircuit(ServiceSetUp):
    """A circuit, new or known."""

    page = "booths:circuits"
    back_word = gettext_lazy("Power and open flames")
    form_class = CircuitForm

    @cached_property
    def circuit(self) -> Circuit | None:
        """The one the address names."""
        if "pk" not in self.kwargs:
            return None
        rows = Circuit.objects.prefetch_related("named_booths__booth")
        return get_object_or_404(rows, edition=self.edition, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.circuit, "edition": self.edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = {"heading": self.circuit.code if self.circuit else _("New circuit")}
        if self.circuit:
            shown["remove"] = reverse("booths:remove_circuit", args=[self.edition.slug, self.circuit.pk])
            shown["remove_question"] = _("Remove this circuit?")
        return super().get_context_data(**kwargs) | shown

    def act(self, form: Any) -> str:
        circuits.set_circuit(self.edition, by=self.person, **form.given())
        return self.home


class RemoveCircuit(DeskPage, ActionButton):
    """Takes a circuit away."""

    roles = SETTERS
    done = gettext_lazy("The circuit is removed.")

    def act(self) -> str:
        found = get_object_or_404(Circuit, edition=self.edition, pk=self.kwargs["pk"])
        circuits.remove_circuit(found, by=self.person)
        return reverse("booths:circuits", args=[self.edition.slug])


class SetFlames(ServiceSetUp):
    """How many open flames a zone bears."""

    page = "booths:circuits"
    back_word = gettext_lazy("Power and open flames")
    form_class = FlamesForm

    @cached_property
    def zone(self) -> Zone:
        """The zone the address names."""
        found = Zone.objects.filter(edition=self.edition, pk=self.kwargs["pk"]).select_related("edition").first()
        if found is None:
            raise Http404
        return found

    def get_initial(self) -> dict[str, Any]:
        row = FlameZone.objects.filter(zone=self.zone).first()
        return {"allowed": row.allowed if row else 0}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = _("Open flames in zone %(zone)s") % {"zone": local(self.zone, "name")}
        lead = _("As the fire officer allows. Zero forbids them.")
        return super().get_context_data(**kwargs) | {"heading": heading, "lead": lead}

    def act(self, form: Any) -> str:
        circuits.set_flames(self.zone, allowed=form.cleaned_data["allowed"], by=self.person)
        return self.home
