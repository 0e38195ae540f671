"""Special goods, co-exhibitors, withdrawals and the rules with an effect, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import co_exhibitors
from booths.actions.goods import Flags, check_goods, declare_goods
from booths.actions.house_rules import set_house_rules
from booths.actions.withdrawals import withdraw_in_writing
from booths.exhibitor_serializers import (
    ChangeHouseRulesSerializer,
    CheckGoodsSerializer,
    CoExhibitorSerializer,
    DeclareGoodsSerializer,
    HouseRulesSerializer,
    NewCoExhibitorSerializer,
    SpecialGoodsSerializer,
    WhyNotSerializer,
    WithdrawalSerializer,
    WithdrawInWritingSerializer,
)
from booths.models import Application, CoExhibitor, HouseRules, SpecialGoods, Withdrawal
from fairs.api.base import ScopedViewSet


class HouseRulesViewSet(ScopedViewSet):
    """The rules with an effect of editions that have set them; others go by the usual ones."""

    queryset = HouseRules.objects.select_related("edition").order_by("pk")
    serializer_class = HouseRulesSerializer
    filterset_fields = ["edition__slug"]

    @extend_schema(request=ChangeHouseRulesSerializer, responses=HouseRulesSerializer)
    def create(self, request: Request) -> Response:
        """Set some of them; what is left out stays."""
        given = dict(self.parse(ChangeHouseRulesSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(HouseRulesSerializer(set_house_rules(edition, by=request.user, **given)).data)


class WithdrawalViewSet(ScopedViewSet):
    """Withdrawals in writing: how many days before the opening, and whether that was in time."""

    queryset = Withdrawal.objects.select_related("application__edition")
    serializer_class = WithdrawalSerializer
    filterset_fields = ["application__edition__slug", "application", "forfeits"]


class SpecialGoodsViewSet(ScopedViewSet):
    """Goods imported for the fair only, and counterfeits shown for comparison."""

    queryset = SpecialGoods.objects.select_related("application__edition").prefetch_related("checks")
    serializer_class = SpecialGoodsSerializer
    filterset_fields = ["application__edition__slug", "application", "temporary_import", "counterfeit"]

    @extend_schema(request=DeclareGoodsSerializer, responses={201: SpecialGoodsSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Declare an exhibitor's special goods, all of them at once; an empty list says that there are none."""
        given = self.parse(DeclareGoodsSerializer)
        flags = {row.pop("product"): Flags(**row) for row in map(dict, given["goods"])}
        kept = declare_goods(_application(request, given["application"]), flags=flags, by=request.user)
        return Response(SpecialGoodsSerializer(kept, many=True).data, 201)

    @extend_schema(request=CheckGoodsSerializer, responses=SpecialGoodsSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        """What an officer found at the stand."""
        goods, rows = self.get_object(), self.parse(CheckGoodsSerializer)["found"]
        found = {row["point"]: row["in_order"] for row in rows}
        notes = {row["point"]: row["note"] for row in rows}
        check_goods(goods, found=found, notes=notes, by=request.user)
        return Response(SpecialGoodsSerializer(self.get_object()).data)


class CoExhibitorViewSet(ScopedViewSet):
    """Companies that share the booth of an exhibitor."""

    queryset = CoExhibitor.objects.select_related(
        "application__edition", "application__company", "application__contact"
    )
    serializer_class = CoExhibitorSerializer
    filterset_fields = ["application__edition__slug", "application", "state"]

    @extend_schema(request=NewCoExhibitorSerializer, responses={201: CoExhibitorSerializer})
    def create(self, request: Request) -> Response:
        """Name one; the desk decides."""
        given = dict(self.parse(NewCoExhibitorSerializer))
        application = _application(request, given.pop("application"))
        made = co_exhibitors.ask_co_exhibitor(application, by=request.user, **given)
        return Response(CoExhibitorSerializer(made).data, 201)

    @extend_schema(request=None, responses=CoExhibitorSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Agree."""
        row = co_exhibitors.approve_co_exhibitor(self.get_object(), by=request.user)
        return Response(CoExhibitorSerializer(row).data)

    @extend_schema(request=WhyNotSerializer, responses=CoExhibitorSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Not agree, or not any more."""
        row, given = self.get_object(), self.parse(WhyNotSerializer)
        return Response(CoExhibitorSerializer(co_exhibitors.refuse_co_exhibitor(row, by=request.user, **given)).data)

    @extend_schema(request=None, responses=CoExhibitorSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take the name back."""
        row = co_exhibitors.withdraw_co_exhibitor(self.get_object(), by=request.user)
        return Response(CoExhibitorSerializer(row).data)


class Leaving(ScopedViewSet):
    """Withdrawing in writing, for the view of applications."""

    @extend_schema(request=WithdrawInWritingSerializer, responses=WithdrawalSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-in-writing", url_name="withdraw-in-writing")
    def withdraw_in_writing(self, request: Request, pk: str) -> Response:
        """Withdraw, also after paying: the booths go back at once and nothing is paid back."""
        application, given = self.get_object(), self.parse(WithdrawInWritingSerializer)
        withdraw_in_writing(application, by=request.user, **given)
        return Response(WithdrawalSerializer(Withdrawal.objects.get(application=application)).data)


def _application(request: Request, pk: int) -> Any:
    return get_object_or_404(Application.objects.visible_to(request.user).select_related("edition", "company"), pk=pk)
