"""The shapes in which the floor speaks to programs."""

from rest_framework import serializers

from booths.models import Application, Booth, Reservation
from fairs.models import Company, Edition


class BoothSerializer(serializers.ModelSerializer[Booth]):
    """A booth with its place in metres and whether it is free."""

    hall = serializers.SlugRelatedField("code", read_only=True)
    zone = serializers.SlugRelatedField("code", read_only=True)
    booth_class = serializers.SlugRelatedField("code", read_only=True)
    status = serializers.CharField(read_only=True, help_text="free, held, reserved, confirmed or blocked")

    class Meta:
        model = Booth
        fields = [
            "id",
            "code",
            "hall",
            "zone",
            "booth_class",
            "x",
            "y",
            "width",
            "depth",
            "open_sides",
            "corner",
            "status",
        ]


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application with its state."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    booth_class = serializers.SlugRelatedField("code", read_only=True)
    zones = serializers.SlugRelatedField("code", read_only=True, many=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Application
        fields = [
            "id", "edition", "company", "contact", "booth_class", "booth_count", "side_by_side", "zones", "wishes",
            "state", "submitted_at", "reason", "verbs",
        ]  # fmt: skip


class DraftSerializer(serializers.Serializer[None]):
    """What a draft is made of."""

    edition = serializers.SlugRelatedField("slug", queryset=Edition.objects.all())
    company = serializers.PrimaryKeyRelatedField(queryset=Company.objects.all())
    booth_class = serializers.CharField(max_length=20)
    booth_count = serializers.IntegerField(min_value=1, max_value=100, default=1)
    side_by_side = serializers.BooleanField(default=True)
    wishes = serializers.CharField(max_length=2000, allow_blank=True, default="")
    zones = serializers.ListField(child=serializers.CharField(max_length=4), default=list, max_length=50)
    booths = serializers.ListField(child=serializers.CharField(max_length=12), default=list, max_length=50)


class RulesSerializer(serializers.Serializer[None]):
    """The version of the fair's rules that the applicant accepts."""

    rules_version = serializers.CharField(max_length=20)


class ReasonSerializer(serializers.Serializer[None]):
    """Why."""

    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class HoldSerializer(serializers.Serializer[None]):
    """The booths to hold for an application, all or none."""

    application = serializers.PrimaryKeyRelatedField(queryset=Application.objects.all())
    booths = serializers.ListField(child=serializers.CharField(max_length=12), min_length=1, max_length=50)


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    """Who has a booth, and until when."""

    booth = serializers.SlugRelatedField("code", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Reservation
        fields = ["id", "application", "company", "booth", "state", "held_until", "permit", "version", "verbs"]
