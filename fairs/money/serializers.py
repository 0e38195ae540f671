"""The shapes in which money speaks to programs."""

from typing import Any

from rest_framework import serializers

from fairs.models import (
    Audience,
    BankAccount,
    FeeItem,
    Instalment,
    Notice,
    NoticeLine,
    Payment,
    Posting,
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


class ReceiptSerializer(serializers.Serializer[None]):
    """Money that finance has received; repeat the same `key` to be sure, and it is counted once."""

    notice = serializers.IntegerField(min_value=1)
    way = serializers.ChoiceField([code for code, way in WAYS.items() if way.by_hand])
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    received_on = serializers.DateField()
    key = serializers.CharField(max_length=80)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


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
