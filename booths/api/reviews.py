"""Judging, for programs: criteria, thresholds, one's own reviews, appeals."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import appeals, criteria, reviews
from booths.models import Appeal, Criterion, Review, Threshold
from booths.review_serializers import (
    AppealAnswerSerializer,
    AppealSerializer,
    ConflictSerializer,
    CriterionSerializer,
    GivenSerializer,
    NewCriterionSerializer,
    NewThresholdSerializer,
    ReviewSerializer,
    ThresholdSerializer,
)
from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition
from fairs.models import ProductGroup


class CriterionViewSet(OfEdition):
    """What the jury judges by; the jury and the booth desk read it."""

    queryset = Criterion.objects.select_related("edition")
    serializer_class = CriterionSerializer
    readers = frozenset({"booth_desk", "reviewer"})

    @extend_schema(request=NewCriterionSerializer, responses={201: CriterionSerializer})
    def create(self, request: Request) -> Response:
        """Add a criterion."""
        given = dict(self.parse(NewCriterionSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(CriterionSerializer(criteria.set_criterion(edition, by=request.user, **given)).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Judge by it no more."""
        criteria.remove_criterion(self.get_object(), by=request.user)
        return Response(status=204)


class ThresholdViewSet(OfEdition):
    """How much is enough; the booth desk reads it."""

    queryset = Threshold.objects.select_related("edition", "product_group")
    serializer_class = ThresholdSerializer
    readers = frozenset({"booth_desk"})

    @extend_schema(request=NewThresholdSerializer, responses={201: ThresholdSerializer})
    def create(self, request: Request) -> Response:
        """Set the threshold of a product group, or the general one."""
        given = self.parse(NewThresholdSerializer)
        code = given["product_group"]
        threshold = criteria.set_threshold(
            self.edition_named(given["edition"]),
            product_group=get_object_or_404(ProductGroup, code=code) if code else None,
            least=given["least"],
            by=request.user,
        )
        return Response(ThresholdSerializer(threshold).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a threshold away."""
        criteria.remove_threshold(self.get_object(), by=request.user)
        return Response(status=204)


class ReviewViewSet(ScopedViewSet):
    """One's own reviews; a juror sees nobody else's."""

    queryset = (
        Review.objects.select_related("application__edition", "application__company", "reviewer")
        .prefetch_related("application__company__product_groups", "scores")
        .order_by("pk")
    )
    serializer_class = ReviewSerializer
    filterset_fields = ["application__edition__slug", "state"]

    @extend_schema(request=GivenSerializer, responses=ReviewSerializer)
    @action(detail=True, methods=["post"])
    def score(self, request: Request, pk: str) -> Response:
        """Give points by every criterion; again, to correct them."""
        given = self.parse(GivenSerializer)
        points = {row["criterion"]: row["points"] for row in given["scores"]}
        return self._told(
            reviews.score_review(self.get_object(), points=points, comment=given["comment"], by=request.user)
        )

    @extend_schema(request=ConflictSerializer, responses=ReviewSerializer)
    @action(detail=True, methods=["post"], url_path="step-aside")
    def step_aside(self, request: Request, pk: str) -> Response:
        """Judge this application no more."""
        reason = self.parse(ConflictSerializer)["conflict"]
        return self._told(reviews.step_aside(self.get_object(), reason=reason, by=request.user))

    def _told(self, review: Review) -> Response:
        found: Any = self.get_queryset().get(pk=review.pk)
        return Response(ReviewSerializer(found).data)


class AppealViewSet(ScopedViewSet):
    """Appeals of one's company, or of the editions one decides for."""

    queryset = Appeal.objects.select_related("application__edition", "application__company", "application__contact")
    serializer_class = AppealSerializer
    filterset_fields = ["application", "application__edition__slug", "state"]

    @extend_schema(request=AppealAnswerSerializer, responses=AppealSerializer)
    @action(detail=True, methods=["post"])
    def uphold(self, request: Request, pk: str) -> Response:
        """Look at the application again."""
        answer = self.parse(AppealAnswerSerializer)["answer"]
        return Response(AppealSerializer(appeals.uphold_appeal(self.get_object(), answer=answer, by=request.user)).data)

    @extend_schema(request=AppealAnswerSerializer, responses=AppealSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """Stay with the refusal, for a reason."""
        answer = self.parse(AppealAnswerSerializer)["answer"]
        return Response(
            AppealSerializer(appeals.dismiss_appeal(self.get_object(), answer=answer, by=request.user)).data
        )
