"""The shapes in which money speaks to programs."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from fairs.models import (
    Audience,
    BankAccount,
    BankLine,
    Checkout,
    CreditNote,
    EInvoice,
    FeeItem,
    Instalment,
    LineDecision,
    Notice,
    NoticeLine,
    Payment,
    Posting,
    Refund,
    VatRate,
    WayOffered,
)
from fairs.money.ways import FOR_PAYERS, WAYS


class NoticeLineSerializer(serializers.ModelSerializer[NoticeLine]):
    """One thing priced (kind price) or supported (kind support, negative)."""

    class Meta:
        model = NoticeLine
        fields = [
            "kind", "text_vi", "text_en", "quantity", "unit_price", "amount", "vat_rate", "source_kind", "source_id",
        ]  # fmt: skip


class PostingSerializer(serializers.ModelSerializer[Posting]):
    """One move of the money: onto a notice, off it, or back to its payer."""

    class Meta:
        model = Posting
        fields = ["notice", "kind", "amount", "reason", "at"]


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    """Money that came in; `free` is on no notice and was not returned."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    free = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    postings = PostingSerializer(many=True, read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Payment
        fields = [
            "id", "edition", "company", "way", "state", "amount", "currency", "assigned", "returned", "free",
            "question", "received_on", "receipt", "note", "recorded_at", "postings", "version", "verbs",
        ]  # fmt: skip


class InstalmentSerializer(serializers.ModelSerializer[Instalment]):
    """A part of a notice with its own day."""

    class Meta:
        model = Instalment
        fields = ["due_on", "amount"]


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """A payment notice: our own paper, never an invoice in the sense of the tax law."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    company_name = serializers.CharField(source="company.name_vi", read_only=True)
    list_price = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    support = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    balance = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    lines = NoticeLineSerializer(many=True, read_only=True)
    instalments = InstalmentSerializer(many=True, read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Notice
        fields = [
            "id", "edition", "company", "company_name", "number", "reference", "state", "currency", "list_price",
            "support", "due", "credited", "paid", "balance", "issued_at", "due_on", "ways", "release_on",
            "lines", "instalments", "version", "verbs",
        ]  # fmt: skip


class CheckoutSerializer(serializers.ModelSerializer[Checkout]):
    """An attempt to pay by card. Send the payer to `url` while it is open; only `state` says whether it was paid."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Checkout
        fields = [
            "id", "edition", "company", "notice", "attempt", "title", "state", "amount", "currency", "url", "begun_at",
            "expires_at", "payment", "version", "verbs",
        ]  # fmt: skip


class NewCheckoutSerializer(serializers.Serializer[None]):
    """A notice to pay by card: what is due now or, with `whole`, all that is owed."""

    notice = serializers.IntegerField(min_value=1)
    whole = serializers.BooleanField(default=False)


class ReceiptSerializer(serializers.Serializer[None]):
    """Money that finance has received; repeat the same `key` to be sure, and it is counted once."""

    notice = serializers.IntegerField(min_value=1)
    way = serializers.ChoiceField([code for code, way in WAYS.items() if way.by_hand])
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    received_on = serializers.DateField()
    key = serializers.CharField(max_length=80)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class LineDecisionSerializer(serializers.ModelSerializer[LineDecision]):
    """What a person decided about a line, and why."""

    class Meta:
        model = LineDecision
        fields = ["deed", "reason", "at", "by"]


class LinePartSerializer(serializers.Serializer[None]):
    """How much of a line is for a notice."""

    notice = serializers.IntegerField(min_value=1)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)


class BankLineSerializer(serializers.ModelSerializer[BankLine]):
    """Money that moved on an account; `rules` say why the matcher left it, `suggested` are notices, likeliest first."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    rules = serializers.ListField(child=serializers.CharField(), read_only=True)
    suggested = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    notices = serializers.SerializerMethodField(help_text="the notices on which its money stands")
    decisions = LineDecisionSerializer(many=True, read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = BankLine
        fields = [
            "id", "edition", "bin", "account", "transaction", "booked_on", "amount", "currency", "text", "payer",
            "state", "outcome", "rules", "suggested", "payment", "notices", "decisions", "received_at", "version",
            "verbs",
        ]  # fmt: skip

    def get_notices(self, line: BankLine) -> list[dict[str, Any]]:
        sums: dict[int, Decimal] = {}
        for posting in line.payment.postings.all() if line.payment else ():
            if posting.notice_id:
                sums[posting.notice_id] = sums.get(posting.notice_id, Decimal(0)) + posting.amount
        return [{"notice": notice, "amount": str(amount)} for notice, amount in sums.items() if amount]


class DecideLineSerializer(serializers.Serializer[None]):
    """What a waiting line is: `parts` for notices, or none to take the money in on no notice."""

    parts = LinePartSerializer(many=True, default=list)
    reason = serializers.CharField(max_length=300)


class LineReasonSerializer(serializers.Serializer[None]):
    """Why."""

    reason = serializers.CharField(max_length=300)


class BankAccountSerializer(serializers.ModelSerializer[BankAccount]):
    """Where an edition is paid by transfer within Vietnam, in đồng."""

    edition = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = BankAccount
        fields = ["id", "edition", "bin", "bank_name", "number", "holder"]


class NewBankAccountSerializer(serializers.Serializer[None]):
    """The account of an edition; `bin` is the bank's number of six digits, such as 970436."""

    edition = serializers.SlugField()
    bin = serializers.CharField(max_length=20)
    bank_name = serializers.CharField(max_length=120)
    number = serializers.CharField(max_length=40)
    holder = serializers.CharField(max_length=120)


