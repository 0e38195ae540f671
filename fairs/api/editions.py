"""Editions, for programs: read, begin, copy, change, publish."""

from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.actions import editions
from fairs.api.base import ScopedViewSet
from fairs.api.reports import ReportActions
from fairs.models import Edition, Series
from fairs.serializers.editions import (
    CopySerializer,
    EditionChangeSerializer,
    EditionSerializer,
    NewEditionSerializer,
)


class EditionViewSet(ReportActions, ScopedViewSet):
    """Editions the person may see."""

    queryset = Edition.objects.select_related("series").prefetch_related("days")
    serializer_class = EditionSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    filterset_fields = ["kind", "series__slug"]

    @extend_schema(request=NewEditionSerializer, responses={201: EditionSerializer})
    def create(self, request: Request) -> Response:
        """Begin an edition as a draft."""
        given = dict(self.parse(NewEditionSerializer))
        series = get_object_or_404(Series, slug=given.pop("series"))
        return self._answer(editions.create_edition(series, by=request.user, **given), 201)

    @extend_schema(request=EditionChangeSerializer, responses=EditionSerializer)
    def partial_update(self, request: Request, slug: str) -> Response:
        """Change what an edition says about itself."""
        given = self.parse(partial(EditionChangeSerializer, partial=True))
        return self._answer(editions.change_edition(self.get_object(), by=request.user, **given))

    @extend_schema(request=CopySerializer, responses={201: EditionSerializer})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, slug: str) -> Response:
        """Begin an edition with this one's set-up: days, targets, floor, prices, rules."""
        given = self.parse(CopySerializer)
        return self._answer(editions.copy_edition(self.get_object(), by=request.user, **given), 201)

    @extend_schema(request=None, responses=EditionSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, slug: str) -> Response:
        """Show the edition to the public."""
        return self._answer(editions.change_edition(self.get_object(), by=request.user, published=True))

    @extend_schema(request=None, responses=EditionSerializer)
    @action(detail=True, methods=["post"])
    def unpublish(self, request: Request, slug: str) -> Response:
        """Make the edition a draft again."""
        return self._answer(editions.change_edition(self.get_object(), by=request.user, published=False))

    def _answer(self, edition: Edition, status: int = 200) -> Response:
        fresh: Any = Edition.objects.select_related("series").prefetch_related("days").get(pk=edition.pk)
        return Response(EditionSerializer(fresh).data, status)
