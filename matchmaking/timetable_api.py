"""Timetables for programs: begun, worked on, published; the plan with names, and what became of each meeting."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.serializers.fields import edition_slug
from matchmaking.actions import timetable_moves, timetables
from matchmaking.actions.timetable_publishing import publish_timetable
from matchmaking.models import Timetable, TimetableEntry, TimetablePlan
from matchmaking.timetable_look import Look
from matchmaking.timetable_problem import SUGGESTED, SUGGESTED_AT_MOST, parts_in
from matchmaking.timetable_words import sentences_of, why_not

LARGEST_SEED = 2**31 - 1


class TimetableProgressSerializer(serializers.Serializer[Any]):
    """What the solver said last; a bound is None until it is proven."""

    steps = serializers.IntegerField()
    weight = serializers.FloatField()
    weight_bound = serializers.FloatField(allow_null=True)
    min_share = serializers.FloatField()
    breaks = serializers.IntegerField()
    seconds = serializers.FloatField()


class TimetableSerializer(serializers.ModelSerializer[Timetable]):
    """A timetable; `plan` is the number of the plan that stands, to be sent back as `seen`."""

    edition = edition_slug()
    plan: Any = serializers.SlugRelatedField("number", source="current", read_only=True)
    progress = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Timetable
        fields = [
            "id", "edition", "number", "state", "seconds", "seed", "suggestions", "heals", "begun_at", "published_at",
            "booked_at", "plan", "progress", "verbs",
        ]  # fmt: skip

    @extend_schema_field(TimetableProgressSerializer(allow_null=True))
    def get_progress(self, begun: Timetable) -> dict[str, Any] | None:
        """Only while it is worked out, from the solver's first word on."""
        said = timetables.progress_of(begun) if begun.state == Timetable.State.RUNNING else {}
        return dict(TimetableProgressSerializer(said).data) if said else None


class NewTimetableSerializer(serializers.Serializer[None]):
    """The edition, and how long the solver may work on it."""

    edition = serializers.SlugField()
    seconds = serializers.IntegerField(default=30)
    suggestions = serializers.IntegerField(min_value=0, max_value=SUGGESTED_AT_MOST, default=SUGGESTED)
    seed = serializers.IntegerField(min_value=0, max_value=LARGEST_SEED, default=0)


class EditionOfTimetableSerializer(serializers.Serializer[None]):
    """The edition whose agreed meetings are to be repaired."""

    edition = serializers.SlugField()


class SeenPlanSerializer(serializers.Serializer[None]):
    """The number of the plan that the officer looked at."""

    seen = serializers.IntegerField()


class PinMeetingSerializer(SeenPlanSerializer):
    """A meeting of the plan, such as e12-i34: the exhibitor's and the importer's part."""

    item = serializers.CharField(max_length=60)


class PlannedMeetingSerializer(serializers.Serializer[Any]):
    """A meeting of a plan; without a time where there is no room. `before` is when it was agreed, if it was."""

    item = serializers.CharField()
    exhibitor = serializers.SerializerMethodField()
    importer = serializers.SerializerMethodField()
    starts_at = serializers.DateTimeField(allow_null=True)
    before = serializers.DateTimeField(allow_null=True)
    pinned = serializers.BooleanField()
    agreed = serializers.BooleanField()

    def get_exhibitor(self, row: Any) -> int:
        """The exhibitor's part."""
        return parts_in(row.item)[0]

    def get_importer(self, row: Any) -> int:
        """The importer's part."""
        return parts_in(row.item)[1]


