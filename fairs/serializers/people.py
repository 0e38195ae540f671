"""The shapes of companies, of what they make, of the people who act for them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from fairs.models import Company, HeldCertificate, Invitation, Membership, Officer, Person, Product, Province
from fairs.models.fields import without_link

LONGEST_TEXT = 5000


class ProductSerializer(serializers.ModelSerializer[Product]):
    """Something a company makes."""

    product_group = serializers.SlugRelatedField("code", read_only=True)
    materials = serializers.SlugRelatedField("code", many=True, read_only=True)
    photo = serializers.SerializerMethodField()

    class Meta:
        model = Product
        fields = [
            "id", "company", "product_group", "name_vi", "name_en", "hs_code", "minimum_order", "monthly_capacity",
            "lead_days", "price_band", "materials", "photo",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_photo(self, product: Product) -> str:
        """The address of its photo, open to everybody once the company exhibits; empty without one."""
        return reverse("fairs:photo", args=[product.photo_token, "large"]) if product.photo else ""


class PhotoSerializer(serializers.Serializer[None]):
    """A photo in JPEG, PNG or WebP."""

    photo = serializers.FileField()


class ProductChangeSerializer(serializers.ModelSerializer[Product]):
    """What is said about a product."""

    product_group = serializers.SlugField(help_text="the code of a product group")
    hs_code = serializers.RegexField(r"^\d{4,10}$", allow_blank=True, required=False)
    materials = serializers.ListField(
        child=serializers.SlugField(), required=False, max_length=60, help_text="codes of materials"
    )

    class Meta:
        model = Product
        fields = [
            "product_group", "name_vi", "name_en", "hs_code", "minimum_order", "monthly_capacity", "lead_days",
            "price_band", "materials",
        ]  # fmt: skip


class NewProductSerializer(ProductChangeSerializer):
    """A product for a company's list."""

    company = serializers.IntegerField(min_value=1)

    class Meta(ProductChangeSerializer.Meta):
        fields = ["company", *ProductChangeSerializer.Meta.fields]


class HeldCertificateSerializer(serializers.ModelSerializer[HeldCertificate]):
    """A certificate that a company says it holds."""

    certificate = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = HeldCertificate
        fields = ["id", "company", "certificate", "number", "valid_until"]


class NewHeldCertificateSerializer(serializers.Serializer[None]):
    """Which company holds which certificate, and until when."""

    company = serializers.IntegerField(min_value=1)
    certificate = serializers.SlugField(help_text="the code of a certificate")
    number = serializers.CharField(max_length=60, allow_blank=True, default="", validators=[without_link])
    valid_until = serializers.DateField(default=None, allow_null=True)


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    """A person acting for a company."""

    full_name = serializers.CharField(source="person.full_name", read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True, allow_null=True)

    class Meta:
        model = Membership
        fields = ["id", "company", "person", "full_name", "email", "role"]


class MemberInvitationSerializer(serializers.ModelSerializer[Invitation]):
    """Somebody asked to act for a company, as whoever asks them has typed it; nothing of the person's own account."""

    class Meta:
        model = Invitation
        fields = ["id", "company", "full_name", "email", "role"]


class NewMemberSerializer(serializers.Serializer[None]):
    """Whom to ask to act for a company: they get a letter, and say yes or no."""

    company = serializers.IntegerField(min_value=1)
    email = serializers.EmailField()
    full_name = serializers.CharField(max_length=300, validators=[without_link])
    role = serializers.ChoiceField(Membership.Role.choices, default=Membership.Role.STAFF)


class CompanySerializer(serializers.ModelSerializer[Company]):
    """A company with what it says about itself."""

    province = serializers.SlugRelatedField("name_vi", read_only=True)
    craft_village = serializers.SlugRelatedField("slug", read_only=True)
    product_groups = serializers.SlugRelatedField("code", read_only=True, many=True)

    class Meta:
        model = Company
        fields = [
            "id", "name_vi", "name_en", "legal_form", "tax_code", "country", "province", "craft_village", "address",
            "phone", "email", "website", "about_vi", "about_en", "product_groups", "languages", "export_markets",
        ]  # fmt: skip


class CompanyChangeSerializer(serializers.ModelSerializer[Company]):
    """What a company says about itself; `province` is an id of /provinces/, the others are codes."""

    province = serializers.PrimaryKeyRelatedField(queryset=Province.objects.all(), required=False, allow_null=True)
    craft_village = serializers.SlugField(required=False, allow_null=True)
    product_groups = serializers.ListField(child=serializers.SlugField(), required=False, max_length=40)
    about_vi = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, required=False)
    about_en = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, required=False)
    languages = serializers.RegexField(
        r"^([a-z]{2}(,[a-z]{2})*)?$", max_length=60, allow_blank=True, required=False, help_text="codes: vi,en"
    )
    export_markets = serializers.RegexField(
        r"^([A-Z]{2}(,[A-Z]{2})*)?$", max_length=300, allow_blank=True, required=False, help_text="codes: US,JP"
    )

    class Meta:
        model = Company
        fields = [
            "name_vi", "name_en", "legal_form", "tax_code", "province", "craft_village", "address", "phone", "email",
            "website", "about_vi", "about_en", "product_groups", "languages", "export_markets",
        ]  # fmt: skip
        validators: list[Any] = []  # the action refuses a tax code that is taken


class NewCompanySerializer(CompanyChangeSerializer):
    """A company of one's own; its country stays."""

    country = serializers.RegexField(r"^[A-Z]{2}$", default="VN", help_text="ISO 3166-1, two letters")

    class Meta(CompanyChangeSerializer.Meta):
        fields = ["country", *CompanyChangeSerializer.Meta.fields]


class OwnCompanySerializer(serializers.ModelSerializer[Membership]):
    """A company one acts for."""

    id = serializers.IntegerField(source="company_id")
    name_vi = serializers.CharField(source="company.name_vi")

    class Meta:
        model = Membership
        fields = ["id", "name_vi", "role"]


class OfficeSerializer(serializers.ModelSerializer[Officer]):
    """A role one holds, for an edition or a series."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    series = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = Officer
        fields = ["edition", "series", "role"]


class MeSerializer(serializers.ModelSerializer[Person]):
    """Oneself."""

    companies = serializers.SerializerMethodField()
    offices = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = [
            "id", "email", "full_name", "given_name", "original_name", "honorific", "job_title", "phone", "language",
            "companies", "offices",
        ]  # fmt: skip

    @extend_schema_field(OwnCompanySerializer(many=True))
    def get_companies(self, person: Person) -> Any:
        """The companies one acts for."""
        return OwnCompanySerializer(person.memberships.select_related("company"), many=True).data

    @extend_schema_field(OfficeSerializer(many=True))
    def get_offices(self, person: Person) -> Any:
        """The roles one holds."""
        return OfficeSerializer(person.offices.select_related("edition", "series"), many=True).data


class MeChangeSerializer(serializers.ModelSerializer[Person]):
    """What one says about oneself."""

    language = serializers.ChoiceField(["vi", "en"], required=False)

    class Meta:
        model = Person
        fields = ["full_name", "given_name", "original_name", "honorific", "job_title", "phone", "language"]


class PairSerializer(serializers.Serializer[Any]):
    """Two companies that may be one."""

    first = CompanySerializer()
    second = CompanySerializer()
    why = serializers.ListField(child=serializers.CharField())


class MergeSerializer(serializers.Serializer[None]):
    """Which company is kept, and which becomes part of it."""

    keep = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    drop = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
