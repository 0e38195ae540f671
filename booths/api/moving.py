"""Hours for vehicles and their passes, for programs."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import vehicles, windows, yard
from booths.models import Application, MoveSlot, MoveWindow, VehiclePass
from booths.moving_serializers import (
    ChangedVehicleSerializer,
    MoveWindowSerializer,
    NewMoveWindowSerializer,
    NewVehicleSerializer,
    ReadCodeSerializer,
    ReadingSerializer,
    VehiclePassSerializer,
)
from fairs.api.base import ScopedViewSet


class MoveWindowViewSet(ScopedViewSet):
    """Hours for vehicles with their slots: opened, changed, taken away."""

    queryset = MoveWindow.objects.select_related("edition", "hall", "zone").prefetch_related(
        Prefetch("slots", MoveSlot.objects.order_by("starts_at"))
    )
    serializer_class = MoveWindowSerializer
    filterset_fields = ["edition__slug", "way"]

    @extend_schema(request=NewMoveWindowSerializer, responses={201: MoveWindowSerializer})
    def create(self, request: Request) -> Response:
        """Open hours."""
        given = dict(self.parse(NewMoveWindowSerializer))
        made = windows.set_window(self.edition_named(given.pop("edition")), by=request.user, **given)
        return self._answer(made, 201)

    @extend_schema(request=NewMoveWindowSerializer, responses=MoveWindowSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Change hours; refused where vehicles would lose their slot."""
        window, given = self.get_object(), dict(self.parse(NewMoveWindowSerializer))
        edition = self.edition_named(given.pop("edition"))
        return self._answer(windows.set_window(edition, window=window, by=request.user, **given))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> Response:
        """Take hours away for which no vehicle was ever booked."""
        windows.remove_window(self.get_object(), by=request.user)
        return Response(status=204)

    def _answer(self, window: MoveWindow, status: int = 200) -> Response:
        return Response(MoveWindowSerializer(self.get_queryset().get(pk=window.pk)).data, status)


class VehiclePassViewSet(ScopedViewSet):
    """Vehicles: booked, changed, called off; read at an entrance, let out."""

    queryset = VehiclePass.objects.all()
    serializer_class = VehiclePassSerializer
    filterset_fields = ["edition__slug", "state", "application", "company", "slot", "slot__window"]

    def get_queryset(self) -> QuerySet[VehiclePass]:
        rows = super().get_queryset()
        return rows if getattr(self, "swagger_fake_view", False) else rows.whole()  # type: ignore[attr-defined]

    @extend_schema(request=NewVehicleSerializer, responses={201: VehiclePassSerializer})
    def create(self, request: Request) -> Response:
        """Book a vehicle."""
        given = dict(self.parse(NewVehicleSerializer))
        visible = Application.objects.visible_to(request.user).select_related("edition", "company")
        application = get_object_or_404(visible, pk=given.pop("application"))
        return self._answer(vehicles.book_vehicle(application, by=request.user, **given), 201)

    @extend_schema(request=ChangedVehicleSerializer, responses=VehiclePassSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Come at another time, with another vehicle or driver."""
        one, given = self.get_object(), self.parse(ChangedVehicleSerializer)
        return self._answer(vehicles.change_vehicle(one, by=request.user, **given))

    @extend_schema(request=None, responses=VehiclePassSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Call it off."""
        return self._answer(vehicles.cancel_vehicle(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=VehiclePassSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """Note that it has left."""
        return self._answer(yard.let_out(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=VehiclePassSerializer)
    @action(detail=True, methods=["post"])
    def miss(self, request: Request, pk: str) -> Response:
        """Note that it did not come."""
        return self._answer(yard.miss_vehicle(self.get_object(), by=request.user))

    @extend_schema(request=ReadCodeSerializer, responses=ReadingSerializer)
    @action(detail=False, methods=["post"])
    def read(self, request: Request) -> Response:
        """Read a code at an entrance; the vehicle is let in when it may come."""
        given = dict(self.parse(ReadCodeSerializer))
        reading = yard.read_pass(self.edition_named(given.pop("edition")), by=request.user, **given)
        one = reading.vehicle_pass and VehiclePass.objects.whole().get(pk=reading.vehicle_pass.pk)
        told = {"answer": reading.answer, "vehicle_pass": one, "late_minutes": reading.late.total_seconds() // 60}
        return Response(ReadingSerializer(told).data)

    def _answer(self, one: VehiclePass, status: int = 200) -> Response:
        return Response(VehiclePassSerializer(VehiclePass.objects.whole().get(pk=one.pk)).data, status)
