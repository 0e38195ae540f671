"""The shapes in which money speaks to programs."""

from rest_framework import serializers

from fairs.models import BankAccount, Checkout, Instalment, Notice, NoticeLine, Payment, Posting
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
