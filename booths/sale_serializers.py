"""The shapes in which the live sale speaks to programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from booths.models import Opening, WaitingPlace, WaitingRoom
from booths.serializers import key_field
from booths.waiting_look import ahead_of
from fairs.serializers.fields import edition_slug

COUNT = {"min_value": 1, "max_value": 10_000, "required": False}


class OpeningSerializer(serializers.ModelSerializer[Opening]):
    """A round of the sale: from when on, and for whom; all that is set must hold, nothing set is for all."""

    edition = edition_slug()
    for_all = serializers.BooleanField(read_only=True)

    class Meta:
        model = Opening
        fields = [
            "id", "edition", "opens_at", "name_vi", "name_en", "for_all", "groups_only", "returning", "legal_forms",
            "product_groups", "least_score", "least_points",
        ]  # fmt: skip


class OpeningChangeSerializer(serializers.ModelSerializer[Opening]):
    """What of a round to change."""

    legal_forms = serializers.ListField(child=serializers.CharField(max_length=20), max_length=20)
    product_groups = serializers.ListField(child=serializers.CharField(max_length=40), max_length=100)
    least_score = serializers.DecimalField(5, 2, min_value=0, max_value=100, allow_null=True)
    least_points = serializers.DecimalField(7, 2, min_value=0, allow_null=True)

    class Meta:
        model = Opening
        fields = [
            "opens_at", "name_vi", "name_en", "groups_only", "returning", "legal_forms", "product_groups",
            "least_score", "least_points",
        ]  # fmt: skip


class NewOpeningSerializer(OpeningChangeSerializer):
    """A round of an edition's sale."""

    edition = serializers.SlugField()
    legal_forms = serializers.ListField(child=serializers.CharField(max_length=20), max_length=20, default=list)
    product_groups = serializers.ListField(child=serializers.CharField(max_length=40), max_length=100, default=list)
    least_score = serializers.DecimalField(5, 2, min_value=0, max_value=100, allow_null=True, default=None)
    least_points = serializers.DecimalField(7, 2, min_value=0, allow_null=True, default=None)

    class Meta(OpeningChangeSerializer.Meta):
        fields = ["edition", *OpeningChangeSerializer.Meta.fields]


class WaitingRoomSerializer(serializers.ModelSerializer[WaitingRoom]):
    """From when until when one goes through a waiting room, and how it lets people in."""

    edition = edition_slug()

    class Meta:
        model = WaitingRoom
        fields = [
            "id", "edition", "opens_at", "closes_at", "per_minute", "inside_at_most", "inside_minutes",
            "patience_minutes",
        ]  # fmt: skip
        extra_kwargs: Any = dict.fromkeys(("per_minute", "inside_at_most", "inside_minutes", "patience_minutes"), COUNT)


class NewWaitingRoomSerializer(WaitingRoomSerializer):
    """The waiting room to set for an edition."""

    edition = serializers.SlugField()  # type: ignore[assignment]


class WaitingPlaceSerializer(serializers.ModelSerializer[WaitingPlace]):
    """A place in the waiting room; `ahead` is how many are let in before it, None for one that waits no more."""

    edition: Any = serializers.SlugRelatedField("slug", source="application.edition", read_only=True)
    ahead = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = WaitingPlace
        fields = [
            "id", "edition", "application", "state", "came_at", "ready_at", "ahead", "inside_until", "version", "verbs",
        ]  # fmt: skip

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_ahead(self, place: WaitingPlace) -> int | None:
        """How many come before; a list has looked it up for all its rows."""
        if place.state != WaitingPlace.State.WAITING:
            return None
        known: int | None = getattr(place, "ahead", None)
        return ahead_of(place) if known is None else known


class JoinSerializer(serializers.Serializer[None]):
    """Whose place it is."""

    application = key_field()


class TurnSerializer(serializers.Serializer[Any]):
    """How an application stands in the live sale now."""

    open = serializers.BooleanField(help_text="whether it may choose now")
    opens_at = serializers.DateTimeField(
        allow_null=True, help_text="when its round opens; None for at once, or while no round is for it"
    )
    opening = OpeningSerializer(allow_null=True)
    waiting_room = serializers.BooleanField(help_text="whether one goes through a waiting room now")
    place = WaitingPlaceSerializer(allow_null=True)
    sentence = serializers.CharField(help_text="why it may not choose yet; empty when it may")
