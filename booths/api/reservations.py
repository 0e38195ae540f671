"""Who has which booth, for programs."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import reservations
from booths.models import Application, Booth, Reservation
from booths.serializers import ExhibitorSerializer, HoldSerializer, ReservationSerializer
from fairs.api.base import ScopedViewSet
from fairs.models import Edition, Participation


class ReservationViewSet(ScopedViewSet):
    """Reservations: hold, keep, give back, hand over."""

    queryset = Reservation.objects.select_related("booth", "edition").with_days()
    serializer_class = ReservationSerializer
    filterset_fields = ["edition__slug", "state", "application", "company"]

    @extend_schema(request=HoldSerializer, responses={201: ReservationSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Hold booths, all or none; repeated, it answers what is held."""
        given = self.parse(HoldSerializer)
        application = get_object_or_404(Application.objects.visible_to(request.user), pk=given["application"])
        booths = Booth.objects.in_order(application.edition, given["booths"])
        held = reservations.hold_booths(
            application, booths=booths, by=request.user, apart=given["apart"], ahead=given["ahead"]
        )
        return Response(ReservationSerializer(held, many=True).data, 201)

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        """Give the booth back."""
        return Response(ReservationSerializer(reservations.release_booth(self.get_object(), by=request.user)).data)

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"])
    def hand_over(self, request: Request, pk: str) -> Response:
        """Record the handing over at move-in."""
        return Response(ReservationSerializer(reservations.hand_over(self.get_object(), by=request.user)).data)


class ExhibitorViewSet(ScopedViewSet):
    """Who exhibits, for everybody: name, place of origin, products, booths."""

    queryset = Participation.objects.all()
    serializer_class = ExhibitorSerializer
    filterset_fields = ["edition__slug", "company__product_groups__code", "province__code"]

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Participation.objects.none()
        parts = Participation.objects.filter(
            role="exhibitor", state="active", edition__in=Edition.objects.visible_to(self.request.user)
        )
        kept = Reservation.objects.kept().select_related("booth").order_by("booth__code")
        return parts.select_related("edition", "company__craft_village", "province", "host__company").prefetch_related(
            "company__product_groups",
            "company__products",
            Prefetch("company__reservations", kept, to_attr="stands"),
            Prefetch("host__company__reservations", kept, to_attr="stands"),
        )
