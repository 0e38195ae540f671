"""Fields that several shapes share."""

from rest_framework import serializers


def edition_slug() -> serializers.SlugRelatedField:
    """The address of the edition that a row belongs to."""
    return serializers.SlugRelatedField("slug", read_only=True)
