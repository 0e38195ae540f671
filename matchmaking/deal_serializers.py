"""The shapes in which contracts, what belongs to them and opportunities speak to programs."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from fairs.models import Certificate, Product, ProductGroup
from fairs.models.fields import CURRENCIES
from matchmaking.actions.deal_terms import LONGEST_LEAD
from matchmaking.models import (
    Consignment,
    Deal,
    DealCorrection,
    DealLine,
    DealPair,
    DealPaper,
    Opportunity,
    Quotation,
)


class DealLineSerializer(serializers.ModelSerializer[DealLine]):
    """One kind of goods of a deal, in its currency."""

    class Meta:
        model = DealLine
        fields = ["product", "words", "hs_code", "quantity", "unit", "unit_price"]


class DealSerializer(serializers.ModelSerializer[Deal]):
    """A deal with both sides and the rate its dollars rest on; the other side's link is never in it."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)
    importer_name = serializers.CharField(source="importer.company.name_vi", read_only=True)
    product_group: Any = serializers.SlugRelatedField("code", read_only=True)
    lines = DealLineSerializer(many=True, read_only=True)
    certificates: Any = serializers.SlugRelatedField("code", many=True, read_only=True)
    level = serializers.ChoiceField(Deal.Level.choices, read_only=True, allow_blank=True)
    rate_date = serializers.DateField(source="rate.date", read_only=True, default=None, allow_null=True)
    rate_source = serializers.CharField(source="rate.source", read_only=True, default="")
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Deal
        fields = [
            "id", "edition", "number", "kind", "exhibitor", "exhibitor_name", "importer", "importer_name", "meeting",
            "product_group", "goods", "currency", "amount", "usd", "rate_date", "rate_source", "signed_on",
            "recorded_side", "recorded_at", "confirmed_at", "claimed_amount", "other_amount", "other_note", "state",
            "version", "verbs", "signed_in", "incoterm", "place", "payment", "lead_days", "latest_shipment",
            "certificates", "lines", "level", "confirmed_by", "seen_at", "delivered_at", "same_as",
        ]  # fmt: skip


class TermsSerializer(serializers.Serializer[None]):
    """What a paper says besides its value; what is left out stays, or is empty in a new one."""

    signed_in = serializers.CharField(max_length=120, allow_blank=True, required=False)
    incoterm = serializers.ChoiceField(Deal.Incoterm.choices, allow_blank=True, required=False)
    place = serializers.CharField(max_length=120, allow_blank=True, required=False)
    payment = serializers.CharField(max_length=300, allow_blank=True, required=False)
    lead_days = serializers.IntegerField(min_value=1, max_value=LONGEST_LEAD, allow_null=True, required=False)
    latest_shipment = serializers.DateField(allow_null=True, required=False)
    certificates = serializers.SlugRelatedField("code", queryset=Certificate.objects.all(), many=True, required=False)


class GivenLineSerializer(serializers.Serializer[None]):
    """One kind of goods: a product of the exhibitor, or words."""

    product = serializers.PrimaryKeyRelatedField(queryset=Product.objects.all(), default=None, allow_null=True)
    words = serializers.CharField(max_length=300, allow_blank=True, default="")
    hs_code = serializers.CharField(max_length=14, allow_blank=True, default="")
    quantity = serializers.DecimalField(max_digits=14, decimal_places=3)
    unit = serializers.ChoiceField(DealLine.Unit.choices, default=DealLine.Unit.PIECE)
    unit_price = serializers.DecimalField(max_digits=18, decimal_places=4)


class DescribeSerializer(serializers.Serializer[None]):
    """Terms, and lines of goods that take the place of those there are; `differs` where they come to another sum."""

    terms = TermsSerializer(default=dict)
    lines = GivenLineSerializer(many=True, default=None, allow_null=True)
    differs = serializers.BooleanField(default=False)


class RecordSerializer(serializers.Serializer[None]):
    """What a deal is made of; the same `key` again answers the deal already recorded.

    An exhibitor names an importer they have met by `importer`, any other by the code on the `badge`.
    """

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1)
    importer = serializers.IntegerField(min_value=1, required=False)
    badge = serializers.CharField(max_length=200, required=False)
    recorded_side = serializers.ChoiceField(choices=Deal.Side.choices)
    kind = serializers.ChoiceField(choices=Deal.Kind.choices)
    product_group = serializers.SlugRelatedField("code", queryset=ProductGroup.objects.all())
    goods = serializers.CharField(max_length=500, allow_blank=True, default="")
    currency = serializers.ChoiceField(choices=CURRENCIES)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    signed_on = serializers.DateField()
    meeting = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    opportunity = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    terms = TermsSerializer(default=dict)
    lines = GivenLineSerializer(many=True, default=list)
    differs = serializers.BooleanField(default=False)
    key = serializers.CharField(max_length=80)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if "importer" not in given and "badge" not in given:
            raise serializers.ValidationError({"importer": _("Say who buys: an importer you have met, or a badge.")})
        return given


class DifferenceSerializer(serializers.Serializer[None]):
    """What the other side knows differently."""

    other_amount = serializers.DecimalField(max_digits=18, decimal_places=2, default=None, allow_null=True)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class ConsignmentSerializer(serializers.ModelSerializer[Consignment]):
    """The goods on their way: who said it last, and what the other side may say."""

    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Consignment
        fields = ["deal", "shipped_on", "delivered_on", "side", "state", "version", "verbs"]


