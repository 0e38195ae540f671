"""The shapes in which the floor speaks to programs."""

from decimal import Decimal
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from booths.models import (
    Application,
    Booth,
    BoothClass,
    Facility,
    Hall,
    Household,
    Offer,
    Price,
    Reservation,
    RulesText,
    SaleTerms,
    Zone,
)
from booths.querysets import stands_of
from booths.templatetags.rounds import reasons
from fairs.models import Notice, NoticeLine, Participation
from fairs.serializers.fields import edition_slug

LARGEST_KEY = 2**63 - 1
LONGEST_RULES = 50_000


def key_field() -> serializers.IntegerField:
    """The number of a row that the person must be able to see: another one is 404, like one that is not there."""
    return serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)


def neighbours_field() -> serializers.ListField:
    """Companies that exhibit at the edition, by the `company` of /exhibitors/."""
    return serializers.ListField(child=key_field(), max_length=20, default=list)


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
    """What one booth costs an audience, VAT included, from a day on until the next begins; null: from the beginning."""

    class Meta:
        model = Price
        fields = ["audience", "currency", "amount", "starts_on"]
        validators: ClassVar[list[Any]] = []  # a price of that day is changed


class SaleTermsSerializer(serializers.ModelSerializer[SaleTerms]):
    """How long a hold lasts, a notice is payable, an offer stands; how many booths and passes one may have."""

    edition = edition_slug()

    class Meta:
        model = SaleTerms
        fields = [
            "id", "edition", "hold_minutes", "payment_days", "in_advance", "balance_due_on", "release_days",
            "booths_at_most", "passes_for_a_booth", "offer_hours", "appeal_days", "households_from", "households_to",
            "households_until", "groups_together",
        ]  # fmt: skip
        extra_kwargs = {
            "hold_minutes": {"min_value": 1, "max_value": 1440, "required": False},
            "payment_days": {"min_value": 1, "max_value": 365, "required": False},
            "in_advance": {"min_value": 1, "max_value": 100, "required": False},
            "release_days": {"min_value": 0, "max_value": 365, "required": False, "allow_null": True},
            "booths_at_most": {"min_value": 1, "max_value": 50, "required": False},
            "passes_for_a_booth": {"min_value": 0, "max_value": 50, "required": False},
            "offer_hours": {"min_value": 1, "max_value": 720, "required": False},
            "appeal_days": {"min_value": 1, "max_value": 90, "required": False},
            "households_from": {"min_value": 2, "max_value": 100, "required": False},
            "households_to": {"min_value": 2, "max_value": 100, "required": False},
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


class HouseholdSerializer(serializers.ModelSerializer[Household]):
    """A household of a group; `company` is there once the application is handed in."""

    class Meta:
        model = Household
        fields = ["name", "person_in_charge", "craft", "phone", "passes", "company"]
        read_only_fields = ["company"]
        extra_kwargs = {"passes": {"max_value": 50}}


class HouseholdsSerializer(serializers.Serializer[None]):
    """All households of a group, in their order."""

    households = serializers.ListField(child=HouseholdSerializer(), max_length=100)


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application with its state."""

    edition = edition_slug()
    booth_class = serializers.SlugRelatedField("code", read_only=True)
    zones = serializers.SlugRelatedField("code", read_only=True, many=True)
    households = HouseholdSerializer(many=True, read_only=True)
    households_missing = serializers.IntegerField(
        read_only=True, help_text="how many households a group has still to name before it can be handed in"
    )
    near = serializers.SerializerMethodField()
    apart = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Application
        fields = [
            "id", "edition", "company", "contact", "booth_class", "booth_count", "side_by_side", "wants_corner",
            "zones", "wishes",
            "power_kw", "water", "support_asked", "near", "apart", "is_group", "households",
            "households_missing",
            "state", "version", "submitted_at", "rules_version", "reason", "question", "answer", "verbs",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_near(self, application: Application) -> list[int]:
        """The companies it would like to stand near."""
        return [wish.company_id for wish in application.neighbour_wishes.all() if wish.kind == "near"]

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_apart(self, application: Application) -> list[int]:
        """The companies it would rather not stand beside."""
        return [wish.company_id for wish in application.neighbour_wishes.all() if wish.kind == "apart"]


class DraftSerializer(serializers.Serializer[None]):
    """What a draft is made of."""

    edition = serializers.SlugField()
    company = key_field()
    booth_class = serializers.CharField(max_length=40)
    booth_count = serializers.IntegerField(min_value=1, max_value=100, default=1)
    side_by_side = serializers.BooleanField(default=True)
    wants_corner = serializers.BooleanField(default=False)
    wishes = serializers.CharField(max_length=2000, allow_blank=True, default="")
    zones = codes_field(4, default=list)
    booths = codes_field(12, default=list)
    power_kw = serializers.DecimalField(5, 1, min_value=Decimal(0), default=Decimal(0), help_text="in kW")
    water = serializers.BooleanField(default=False)
    support_asked = serializers.CharField(max_length=2000, allow_blank=True, default="")
    is_group = serializers.BooleanField(default=False, help_text="a commune or association with its households")
    near = neighbours_field()
    apart = neighbours_field()


class RulesSerializer(serializers.Serializer[None]):
    """The version of the fair's rules that the applicant accepts."""

    rules_version = serializers.CharField(max_length=20)


class RulesTextSerializer(serializers.ModelSerializer[RulesText]):
    """The rules of a fair in one version, in both languages."""

    edition = edition_slug()

    class Meta:
        model = RulesText
        fields = ["id", "edition", "version", "text_vi", "text_en", "published_at"]


class NewRulesTextSerializer(serializers.Serializer[None]):
    """A new version of the rules."""

    edition = serializers.SlugField()
    version = serializers.CharField(max_length=20)
    text_vi = serializers.CharField(max_length=LONGEST_RULES)
    text_en = serializers.CharField(max_length=LONGEST_RULES)


class ReasonSerializer(serializers.Serializer[None]):
    """Why."""

    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class HoldSerializer(serializers.Serializer[None]):
    """The booths to hold for an application, all or none."""

    application = key_field()
    booths = codes_field(12, min_length=1)
    apart = serializers.BooleanField(default=False, help_text="a group agrees that its booths need not touch")
    ahead = serializers.CharField(
        max_length=300, default="", allow_blank=True, help_text="why the booth desk does not wait for its turn"
    )


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    """Who has a booth, and until when: a hold for its minutes, a reservation until it is to be paid (`due_on`).

    After `release_on` it is free again if nothing was paid.
    """

    booth = serializers.SlugRelatedField("code", read_only=True)
    due_on = serializers.DateField(read_only=True, allow_null=True, default=None)
    release_on = serializers.DateField(read_only=True, allow_null=True, default=None)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Reservation
        fields = [
            "id", "application", "company", "booth", "state", "held_until", "due_on", "release_on", "ahead", "permit",
            "version", "verbs",
        ]  # fmt: skip


class OfferSerializer(serializers.ModelSerializer[Offer]):
    """Booths offered to the waiting list, or a place from an allocation round with the reasons for it; until when."""

    edition = serializers.SlugRelatedField("slug", source="application.edition", read_only=True)
    company = serializers.PrimaryKeyRelatedField(source="application.company", read_only=True)
    booths = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Offer
        fields = [
            "id", "edition", "application", "company", "round", "booths", "reasons", "state", "made_at", "expires_at",
            "verbs",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_booths(self, offer: Offer) -> list[str]:
        """The codes of the booths."""
        return sorted(row.booth.code for row in offer.reservations.all())

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, offer: Offer) -> list[str]:
        """Why the place is this one; others are counted, not named. Nothing for an offer to the waiting list."""
        return reasons(offer)


class OffersToMakeSerializer(serializers.Serializer[None]):
    """The edition whose waiting list is gone through."""

    edition = serializers.SlugField()


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
    company = serializers.IntegerField(source="company_id")
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
            "id", "edition", "company", "host", "name_vi", "name_en", "country", "province", "craft_village",
            "product_groups", "products", "booths",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_booths(self, part: Participation) -> list[str]:
        """The codes of its booths in this edition; a household has those of its group."""
        return [row.booth.code for row in stands_of(part) if row.edition_id == part.edition_id]
