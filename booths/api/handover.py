"""What officers note at booths, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import breaches, handover
from booths.handover_serializers import (
    BoothCheckSerializer,
    BoothFaultSerializer,
    BreachSerializer,
    ClearanceSerializer,
    NewBreachSerializer,
    NewCheckSerializer,
    NewFaultSerializer,
)
from booths.models import BoothCheck, Breach, Fault, Reservation
from fairs.api.base import ScopedViewSet
from fairs.downloads import file_answer

PHOTO = {(200, "image/jpeg"): OpenApiTypes.BINARY}


class NotedViewSet(ScopedViewSet):
    """What is about a reservation, with its photo."""

    parser_classes = [JSONParser, FormParser, MultiPartParser]

    def given(self, serializer: Any) -> tuple[Reservation, dict[str, Any]]:
        """The reservation that is named, and the rest as the action takes it."""
        given = dict(self.parse(serializer))
        rows = Reservation.objects.visible_to(self.request.user).select_related("edition", "booth")
        reservation = get_object_or_404(rows, pk=given.pop("reservation"))
        if photo := given.pop("photo", None):
            given["photo"] = photo.read()
        return reservation, given

    @extend_schema(responses=PHOTO)
    @action(detail=True)
    def photo(self, request: Request, pk: str) -> Any:
        """The photo, as a file to keep."""
        rows = self.get_queryset().exclude(photo="")
        found = get_object_or_404(rows, pk=pk)
        with found.photo.open() as file:
            return file_answer(file.read(), f"{found._meta.model_name}-{found.pk}.jpg")


class BoothCheckViewSet(NotedViewSet):
    """How booths were found at move-in and left at move-out."""

    queryset = BoothCheck.objects.select_related("reservation__edition", "reservation__booth")
    serializer_class = BoothCheckSerializer
    filterset_fields = ["reservation__edition__slug", "reservation", "reservation__company", "moment", "clearance"]

    @extend_schema(request=NewCheckSerializer, responses={201: BoothCheckSerializer})
    def create(self, request: Request) -> Response:
        """Note how a booth is at move-in, and hand it over."""
        reservation, given = self.given(NewCheckSerializer)
        return Response(BoothCheckSerializer(handover.check_booth(reservation, by=request.user, **given)).data, 201)

    @extend_schema(request=ClearanceSerializer, responses={201: BoothCheckSerializer})
    @action(detail=False, methods=["post"])
    def clear(self, request: Request) -> Response:
        """Note how a booth was left at move-out."""
        reservation, given = self.given(ClearanceSerializer)
        return Response(BoothCheckSerializer(handover.clear_booth(reservation, by=request.user, **given)).data, 201)


class FaultViewSet(NotedViewSet):
    """Faults in booths: found, mended."""

    queryset = Fault.objects.select_related("reservation__edition", "reservation__booth")
    serializer_class = BoothFaultSerializer
    filterset_fields = ["reservation__edition__slug", "reservation", "reservation__company", "state"]

    @extend_schema(request=NewFaultSerializer, responses={201: BoothFaultSerializer})
    def create(self, request: Request) -> Response:
        """Note something to mend."""
        reservation, given = self.given(NewFaultSerializer)
        return Response(BoothFaultSerializer(handover.find_fault(reservation, by=request.user, **given)).data, 201)

    @extend_schema(request=None, responses=BoothFaultSerializer)
    @action(detail=True, methods=["post"])
    def mend(self, request: Request, pk: str) -> Response:
        """Say that it is mended."""
        return Response(BoothFaultSerializer(handover.mend_fault(self.get_object(), by=request.user)).data)


class BreachViewSet(NotedViewSet):
    """Breaches of the rules: recorded by one officer, confirmed or dropped by another."""

    queryset = Breach.objects.select_related("reservation__edition", "reservation__booth")
    serializer_class = BreachSerializer
    filterset_fields = ["reservation__edition__slug", "reservation", "reservation__company", "state", "rule"]

    @extend_schema(request=NewBreachSerializer, responses={201: BreachSerializer})
    def create(self, request: Request) -> Response:
        """Record a breach."""
        reservation, given = self.given(NewBreachSerializer)
        return Response(BreachSerializer(breaches.record_breach(reservation, by=request.user, **given)).data, 201)

    @extend_schema(request=None, responses=BreachSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Confirm it: the booth is taken back without refund."""
        return Response(BreachSerializer(breaches.confirm_breach(self.get_object(), by=request.user)).data)

    @extend_schema(request=None, responses=BreachSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Drop it: the booth stays theirs."""
        return Response(BreachSerializer(breaches.drop_breach(self.get_object(), by=request.user)).data)
