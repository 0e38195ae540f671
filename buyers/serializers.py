"""The shapes in which importers, badges and gates speak to programs."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from buyers.consents import ASKED
from buyers.grades import PLAIN
from buyers.models import Badge, Gate, Registration, Scan
from fairs.models import ProductGroup
from fairs.models.fields import without_link
from fairs.permissions import may

Field = serializers.SlugRelatedField[Any]


class RegistrationSerializer(serializers.ModelSerializer[Registration]):
    """A registration with its state and the verbs open from it."""

    edition: Field = serializers.SlugRelatedField("slug", read_only=True)
    person_name = serializers.CharField(source="person.full_name", read_only=True)
    company_name = serializers.CharField(source="company.name_vi", read_only=True)
    country = serializers.CharField(source="company.country", read_only=True)
    grade: Field = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    product_groups: Field = serializers.SlugRelatedField("code", many=True, read_only=True)
    materials: Field = serializers.SlugRelatedField("code", many=True, read_only=True)
    certificates: Field = serializers.SlugRelatedField("code", many=True, read_only=True)
    markets: Field = serializers.SlugRelatedField("country", many=True, read_only=True)
    days: Field = serializers.SlugRelatedField("date", many=True, read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Registration
        fields = [
            "id", "edition", "person", "person_name", "company", "company_name", "country", "state", "grade",
            "product_groups", "volume", "languages", "interest", "materials", "price_band", "order_size",
            "certificates", "markets", "days", "registered_at", "reason", "version", "verbs",
        ]  # fmt: skip


class NewcomerSerializer(serializers.Serializer[None]):
    """What registering asks; whoever is signed in registers themselves and leaves name and e-mail out."""

    edition = serializers.SlugField()
    full_name = serializers.CharField(
        max_length=300, required=False, validators=[without_link], help_text="in Latin letters"
    )
    original_name = serializers.CharField(
        max_length=300, required=False, validators=[without_link], help_text="in its own script"
    )
    email = serializers.EmailField(max_length=254, required=False)
    company_name = serializers.CharField(max_length=300, required=False, validators=[without_link])
    country = serializers.RegexField(r"^[A-Z]{2}$", required=False)
    company = serializers.IntegerField(min_value=1, required=False)
    product_groups = serializers.ListField(
        child=serializers.SlugField(max_length=50), max_length=40, required=False, help_text="codes of product groups"
    )
    consents = serializers.MultipleChoiceField(choices=[str(asked.purpose) for asked in ASKED])
    volume = serializers.ChoiceField(choices=Registration.Volume.choices, required=False)
    languages = serializers.RegexField(r"^[a-z]{2}(,[a-z]{2})*$", max_length=60, required=False)
    interest = serializers.CharField(max_length=2000, required=False)

    def validate_product_groups(self, codes: list[str]) -> list[ProductGroup]:
        """The groups with these codes, found in one query; an unknown code is refused."""
        found = list(ProductGroup.objects.filter(code__in=codes))
        if unknown := sorted(set(codes) - {group.code for group in found}):
            raise serializers.ValidationError(_("There is no product group %(codes)s.") % {"codes": ", ".join(unknown)})
        return found


class ReceivedSerializer(serializers.Serializer[None]):
    """What a newcomer is told: the same whether their address was known or not."""

    code = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)


class GivenGradeSerializer(serializers.Serializer[None]):
    """The grade an importer is approved with."""

    grade = serializers.SlugField(max_length=12, default=PLAIN, help_text="code of a grade of the edition")


class DeclineSerializer(serializers.Serializer[None]):
    """Why, in words the importer reads."""

    reason = serializers.CharField(max_length=500)


class InvitationSerializer(serializers.Serializer[None]):
    """Whom to invite."""

    edition = serializers.SlugField()
    full_name = serializers.CharField(max_length=300, validators=[without_link])
    email = serializers.EmailField(max_length=254)
    company_name = serializers.CharField(max_length=300, validators=[without_link])
    country = serializers.RegexField(r"^[A-Z]{2}$")


class BadgeSerializer(serializers.ModelSerializer[Badge]):
    """A badge; its short code is for those who may print it, and empty for others. The token is only ever printed."""

    edition: Field = serializers.SlugRelatedField("slug", read_only=True)
    person_name = serializers.CharField(source="person.full_name", read_only=True)
    short_code = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Badge
        fields = [
            "id",
            "edition",
            "person",
            "person_name",
            "company",
            "kind",
            "organisation",
            "country",
            "short_code",
            "state",
            "issued_at",
            "version",
            "verbs",
        ]

    def get_short_code(self, badge: Badge) -> str:
        return badge.short_code if may(self.context["request"].user, "buyers.print_badge", badge) else ""


class IssueSerializer(serializers.Serializer[None]):
    """Whose badge, for which company, of which kind."""

    edition = serializers.SlugField()
    person = serializers.IntegerField(min_value=1)
    company = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    kind = serializers.ChoiceField(choices=Badge.Kind.choices)


class PassSerializer(serializers.Serializer[None]):
    """Somebody who stands at a company's booths."""

    edition = serializers.SlugField()
    company = serializers.IntegerField(min_value=1)
    full_name = serializers.CharField(max_length=300)
    job_title = serializers.CharField(max_length=150, default="", allow_blank=True)


class GateSerializer(serializers.ModelSerializer[Gate]):
    """A gate."""

    edition: Field = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = Gate
        fields = ["id", "edition", "name_vi", "name_en"]


class NewGateSerializer(serializers.Serializer[None]):
    """A gate's names."""

    edition = serializers.SlugField()
    name_vi = serializers.CharField(max_length=100)
    name_en = serializers.CharField(max_length=100)


class ScanSerializer(serializers.ModelSerializer[Scan]):
    """One reading and what the gate answered."""

    edition: Field = serializers.SlugRelatedField("slug", read_only=True)
    person_name = serializers.CharField(source="badge.person.full_name", read_only=True, default=None)
    company_name = serializers.CharField(source="badge.company.name_vi", read_only=True, default=None)
    kind = serializers.CharField(source="badge.kind", read_only=True, default=None)

    class Meta:
        model = Scan
        fields = [
            "id",
            "edition",
            "gate",
            "badge",
            "at",
            "direction",
            "result",
            "entered",
            "key",
            "person_name",
            "company_name",
            "kind",
        ]


class ReadingSerializer(serializers.Serializer[None]):
    """A reading to record; `key` is the device's own number for it, sent again it records nothing new."""

    gate = serializers.IntegerField(min_value=1)
    code = serializers.CharField(max_length=200)
    direction = serializers.ChoiceField(choices=Scan.Direction.choices, default=Scan.Direction.IN)
    key = serializers.CharField(max_length=80)
    at = serializers.DateTimeField(required=False)
