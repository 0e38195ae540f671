"""The shapes in which a plan under work speaks to programs."""

from typing import Any

from rest_framework import serializers

from booths.models import FloorDraft, FloorVersion
from fairs.serializers.fields import edition_slug


class FloorDraftSerializer(serializers.ModelSerializer[FloorDraft]):
    """A plan under work, without what stands on it."""

    edition = edition_slug()

    class Meta:
        model = FloorDraft
        fields = ["id", "edition", "version", "begun_from", "changed_at"]


class NewDraftSerializer(serializers.Serializer[Any]):
    """The edition whose plan one begins to change."""

    edition = serializers.SlugField()


class FindingSerializer(serializers.Serializer[Any]):
    """Something to look at: `keys` are the booths it is about."""

    code = serializers.ChoiceField(["overlap", "outside", "exit_shut", "narrow"])
    text = serializers.CharField()
    keys = serializers.ListField(child=serializers.CharField())


class LookSerializer(serializers.Serializer[Any]):
    """A draft's version after a change, the open sides of booths nearby by key, and what to look at."""

    version = serializers.IntegerField()
    sides = serializers.DictField(child=serializers.CharField())
    findings = FindingSerializer(many=True)


class EditedSerializer(LookSerializer):
    """The same with the changes that an edit made."""

    changes = serializers.JSONField()


class StateSerializer(serializers.Serializer[Any]):
    """A draft's version, who has which booth by key, and why booths are not let."""

    version = serializers.IntegerField()
    holders = serializers.JSONField()
    blocked = serializers.JSONField()


class WholeDraftSerializer(LookSerializer, StateSerializer):
    """Everything about a draft: its content by key in metres, and the classes of booths."""

    content = serializers.JSONField()
    classes = serializers.JSONField()


class ChangesSerializer(serializers.Serializer[Any]):
    """Changes made on a version: by section and key the new value, or null for what goes away."""

    version = serializers.IntegerField(min_value=0)
    changes = serializers.JSONField()


class NumberedSerializer(serializers.Serializer[Any]):
    """How codes are made: a prefix, then a number of at least some digits; `skip` such as "4, 13-15"."""

    prefix = serializers.RegexField(r"^\w[\w.\-]*$", max_length=8)
    start = serializers.IntegerField(min_value=0, max_value=100_000, default=1)
    digits = serializers.IntegerField(min_value=1, max_value=4, default=2)
    order = serializers.ChoiceField(["rows", "columns"], default="rows")
    skip = serializers.CharField(max_length=200, required=False, allow_blank=True)


class LaySerializer(NumberedSerializer):
    """A block of booths in metres from the corner of its hall; hall and zone by key."""

    hall = serializers.CharField(max_length=24)
    zone = serializers.CharField(max_length=24)
    booth_class = serializers.CharField(max_length=40)
    rows = serializers.IntegerField(min_value=1, max_value=200)
    columns = serializers.IntegerField(min_value=1, max_value=200)
    width = serializers.FloatField(min_value=0.5, max_value=100)
    depth = serializers.FloatField(min_value=0.5, max_value=100)
    x = serializers.FloatField(min_value=-100, max_value=2000)
    y = serializers.FloatField(min_value=-100, max_value=2000)
    aisle = serializers.FloatField(min_value=0, max_value=50, default=0)
    cross_after = serializers.CharField(max_length=60, required=False, allow_blank=True)
    cross_aisle = serializers.FloatField(min_value=0, max_value=50, default=3)


class BoothsSerializer(serializers.Serializer[Any]):
    """Booths by code, such as "A01, A03-A05"."""

    booths = serializers.CharField(max_length=20_000)


class SplitSerializer(BoothsSerializer):
    """A booth cut into equal parts."""

    parts = serializers.IntegerField(min_value=2, max_value=20, default=2)
    along = serializers.ChoiceField(["width", "depth"], default="width")


class RenumberSerializer(BoothsSerializer, NumberedSerializer):
    """Booths with new codes."""


class PublishSerializer(serializers.Serializer[Any]):
    """What changed, in a few words."""

    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class FloorVersionSerializer(serializers.ModelSerializer[FloorVersion]):
    """A plan as it was published."""

    edition = edition_slug()

    class Meta:
        model = FloorVersion
        fields = ["id", "edition", "number", "note", "published_at"]
