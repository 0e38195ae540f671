"""The shapes in which a device at a gate speaks: it enrols, asks for its list, sends its readings."""

from typing import Any

from rest_framework import serializers

from buyers.models import Device, Scan

AT_ONCE = 200  # readings in one request
LAST = 253_402_300_799_000  # the end of the year 9999: moments are milliseconds since 1970


class DeviceSerializer(serializers.ModelSerializer[Device]):
    """A device, for those who keep the gates."""

    edition: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField("slug", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Device
        fields = [
            "id", "edition", "gate", "name", "state", "added_at", "seen_at", "listed_at", "unsent", "version", "verbs",
        ]  # fmt: skip


class NewDeviceSerializer(serializers.Serializer[None]):
    """Where a device will stand, and how it is told apart."""

    gate = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=60)


class CodeSerializer(serializers.Serializer[None]):
    """The code that enrols a device, from its QR."""

    code = serializers.CharField(max_length=100)


class PreparedSerializer(serializers.Serializer[None]):
    """A device that waits for its phone, with the code that is told once."""

    device = DeviceSerializer()
    code = serializers.CharField()


class EnrolledSerializer(serializers.Serializer[None]):
    """The key with which the device shows who it is from now on."""

    key = serializers.CharField()


class BadgesAskedSerializer(serializers.Serializer[None]):
    """Which page of the list: what changed since a moment, after a badge."""

    since = serializers.IntegerField(min_value=0, max_value=LAST, required=False)
    after = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0)


class ReadSerializer(serializers.Serializer[None]):
    """One reading; without `result` it is asked what the gate answers."""

    key = serializers.RegexField(r"^[0-9a-f]{32}$")
    gate = serializers.IntegerField(min_value=1)
    code = serializers.CharField(max_length=200, allow_blank=True, trim_whitespace=False)
    direction = serializers.ChoiceField(choices=Scan.Direction.choices)
    at = serializers.IntegerField(min_value=0, max_value=LAST, help_text="by the device’s clock, in ms since 1970")
    ahead = serializers.IntegerField(
        min_value=-LAST,
        max_value=LAST,
        required=False,
        help_text="how far our clock was ahead of the device’s when it read, in ms; left out: as far as now",
    )
    result = serializers.ChoiceField(choices=Scan.Result.choices, required=False)


class SentSerializer(serializers.Serializer[None]):
    """Readings, with what the device says of itself."""

    now = serializers.IntegerField(min_value=0, max_value=LAST, help_text="the device’s clock when it sends")
    unsent = serializers.IntegerField(min_value=0, max_value=1_000_000, default=0)
    listed = serializers.IntegerField(min_value=0, max_value=LAST, required=False)
    readings = ReadSerializer(many=True, max_length=AT_ONCE)  # type: ignore[call-arg]


class TakenSerializer(serializers.Serializer[None]):
    """What became of one reading; `refused` says why it is not kept, and it need not be sent again."""

    key = serializers.CharField()
    result = serializers.CharField(required=False)
    refused = serializers.CharField(required=False)
    badge = serializers.IntegerField(required=False)
    name = serializers.CharField(required=False)
    company = serializers.CharField(required=False)
    kind = serializers.CharField(required=False)
    before = serializers.IntegerField(required=False, help_text="the entry before, in ms since 1970")
    before_gate = serializers.IntegerField(required=False)


class ReadingsTakenSerializer(serializers.Serializer[None]):
    """What became of all readings, and our clock."""

    now = serializers.IntegerField()
    readings = TakenSerializer(many=True)
