"""The shapes of editions and of what is set up in them."""

from typing import Any

from rest_framework import serializers

from fairs.models import Edition, LegalPaper, Officer, OpeningDay, PlanVersion, ProgrammeItem, Series, Target
from fairs.serializers.fields import edition_slug


class SeriesSerializer(serializers.ModelSerializer[Series]):
    """A fair that comes back."""

    class Meta:
        model = Series
        fields = ["slug", "name_vi", "name_en", "short_name", "host_vi", "host_en", "operator_vi", "operator_en"]


class OpeningDaySerializer(serializers.ModelSerializer[OpeningDay]):
    """A day with its hours, in the edition's time zone."""

    class Meta:
        model = OpeningDay
        fields = ["date", "opens_at", "closes_at", "audience"]


class EditionSerializer(serializers.ModelSerializer[Edition]):
    """An edition with its days."""

    series = serializers.SlugRelatedField("slug", read_only=True)
    days = OpeningDaySerializer(many=True, read_only=True)

    class Meta:
        model = Edition
        fields = [
            "series", "slug", "number", "kind", "name_vi", "name_en", "theme_vi", "theme_en", "opens_on", "closes_on",
            "time_zone", "venue_vi", "venue_en", "venue_address", "country", "published", "days",
        ]  # fmt: skip


class EditionChangeSerializer(serializers.ModelSerializer[Edition]):
    """What an edition says about itself."""

    class Meta:
        model = Edition
        fields = [
            "number", "kind", "name_vi", "name_en", "theme_vi", "theme_en", "opens_on", "closes_on", "time_zone",
            "venue_vi", "venue_en", "venue_address", "country",
        ]  # fmt: skip


class NewEditionSerializer(EditionChangeSerializer):
    """A new edition of a series."""

    series = serializers.SlugField()

    class Meta(EditionChangeSerializer.Meta):
        fields = ["series", "slug", *EditionChangeSerializer.Meta.fields]


class CopySerializer(serializers.ModelSerializer[Edition]):
    """What differs in a new edition from the one it copies."""

    class Meta:
        model = Edition
        fields = ["slug", "number", "name_vi", "name_en", "opens_on"]


class OpeningDayOfEditionSerializer(OpeningDaySerializer):
    """A day with its hours and its edition."""

    edition = edition_slug()

    class Meta(OpeningDaySerializer.Meta):
        fields = ["id", "edition", *OpeningDaySerializer.Meta.fields]


class DaysSerializer(serializers.Serializer[None]):
    """All opening days of an edition."""

    edition = serializers.SlugField()
    days = OpeningDaySerializer(many=True)


class TargetSerializer(serializers.ModelSerializer[Target]):
    """A target for one figure of the report, such as B1.planned."""

    value = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0)

    class Meta:
        model = Target
        fields = ["figure", "value"]


class TargetOfEditionSerializer(TargetSerializer):
    """A target with its edition."""

    edition = edition_slug()

    class Meta(TargetSerializer.Meta):
        fields = ["id", "edition", *TargetSerializer.Meta.fields]


class TargetsSerializer(serializers.Serializer[None]):
    """Targets to set; a figure that is not named keeps its own. Together they make a new version of the plan."""

    edition = serializers.SlugField()
    targets = TargetSerializer(many=True)
    legal_paper = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text="The number of the edition’s paper that sets it."
    )
    since = serializers.DateField(required=False, help_text="The day from which it holds; today when left out.")
    why = serializers.CharField(required=False, max_length=500, allow_blank=True)


class PlanVersionSerializer(serializers.ModelSerializer[PlanVersion]):
    """A version of an edition's plan with all its targets; the highest number holds."""

    edition = edition_slug()
    legal_paper = serializers.CharField(source="legal_paper.number", default="")
    targets = TargetSerializer(many=True)

    class Meta:
        model = PlanVersion
        fields = ["id", "edition", "number", "since", "legal_paper", "why", "made_at", "targets"]


class LegalPaperSerializer(serializers.ModelSerializer[LegalPaper]):
    """An official paper on which an edition rests."""

    edition = edition_slug()
    has_file = serializers.SerializerMethodField()

    class Meta:
        model = LegalPaper
        fields = [
            "id", "edition", "number", "issued_on", "issuer_vi", "issuer_en", "subject_vi", "subject_en", "has_file",
        ]  # fmt: skip

    def get_has_file(self, paper: LegalPaper) -> bool:
        """Whether the paper itself can be fetched from `…/file/`."""
        return bool(paper.file)


class NewLegalPaperSerializer(serializers.ModelSerializer[LegalPaper]):
    """A paper; its file is a PDF of at most 10 MB, sent as multipart."""

    edition = serializers.SlugField()
    file = serializers.FileField(required=False)

    class Meta:
        model = LegalPaper
        fields = ["edition", "number", "issued_on", "issuer_vi", "issuer_en", "subject_vi", "subject_en", "file"]
        validators: list[Any] = []  # the action refuses a number that is known


class ProgrammeItemSerializer(serializers.ModelSerializer[ProgrammeItem]):
    """Something on the programme."""

    edition = edition_slug()

    class Meta:
        model = ProgrammeItem
        fields = ["id", "edition", "starts_at", "ends_at", "title_vi", "title_en", "place_vi", "place_en"]


class NewProgrammeItemSerializer(ProgrammeItemSerializer):
    """Something for the programme."""

    edition = serializers.SlugField()  # type: ignore[assignment]


class OfficerSerializer(serializers.ModelSerializer[Officer]):
    """Who holds which role for an edition."""

    edition = edition_slug()
    full_name = serializers.CharField(source="person.full_name", read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True, allow_null=True)

    class Meta:
        model = Officer
        fields = ["id", "edition", "role", "person", "full_name", "email"]


class NewOfficerSerializer(serializers.Serializer[None]):
    """Whom to give which role; a person not known yet is entered."""

    edition = serializers.SlugField()
    email = serializers.EmailField()
    full_name = serializers.CharField(max_length=300)
    role = serializers.ChoiceField(Officer.Role.choices)
