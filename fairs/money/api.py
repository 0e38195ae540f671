"""Payment notices and receipts, for programs."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.api.scope import OfEdition
from fairs.filters import BankLineFilter, NoticeFilter, PaymentFilter
from fairs.models import BankAccount, BankLine, Notice, Payment
from fairs.money.actions.accounts import set_bank_account
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt
from fairs.money.actions.queue import keep_line, put_line, reopen_line, set_line_aside
from fairs.money.serializers import (
    BankAccountSerializer,
    BankLineSerializer,
    DecideLineSerializer,
    LineReasonSerializer,
    NewBankAccountSerializer,
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


class BankLineViewSet(ScopedViewSet):
    """What moved on the accounts of editions whose money one looks after."""

    queryset = BankLine.objects.select_related("edition", "payment").prefetch_related("decisions", "payment__postings")
    serializer_class = BankLineSerializer
    permission_classes = [IsAuthenticated]
    filterset_class = BankLineFilter

    @extend_schema(request=DecideLineSerializer, responses=BankLineSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Put a waiting line onto notices, or take its money in on none."""
        line, given = self.get_object(), self.parse(DecideLineSerializer)
        visible = Notice.objects.visible_to(request.user)
        parts = [(get_object_or_404(visible, pk=part["notice"]), part["amount"]) for part in given["parts"]]
        if parts:
            return self._answer(put_line(line, parts=parts, reason=given["reason"], by=request.user))
        return self._answer(keep_line(line, reason=given["reason"], by=request.user))

    @extend_schema(request=LineReasonSerializer, responses=BankLineSerializer)
    @action(detail=True, methods=["post"])
    def set_aside(self, request: Request, pk: str) -> Response:
        """Say that a waiting line is no money of the fair."""
        line, given = self.get_object(), self.parse(LineReasonSerializer)
        return self._answer(set_line_aside(line, reason=given["reason"], by=request.user))

    @extend_schema(request=LineReasonSerializer, responses=BankLineSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take back what was decided or put: the money comes off every notice, and the line waits again."""
        line, given = self.get_object(), self.parse(LineReasonSerializer)
        return self._answer(reopen_line(line, reason=given["reason"], by=request.user))

    def _answer(self, line: BankLine) -> Response:
        return Response(BankLineSerializer(self.get_queryset().get(pk=line.pk)).data)


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
    ("bank-accounts", BankAccountViewSet),
    ("bank-lines", BankLineViewSet),
]
