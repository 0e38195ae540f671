"""The shapes in which the floor speaks to programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from booths.models import Application, Booth, BoothClass, Facility, Hall, Price, Reservation, SaleTerms, Zone
from fairs.models import Notice, NoticeLine, Participation
from fairs.serializers.fields import edition_slug

LARGEST_KEY = 2**63 - 1


def key_field() -> serializers.IntegerField:
    """The number of a row that the person must be able to see: another one is 404, like one that is not there."""
    return serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)


def codes_field(longest: int, **kwargs: Any) -> serializers.ListField:
    """Some codes of the floor."""
    return serializers.ListField(child=serializers.CharField(max_length=longest), max_length=50, **kwargs)


class HallSerializer(serializers.ModelSerializer[Hall]):
    """A hall, in metres from the top left corner of the site."""

    edition = edition_slug()

    class Meta:
        model = Hall
        fields = ["id", "edition", "code", "name_vi", "name_en", "x", "y", "width", "depth"]


class ZoneSerializer(serializers.ModelSerializer[Zone]):
    """A zone with its product groups."""

    edition = edition_slug()
    product_groups = serializers.SlugRelatedField("code", read_only=True, many=True)

    class Meta:
        model = Zone
        fields = ["id", "edition", "code", "name_vi", "name_en", "order", "product_groups"]


class FacilitySerializer(serializers.ModelSerializer[Facility]):
    """A facility, in metres."""

    edition = edition_slug()

    class Meta:
        model = Facility
        fields = ["id", "edition", "kind", "name_vi", "name_en", "x", "y", "width", "depth"]


class PriceSerializer(serializers.ModelSerializer[Price]):
    """What one booth costs an audience, VAT included."""

    class Meta:
        model = Price
        fields = ["audience", "currency", "amount", "vat_rate"]
        extra_kwargs = {"vat_rate": {"min_value": 0, "max_value": 100}}


class SaleTermsSerializer(serializers.ModelSerializer[SaleTerms]):
    """How long a hold lasts and a notice is payable, how many booths and passes one may have."""

    edition = edition_slug()

    class Meta:
        model = SaleTerms
        fields = [
            "id", "edition", "hold_minutes", "payment_days", "balance_due_on", "booths_at_most", "passes_for_a_booth",
            "rules_version",
        ]  # fmt: skip
        extra_kwargs = {
            "hold_minutes": {"min_value": 1, "max_value": 1440, "required": False},
            "payment_days": {"min_value": 1, "max_value": 365, "required": False},
            "booths_at_most": {"min_value": 1, "max_value": 50, "required": False},
            "passes_for_a_booth": {"min_value": 0, "max_value": 50, "required": False},
        }


class NewSaleTermsSerializer(SaleTermsSerializer):
    """The terms to set for an edition."""

    edition = serializers.SlugField()  # type: ignore[assignment]


class BoothClassSerializer(serializers.ModelSerializer[BoothClass]):
    """A class of booth with its prices."""

    edition = edition_slug()
    prices = PriceSerializer(many=True, read_only=True)

    class Meta:
        model = BoothClass
        fields = [
            "id", "edition", "code", "name_vi", "name_en", "includes_vi", "includes_en", "origin", "build", "prices",
        ]  # fmt: skip


class BoothSerializer(serializers.ModelSerializer[Booth]):
    """A booth with its place in metres and whether it is free."""

    edition = edition_slug()
    hall = serializers.SlugRelatedField("code", read_only=True)
    zone = serializers.SlugRelatedField("code", read_only=True)
    booth_class = serializers.SlugRelatedField("code", read_only=True)
    status = serializers.CharField(
        read_only=True, help_text="free, held, reserved, confirmed, handed_over or blocked, at this moment"
    )

    class Meta:
        model = Booth
        fields = [
            "id", "edition", "code", "hall", "zone", "booth_class", "x", "y", "width", "depth", "open_sides", "corner",
            "status",
        ]  # fmt: skip


class BlockSerializer(serializers.Serializer[None]):
    """Why a booth is not let."""

    reason = serializers.CharField(max_length=200)


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application with its state."""

    edition = edition_slug()
    booth_class = serializers.SlugRelatedField("code", read_only=True)
    zones = serializers.SlugRelatedField("code", read_only=True, many=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Application
        fields = [
            "id", "edition", "company", "contact", "booth_class", "booth_count", "side_by_side", "zones", "wishes",
            "state", "version", "submitted_at", "reason", "question", "answer", "verbs",
        ]  # fmt: skip


class DraftSerializer(serializers.Serializer[None]):
    """What a draft is made of."""

    edition = serializers.SlugField()
    company = key_field()
    booth_class = serializers.CharField(max_length=40)
    booth_count = serializers.IntegerField(min_value=1, max_value=100, default=1)
    side_by_side = serializers.BooleanField(default=True)
    wishes = serializers.CharField(max_length=2000, allow_blank=True, default="")
    zones = codes_field(4, default=list)
    booths = codes_field(12, default=list)


class RulesSerializer(serializers.Serializer[None]):
    """The version of the fair's rules that the applicant accepts."""

    rules_version = serializers.CharField(max_length=20)


class ReasonSerializer(serializers.Serializer[None]):
    """Why."""

    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class HoldSerializer(serializers.Serializer[None]):
    """The booths to hold for an application, all or none."""

    application = key_field()
    booths = codes_field(12, min_length=1)


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    """Who has a booth, and until when."""

    booth = serializers.SlugRelatedField("code", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Reservation
        fields = ["id", "application", "company", "booth", "state", "held_until", "permit", "version", "verbs"]


class ChosenSerializer(serializers.Serializer[None]):
    """Some booths."""

    booths = codes_field(12, min_length=1)


class QuoteLineSerializer(serializers.ModelSerializer[NoticeLine]):
    """A price or a support, not yet owed."""

    class Meta:
        model = NoticeLine
        fields = ["kind", "text_vi", "text_en", "amount", "vat_rate"]


class QuoteSerializer(serializers.Serializer[Any]):
    """What booths would cost."""

    currency = serializers.CharField()
    lines = QuoteLineSerializer(many=True)
    list_price = serializers.DecimalField(18, 2)
    support = serializers.DecimalField(18, 2)
    due = serializers.DecimalField(18, 2)


class IssuedSerializer(serializers.ModelSerializer[Notice]):
    """The payment notice that reserving issued."""

    class Meta:
        model = Notice
        fields = ["id", "number", "currency", "due", "due_on", "state"]


class ExhibitorSerializer(serializers.ModelSerializer[Participation]):
    """An exhibitor as the public knows it."""

    edition = edition_slug()
    name_vi = serializers.CharField(source="company.name_vi")
    name_en = serializers.CharField(source="company.name_en")
    country = serializers.CharField(source="company.country")
    province = serializers.CharField(source="province.name_vi", default="")
    craft_village = serializers.CharField(source="company.craft_village.name_vi", default="")
    product_groups = serializers.SlugRelatedField("code", source="company.product_groups", many=True, read_only=True)
    products = serializers.SlugRelatedField("name_vi", source="company.products", many=True, read_only=True)
    booths = serializers.SerializerMethodField()

    class Meta:
        model = Participation
        fields = [
            "id", "edition", "name_vi", "name_en", "country", "province", "craft_village", "product_groups",
            "products", "booths",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_booths(self, part: Participation) -> list[str]:
        """The codes of its booths in this edition."""
        stands: Any = part.company.stands  # type: ignore[attr-defined]
        return [row.booth.code for row in stands if row.edition_id == part.edition_id]
