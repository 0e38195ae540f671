"""Payment notices and receipts, for programs."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition
from fairs.filters import NoticeFilter, PaymentFilter
from fairs.models import BankAccount, Checkout, Notice, Payment
from fairs.money.actions.accounts import set_bank_account
from fairs.money.actions.card import give_up_checkout, pay_notice_by_card
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt
from fairs.money.serializers import (
    BankAccountSerializer,
    CheckoutSerializer,
    NewBankAccountSerializer,
    NewCheckoutSerializer,
    NoticeSerializer,
    PaymentSerializer,
    ReceiptSerializer,
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


class CheckoutViewSet(ScopedViewSet):
    """One's company's card payments, and those of editions where one handles booths or money."""

    queryset = Checkout.objects.select_related("edition")
    serializer_class = CheckoutSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "notice", "state"]

    @extend_schema(request=NewCheckoutSerializer, responses={201: CheckoutSerializer})
    def create(self, request: Request) -> Response:
        """Open the card page for a notice of one's company; one that is open is gone on with."""
        given = dict(self.parse(NewCheckoutSerializer))
        notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=given.pop("notice"))
        return Response(CheckoutSerializer(pay_notice_by_card(notice, by=request.user, **given)).data, 201)

    @extend_schema(request=None, responses=CheckoutSerializer)
    @action(detail=True, methods=["post"])
    def give_up(self, request: Request, pk: str) -> Response:
        """Close the card page without paying; what was paid meanwhile stays paid."""
        return Response(CheckoutSerializer(give_up_checkout(self.get_object(), by=request.user)).data)


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


routes = [
    ("notices", NoticeViewSet),
    ("payments", PaymentViewSet),
    ("checkouts", CheckoutViewSet),
    ("bank-accounts", BankAccountViewSet),
]
