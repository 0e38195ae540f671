"""The shapes in which judging speaks to programs."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from booths.models import Appeal, Application, Criterion, Review, Threshold
from booths.serializers import LARGEST_KEY, key_field
from fairs.serializers.fields import edition_slug


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """What a jury scores, from 0 to `most`."""

    edition = edition_slug()

    class Meta:
        model = Criterion
        fields = ["id", "edition", "name_vi", "name_en", "about_vi", "about_en", "weight", "most", "order"]


class NewCriterionSerializer(serializers.ModelSerializer[Criterion]):
    """A criterion of an edition."""

    edition = serializers.SlugField()
    weight = serializers.DecimalField(5, 2, min_value=0, default=Decimal(1))
    most = serializers.IntegerField(min_value=1, max_value=100, default=10)
    order = serializers.IntegerField(min_value=0, max_value=1000, default=0)

    class Meta:
        model = Criterion
        fields = ["edition", "name_vi", "name_en", "about_vi", "about_en", "weight", "most", "order"]


class ThresholdSerializer(serializers.ModelSerializer[Threshold]):
    """The least score of a product group, or of all without one of their own, in hundredths."""

    edition = edition_slug()
    product_group: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Threshold
        fields = ["id", "edition", "product_group", "least"]


class NewThresholdSerializer(serializers.Serializer[None]):
    """A threshold; without a product group the general one."""

    edition = serializers.SlugField()
    product_group = serializers.CharField(max_length=40, allow_null=True, default=None)
    least = serializers.DecimalField(5, 2)


class PointsSerializer(serializers.Serializer[None]):
    """The points to give by one criterion."""

    criterion = key_field()
    points = serializers.DecimalField(5, 2)


class ScoreSerializer(serializers.Serializer[None]):
    """The points given by one criterion."""

    criterion = serializers.IntegerField(source="criterion_id")
    points = serializers.DecimalField(5, 2)


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """One's own review of an application, as the jury sees it."""

    edition: Any = serializers.SlugRelatedField("slug", source="application.edition", read_only=True)
    name_vi = serializers.CharField(source="application.company.name_vi", read_only=True)
    name_en = serializers.CharField(source="application.company.name_en", read_only=True)
    about_vi = serializers.CharField(source="application.company.about_vi", read_only=True)
    about_en = serializers.CharField(source="application.company.about_en", read_only=True)
    product_groups: Any = serializers.SlugRelatedField(
        "code", source="application.company.product_groups", many=True, read_only=True
    )
    scores = ScoreSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "id", "edition", "application", "name_vi", "name_en", "about_vi", "about_en", "product_groups", "state",
            "scores", "result", "comment", "conflict",
        ]  # fmt: skip


class GivenSerializer(serializers.Serializer[None]):
    """Points for every criterion, and a comment that only the organiser reads."""

    scores = PointsSerializer(many=True)
    comment = serializers.CharField(max_length=2000, allow_blank=True, default="")


class ConflictSerializer(serializers.Serializer[None]):
    """What ties the juror to the company."""

    conflict = serializers.CharField(max_length=300)


class ResultSerializer(serializers.ModelSerializer[Review]):
    """A juror's review as the booth desk reads it."""

    reviewer = serializers.CharField(source="reviewer.full_name", read_only=True)
    scores = ScoreSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = ["reviewer", "state", "scores", "result", "comment", "conflict"]


class PlaceSerializer(serializers.Serializer[None]):
    """A place among `of`, shared with `equal` others."""

    number = serializers.IntegerField()
    of = serializers.IntegerField()
    equal = serializers.IntegerField()


class JudgedSerializer(serializers.Serializer[Any]):
    """What the jury says about an application."""

    score = serializers.DecimalField(5, 2, source="application.score", allow_null=True)
    spread = serializers.DecimalField(5, 2)
    least = serializers.DecimalField(5, 2, allow_null=True)
    reached = serializers.BooleanField()
    place = PlaceSerializer(allow_null=True)
    reviews = ResultSerializer(many=True)


class AssignSerializer(serializers.Serializer[None]):
    """How many jurors look at each application of an edition."""

    edition = serializers.SlugField()
    each = serializers.IntegerField()


class AssignedSerializer(serializers.Serializer[None]):
    """How many reviews were handed out."""

    made = serializers.IntegerField()


class SeenSerializer(serializers.Serializer[None]):
    """An application in the version that was looked at."""

    id = key_field()
    version = serializers.IntegerField(min_value=0, max_value=LARGEST_KEY)


class DecideSerializer(serializers.Serializer[None]):
    """One answer for many applications: all of them or none."""

    edition = serializers.SlugField()
    verb = serializers.ChoiceField(choices=["accept", "waitlist", "reject"])
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")
    applications = SeenSerializer(many=True)


class QuestionSerializer(serializers.Serializer[None]):
    """What the desk wants to know."""

    question = serializers.CharField(max_length=2000)


class ApplicantAnswerSerializer(serializers.Serializer[None]):
    """What the applicant says to it."""

    answer = serializers.CharField(max_length=2000)


class AppealTextSerializer(serializers.Serializer[None]):
    """Why a refusal was wrong."""

    text = serializers.CharField(max_length=2000)


class AppealAnswerSerializer(serializers.Serializer[None]):
    """What the desk says to an appeal."""

    answer = serializers.CharField(max_length=2000, allow_blank=True, default="")


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """An appeal with its answer."""

    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Appeal
        fields = ["id", "application", "text", "answer", "state", "made_at", "verbs"]


class VersionedSerializer(serializers.ModelSerializer[Application]):
    """An application that was decided."""

    class Meta:
        model = Application
        fields = ["id", "state", "version"]