class CreditNoteSerializer(serializers.ModelSerializer[CreditNote]):
    """A paper that lowers what a notice asks for."""

    edition = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = CreditNote
        fields = ["id", "edition", "notice", "number", "amount", "currency", "reason", "issued_at"]


class NewCreditNoteSerializer(serializers.Serializer[None]):
    """By how much a notice is lowered; with `end` it is given up whole, and the amount does not count."""

    notice = serializers.IntegerField(min_value=1)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    end = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=300)
    key = serializers.CharField(max_length=80)


class RefundSerializer(serializers.ModelSerializer[Refund]):
    """Money that goes back."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Refund
        fields = [
            "id", "edition", "payment", "number", "kind", "state", "amount", "currency", "reason", "asked_at",
            "outside", "version", "verbs",
        ]  # fmt: skip


class NewRefundSerializer(serializers.Serializer[None]):
    """How much of a payment goes back, and why; the same `key` again answers the refund already asked for."""

    payment = serializers.IntegerField(min_value=1)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    reason = serializers.CharField(max_length=300)
    key = serializers.CharField(max_length=120)


class DoneSerializer(serializers.Serializer[None]):
    """`outside` is the bank's own number of the transfer back."""

    outside = serializers.CharField(max_length=80, allow_blank=True, default="")


class WhySerializer(serializers.Serializer[None]):
    """Why something with money is done."""

    reason = serializers.CharField(max_length=300)


class OffNoticeSerializer(WhySerializer):
    """The notice that money is taken off."""

    notice = serializers.IntegerField(min_value=1)


class OntoNoticeSerializer(OffNoticeSerializer):
    """The notice that money is put onto, and how much."""

    amount = serializers.DecimalField(max_digits=18, decimal_places=2)


class EInvoiceSerializer(serializers.ModelSerializer[EInvoice]):
    """An e-invoice as the outside system gave it."""

    edition = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = EInvoice
        fields = [
            "id", "edition", "notice", "symbol", "number", "issued_on", "lookup_code", "status", "amount", "currency",
        ]  # fmt: skip


class NewEInvoiceSerializer(serializers.ModelSerializer[EInvoice]):
    """What the accountant's system writes here after it issued one; the same again answers what is written."""

    notice = serializers.IntegerField(min_value=1)

    class Meta:
        model = EInvoice
        fields = ["notice", "symbol", "number", "issued_on", "lookup_code", "status", "amount"]
        extra_kwargs = {"status": {"default": EInvoice.Status.ISSUED}, "lookup_code": {"default": ""}}


class WayOfferedSerializer(serializers.ModelSerializer[WayOffered]):
    """A way of paying that an audience is offered; without any row an edition offers all that are ready."""

    edition = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = WayOffered
        fields = ["id", "edition", "audience", "way", "days", "days_before_opening", "order"]


class OneWaySerializer(serializers.Serializer[None]):
    """A way with its days: `days` null is what the sale terms say, `days_before_opening` null is to the end."""

    way = serializers.ChoiceField(FOR_PAYERS)
    days = serializers.IntegerField(min_value=0, max_value=365, allow_null=True, default=None)
    days_before_opening = serializers.IntegerField(min_value=0, max_value=365, allow_null=True, default=None)


class WaysSerializer(serializers.Serializer[None]):
    """All ways for an audience, in their order."""

    edition = serializers.SlugField()
    audience = serializers.ChoiceField(Audience.choices)
    ways = OneWaySerializer(many=True, max_length=20)  # type: ignore[call-arg]


class VatRateSerializer(serializers.ModelSerializer[VatRate]):
    """The rate in the prices of an item from a day on; null is from the beginning."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    legal_basis: Any = serializers.SlugRelatedField("number", read_only=True)

    class Meta:
        model = VatRate
        fields = ["id", "edition", "item", "percent", "starts_on", "legal_basis"]


class NewVatRateSerializer(serializers.Serializer[None]):
    """A rate to set; `legal_basis` is the id of one of the edition's legal papers."""

    edition = serializers.SlugField()
    item = serializers.ChoiceField(FeeItem.choices)
    percent = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)
    starts_on = serializers.DateField(allow_null=True, default=None)
    legal_basis = serializers.IntegerField(required=False, allow_null=True, min_value=1)
