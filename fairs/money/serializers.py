"""The shapes in which money speaks to programs."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from fairs.models import BankAccount, BankLine, Instalment, LineDecision, Notice, NoticeLine, Payment, Posting
from fairs.money.ways import WAYS


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
            "support", "due", "credited", "paid", "balance", "issued_at", "due_on", "release_on", "lines",
            "instalments", "version", "verbs",
        ]  # fmt: skip


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
