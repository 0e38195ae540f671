"""The live sale, for programs: its rounds, the waiting room, one's own place there."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import openings, waiting
from booths.models import Application, Opening, WaitingPlace, WaitingRoom
from booths.sale_serializers import (
    JoinSerializer,
    NewOpeningSerializer,
    NewWaitingRoomSerializer,
    OpeningChangeSerializer,
    OpeningSerializer,
    WaitingPlaceSerializer,
    WaitingRoomSerializer,
)
from fairs import clock
from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition


class OpeningViewSet(OfEdition):
    """Rounds of the sale: when it opens for whom. Everybody who sees the edition reads them."""

    queryset = Opening.objects.select_related("edition")
    serializer_class = OpeningSerializer

    @extend_schema(request=NewOpeningSerializer, responses={201: OpeningSerializer})
    def create(self, request: Request) -> Response:
        """Add a round."""
        given = dict(self.parse(NewOpeningSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(OpeningSerializer(openings.set_opening(edition, by=request.user, **given)).data, 201)

    @extend_schema(request=OpeningChangeSerializer, responses=OpeningSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a round; what is not named stays."""
        opening = self.get_object()
        changes = OpeningChangeSerializer(data=request.data, partial=True)
        changes.is_valid(raise_exception=True)
        changed = openings.set_opening(opening.edition, opening=opening, by=request.user, **changes.validated_data)
        return Response(OpeningSerializer(changed).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a round away."""
        openings.remove_opening(self.get_object(), by=request.user)
        return Response(status=204)


class WaitingRoomViewSet(OfEdition):
    """When one goes through a waiting room before one chooses."""

    queryset = WaitingRoom.objects.select_related("edition")
    serializer_class = WaitingRoomSerializer

    @extend_schema(request=NewWaitingRoomSerializer, responses={201: WaitingRoomSerializer})
    def create(self, request: Request) -> Response:
        """Set the waiting room of an edition, which has one at most."""
        given = dict(self.parse(NewWaitingRoomSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(WaitingRoomSerializer(openings.set_waiting_room(edition, by=request.user, **given)).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take the waiting room away."""
        openings.remove_waiting_room(self.get_object(), by=request.user)
        return Response(status=204)


class WaitingPlaceViewSet(ScopedViewSet):
    """Places in the waiting room: taken, kept by taking them again now and then, left."""

    queryset = WaitingPlace.objects.select_related("application__edition", "room")
    serializer_class = WaitingPlaceSerializer
    filterset_fields = ["application__edition__slug", "application", "state"]

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()
        return rows.with_ahead(clock.now())

    @extend_schema(request=JoinSerializer, responses={201: WaitingPlaceSerializer})
    def create(self, request: Request) -> Response:
        """Take a place, or say that one is still there: repeated, it answers the same place and nobody gets ahead."""
        rows = Application.objects.visible_to(request.user).select_related("edition__waiting_room", "company")
        application = get_object_or_404(rows, pk=self.parse(JoinSerializer)["application"])
        place = waiting.join_waiting_room(application, by=request.user)
        return Response(WaitingPlaceSerializer(place).data, 201)

    @extend_schema(request=None, responses=WaitingPlaceSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """Give the place up, or say that one has chosen."""
        return Response(WaitingPlaceSerializer(waiting.leave_waiting_room(self.get_object(), by=request.user)).data)
