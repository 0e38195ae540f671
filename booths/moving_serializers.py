"""The shapes in which vehicles and their hours speak to programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from booths.actions.yard import Answer
from booths.models import Hall, MoveSlot, MoveWindow, Reservation, VehiclePass, Zone
from booths.serializers import key_field
from fairs.serializers.fields import edition_slug


class MoveSlotSerializer(serializers.ModelSerializer[MoveSlot]):
    """A part of a window, and how many more vehicles may come."""

    left = serializers.IntegerField(read_only=True)

    class Meta:
        model = MoveSlot
        fields = ["id", "starts_at", "ends_at", "capacity", "booked", "left"]


class MoveWindowSerializer(serializers.ModelSerializer[MoveWindow]):
    """Hours for vehicles, with their slots."""

    edition = edition_slug()
    hall: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField("code", read_only=True)
    zone: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField("code", read_only=True)
    slots = MoveSlotSerializer(many=True, read_only=True)

    class Meta:
        model = MoveWindow
        fields = [
            "id", "edition", "way", "hall", "zone", "starts_at", "ends_at", "slot_minutes", "vehicles", "vehicles_each",
            "entrance_vi", "entrance_en", "slots",
        ]  # fmt: skip


class NewMoveWindowSerializer(serializers.ModelSerializer[MoveWindow]):
    """Hours to open; hall and zone by their keys, none means all."""

    edition = serializers.CharField()
    hall = serializers.PrimaryKeyRelatedField(queryset=Hall.objects.all(), allow_null=True, default=None)
    zone = serializers.PrimaryKeyRelatedField(queryset=Zone.objects.all(), allow_null=True, default=None)
    slot_minutes = serializers.IntegerField(min_value=5, max_value=1440, default=60)
    vehicles = serializers.IntegerField(min_value=1, max_value=1000, default=10)
    vehicles_each = serializers.IntegerField(min_value=1, max_value=100, default=3)

    class Meta:
        model = MoveWindow
        fields = [
            "edition", "way", "hall", "zone", "starts_at", "ends_at", "slot_minutes", "vehicles", "vehicles_each",
            "entrance_vi", "entrance_en",
        ]  # fmt: skip


class VehiclePassSerializer(serializers.ModelSerializer[VehiclePass]):
    """A vehicle's pass; `address` is what its QR code holds."""

    edition = edition_slug()
    way = serializers.CharField(source="slot.window.way", read_only=True)
    starts_at = serializers.DateTimeField(source="slot.starts_at", read_only=True)
    ends_at = serializers.DateTimeField(source="slot.ends_at", read_only=True)
    entrance_vi = serializers.CharField(source="slot.window.entrance_vi", read_only=True)
    entrance_en = serializers.CharField(source="slot.window.entrance_en", read_only=True)
    booths = serializers.ListField(source="codes", child=serializers.CharField(), read_only=True)
    address = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = VehiclePass
        fields = [
            "id", "edition", "application", "company", "slot", "way", "starts_at", "ends_at", "entrance_vi",
            "entrance_en", "booths", "kind", "plate", "driver_name", "driver_phone", "short_code", "address", "state",
            "booked_at", "arrived_at", "left_at", "verbs",
        ]  # fmt: skip

    @extend_schema_field(serializers.URLField())
    def get_address(self, one: VehiclePass) -> str:
        """The page of the pass."""
        from booths.vehicle_faces import address_of  # the faces need the addresses of pages, which need this

        return address_of(one)


class VehicleSerializer(serializers.Serializer[Any]):
    """Which vehicle, and who drives it."""

    kind = serializers.ChoiceField(VehiclePass.Kind.choices, default=VehiclePass.Kind.VAN)
    plate = serializers.CharField(max_length=20)
    driver_name = serializers.CharField(max_length=100, default="", allow_blank=True)
    driver_phone = serializers.CharField(max_length=32, default="", allow_blank=True)


class NewVehicleSerializer(VehicleSerializer):
    """A vehicle to book; sent again with its `key` it is the same pass."""

    application = key_field()
    slot = serializers.PrimaryKeyRelatedField(queryset=MoveSlot.objects.select_related("window__edition"))
    reservations = serializers.PrimaryKeyRelatedField(queryset=Reservation.objects.all(), many=True)
    key = serializers.CharField(max_length=64)


class ChangedVehicleSerializer(serializers.Serializer[Any]):
    """What is to be another: the slot, the vehicle, the driver."""

    slot = serializers.PrimaryKeyRelatedField(
        queryset=MoveSlot.objects.select_related("window__edition"), required=False
    )
    kind = serializers.ChoiceField(VehiclePass.Kind.choices, required=False)
    plate = serializers.CharField(max_length=20, required=False)
    driver_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    driver_phone = serializers.CharField(max_length=32, required=False, allow_blank=True)


class ReadCodeSerializer(serializers.Serializer[Any]):
    """A code read at an entrance; the same `key` again is the same reading."""

    edition = serializers.CharField()
    code = serializers.CharField(max_length=300)
    key = serializers.CharField(max_length=64)
    entrance = serializers.CharField(max_length=60, default="", allow_blank=True)
    anyway = serializers.BooleanField(default=False)


class ReadingSerializer(serializers.Serializer[Any]):
    """What an officer is told; without a pass for an unknown code."""

    answer = serializers.ChoiceField(Answer.choices)
    vehicle_pass = VehiclePassSerializer(allow_null=True)
    late_minutes = serializers.IntegerField()
