"""What programs send to have badges given and printed."""

from typing import Any

from rest_framework import serializers

from buyers.actions.desk_badges import NAMED_KINDS, WELCOMED_KINDS
from buyers.actions.printing import badges_drawn
from buyers.consents import ASKED
from buyers.models import PrintRun
from fairs.models.fields import without_link

Field = serializers.SlugRelatedField[Any]


class NamedSerializer(serializers.Serializer[None]):
    """Whose badge; `key` is the sender's own number for it, sent again it gives nothing new."""

    edition = serializers.SlugField()
    full_name = serializers.CharField(max_length=300, validators=[without_link])
    organisation = serializers.CharField(max_length=200, default="", allow_blank=True, validators=[without_link])
    country = serializers.RegexField(r"^[A-Z]{2}$", default="", allow_blank=True)
    email = serializers.EmailField(max_length=254, default="", allow_blank=True)
    key = serializers.CharField(max_length=80, default="", allow_blank=True)


class IssueByNameSerializer(NamedSerializer):
    """A badge for the press, speakers, delegates and those who work at the fair."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in NAMED_KINDS])
    job_title = serializers.CharField(max_length=150, default="", allow_blank=True)
    original_name = serializers.CharField(max_length=300, default="", allow_blank=True)


class WelcomeSerializer(NamedSerializer):
    """A guest who stands at the desk, and what they said yes to."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in WELCOMED_KINDS])
    consents = serializers.MultipleChoiceField(choices=[str(asked.purpose) for asked in ASKED])


class PrintRunSerializer(serializers.ModelSerializer[PrintRun]):
    """Sheets of badges: how far they are, and until when their file is kept."""

    edition: Field = serializers.SlugRelatedField("slug", read_only=True)
    drawn = serializers.SerializerMethodField()
    kept_until = serializers.DateTimeField(read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = PrintRun
        fields = ["id", "edition", "size", "number", "drawn", "state", "begun_at", "kept_until", "version", "verbs"]

    def get_drawn(self, run: PrintRun) -> int:
        """How many badges it has come to."""
        return run.number if run.state == PrintRun.State.READY else badges_drawn(run)


class NewPrintSerializer(serializers.Serializer[None]):
    """Which badges to print, on which paper."""

    edition = serializers.SlugField()
    badges = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=5000)
    size = serializers.ChoiceField(choices=PrintRun.Size.choices, default=PrintRun.Size.A6)
