"""What a company's own program may do after the fair: read what it was asked, answer, and declare what it sold."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.models.fields import CURRENCIES
from fairs.permissions import may
from matchmaking.actions.follow_up import answer_follow_up
from matchmaking.actions.spot_sale import declare_sales
from matchmaking.filters import FollowUpFilter
from matchmaking.follow_up_forms import ANSWERS
from matchmaking.models import FollowUp, SpotSale
from matchmaking.querysets import taking_part


class FollowUpSerializer(serializers.ModelSerializer[FollowUp]):
    """A question about one other company, and the answer; the link of the letter is never in it."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)
    importer_name = serializers.CharField(source="importer.company.name_vi", read_only=True)

    class Meta:
        model = FollowUp
        fields = [
            "id", "edition", "exhibitor", "exhibitor_name", "importer", "importer_name", "side", "days", "state",
            "amount", "currency", "reason", "note", "answered_at", "deal", "version",
        ]  # fmt: skip


class AnswerFollowUpSerializer(serializers.Serializer[None]):
    """A value and a currency go with an order, a reason with what came to nothing."""

    answer = serializers.ChoiceField(choices=ANSWERS)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, default=None, allow_null=True)
    currency = serializers.ChoiceField(choices=CURRENCIES, default="", allow_blank=True)
    reason = serializers.ChoiceField(choices=FollowUp.Reason.choices, default="", allow_blank=True)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class FollowUpViewSet(ScopedViewSet):
    """What one's own side was asked after the fair; the director and the reports desk read those of their edition."""

    queryset = FollowUp.objects.with_sides().select_related("edition")
    serializer_class = FollowUpSerializer
    permission_classes = [IsAuthenticated]
    filterset_class = FollowUpFilter

    @extend_schema(request=AnswerFollowUpSerializer, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Say what became of it; said again, it changes nothing."""
        one = self.get_object()
        answered = answer_follow_up(one, by=request.user, **self.parse(AnswerFollowUpSerializer))
        return Response(FollowUpSerializer(answered).data)


class SpotSaleSerializer(serializers.ModelSerializer[SpotSale]):
    """What an exhibitor declared for one day, in đồng."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)

    class Meta:
        model = SpotSale
        fields = ["id", "edition", "exhibitor", "exhibitor_name", "day", "amount", "said_at"]


class DeclareSalesSerializer(serializers.Serializer[None]):
    """The turnover of one day in whole đồng; 0 when nothing was sold."""

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1)
    day = serializers.DateField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)


class SpotSaleViewSet(ScopedViewSet):
    """What was sold on the spot: one's own, and for the director and the reports desk those of their edition."""

    queryset = SpotSale.objects.with_company()
    serializer_class = SpotSaleSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ("edition__slug", "exhibitor", "day")

    @extend_schema(request=DeclareSalesSerializer, responses={201: SpotSaleSerializer})
    def create(self, request: Request) -> Response:
        """Declare the turnover of a day, or put it right; the same again changes nothing."""
        given = dict(self.parse(DeclareSalesSerializer))
        edition = self.edition_named(given.pop("edition"))
        part = taking_part(edition, "exhibitor").filter(pk=given.pop("exhibitor")).first()
        if part is None or not may(request.user, "matchmaking.declare_sales", SpotSale(exhibitor=part)):
            raise Http404
        return Response(SpotSaleSerializer(declare_sales(part, by=request.user, **given)).data, 201)


routes = [("follow-ups", FollowUpViewSet), ("spot-sales", SpotSaleViewSet)]
