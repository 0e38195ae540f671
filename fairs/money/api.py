"""Payment notices and receipts, for programs."""

from typing import ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition
from fairs.filters import NoticeFilter, PaymentFilter
from fairs.models import BankAccount, LegalPaper, Notice, Payment, VatRate, WayOffered
from fairs.money.actions.accounts import set_bank_account, set_ways
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt
from fairs.money.actions.vat import remove_vat_rate, set_vat_rate
from fairs.money.serializers import (
    BankAccountSerializer,
    NewBankAccountSerializer,
    NewVatRateSerializer,
    NoticeSerializer,
    PaymentSerializer,
    ReceiptSerializer,
    VatRateSerializer,
    WayOfferedSerializer,
    WaysSerializer,
)


class NoticeViewSet(ScopedViewSet):
    """One's company's notices, and those of editions where one handles booths or money."""

    queryset = Notice.objects.select_related("edition", "company").prefetch_related("lines", "instalments")
    serializer_class = NoticeSerializer
    permission_classes = [IsAuthenticated]
    filterset_class = NoticeFilter

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Cancel an unpaid notice; what it was for is free again."""
        return Response(NoticeSerializer(cancel_notice(self.get_object(), by=request.user)).data)


class PaymentViewSet(ScopedViewSet):
    """What one's company paid, and the payments of editions where one handles booths or money."""

    queryset = Payment.objects.select_related("edition").prefetch_related("postings")
    serializer_class = PaymentSerializer
    permission_classes = [IsAuthenticated]
    filterset_class = PaymentFilter

    @extend_schema(request=ReceiptSerializer, responses={201: PaymentSerializer})
    def create(self, request: Request) -> Response:
        """Record money that finance has received; the same `key` again answers the receipt already written."""
        given = dict(self.parse(ReceiptSerializer))
        notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=given.pop("notice"))
        return Response(PaymentSerializer(record_receipt(notice, by=request.user, **given)).data, 201)


class BankAccountViewSet(OfEdition):
    """Where editions are paid by transfer, for their finance desk."""

    queryset = BankAccount.objects.select_related("edition").order_by("pk")
    serializer_class = BankAccountSerializer
    readers = frozenset({"finance"})

    @extend_schema(request=NewBankAccountSerializer, responses={201: BankAccountSerializer})
    def create(self, request: Request) -> Response:
        """Set the account of an edition; one that is set already is changed."""
        given = dict(self.parse(NewBankAccountSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(BankAccountSerializer(set_bank_account(edition, by=request.user, **given)).data, 201)


class WayOfferedViewSet(OfEdition):
    """The ways of paying that an edition offers, in their order."""

    queryset = WayOffered.objects.select_related("edition")
    serializer_class = WayOfferedSerializer
    filterset_fields: ClassVar[list[str]] = ["edition__slug", "audience"]

    @extend_schema(request=WaysSerializer, responses={201: WayOfferedSerializer(many=True)}, filters=False)
    def create(self, request: Request) -> Response:
        """Set all ways for an audience; one that is not named is not offered any more."""
        given = dict(self.parse(WaysSerializer))
        edition, ways = self.edition_named(given.pop("edition")), given.pop("ways")
        made = set_ways(edition, ways=[WayOffered(**one) for one in ways], by=request.user, **given)
        return Response(WayOfferedSerializer(made, many=True).data, 201)


class VatRateViewSet(OfEdition):
    """The rates of VAT in an edition's prices."""

    queryset = VatRate.objects.select_related("edition", "legal_basis")
    serializer_class = VatRateSerializer

    @extend_schema(request=NewVatRateSerializer, responses={201: VatRateSerializer})
    def create(self, request: Request) -> Response:
        """Set the rate of an item from a day on; one that begins on that day already is changed."""
        given = dict(self.parse(NewVatRateSerializer))
        edition = self.edition_named(given.pop("edition"))
        if basis := given.get("legal_basis"):
            given["legal_basis"] = get_object_or_404(LegalPaper, edition=edition, pk=basis)
        return Response(VatRateSerializer(set_vat_rate(edition, by=request.user, **given)).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a rate away: the one before it holds on."""
        remove_vat_rate(self.get_object(), by=request.user)
        return Response(status=204)


routes = [
    ("notices", NoticeViewSet),
    ("payments", PaymentViewSet),
    ("bank-accounts", BankAccountViewSet),
    ("ways-offered", WayOfferedViewSet),
    ("vat-rates", VatRateViewSet),
]
