"""Hosting for programs: offers, answers, journeys, and what becomes of them."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from buyers.actions import benefits, hosting, travel
from buyers.benefit_words import reasons
from buyers.models import HostedContract, Registration, TravelItem
from fairs.api.base import ScopedViewSet
from fairs.models import Fund
from fairs.serializers.fields import edition_slug

Slug = serializers.SlugRelatedField[Any]


class TravelItemSerializer(serializers.ModelSerializer[TravelItem]):
    """One part of a journey; amounts are in its currency, and no ceiling means that it is paid as it costs."""

    class Meta:
        model = TravelItem
        fields = [
            "id", "kind", "number", "currency", "ceiling", "estimate", "actual", "paid", "fund", "paper_number",
            "paper_on",
        ]  # fmt: skip


class HostedContractSerializer(serializers.ModelSerializer[HostedContract]):
    """A hosting with its parts, the verbs open from here, and what was not reached, in words."""

    edition = edition_slug()
    person_name = serializers.CharField(source="registration.person.full_name", read_only=True)
    company_name = serializers.CharField(source="company.name_vi", read_only=True)
    grade: Slug = serializers.SlugRelatedField("code", read_only=True)
    items = TravelItemSerializer(many=True, read_only=True)
    against = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = HostedContract
        fields = [
            "id", "edition", "registration", "person_name", "company", "company_name", "grade", "state", "answer_by",
            "min_meetings", "min_days", "accepted_at", "terms_version", "terms_vi", "terms_en", "late", "meetings",
            "excused", "days", "reason", "against", "items", "version", "verbs",
        ]  # fmt: skip

    def get_against(self, contract: HostedContract) -> list[str]:
        """What was not reached."""
        return reasons(contract)


class OfferSerializer(serializers.Serializer[None]):
    """Whom to host, and until when they answer."""

    registration = serializers.IntegerField(min_value=1)
    answer_by = serializers.DateField()


class UntilSerializer(serializers.Serializer[None]):
    """The day until which to answer."""

    answer_by = serializers.DateField()


class HostingReasonSerializer(serializers.Serializer[None]):
    """The reason, in words the importer reads."""

    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class AgreedSerializer(serializers.Serializer[None]):
    """The importer's yes to the terms in force."""

    agreed = serializers.ChoiceField([True])


class PlanSerializer(serializers.Serializer[None]):
    """What a part may cost and did cost, from which fund, on which paper."""

    item = serializers.IntegerField(min_value=1)
    estimate = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0, required=False, allow_null=True)
    actual = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0, required=False, allow_null=True)
    fund = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    paper_number = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    paper_on = serializers.DateField(required=False, allow_null=True)


class PaidSerializer(serializers.Serializer[None]):
    """What is paid of a part."""

    item = serializers.IntegerField(min_value=1)
    paid = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0)


class EditionSerializer(serializers.Serializer[None]):
    """Of which edition."""

    edition = serializers.SlugField()


class HostedContractViewSet(ScopedViewSet):
    """One's own hosting; all of them for the desk, the reports and finance."""

    queryset = HostedContract.objects.select_related(
        "edition", "registration__person", "registration__grade", "company", "grade"
    ).prefetch_related("items")
    serializer_class = HostedContractSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "state", "company", "grade__code"]

    @extend_schema(request=OfferSerializer, responses={201: HostedContractSerializer})
    def create(self, request: Request) -> Response:
        """Offer an approved importer hosting; asked again, it answers the offer there is."""
        given = self.parse(OfferSerializer)
        rows = Registration.objects.visible_to(request.user).select_related("edition", "person", "company", "grade")
        registration = get_object_or_404(rows, pk=given["registration"])
        contract = hosting.offer_hosting(registration, answer_by=given["answer_by"], by=request.user)
        return Response(HostedContractSerializer(contract).data, 201)

    @extend_schema(request=AgreedSerializer, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """The importer accepts the terms in force."""
        contract = self.get_object()
        self.parse(AgreedSerializer)
        return self._answer(hosting.accept_offer(contract, by=request.user))

    @extend_schema(request=UntilSerializer, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def lengthen(self, request: Request, pk: str) -> Response:
        """Give an importer longer to answer."""
        return self._answer(hosting.lengthen_offer(self.get_object(), by=request.user, **self.parse(UntilSerializer)))

    @extend_schema(request=HostingReasonSerializer, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Decline the offer, or withdraw from what was agreed."""
        contract = self.get_object()
        end = hosting.decline_offer if contract.can("decline") else hosting.withdraw_from_hosting
        return self._answer(end(contract, by=request.user, **self.parse(HostingReasonSerializer)))

    @extend_schema(request=PlanSerializer, responses=TravelItemSerializer)
    @action(detail=True, methods=["post"])
    def plan(self, request: Request, pk: str) -> Response:
        """Write down what a part of the journey may cost and did cost."""
        contract, given = self.get_object(), dict(self.parse(PlanSerializer))
        item = self._item(contract, given.pop("item"))
        if given.get("fund"):
            given["fund"] = get_object_or_404(Fund, edition=contract.edition_id, pk=given["fund"])
        return Response(TravelItemSerializer(travel.plan_item(item, by=request.user, **given)).data)

    @extend_schema(request=None, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def arrange(self, request: Request, pk: str) -> Response:
        """Everything is booked."""
        return self._answer(travel.arrange_travel(self.get_object(), by=request.user))

    @extend_schema(request=EditionSerializer, responses={200: OpenApiTypes.OBJECT})
    @action(detail=False, methods=["post"])
    def judge(self, request: Request) -> Response:
        """Count days and meetings once the fair is over."""
        edition = self.edition_named(self.parse(EditionSerializer)["edition"])
        return Response({"judged": len(benefits.judge_hostings(edition, by=request.user))})

    @extend_schema(request=HostingReasonSerializer, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        """Say that what was promised is to be paid."""
        return self._answer(
            benefits.release_benefit(self.get_object(), by=request.user, **self.parse(HostingReasonSerializer))
        )

    @extend_schema(request=HostingReasonSerializer, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Say that nothing is paid."""
        return self._answer(
            benefits.refuse_benefit(self.get_object(), by=request.user, **self.parse(HostingReasonSerializer))
        )

    @extend_schema(request=PaidSerializer, responses=TravelItemSerializer)
    @action(detail=True, methods=["post"])
    def pay_item(self, request: Request, pk: str) -> Response:
        """Note what is paid of a part."""
        contract, given = self.get_object(), self.parse(PaidSerializer)
        item = travel.pay_item(self._item(contract, given["item"]), paid=given["paid"], by=request.user)
        return Response(TravelItemSerializer(item).data)

    @extend_schema(request=None, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def pay(self, request: Request, pk: str) -> Response:
        """Everything that was released is paid."""
        return self._answer(benefits.mark_paid(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=HostedContractSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Nothing more is to be done."""
        return self._answer(benefits.close_hosting(self.get_object(), by=request.user))

    def _item(self, contract: HostedContract, pk: int) -> TravelItem:
        return get_object_or_404(contract.items.select_related("contract__edition"), pk=pk)

    def _answer(self, contract: HostedContract) -> Response:
        return Response(HostedContractSerializer(contract).data)


routes: list[tuple[str, type[ViewSetMixin]]] = [("hostings", HostedContractViewSet)]