class TimetablePlanSerializer(serializers.ModelSerializer[TimetablePlan]):
    """A whole plan, with how good it is in the language of the request."""

    words = serializers.SerializerMethodField()
    meetings = serializers.SerializerMethodField()
    left_out = serializers.SerializerMethodField()

    class Meta:
        model = TimetablePlan
        fields = [
            "number", "how", "item", "made_at", "weight", "weight_bound", "min_share", "min_share_bound", "breaks",
            "breaks_bound", "steps", "seconds", "words", "meetings", "left_out",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_words(self, plan: TimetablePlan) -> list[str]:
        """A sentence for each thing that counts."""
        return sentences_of(self.context["look"].planned, plan)

    @extend_schema_field(PlannedMeetingSerializer(many=True))
    def get_meetings(self, plan: TimetablePlan) -> Any:
        """Who meets whom when."""
        return PlannedMeetingSerializer(self.context["look"].rows, many=True).data

    @extend_schema_field(PlannedMeetingSerializer(many=True))
    def get_left_out(self, plan: TimetablePlan) -> Any:
        """For whom there is no room."""
        return PlannedMeetingSerializer(self.context["look"].left_out, many=True).data


class MovedMeetingSerializer(serializers.Serializer[Any]):
    """A meeting at another time than in the plan before."""

    before = PlannedMeetingSerializer(source="0")
    after = PlannedMeetingSerializer(source="1")


class PlanDifferenceSerializer(serializers.Serializer[Any]):
    """What the plan that stands does otherwise than the one it is compared with."""

    moved = serializers.SerializerMethodField()
    added = PlannedMeetingSerializer(many=True)
    dropped = PlannedMeetingSerializer(many=True)
    figures = serializers.DictField(child=serializers.ListField(child=serializers.FloatField()))

    @extend_schema_field(MovedMeetingSerializer(many=True))
    def get_moved(self, found: dict[str, Any]) -> Any:
        """Those at another time."""
        rows = [{"0": was, "1": now} for was, now in found["moved"]]
        return MovedMeetingSerializer(rows, many=True).data


class TimetableEntrySerializer(serializers.ModelSerializer[TimetableEntry]):
    """What became of a meeting of a published plan: its key, or the reason for which it was not booked."""

    words = serializers.SerializerMethodField()

    class Meta:
        model = TimetableEntry
        fields = ["item", "meeting", "changed", "reason", "words", "made_at"]

    def get_words(self, entry: TimetableEntry) -> str:
        """The reason in the language of the request; empty when it was booked."""
        return str(why_not(entry.reason)) if entry.reason else ""


class TimetableViewSet(ScopedViewSet):
    """Timetables of the editions whose meetings one looks after. What changes a plan names the one that was `seen`."""

    queryset = (
        Timetable.objects.select_related("edition", "current")
        .defer("problem", "current__schedule", "current__unscheduled", "current__pins")
        .order_by("-pk")
    )
    serializer_class = TimetableSerializer
    filterset_fields = ["edition__slug", "number", "state"]

    @extend_schema(request=NewTimetableSerializer, responses={201: TimetableSerializer})
    def create(self, request: Request) -> Response:
        """Begin a timetable for an edition; the worker works it out."""
        given = dict(self.parse(NewTimetableSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(TimetableSerializer(timetables.begin_timetable(edition, by=request.user, **given)).data, 201)

    @extend_schema(request=EditionOfTimetableSerializer, responses={201: TimetableSerializer})
    @action(detail=False, methods=["post"])
    def mend(self, request: Request) -> Response:
        """Propose a repair of what is agreed: few meetings move, what waits gets a free time."""
        edition = self.edition_named(self.parse(EditionOfTimetableSerializer)["edition"])
        return Response(TimetableSerializer(timetable_moves.begin_repair(edition, by=request.user)).data, 201)

    @extend_schema(request=None, responses=TimetableSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """End the work with the best plan so far."""
        begun: Timetable = self.get_object()
        timetables.stop_timetable(begun, by=request.user)
        return Response(TimetableSerializer(begun).data)

    @extend_schema(request=None, responses=TimetableSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Put the timetable away."""
        return Response(TimetableSerializer(timetables.drop_timetable(self.get_object(), by=request.user)).data)

    @extend_schema(responses=TimetablePlanSerializer)
    @action(detail=True, methods=["get"])
    def plan(self, request: Request, pk: str) -> Response:
        """The plan that stands; 404 while there is none."""
        return self._shown(*self._standing())

    @extend_schema(request=PinMeetingSerializer, responses=TimetablePlanSerializer)
    @action(detail=True, methods=["post"])
    def pin(self, request: Request, pk: str) -> Response:
        """Keep a meeting where it is, whatever is repaired."""
        return self._pinned(keep=True)

    @extend_schema(request=PinMeetingSerializer, responses=TimetablePlanSerializer)
    @action(detail=True, methods=["post"])
    def unpin(self, request: Request, pk: str) -> Response:
        """Keep it there no more."""
        return self._pinned(keep=False)

    @extend_schema(request=SeenPlanSerializer, responses=TimetablePlanSerializer)
    @action(detail=True, methods=["post"])
    def repair(self, request: Request, pk: str) -> Response:
        """Fit the plan to what has changed since; at most three meetings move for the sake of others."""
        given, planned = self.parse(SeenPlanSerializer), self.get_object()
        return self._shown(planned, timetable_moves.repair_timetable(planned, by=request.user, **given))

    @extend_schema(responses=PlanDifferenceSerializer)
    @action(detail=True, methods=["get"], url_path=r"differences/(?P<plan>\d+)")
    def differences(self, request: Request, pk: str, plan: str) -> Response:
        """What the plan that stands does otherwise than an earlier one, named by its number."""
        planned, current = self._standing()
        before = planned.plans.filter(number=plan).first()
        if before is None:
            raise Http404
        return Response(PlanDifferenceSerializer(Look(planned, current).compared(before)).data)

    @extend_schema(request=SeenPlanSerializer, responses=TimetableSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Sign: the worker books every meeting and then writes to everybody. Published already, booking goes on."""
        given, planned = self.parse(SeenPlanSerializer), self.get_object()
        return Response(TimetableSerializer(publish_timetable(planned, by=request.user, **given)).data)

    @extend_schema(responses=TimetableEntrySerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def entries(self, request: Request, pk: str) -> Response:
        """What became of each meeting that was gone through since it was published."""
        planned: Timetable = self.get_object()
        return Response(TimetableEntrySerializer(planned.entries.all(), many=True).data)

    def _pinned(self, *, keep: bool) -> Response:
        given, planned = self.parse(PinMeetingSerializer), self.get_object()
        return self._shown(planned, timetable_moves.pin_meeting(planned, by=self.person, keep=keep, **given))

    def _standing(self) -> tuple[Timetable, TimetablePlan]:
        planned: Timetable = self.get_object()
        if planned.current is None:
            raise Http404
        return planned, planned.current

    def _shown(self, planned: Timetable, plan: TimetablePlan) -> Response:
        return Response(TimetablePlanSerializer(plan, context={"look": Look(planned, plan)}).data)


routes = [("timetables", TimetableViewSet)]
