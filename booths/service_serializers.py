"""The shapes in which services speak to programs."""

from typing import Any, ClassVar

from rest_framework import serializers

from booths.models import Circuit, FlameZone, OrderLine, ServiceItem, ServiceOrder, ServicePrice
from booths.serializers import codes_field, key_field
from fairs.serializers.fields import edition_slug

ITEM = [
    "kind", "name_vi", "name_en", "note_vi", "note_en", "unit_vi", "unit_en", "fee", "stock", "order_until",
    "late_until", "late_percent", "watts", "passes", "open_flame", "order", "offered",
]  # fmt: skip


class ServicePriceSerializer(serializers.ModelSerializer[ServicePrice]):
    """What one unit costs an audience, VAT included; residents pay in VND."""

    class Meta:
        model = ServicePrice
        fields = ["audience", "currency", "amount"]


class ServiceItemSerializer(serializers.ModelSerializer[ServiceItem]):
    """A service of the catalogue; `left` is null where there is no limit. Days are those of the fair, included."""

    edition = edition_slug()
    prices = ServicePriceSerializer(many=True)
    left = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = ServiceItem
        fields = ["id", "edition", "code", *ITEM, "left", "prices"]


class NewServiceItemSerializer(serializers.ModelSerializer[ServiceItem]):
    """A service to offer, or to change by its code; an audience without a price cannot order it."""

    edition = serializers.SlugField()
    code = serializers.SlugField(max_length=40)
    late_percent = serializers.DecimalField(5, 2, min_value=0, max_value=500, required=False)
    watts = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    prices = ServicePriceSerializer(many=True)

    class Meta:
        model = ServiceItem
        fields = ["edition", "code", *ITEM, "prices"]
        validators: ClassVar[list[Any]] = []  # a service of that code is changed


class OrderLineSerializer(serializers.ModelSerializer[OrderLine]):
    """So many units of a service, as ordered; `amount` holds the surcharge."""

    service: Any = serializers.SlugRelatedField("code", source="item", read_only=True)
    amount = serializers.DecimalField(18, 2, read_only=True)

    class Meta:
        model = OrderLine
        fields = ["item", "service", "quantity", "unit_price", "late_percent", "surcharge", "amount"]


class ServiceOrderSerializer(serializers.ModelSerializer[ServiceOrder]):
    """An order of services for one booth; it is paid by the notices whose lines name it."""

    edition: Any = serializers.SlugRelatedField("slug", source="application.edition", read_only=True)
    company = serializers.IntegerField(source="application.company_id", read_only=True)
    booth: Any = serializers.SlugRelatedField("code", read_only=True)
    lines = OrderLineSerializer(many=True, read_only=True)
    due = serializers.DecimalField(18, 2, read_only=True)

    class Meta:
        model = ServiceOrder
        fields = [
            "id", "edition", "application", "company", "booth", "state", "currency", "due", "watts", "flames",
            "flame_what", "flame_guard", "ordered_at", "lines",
        ]  # fmt: skip


class QuantitySerializer(serializers.Serializer[None]):
    """So many units of a service."""

    item = key_field()
    quantity = serializers.IntegerField(min_value=1, max_value=10_000)


class NewServiceOrderSerializer(serializers.Serializer[None]):
    """What is ordered, all or none; the same `key` again answers the first order."""

    application = key_field()
    booth = serializers.CharField(max_length=12)
    key = serializers.CharField(max_length=80)
    services = QuantitySerializer(many=True, allow_empty=False)
    flame_what = serializers.CharField(max_length=300, allow_blank=True, default="")
    flame_guard = serializers.CharField(max_length=300, allow_blank=True, default="")


class CircuitSerializer(serializers.ModelSerializer[Circuit]):
    """A circuit with its load, in watts."""

    edition = edition_slug()
    hall: Any = serializers.SlugRelatedField("code", read_only=True)
    zone: Any = serializers.SlugRelatedField("code", read_only=True)
    booths = serializers.SerializerMethodField()
    usable = serializers.IntegerField(read_only=True)
    left = serializers.IntegerField(read_only=True)

    class Meta:
        model = Circuit
        fields = [
            "id", "edition", "code", "name_vi", "name_en", "hall", "zone", "booths", "watts", "share_percent", "usable",
            "load", "left",
        ]  # fmt: skip

    def get_booths(self, circuit: Circuit) -> list[str]:
        """The codes of the booths that are named for it."""
        return [row.booth.code for row in circuit.named_booths.all()]


class NewCircuitSerializer(serializers.Serializer[None]):
    """A circuit to lay, or to change by its code."""

    edition = serializers.SlugField()
    code = serializers.CharField(max_length=20)
    name_vi = serializers.CharField(max_length=100, allow_blank=True, default="")
    name_en = serializers.CharField(max_length=100, allow_blank=True, default="")
    hall = serializers.CharField(max_length=8, allow_null=True, default=None)
    zone = serializers.CharField(max_length=4, allow_null=True, default=None)
    booths = codes_field(12, default=list)
    watts = serializers.IntegerField(min_value=1, max_value=10_000_000)
    share_percent = serializers.IntegerField(min_value=1, max_value=100, default=80)


class FlameZoneSerializer(serializers.ModelSerializer[FlameZone]):
    """How many open flames a zone bears; zero forbids them, and so does a zone that is not here."""

    edition: Any = serializers.SlugRelatedField("slug", source="zone.edition", read_only=True)
    zone: Any = serializers.SlugRelatedField("code", read_only=True)
    left = serializers.IntegerField(read_only=True)

    class Meta:
        model = FlameZone
        fields = ["id", "edition", "zone", "allowed", "taken", "left"]


class NewFlameZoneSerializer(serializers.Serializer[None]):
    """How many open flames a zone is to bear."""

    edition = serializers.SlugField()
    zone = serializers.CharField(max_length=4)
    allowed = serializers.IntegerField(min_value=0, max_value=1000)
