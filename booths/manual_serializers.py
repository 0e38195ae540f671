"""The shapes in which the exhibitor manual speaks to programs."""

from typing import Any

from rest_framework import serializers

from booths.models import HandIn, HandInFile, ManualTask
from booths.serializers import key_field
from fairs.serializers.fields import edition_slug


class ManualTaskSerializer(serializers.ModelSerializer[ManualTask]):
    """A task of the manual; its last day is included."""

    edition = edition_slug()
    booth_class: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = ManualTask
        fields = [
            "id", "edition", "number", "title_vi", "title_en", "text_vi", "text_en", "due_on", "audience",
            "booth_class", "asks", "form", "may_not_concern", "remind_days",
        ]  # fmt: skip


class ChangeManualTaskSerializer(serializers.Serializer[Any]):
    """What is to be different of a task; what is left out stays. `booth_class` is a code."""

    number = serializers.IntegerField(min_value=1, max_value=999, required=False)
    title_vi = serializers.CharField(max_length=200, required=False)
    title_en = serializers.CharField(max_length=200, required=False)
    text_vi = serializers.CharField(max_length=10_000, required=False)
    text_en = serializers.CharField(max_length=10_000, required=False)
    due_on = serializers.DateField(required=False)
    audience = serializers.ChoiceField(ManualTask.Audience.choices, required=False)
    booth_class = serializers.CharField(max_length=40, required=False, allow_null=True)
    asks = serializers.ChoiceField(ManualTask.Asks.choices, required=False)
    form = serializers.ChoiceField(ManualTask.Form.choices, required=False, allow_blank=True)
    may_not_concern = serializers.BooleanField(required=False)
    remind_days = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=180), max_length=20, required=False
    )


class NewManualTaskSerializer(ChangeManualTaskSerializer):
    """A new task; without a number it is the last one."""

    edition = serializers.SlugField()
    title_vi = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=200)
    text_vi = serializers.CharField(max_length=10_000)
    text_en = serializers.CharField(max_length=10_000)
    due_on = serializers.DateField()


class HandInFileSerializer(serializers.ModelSerializer[HandInFile]):
    """One version; the highest number counts."""

    class Meta:
        model = HandInFile
        fields = ["number", "sha256", "given_at"]


class HandInSerializer(serializers.ModelSerializer[HandIn]):
    """What an exhibitor did about a task, and the desk's word."""

    files = HandInFileSerializer(many=True, read_only=True)
    late_days = serializers.IntegerField(read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = HandIn
        fields = [
            "id", "task", "application", "state", "given_at", "late_days", "reason", "checked_at", "files", "version",
            "verbs",
        ]  # fmt: skip


class TaskOfSerializer(serializers.Serializer[Any]):
    """An exhibitor's application and a task of its manual."""

    application = key_field()
    task = key_field()


class GiveHandInSerializer(TaskOfSerializer):
    """A file for a task."""

    file = serializers.FileField()


class AcceptHandInSerializer(serializers.Serializer[Any]):
    """The version that was looked at."""

    version = serializers.IntegerField(min_value=1)


class ReturnHandInSerializer(AcceptHandInSerializer):
    """The version that was looked at, and why it is returned."""

    reason = serializers.CharField(max_length=500)


class CellSerializer(serializers.Serializer[Any]):
    """How an exhibitor stands with one task. `hand_in` is null where a form closes it, or nothing was done."""

    task = serializers.IntegerField(source="task.pk")
    number = serializers.IntegerField(source="task.number")
    due_on = serializers.DateField(source="task.due_on")
    state = serializers.ChoiceField(HandIn.State.choices)
    late = serializers.BooleanField(source="is_late")
    late_days = serializers.IntegerField()
    hand_in = serializers.IntegerField(source="hand_in.pk", default=None, allow_null=True)
