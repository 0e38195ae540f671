"""The shapes in which allocation rounds speak to programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from booths.actions.rounds import progress_of
from booths.models import AllocationTerms, Proposal, Round
from booths.round_words import no_place
from booths.serializers import codes_field
from fairs.models import Company
from fairs.serializers.fields import edition_slug

LARGEST_SEED = 2**31 - 1


class ProgressSerializer(serializers.Serializer[Any]):
    """What the solver said last; the bound is None until it has one."""

    steps = serializers.IntegerField()
    objective = serializers.FloatField()
    bound = serializers.FloatField(allow_null=True)
    seconds = serializers.FloatField()


class RoundSerializer(serializers.ModelSerializer[Round]):
    """An allocation round; `proposal` is the number of the plan that stands, to be sent back as `seen`."""

    edition = edition_slug()
    proposal: Any = serializers.SlugRelatedField("number", source="current", read_only=True)
    progress = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Round
        fields = [
            "id", "edition", "number", "state", "seconds", "seed", "begun_at", "signed_at", "proposal", "progress",
            "verbs",
        ]  # fmt: skip

    @extend_schema_field(ProgressSerializer(allow_null=True))
    def get_progress(self, begun: Round) -> dict[str, Any] | None:
        """Only while it is worked out, from the solver's first word on."""
        said = progress_of(begun) if begun.state == Round.State.RUNNING else {}
        return dict(ProgressSerializer(said).data) if said else None


class NewRoundSerializer(serializers.Serializer[None]):
    """The edition, and how long the solver may work on it."""

    edition = serializers.SlugField()
    seconds = serializers.IntegerField(default=30)
    seed = serializers.IntegerField(min_value=0, max_value=LARGEST_SEED, default=0)


class ZoneLimitSerializer(serializers.Serializer[Any]):
    """What a zone bears at most; null is no limit."""

    zone = serializers.CharField(source="code", max_length=4)
    power_kw_at_most = serializers.DecimalField(7, 1, min_value=0, allow_null=True)
    exhibitors_at_most = serializers.IntegerField(min_value=0, max_value=32767, allow_null=True)


class AllocationTermsSerializer(serializers.ModelSerializer[AllocationTerms]):
    """By what the next round of an edition goes; what is not named stays."""

    support_forms = serializers.ListField(child=serializers.ChoiceField(Company.LegalForm.choices), required=False)
    zones = ZoneLimitSerializer(many=True, source="edition.zones", required=False)

    class Meta:
        model = AllocationTerms
        fields = [
            "in_zone", "place_quality", "points_share", "corner", "corner_unasked", "wish", "zone_wish", "neighbours",
            "fragment", "strict_zones", "year_points", "years_at_most", "score_points", "support_points",
            "support_forms", "early_points", "zones",
        ]  # fmt: skip


class SeenProposalSerializer(serializers.Serializer[None]):
    """The number of the proposal that the officer looked at."""

    seen = serializers.IntegerField()


class PinSerializer(SeenProposalSerializer):
    """An applicant of the round, such as a12 or, for the first household of a group, a12.1."""

    applicant = serializers.CharField(source="who", max_length=40)


class MoveSerializer(PinSerializer):
    """An applicant, and the booth at which it is to begin."""

    booth = serializers.CharField(max_length=12)


class ApplicantSerializer(serializers.Serializer[Any]):
    """An applicant of a round."""

    applicant = serializers.CharField(source="who")
    application = serializers.IntegerField()
    name = serializers.CharField()
    points = serializers.FloatField()


class PlacedSerializer(ApplicantSerializer):
    """A place with the reasons for it; `kept` says that it was chosen before the round."""

    booths = codes_field(12, source="codes")
    kept = serializers.BooleanField()
    pinned = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())


class UnplacedSerializer(ApplicantSerializer):
    """Somebody without a place: the rule in the way, by its code and in words."""

    wanted = serializers.IntegerField()
    rule = serializers.CharField()
    words = serializers.SerializerMethodField()

    def get_words(self, row: Any) -> str:
        """The rule in the language of the request."""
        return str(no_place(row.rule))


class ElsewhereSerializer(serializers.Serializer[Any]):
    """Who stands elsewhere than in the proposal before; no booths mean no place."""

    application = serializers.IntegerField()
    name = serializers.CharField()
    before = codes_field(12)
    after = codes_field(12)


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    """A whole plan of a round, with reasons in the language of the request and what its last step changed."""

    applicant = serializers.CharField(source="who")
    places = serializers.SerializerMethodField()
    unplaced = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()

    class Meta:
        model = Proposal
        fields = [
            "number", "how", "applicant", "made_at", "objective", "greedy", "bound", "steps", "seconds", "places",
            "unplaced", "changes",
        ]  # fmt: skip

    @extend_schema_field(PlacedSerializer(many=True))
    def get_places(self, proposal: Proposal) -> Any:
        """Who stands where, and why."""
        return PlacedSerializer([row for row in self.context["look"].rows if row.codes], many=True).data

    @extend_schema_field(UnplacedSerializer(many=True))
    def get_unplaced(self, proposal: Proposal) -> Any:
        """Who has no place, and why."""
        return UnplacedSerializer([row for row in self.context["look"].rows if not row.codes], many=True).data

    @extend_schema_field(ElsewhereSerializer(many=True))
    def get_changes(self, proposal: Proposal) -> Any:
        """Who stands elsewhere than in the proposal from which this one was made."""
        return ElsewhereSerializer(self.context["look"].last_step, many=True).data


class RecordSerializer(serializers.Serializer[Any]):
    """Inputs, criteria, seed and every step of a round; `digest` is the rest’s SHA-256 when it was signed."""

    format = serializers.CharField()
    edition = serializers.CharField()
    round = serializers.IntegerField()
    signed_at = serializers.DateTimeField(allow_null=True)
    seed = serializers.IntegerField()
    instance = serializers.JSONField()
    proposals = serializers.JSONField()
    digest = serializers.CharField()
