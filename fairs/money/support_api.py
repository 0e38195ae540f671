"""Support for programs: its rules, its funds, and what was granted."""

from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition
from fairs.models import Company, Edition, Fund, Grant, LegalPaper, Province, SupportRule
from fairs.money.actions import support
from fairs.serializers.fields import edition_slug

FIELDS = [
    "order", "name_vi", "name_en", "item", "kind", "percent", "ceiling", "booths_at_most", "legal_form", "group",
    "provinces", "times_from", "times_to", "valid_from", "valid_to", "adds", "fund",
]  # fmt: skip


class SupportRuleSerializer(serializers.ModelSerializer[SupportRule]):
    """Who gets which part of a fee paid, on which legal basis; `provinces` and `fund` are ids."""

    edition = edition_slug()
    legal_basis: Any = serializers.SlugRelatedField("number", read_only=True)

    class Meta:
        model = SupportRule
        fields = ["id", "edition", *FIELDS, "legal_basis"]


class ChangedSupportRuleSerializer(serializers.ModelSerializer[SupportRule]):
    """What changes of a rule; `legal_basis` is the id of one of the edition's legal papers."""

    percent = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)
    legal_form = serializers.ChoiceField(Company.LegalForm.choices, allow_blank=True, default="")
    kind = serializers.SlugField(max_length=30, allow_blank=True, default="")
    provinces = serializers.PrimaryKeyRelatedField(many=True, queryset=Province.objects.all(), required=False)
    fund = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    legal_basis = serializers.IntegerField(required=False, allow_null=True, min_value=1)

    class Meta:
        model = SupportRule
        fields = [*FIELDS, "legal_basis"]


class NewSupportRuleSerializer(ChangedSupportRuleSerializer):
    """A rule of support."""

    edition = serializers.SlugField()

    class Meta:
        model = SupportRule
        fields = ["edition", *FIELDS, "legal_basis"]


class FundSerializer(serializers.ModelSerializer[Fund]):
    """A fund that pays support, from the budget or as a counterpart's share."""

    edition = edition_slug()

    class Meta:
        model = Fund
        fields = ["id", "edition", "name_vi", "name_en", "share"]


class NewFundSerializer(FundSerializer):
    """A fund to add to an edition."""

    edition = serializers.SlugField()  # type: ignore[assignment]


class GrantSerializer(serializers.ModelSerializer[Grant]):
    """Support that a company was granted on a notice, in đồng."""

    edition = edition_slug()
    notice = serializers.IntegerField(source="line.notice_id", read_only=True)
    year = serializers.IntegerField(source="allowance.year", read_only=True)
    kind = serializers.CharField(source="allowance.kind", read_only=True)

    class Meta:
        model = Grant
        fields = ["id", "edition", "company", "rule", "notice", "year", "kind", "amount", "state", "granted_at"]


class SupportRuleViewSet(OfEdition):
    """Who gets which part of a fee paid."""

    queryset = SupportRule.objects.select_related("edition", "legal_basis").prefetch_related("provinces")
    serializer_class = SupportRuleSerializer

    @extend_schema(request=NewSupportRuleSerializer, responses={201: SupportRuleSerializer})
    def create(self, request: Request) -> Response:
        """Add a rule of support."""
        given = dict(self.parse(NewSupportRuleSerializer))
        edition = self.edition_named(given.pop("edition"))
        rule = support.set_support_rule(edition, by=request.user, **_named(edition, given))
        return Response(SupportRuleSerializer(rule).data, 201)

    @extend_schema(request=ChangedSupportRuleSerializer, responses=SupportRuleSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a rule for notices to come."""
        rule = self.get_object()
        given = _named(rule.edition, dict(self.parse(partial(ChangedSupportRuleSerializer, partial=True))))
        return Response(SupportRuleSerializer(support.change_support_rule(rule, by=request.user, **given)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a rule away by which nobody was supported."""
        support.remove_support_rule(self.get_object(), by=request.user)
        return Response(status=204)


class FundViewSet(OfEdition):
    """The funds that pay an edition's support, for its officers."""

    queryset = Fund.objects.select_related("edition")
    serializer_class = FundSerializer
    readers = frozenset()

    @extend_schema(request=NewFundSerializer, responses={201: FundSerializer})
    def create(self, request: Request) -> Response:
        """Add a fund."""
        given: dict[str, Any] = {"share": Fund.Share.BUDGET} | dict(self.parse(NewFundSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(FundSerializer(support.set_fund(edition, by=request.user, **given)).data, 201)

    @extend_schema(request=FundSerializer, responses=FundSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a fund's name or share."""
        given = self.parse(partial(FundSerializer, partial=True))
        return Response(FundSerializer(support.change_fund(self.get_object(), by=request.user, **given)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a fund away that no rule names."""
        support.remove_fund(self.get_object(), by=request.user)
        return Response(status=204)


class GrantViewSet(ScopedViewSet):
    """What one's company was granted, and the grants of editions where one handles booths or money."""

    queryset = Grant.objects.select_related("edition", "allowance", "line")
    serializer_class = GrantSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "company", "rule", "state"]


def _named(edition: Edition, given: dict[str, Any]) -> dict[str, Any]:
    """The paper and the fund by their ids, of this edition; others do not exist."""
    for name, model in (("legal_basis", LegalPaper), ("fund", Fund)):
        if given.get(name):
            given[name] = get_object_or_404(model, edition=edition, pk=given[name])
    return given


routes = [("support-rules", SupportRuleViewSet), ("funds", FundViewSet), ("grants", GrantViewSet)]
