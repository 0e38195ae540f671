"""Importers' must-meet lists, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from buyers.models import Registration
from fairs.api.base import ScopedViewSet
from matchmaking.actions.must_meet import must_meet, take_off
from matchmaking.models import MustMeet
from matchmaking.querysets import taking_part


class MustMeetSerializer(serializers.ModelSerializer[MustMeet]):
    """An exhibitor on an importer's list."""

    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)

    class Meta:
        model = MustMeet
        fields = ["id", "registration", "exhibitor", "exhibitor_name", "added_at"]


class NewMustMeetSerializer(serializers.Serializer[None]):
    """Whose list, and whom to put onto it."""

    registration = serializers.IntegerField(min_value=1)
    exhibitor = serializers.IntegerField(min_value=1, help_text="the exhibitor's participation")


class MustMeetViewSet(ScopedViewSet):
    """The exhibitors that importers come for: one's own list, and those of the editions one looks after."""

    queryset = MustMeet.objects.select_related("registration__edition", "exhibitor__company")
    serializer_class = MustMeetSerializer
    filterset_fields = ["registration__edition__slug", "registration", "exhibitor"]

    @extend_schema(request=NewMustMeetSerializer, responses={201: MustMeetSerializer})
    def create(self, request: Request) -> Response:
        """Put an exhibitor onto a list; again, it answers the one that stands."""
        given = self.parse(NewMustMeetSerializer)
        visible = Registration.objects.visible_to(request.user).select_related("edition")
        registration = get_object_or_404(visible, pk=given["registration"])
        exhibitor = get_object_or_404(taking_part(registration.edition, "exhibitor"), pk=given["exhibitor"])
        listed = must_meet(registration, exhibitor=exhibitor, by=request.user)
        return Response(MustMeetSerializer(listed).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take an exhibitor off the list."""
        take_off(self.get_object(), by=request.user)
        return Response(status=204)


routes: list[tuple[str, Any]] = [("must-meets", MustMeetViewSet)]
