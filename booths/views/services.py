"""Services for an exhibitor's booths: the catalogue as one form, and what was ordered."""

import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions.service_orders import cancel_order, cancel_until, order_services
from booths.circuits import circuits_of
from booths.models import Application, Booth, FlameZone, Reservation, ServiceOrder
from booths.service_forms import OrderForm
from booths.service_querysets import notices_of
from booths.services import OfferedService, catalogue
from booths.views.seat import Seat, seat_of
from fairs import clock
from fairs.models import Notice
from fairs.views.acting import CompanyPage
from fairs.views.base import ActionButton, ActionForm, SignedInPage


@dataclass
class Group:
    """Services of one kind, each with its field of the form where it can be ordered."""

    label: Any
    rows: list[tuple[OfferedService, BoundField | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A booth of the exhibitor with what its circuit and its zone still bear."""

    booth: Booth
    circuit: Any
    flames: int | None


@dataclass(frozen=True)
class SeenOrder:
    """An order with its notice, and whether whoever sees it may still cancel it by themselves."""

    order: ServiceOrder
    notice: Notice | None
    until: Any = None

    @property
    def dialog(self) -> str:
        """The name of the question asked before."""
        return f"cancel-{self.order.pk}"


class ForExhibitor(CompanyPage):
    """A page of the person's own application, or of one for which an officer sits in (?for=)."""

    shell = "exhibitor"
    current = "booths:services"

    @cached_property
    def seat(self) -> Seat:
        """For whom the page is."""
        asked = self.request.POST.get("for") or self.request.GET.get("for", "")
        return seat_of(self.request.user, self.edition, self.acting.ids, asked)

    @property
    def application(self) -> Application | None:
        """The application, once it is accepted."""
        found = self.seat.application
        return found if found and found.state == Application.State.ACCEPTED else None

    @cached_property
    def booths(self) -> list[Booth]:
        """Its booths, in order."""
        if self.application is None:
            return []
        kept = self.application.reservations.filter(state__in=Reservation.KEPT).values("booth")
        return list(Booth.objects.filter(pk__in=kept).select_related("zone", "hall").order_by("code"))

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The catalogue, and what was ordered."""
        query = f"?{self.seat.address}" if self.seat.address else self.acting.address
        names = (("booths:services", _("To order")), ("booths:service_orders", _("Ordered")))
        here = self.request.resolver_match.view_name  # type: ignore[union-attr]
        return [
            {"label": label, "url": reverse(name, args=[self.edition.slug]) + query, "current": name == here}
            for name, label in names
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"application": self.application, "seat": self.seat, "tabs": self.tabs, "booths": self.booths}
        return super().get_context_data(**shown | kwargs)


class Services(ForExhibitor, ActionForm):
    """The catalogue: how many of each, in one form."""

    template_name = "booths/services.html"
    form_class = OrderForm

    @cached_property
    def services(self) -> list[OfferedService]:
        """What is offered today, with prices for this exhibitor."""
        return catalogue(self.edition, self.application.company) if self.application else []

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"services": self.services, "booths": self.booths}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"groups": self._groups(context["form"]), "places": self._places()}

    def act(self, form: Any) -> str:
        """Order, and go on to the notice."""
        if self.application is None:
            raise Http404
        given = form.cleaned_data
        order = order_services(
            self.application, booth=given["booth"], quantities=form.quantities, key=given["key"], by=self.person,
            flame_what=given.get("flame_what", ""), flame_guard=given.get("flame_guard", ""),
        )  # fmt: skip
        messages.success(self.request, _("Ordered. It is yours once the notice is paid."))
        notice = notices_of([order]).get(order.pk)
        if notice:
            return reverse("fairs:notice", args=[self.edition.slug, notice.pk])
        return reverse("booths:service_orders", args=[self.edition.slug])

    def _groups(self, form: OrderForm) -> list[Group]:
        found: dict[str, Group] = {}
        for one in self.services:
            group = found.setdefault(one.item.kind, Group(one.item.get_kind_display()))
            group.rows.append((one, form[f"q{one.item.pk}"] if one.orderable else None))
        return list(found.values())

    def _places(self) -> list[Place]:
        circuits = circuits_of(self.booths)
        zones = FlameZone.objects.filter(zone__in=[booth.zone_id for booth in self.booths])
        flames = {row.zone_id: row.left for row in zones}
        return [Place(booth, circuits.get(booth.pk), flames.get(booth.zone_id, 0)) for booth in self.booths]


class ServiceOrders(ForExhibitor, TemplateView):
    """What was ordered, with its state and its notice."""

    template_name = "booths/service_orders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = ServiceOrder.objects.filter(application__edition=self.edition)
        if self.seat.on_behalf:
            mine = mine.filter(application=self.seat.application)
        else:
            mine = mine.filter(application__company__in=self.acting.ids)
        return super().get_context_data(orders=self._seen(list(mine.whole())), **kwargs)

    def _seen(self, orders: list[ServiceOrder]) -> list[SeenOrder]:
        notices, today = notices_of(orders), clock.today(self.edition)
        until = {order.pk: cancel_until(order) for order in orders if order.can("cancel")}
        open_still = {pk: day for pk, day in until.items() if today <= day}
        return [SeenOrder(order, notices.get(order.pk), open_still.get(order.pk)) for order in orders]


class CancelServices(SignedInPage, ActionButton):
    """Cancels an order: of one's own, or at the desk."""

    done = gettext_lazy("The order is cancelled.")

    def act(self) -> str:
        mine = ServiceOrder.objects.visible_to(self.person).select_related("application__edition")
        order = get_object_or_404(mine, application__edition=self.edition, pk=self.kwargs["pk"])
        cancel_order(order, by=self.person)
        own = order.company_id in self.person.company_ids
        return reverse("booths:service_orders" if own else "booths:services_desk", args=[self.edition.slug])
