"""The shapes in which people's own data speak to programs."""

from typing import Any

from rest_framework import serializers

from fairs.models import Consent, DataRequest


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


class DataRequestSerializer(serializers.ModelSerializer[DataRequest]):
    """One request with its days and the verbs open from it."""

    edition: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField("slug", read_only=True)
    late = serializers.BooleanField(read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = DataRequest
        fields = [
            "id", "edition", "person", "kind", "state", "means", "wish", "received_on", "acknowledge_by", "due_on",
            "reason", "late", "version", "verbs",
        ]  # fmt: skip


class NewDataRequestSerializer(serializers.Serializer[None]):
    """What one asks, of whom."""

    edition = serializers.SlugField()
    kind = serializers.ChoiceField(choices=DataRequest.Kind.choices)
    wish = serializers.CharField(max_length=2000, required=False)


class DataRequestReasonSerializer(serializers.Serializer[None]):
    """Why, in words the person reads."""

    reason = serializers.CharField(max_length=500)


class CorrectedSerializer(serializers.Serializer[None]):
    """What a correction changes; nothing for every other kind of request."""

    full_name = serializers.CharField(max_length=300, required=False)
    given_name = serializers.CharField(max_length=100, required=False)
    original_name = serializers.CharField(max_length=300, required=False)
    job_title = serializers.CharField(max_length=150, required=False)
    phone = serializers.CharField(max_length=32, required=False)
