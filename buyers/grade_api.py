"""Grades, markets and quotas for programs."""

from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from buyers.actions import grades as actions
from buyers.models import Grade, Market, Quota
from fairs.api.base import ScopedViewSet
from fairs.serializers.fields import edition_slug

TERMS = [
    "order", "name_vi", "name_en", "hosted", "currency", "flight_ceiling", "nights", "night_ceiling", "transfers",
    "transfer_ceiling", "min_meetings", "min_days", "one_a_company", "free_until_days", "penalty_vi", "penalty_en",
]  # fmt: skip


class GradeSerializer(serializers.ModelSerializer[Grade]):
    """What a grade pays and asks; ceilings are in its currency, and none means that the item is paid as it is."""

    edition = edition_slug()

    class Meta:
        model = Grade
        fields = ["id", "edition", "code", *TERMS]
        read_only_fields = ["code"]


class NewGradeSerializer(GradeSerializer):
    """A grade to add to an edition."""

    edition = serializers.SlugField()  # type: ignore[assignment]
    code = serializers.SlugField(max_length=12)

    class Meta(GradeSerializer.Meta):
        read_only_fields: list[str] = []


class MarketSerializer(serializers.ModelSerializer[Market]):
    """Countries counted together, by their codes with commas."""

    edition = edition_slug()

    class Meta:
        model = Market
        fields = ["id", "edition", "name_vi", "name_en", "countries"]


class NewMarketSerializer(MarketSerializer):
    """A market to add to an edition."""

    edition = serializers.SlugField()  # type: ignore[assignment]


class QuotaSerializer(serializers.ModelSerializer[Quota]):
    """How many importers of a market, or in all where none is named, may have a grade; `taken` are approved with it."""

    edition: Any = serializers.SlugRelatedField("slug", source="grade.edition", read_only=True)
    grade: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Quota
        fields = ["id", "edition", "grade", "market", "places", "taken"]


class NewQuotaSerializer(serializers.Serializer[None]):
    """A quota to set; that of the same grade and market gets the new number."""

    edition = serializers.SlugField()
    grade = serializers.SlugField(max_length=12)
    market = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    places = serializers.IntegerField(min_value=0, max_value=30000)


class GradeViewSet(ScopedViewSet):
    """What an edition offers its importers, for the desk."""

    queryset = Grade.objects.select_related("edition")
    serializer_class = GradeSerializer
    filterset_fields = ["edition__slug", "code", "hosted"]

    @extend_schema(request=NewGradeSerializer, responses={201: GradeSerializer})
    def create(self, request: Request) -> Response:
        """Offer one more grade."""
        given = dict(self.parse(NewGradeSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(GradeSerializer(actions.add_grade(edition, by=request.user, **given)).data, 201)

    @extend_schema(request=GradeSerializer, responses=GradeSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what a grade pays and asks, for offers to come."""
        given = self.parse(partial(GradeSerializer, partial=True))
        return Response(GradeSerializer(actions.edit_grade(self.get_object(), by=request.user, **given)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Offer a grade no more that nobody has."""
        actions.remove_grade(self.get_object(), by=request.user)
        return Response(status=204)


class MarketViewSet(ScopedViewSet):
    """Which countries an edition counts together."""

    queryset = Market.objects.select_related("edition")
    serializer_class = MarketSerializer
    filterset_fields = ["edition__slug"]

    @extend_schema(request=NewMarketSerializer, responses={201: MarketSerializer})
    def create(self, request: Request) -> Response:
        """Count some countries together."""
        given = dict(self.parse(NewMarketSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(MarketSerializer(actions.add_market(edition, by=request.user, **given)).data, 201)

    @extend_schema(request=MarketSerializer, responses=MarketSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Other countries, or another name."""
        given = self.parse(partial(MarketSerializer, partial=True))
        return Response(MarketSerializer(actions.edit_market(self.get_object(), by=request.user, **given)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Count these countries together no more."""
        actions.remove_market(self.get_object(), by=request.user)
        return Response(status=204)


class QuotaViewSet(ScopedViewSet):
    """How many importers may have a grade."""

    queryset = Quota.objects.select_related("grade__edition", "market")
    serializer_class = QuotaSerializer
    filterset_fields = ["grade__edition__slug", "grade__code", "market"]

    @extend_schema(request=NewQuotaSerializer, responses={201: QuotaSerializer})
    def create(self, request: Request) -> Response:
        """Set how many."""
        given = self.parse(NewQuotaSerializer)
        grades = Grade.objects.visible_to(request.user).filter(edition=self.edition_named(given["edition"]))
        grade = get_object_or_404(grades.select_related("edition"), code=given["grade"])
        market = given.get("market")
        quota = actions.set_quota(
            grade,
            market=get_object_or_404(Market, edition=grade.edition_id, pk=market) if market else None,
            places=given["places"],
            by=request.user,
        )
        return Response(QuotaSerializer(quota).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take as many as come."""
        actions.remove_quota(self.get_object(), by=request.user)
        return Response(status=204)


routes: list[tuple[str, type[ViewSetMixin]]] = [
    ("grades", GradeViewSet),
    ("markets", MarketViewSet),
    ("quotas", QuotaViewSet),
]
