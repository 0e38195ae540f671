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
from fairs.filters import BankLineFilter, NoticeFilter, PaymentFilter
from fairs.models import (
    BankAccount,
    BankLine,
    Checkout,
    CreditNote,
    EInvoice,
    LegalPaper,
    Notice,
    Payment,
    Refund,
    VatRate,
    WayOffered,
)
from fairs.money.actions.accounts import set_bank_account, set_ways
from fairs.money.actions.card import give_up_checkout, pay_notice_by_card
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.invoices import record_e_invoice
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import assign_payment, record_receipt, take_off_notice, void_payment
from fairs.money.actions.queue import keep_line, put_line, reopen_line, set_line_aside
from fairs.money.actions.refunds import fail_refund, finish_refund, refund_payment
from fairs.money.actions.vat import remove_vat_rate, set_vat_rate
from fairs.money.serializers import (
    BankAccountSerializer,
    BankLineSerializer,
    CheckoutSerializer,
    CreditNoteSerializer,
    DecideLineSerializer,
    DoneSerializer,
    EInvoiceSerializer,
    LineReasonSerializer,
    NewBankAccountSerializer,
    NewCheckoutSerializer,
    NewCreditNoteSerializer,
    NewEInvoiceSerializer,
    NewRefundSerializer,
    NewVatRateSerializer,
    NoticeSerializer,
    OffNoticeSerializer,
    OntoNoticeSerializer,
    PaymentSerializer,
    ReceiptSerializer,
    RefundSerializer,
    VatRateSerializer,
    WayOfferedSerializer,
    WaysSerializer,
    WhySerializer,
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
        notice = seen_notice(request, given.pop("notice"))
        return Response(PaymentSerializer(record_receipt(notice, by=request.user, **given)).data, 201)

    @extend_schema(request=OntoNoticeSerializer, responses=PaymentSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """Put free money of it onto a notice."""
        given = dict(self.parse(OntoNoticeSerializer))
        notice = seen_notice(request, given.pop("notice"))
        return self.shown(assign_payment(self.get_object(), notice=notice, by=request.user, **given))

    @extend_schema(request=OffNoticeSerializer, responses=PaymentSerializer)
    @action(detail=True, methods=["post"])
    def take_off(self, request: Request, pk: str) -> Response:
        """Take its money off a notice; it is free again."""
        given = dict(self.parse(OffNoticeSerializer))
        notice = seen_notice(request, given.pop("notice"))
        return self.shown(take_off_notice(self.get_object(), notice=notice, by=request.user, **given))

    @extend_schema(request=WhySerializer, responses=PaymentSerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: str) -> Response:
        """Make a receipt void that was recorded by hand."""
        return self.shown(void_payment(self.get_object(), by=request.user, **self.parse(WhySerializer)))

    def shown(self, payment: Payment) -> Response:
        """As it is now, with its postings."""
        return Response(PaymentSerializer(self.get_queryset().get(pk=payment.pk)).data)


class CreditNoteViewSet(ScopedViewSet):
    """Credit notes for the notices one may see."""

    queryset = CreditNote.objects.select_related("edition")
    serializer_class = CreditNoteSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "notice"]

    @extend_schema(request=NewCreditNoteSerializer, responses={201: CreditNoteSerializer})
    def create(self, request: Request) -> Response:
        """Lower what a notice asks for; the same `key` again answers the paper already written."""
        given = dict(self.parse(NewCreditNoteSerializer))
        notice = seen_notice(request, given.pop("notice"))
        return Response(CreditNoteSerializer(credit_notice(notice, by=request.user, **given)).data, 201)


class RefundViewSet(ScopedViewSet):
    """What went back of the payments one may see."""

    queryset = Refund.objects.select_related("edition")
    serializer_class = RefundSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "payment", "state", "kind"]

    @extend_schema(request=NewRefundSerializer, responses={201: RefundSerializer})
    def create(self, request: Request) -> Response:
        """Send free money of a payment back by the way it came."""
        given = dict(self.parse(NewRefundSerializer))
        payment = get_object_or_404(Payment.objects.visible_to(request.user), pk=given.pop("payment"))
        return Response(RefundSerializer(refund_payment(payment, by=request.user, **given)).data, 201)

    @extend_schema(request=DoneSerializer, responses=RefundSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: str) -> Response:
        """Say that the money has gone back."""
        done = finish_refund(self.get_object(), by=request.user, **self.parse(DoneSerializer))
        return Response(RefundSerializer(done).data)

    @extend_schema(request=WhySerializer, responses=RefundSerializer)
    @action(detail=True, methods=["post"])
    def fail(self, request: Request, pk: str) -> Response:
        """Say that the money did not arrive; it is free again."""
        failed = fail_refund(self.get_object(), by=request.user, **self.parse(WhySerializer))
        return Response(RefundSerializer(failed).data)


class EInvoiceViewSet(ScopedViewSet):
    """E-invoices of the notices one may see; the accountant's system writes them here."""

    queryset = EInvoice.objects.select_related("edition")
    serializer_class = EInvoiceSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "notice", "status"]

    @extend_schema(request=NewEInvoiceSerializer, responses={201: EInvoiceSerializer})
    def create(self, request: Request) -> Response:
        """Write down an e-invoice that was issued for a notice."""
        given = dict(self.parse(NewEInvoiceSerializer))
        notice = seen_notice(request, given.pop("notice"))
        return Response(EInvoiceSerializer(record_e_invoice(notice, by=request.user, **given)).data, 201)


def seen_notice(request: Request, pk: int) -> Notice:
    """A notice that the person may see; another does not exist."""
    found: Notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    return found


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
        notice = seen_notice(request, given.pop("notice"))
        return Response(CheckoutSerializer(pay_notice_by_card(notice, by=request.user, **given)).data, 201)

    @extend_schema(request=None, responses=CheckoutSerializer)
    @action(detail=True, methods=["post"])
    def give_up(self, request: Request, pk: str) -> Response:
        """Close the card page without paying; what was paid meanwhile stays paid."""
        return Response(CheckoutSerializer(give_up_checkout(self.get_object(), by=request.user)).data)


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
    ("checkouts", CheckoutViewSet),
    ("credit-notes", CreditNoteViewSet),
    ("refunds", RefundViewSet),
    ("e-invoices", EInvoiceViewSet),
    ("bank-accounts", BankAccountViewSet),
    ("ways-offered", WayOfferedViewSet),
    ("bank-lines", BankLineViewSet),
    ("vat-rates", VatRateViewSet),
]