class OnSerializer(serializers.Serializer[None]):
    """A day."""

    on = serializers.DateField()


class DealFileSerializer(serializers.ModelSerializer[DealPaper]):
    """A file that speaks for a deal; its content is a download of its own."""

    class Meta:
        model = DealPaper
        fields = ["id", "deal", "sha256", "given_side", "given_at", "verdict", "reason", "checked_at"]


class GiveFileSerializer(serializers.Serializer[None]):
    """A PDF or photo for a deal."""

    deal = serializers.IntegerField(min_value=1)
    file = serializers.FileField()


class CheckFileSerializer(serializers.Serializer[None]):
    """What an officer found: it fits, or not and why; empty takes the word back."""

    verdict = serializers.ChoiceField(DealPaper.Verdict.choices, allow_blank=True)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class DealCorrectionSerializer(serializers.ModelSerializer[DealCorrection]):
    """What one side wants put right, before and after."""

    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = DealCorrection
        fields = [
            "id", "deal", "field", "before", "after", "reason", "side", "asked_at", "answered_at", "state", "version",
            "verbs",
        ]  # fmt: skip


class AskCorrectionSerializer(serializers.Serializer[None]):
    """What is to be put right of a confirmed deal: its value with its currency, its day or its kind, and why."""

    deal = serializers.IntegerField(min_value=1)
    field = serializers.ChoiceField(DealCorrection.Field.choices)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, default=None, allow_null=True)
    currency = serializers.ChoiceField(CURRENCIES, default="", allow_blank=True)
    signed_on = serializers.DateField(default=None, allow_null=True)
    kind = serializers.ChoiceField(Deal.Kind.choices, default="", allow_blank=True)
    reason = serializers.CharField(max_length=500)


class DealPairSerializer(serializers.ModelSerializer[DealPair]):
    """Two papers that may be one, and what was decided."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = DealPair
        fields = ["id", "edition", "first", "second", "kept", "state", "version", "verbs"]


class PossibleTwinsSerializer(serializers.Serializer[Any]):
    """Two papers about which nobody has decided."""

    first = serializers.IntegerField(source="first.pk")
    second = serializers.IntegerField(source="second.pk")
    by_both = serializers.BooleanField()
    equal = serializers.BooleanField()


class DecidePairSerializer(serializers.Serializer[None]):
    """Two papers; `kept` is the one that counts where they are one, nothing where they are two."""

    first = serializers.IntegerField(min_value=1)
    second = serializers.IntegerField(min_value=1)
    kept = serializers.IntegerField(min_value=1, default=None, allow_null=True)


class QuotationSerializer(serializers.ModelSerializer[Quotation]):
    """One version of what is offered."""

    class Meta:
        model = Quotation
        fields = [
            "number", "currency", "amount", "goods", "incoterm", "place", "payment", "lead_days", "valid_until",
            "made_at",
        ]  # fmt: skip


class OpportunitySerializer(serializers.ModelSerializer[Opportunity]):
    """What an exhibitor and an importer talk about; why it lapsed is the exhibitor's own and is left out for others."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)
    importer_name = serializers.CharField(source="importer.company.name_vi", read_only=True)
    quotations = QuotationSerializer(many=True, read_only=True)
    reason = serializers.SerializerMethodField()
    verbs = serializers.SerializerMethodField()

    class Meta:
        model = Opportunity
        fields = [
            "id", "edition", "exhibitor", "exhibitor_name", "importer", "importer_name", "goods", "source",
            "opened_at", "quotations", "reason", "state", "version", "verbs",
        ]  # fmt: skip

    def get_reason(self, one: Opportunity) -> str:
        """Why it lapsed, for the exhibitor."""
        return one.reason if self._own(one) else ""

    def get_verbs(self, one: Opportunity) -> list[str]:
        """What the exhibitor may do; papers move it by themselves."""
        return [verb for verb in ("lapse", "reopen") if one.can(verb)] if self._own(one) else []

    def _own(self, one: Opportunity) -> bool:
        return one.exhibitor.company_id in self.context["request"].user.company_ids


class OpenOpportunitySerializer(serializers.Serializer[None]):
    """With whom something is talked about; the same `key` again answers the same one."""

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1)
    importer = serializers.IntegerField(min_value=1)
    goods = serializers.CharField(max_length=500, allow_blank=True, default="")
    key = serializers.CharField(max_length=60)


class QuoteSerializer(serializers.Serializer[None]):
    """A new version of a quotation; the same `key` again answers the same version."""

    currency = serializers.ChoiceField(CURRENCIES)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    goods = serializers.CharField(max_length=500, allow_blank=True, default="")
    incoterm = serializers.ChoiceField(Deal.Incoterm.choices, allow_blank=True, default="")
    place = serializers.CharField(max_length=120, allow_blank=True, default="")
    payment = serializers.CharField(max_length=300, allow_blank=True, default="")
    lead_days = serializers.IntegerField(min_value=1, max_value=LONGEST_LEAD, allow_null=True, default=None)
    valid_until = serializers.DateField(allow_null=True, default=None)
    key = serializers.CharField(max_length=60)


class LapseSerializer(serializers.Serializer[None]):
    """Why nothing comes of it."""

    reason = serializers.CharField(max_length=300)
