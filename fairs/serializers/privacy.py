"""The shapes in which people's own data speak to programs."""

from typing import Any

from rest_framework import serializers

from fairs.models import Consent


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    """One consent with the very words that were agreed to."""

    edition: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField("slug", read_only=True)
    words = serializers.CharField(read_only=True)

    class Meta:
        model = Consent
        fields = ["id", "edition", "purpose", "words", "text_version", "language", "means", "given_at", "withdrawn_at"]


class GiveConsentSerializer(serializers.Serializer[None]):
    """What one agrees to, and where."""

    edition = serializers.SlugField()
    purpose = serializers.ChoiceField(choices=[(one.value, one.label) for one in Consent.ASKED_ANYWHERE])
