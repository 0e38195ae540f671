"""The shapes in which meetings speak to programs."""

from typing import Any

from rest_framework import serializers

from fairs.models import ProductGroup
from matchmaking.actions.meetings import LONGEST_MESSAGE
from matchmaking.actions.rules import LONGEST
from matchmaking.models import Meeting, Place, Rating


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A meeting with its state and what may be done next."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)
    importer_name = serializers.CharField(source="importer.company.name_vi", read_only=True)
    product_group: Any = serializers.SlugRelatedField("code", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Meeting
        fields = [
            "id", "edition", "exhibitor", "exhibitor_name", "importer", "importer_name", "importer_person", "starts_at",
            "ends_at", "place", "table", "receiver", "interpreter", "message", "answer", "expires_at", "cancelled_by",
            "cancelled_at", "walk_in", "product_group", "exhibitor_here_at", "importer_here_at", "absent", "differs",
            "state", "version", "verbs",
        ]  # fmt: skip


class RequestSerializer(serializers.Serializer[None]):
    """What a request for a meeting is made of; `person` is who comes, by default whoever asks."""

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1)
    importer = serializers.IntegerField(min_value=1)
    person = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    message = serializers.CharField(max_length=LONGEST_MESSAGE, allow_blank=True, default="")


class FreeSlotsSerializer(serializers.Serializer[None]):
    """Whose free times are asked for."""

    exhibitor = serializers.IntegerField(min_value=1)
    importer = serializers.IntegerField(min_value=1)
    minutes = serializers.IntegerField(min_value=1, max_value=LONGEST, default=None, allow_null=True)
    place = serializers.ChoiceField(choices=Place.choices, default="", allow_blank=True)


class AcceptSerializer(serializers.Serializer[None]):
    """Who receives, where, and whether it may do without an interpreter when none is free."""

    receiver = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    place = serializers.ChoiceField(choices=Place.choices, default="", allow_blank=True)
    without_interpreter = serializers.BooleanField(default=False)


class OtherTimeSerializer(serializers.Serializer[None]):
    """Another time, and a word with it."""

    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class MoveMeetingSerializer(serializers.Serializer[None]):
    """Where an agreed meeting goes."""

    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    place = serializers.ChoiceField(choices=Place.choices, default="", allow_blank=True)
    without_interpreter = serializers.BooleanField(default=False)


class WhoSerializer(serializers.Serializer[None]):
    """Who comes instead: one of the exhibitor's seats, or one of the importer's people."""

    receiver = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    person = serializers.IntegerField(min_value=1, default=None, allow_null=True)


class SlotSerializer(serializers.Serializer[None]):
    """A time to meet."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class AnswerSerializer(serializers.Serializer[None]):
    """A word that goes with a no."""

    answer = serializers.CharField(max_length=500, allow_blank=True, default="")


class AbsentSerializer(serializers.Serializer[None]):
    """Who did not come."""

    absent = serializers.ChoiceField(choices=Meeting.Side.choices)


class WalkInSerializer(serializers.Serializer[None]):
    """A buyer at the booth, by the code on their badge; the same `key` again answers the first note."""

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1)
    badge = serializers.CharField(max_length=200)
    key = serializers.CharField(max_length=80)
    product_group = serializers.SlugRelatedField(
        "code", queryset=ProductGroup.objects.all(), default=None, allow_null=True
    )
    at = serializers.DateTimeField(default=None, allow_null=True)


class CheckInSerializer(serializers.Serializer[None]):
    """A badge that is read for a meeting, at a booth or without one at the table desk; `at` of one that was kept."""

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1, default=None, allow_null=True)
    badge = serializers.CharField(max_length=200)
    at = serializers.DateTimeField(default=None, allow_null=True)


class RatingSerializer(serializers.Serializer[None]):
    """How good a meeting was, and what is next."""

    worth = serializers.ChoiceField(choices=Rating.Worth.choices)
    step = serializers.ChoiceField(choices=Rating.Step.choices)
