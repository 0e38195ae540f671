"""Services for programs: the catalogue, orders, circuits, open flames."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import circuits, service_catalogue, service_orders
from booths.models import Application, Booth, Circuit, FlameZone, Hall, ServiceItem, ServiceOrder, Zone
from booths.service_serializers import (
    CircuitSerializer,
    FlameZoneSerializer,
    NewCircuitSerializer,
    NewFlameZoneSerializer,
    NewServiceItemSerializer,
    NewServiceOrderSerializer,
    ServiceItemSerializer,
    ServiceOrderSerializer,
)
from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition


class ServiceItemViewSet(OfEdition):
    """The order catalogue of an edition, for everybody who sees it."""

    queryset = ServiceItem.objects.select_related("edition").prefetch_related("prices")
    serializer_class = ServiceItemSerializer
    filterset_fields = ["edition__slug", "kind", "code", "offered"]

    @extend_schema(request=NewServiceItemSerializer, responses={201: ServiceItemSerializer})
    def create(self, request: Request) -> Response:
        """Offer a service, or change the one of this code."""
        given = dict(self.parse(NewServiceItemSerializer))
        edition = self.edition_named(given.pop("edition"))
        prices = {one["audience"]: (one["currency"], one["amount"]) for one in given.pop("prices")}
        item = service_catalogue.set_service(edition, prices=prices, by=request.user, **given)
        return Response(ServiceItemSerializer(item).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Offer it no more; orders that name it stay."""
        service_catalogue.stop_offering(self.get_object(), by=request.user)
        return Response(status=204)


class ServiceOrderViewSet(ScopedViewSet):
    """Orders of services: one's own, and those of editions one looks after."""

    queryset = ServiceOrder.objects.whole()
    serializer_class = ServiceOrderSerializer
    filterset_fields = ["application__edition__slug", "application", "state", "booth__code"]

    @extend_schema(request=NewServiceOrderSerializer, responses={201: ServiceOrderSerializer})
    def create(self, request: Request) -> Response:
        """Order services for a booth, all or none; repeated with its key it answers the same order."""
        given = dict(self.parse(NewServiceOrderSerializer))
        application = get_object_or_404(
            Application.objects.visible_to(request.user).select_related("edition"), pk=given.pop("application")
        )
        booth = Booth.objects.in_order(application.edition, [given.pop("booth")])[0]
        wanted = {one["item"]: one["quantity"] for one in given.pop("services")}
        order = service_orders.order_services(application, booth=booth, quantities=wanted, by=request.user, **given)
        return self._told(order, 201)

    @extend_schema(request=None, responses=ServiceOrderSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Cancel it; what was paid is credited."""
        return self._told(service_orders.cancel_order(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=ServiceOrderSerializer)
    @action(detail=True, methods=["post"])
    def deliver(self, request: Request, pk: str) -> Response:
        """Tick it as delivered."""
        return self._told(service_orders.deliver_order(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=ServiceOrderSerializer)
    @action(detail=True, methods=["post"])
    def undeliver(self, request: Request, pk: str) -> Response:
        """Take the tick back."""
        return self._told(service_orders.undo_delivery(self.get_object(), by=request.user))

    def _told(self, order: ServiceOrder, status: int = 200) -> Response:
        return Response(ServiceOrderSerializer(ServiceOrder.objects.whole().get(pk=order.pk)).data, status)


class CircuitViewSet(OfEdition):
    """Circuits with their load; the desk reads them."""

    queryset = Circuit.objects.select_related("edition", "hall", "zone").prefetch_related("named_booths__booth")
    serializer_class = CircuitSerializer
    readers = frozenset({"booth_desk", "finance", "reports"})

    @extend_schema(request=NewCircuitSerializer, responses={201: CircuitSerializer})
    def create(self, request: Request) -> Response:
        """Lay a circuit, or change the one of this code."""
        given = dict(self.parse(NewCircuitSerializer))
        edition = self.edition_named(given.pop("edition"))
        places: dict[str, Any] = {}
        for name, model in (("hall", Hall), ("zone", Zone)):
            code = given.pop(name)
            places[name] = get_object_or_404(model, edition=edition, code=code) if code else None
        booths = Booth.objects.in_order(edition, given.pop("booths"))
        made = circuits.set_circuit(edition, by=request.user, booths=booths, **places, **given)
        return Response(CircuitSerializer(made).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a circuit away."""
        circuits.remove_circuit(self.get_object(), by=request.user)
        return Response(status=204)


class FlameZoneViewSet(OfEdition):
    """How many open flames each zone bears, for everybody who sees the edition."""

    queryset = FlameZone.objects.select_related("zone__edition")
    serializer_class = FlameZoneSerializer
    filterset_fields = ["zone__edition__slug", "zone__code"]

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = FlameZone.objects.select_related("zone__edition")
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        return rows.filter(zone__edition__in=self._editions())

    @extend_schema(request=NewFlameZoneSerializer, responses={201: FlameZoneSerializer})
    def create(self, request: Request) -> Response:
        """Say how many a zone bears."""
        given = self.parse(NewFlameZoneSerializer)
        edition = self.edition_named(given["edition"])
        zone = get_object_or_404(Zone.objects.select_related("edition"), edition=edition, code=given["zone"])
        row = circuits.set_flames(zone, allowed=given["allowed"], by=request.user)
        return Response(FlameZoneSerializer(row).data, 201)


routes = [
    ("service-items", ServiceItemViewSet),
    ("service-orders", ServiceOrderViewSet),
    ("circuits", CircuitViewSet),
    ("open-flames", FlameZoneViewSet),
]
