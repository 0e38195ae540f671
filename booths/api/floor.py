"""The floor in metres, for programs: halls, zones, facilities, classes with prices, booths with their status."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import floor
from booths.models import Booth, BoothClass, Facility, Hall, Price, SaleTerms, Zone
from booths.serializers import (
    BlockSerializer,
    BoothClassSerializer,
    BoothSerializer,
    FacilitySerializer,
    HallSerializer,
    NewSaleTermsSerializer,
    PriceSerializer,
    SaleTermsSerializer,
    ZoneSerializer,
)
from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition


class HallViewSet(ScopedViewSet):
    """The halls of an edition, placed on the site."""

    queryset = Hall.objects.select_related("edition")
    serializer_class = HallSerializer
    filterset_fields = ["edition__slug"]


class ZoneViewSet(ScopedViewSet):
    """The zones of an edition, with the product groups they are for."""

    queryset = Zone.objects.select_related("edition").prefetch_related("product_groups")
    serializer_class = ZoneSerializer
    filterset_fields = ["edition__slug"]


class FacilityViewSet(ScopedViewSet):
    """Gates, doors, stage, tables: what is on the floor and no booth."""

    queryset = Facility.objects.select_related("edition")
    serializer_class = FacilitySerializer
    filterset_fields = ["edition__slug", "kind"]


class BoothClassViewSet(ScopedViewSet):
    """Classes of booth with their list prices."""

    queryset = BoothClass.objects.select_related("edition").prefetch_related("prices")
    serializer_class = BoothClassSerializer
    filterset_fields = ["edition__slug", "origin", "build"]

    @extend_schema(request=PriceSerializer, responses=PriceSerializer)
    @action(detail=True, methods=["post"])
    def price(self, request: Request, pk: str) -> Response:
        """Set what one booth of the class costs an audience."""
        given = self.parse(PriceSerializer)
        return Response(PriceSerializer(floor.set_price(self.get_object(), by=request.user, **given)).data)

    @extend_schema(
        parameters=[
            OpenApiParameter("audience", enum=Price.Audience.values, required=True),
            OpenApiParameter("starts_on", OpenApiTypes.DATE, description="Left out: the one from the beginning."),
        ],
        responses={204: None},
    )
    @price.mapping.delete
    def remove_price(self, request: Request, pk: str) -> Response:
        """Take a price away: the one before it holds on."""
        day = request.query_params.get("starts_on")
        named = get_object_or_404(
            self.get_object().prices,
            audience=request.query_params.get("audience"),
            starts_on=serializers.DateField().to_internal_value(day) if day else None,
        )
        floor.remove_price(named, by=request.user)
        return Response(status=204)


class SaleTermsViewSet(OfEdition):
    """How an edition lets its booths."""

    queryset = SaleTerms.objects.select_related("edition").order_by("pk")
    serializer_class = SaleTermsSerializer

    @extend_schema(request=NewSaleTermsSerializer, responses={201: SaleTermsSerializer})
    def create(self, request: Request) -> Response:
        """Set the sale terms of an edition; what is not named stays."""
        given = dict(self.parse(NewSaleTermsSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(SaleTermsSerializer(floor.set_sale_terms(edition, by=request.user, **given)).data, 201)


class BoothViewSet(ScopedViewSet):
    """The booths of an edition, with what is free."""

    queryset = Booth.objects.select_related("edition", "hall", "zone", "booth_class")
    serializer_class = BoothSerializer
    filterset_fields = ["edition__slug", "code", "hall__code", "zone__code", "booth_class__code", "corner"]

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()
        return rows.with_status()

    @extend_schema(request=BlockSerializer, responses=BoothSerializer)
    @action(detail=True, methods=["post"])
    def block(self, request: Request, pk: str) -> Response:
        """Take the booth out of the sale."""
        floor.block_booth(self.get_object(), by=request.user, **self.parse(BlockSerializer))
        return Response(BoothSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=BoothSerializer)
    @action(detail=True, methods=["post"])
    def unblock(self, request: Request, pk: str) -> Response:
        """Let the booth again."""
        floor.unblock_booth(self.get_object(), by=request.user)
        return Response(BoothSerializer(self.get_object()).data)
