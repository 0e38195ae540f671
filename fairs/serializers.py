"""The shapes in which the common ground speaks to programs."""

from rest_framework import serializers

from fairs.models import Edition, OpeningDay


class OpeningDaySerializer(serializers.ModelSerializer[OpeningDay]):
    class Meta:
        model = OpeningDay
        fields = ["date", "opens_at", "closes_at", "audience"]


class EditionSerializer(serializers.ModelSerializer[Edition]):
    """An edition with its days."""

    days = OpeningDaySerializer(many=True, read_only=True)

    class Meta:
        model = Edition
        fields = [
            "slug", "number", "kind", "name_vi", "name_en", "theme_vi", "theme_en", "opens_on", "closes_on",
            "time_zone", "venue_vi", "venue_en", "venue_address", "country", "published", "days",
        ]  # fmt: skip
