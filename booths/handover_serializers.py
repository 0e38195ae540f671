"""The shapes in which what officers note at booths speaks to programs."""

from typing import Any

from rest_framework import serializers

from booths.models import BoothCheck, Breach, Fault
from booths.serializers import key_field


class NotedSerializer(serializers.ModelSerializer[Any]):
    """Which booth, and of whom; `has_photo` says whether there is one to fetch."""

    edition: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(
        "slug", source="reservation.edition", read_only=True
    )
    company = serializers.IntegerField(source="reservation.company_id", read_only=True)
    booth = serializers.CharField(source="reservation.booth.code", read_only=True)
    has_photo = serializers.SerializerMethodField()

    def get_has_photo(self, noted: Any) -> bool:
        """Whether a photo goes with it."""
        return bool(noted.photo)


NOTED = ["id", "edition", "reservation", "company", "booth", "has_photo"]


class BoothCheckSerializer(NotedSerializer):
    """How a booth was found at move-in or left at move-out; the latest of each holds."""

    class Meta:
        model = BoothCheck
        fields = [
            *NOTED, "moment", "at", "built", "occupied", "keys", "sockets", "signed_name", "clearance", "late", "note",
        ]  # fmt: skip


class BoothFaultSerializer(NotedSerializer):
    """Something to mend, or mended."""

    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Fault
        fields = [*NOTED, "note", "state", "found_at", "state_changed_at", "verbs"]


class BreachSerializer(NotedSerializer):
    """A rule that was broken, and what came of it."""

    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Breach
        fields = [*NOTED, "rule", "reason", "state", "recorded_at", "recorded_by", "decided_by", "verbs"]


class KeyedSerializer(serializers.Serializer[Any]):
    """About one reservation; sent again with its `key` it is the same note."""

    reservation = key_field()
    key = serializers.CharField(max_length=64)


class NewCheckSerializer(KeyedSerializer):
    """How a booth is at move-in; with `signed_name` it is handed over."""

    built = serializers.BooleanField(default=False)
    occupied = serializers.BooleanField(default=False)
    keys = serializers.IntegerField(min_value=0, max_value=99, default=0)
    sockets = serializers.IntegerField(min_value=0, max_value=99, default=0)
    signed_name = serializers.CharField(max_length=100, default="", allow_blank=True)
    note = serializers.CharField(max_length=500, default="", allow_blank=True)


class ClearanceSerializer(KeyedSerializer):
    """How a booth was left at move-out."""

    clearance = serializers.ChoiceField(BoothCheck.Clearance.choices)
    note = serializers.CharField(max_length=500, default="", allow_blank=True)
    photo = serializers.FileField(required=False)


class NewFaultSerializer(KeyedSerializer):
    """Something to mend."""

    note = serializers.CharField(max_length=500)
    photo = serializers.FileField(required=False)


class NewBreachSerializer(KeyedSerializer):
    """A rule that was broken."""

    rule = serializers.ChoiceField(Breach.Rule.choices)
    reason = serializers.CharField(max_length=1000)
    photo = serializers.FileField(required=False)
