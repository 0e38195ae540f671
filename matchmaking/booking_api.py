"""What programs may do about other times, seats, tables and interpreters."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from buyers.choices import LANGUAGES
from fairs.api.base import ScopedViewSet
from fairs.models import Participation
from matchmaking.actions import proposals, resources, seats
from matchmaking.actions.resources import MOST_TABLES
from matchmaking.models import Interpreter, Proposal, Seat, Shift, Table


class MeetingProposalSerializer(serializers.ModelSerializer[Proposal]):
    """Another time that a side proposes for a meeting."""

    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Proposal
        fields = [
            "id", "meeting", "side", "starts_at", "ends_at", "note", "made_at", "expires_at", "state", "version",
            "verbs",
        ]  # fmt: skip


class WithoutInterpreterSerializer(serializers.Serializer[None]):
    """Whether it may do without an interpreter when none is free."""

    without_interpreter = serializers.BooleanField(default=False)


class ProposalViewSet(ScopedViewSet):
    """Other times: take one, or not."""

    queryset = Proposal.objects.with_sides()
    serializer_class = MeetingProposalSerializer
    filterset_fields = ["meeting", "state"]

    @extend_schema(request=WithoutInterpreterSerializer, responses=MeetingProposalSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str) -> Response:
        """The meeting is agreed for this time."""
        given = self.parse(WithoutInterpreterSerializer)
        return Response(
            MeetingProposalSerializer(proposals.accept_proposal(self.get_object(), by=request.user, **given)).data
        )

    @extend_schema(request=None, responses=MeetingProposalSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """It does not suit; the meeting stays as it is."""
        return Response(MeetingProposalSerializer(proposals.decline_proposal(self.get_object(), by=request.user)).data)


class SeatSerializer(serializers.ModelSerializer[Seat]):
    """Somebody who meets for a side."""

    languages = serializers.MultipleChoiceField(choices=LANGUAGES, source="spoken", read_only=True)

    class Meta:
        model = Seat
        fields = ["id", "part", "number", "name", "languages", "open"]


class NewSeatSerializer(serializers.Serializer[None]):
    """Whom to name, for which part in an edition."""

    part = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=150)
    languages = serializers.ListField(child=serializers.ChoiceField(choices=LANGUAGES), default=list)


class SaidSeatSerializer(serializers.Serializer[None]):
    """What is said anew of somebody who meets."""

    name = serializers.CharField(max_length=150)
    languages = serializers.ListField(child=serializers.ChoiceField(choices=LANGUAGES), default=list)
    open = serializers.BooleanField(default=True)


class AwaySerializer(serializers.Serializer[None]):
    """The half hours of the fair, by their beginnings, at which somebody is away; all others are free."""

    blocks = serializers.ListField(child=serializers.DateTimeField(), max_length=1000)


class SeatViewSet(ScopedViewSet):
    """Who meets for one's company, for the desk of every company's."""

    queryset = Seat.objects.select_related("part__edition", "part__company")
    serializer_class = SeatSerializer
    filterset_fields = ["part", "open"]

    @extend_schema(request=NewSeatSerializer, responses={201: SeatSerializer})
    def create(self, request: Request) -> Response:
        """Name one more."""
        given = dict(self.parse(NewSeatSerializer))
        own = Participation.objects.filter(company_id__in=self.person.company_ids).select_related("edition", "company")
        part = get_object_or_404(own, pk=given.pop("part"))
        return Response(SeatSerializer(seats.add_seat(part, by=request.user, **given)).data, 201)

    @extend_schema(request=SaidSeatSerializer, responses=SeatSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Say anew who it is, what they speak, whether they meet."""
        seat = self.get_object()
        given = self.parse(SaidSeatSerializer)
        return Response(SeatSerializer(seats.change_seat(seat, by=request.user, **given)).data)

    @extend_schema(request=AwaySerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def away(self, request: Request, pk: str) -> Response:
        """Say when they are not there."""
        seat = self.get_object()
        seats.set_away(seat.part, seat=seat.number, by=request.user, **self.parse(AwaySerializer))
        return Response(status=204)


class TableSerializer(serializers.ModelSerializer[Table]):
    """A numbered table."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    hall: Any = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Table
        fields = ["id", "edition", "number", "hall", "open"]


class NewTablesSerializer(serializers.Serializer[None]):
    """How many more, in which hall by its code."""

    edition = serializers.SlugField()
    count = serializers.IntegerField(min_value=1, max_value=MOST_TABLES)
    hall = serializers.CharField(max_length=8, required=False)


class UseSerializer(serializers.Serializer[None]):
    """In use or not."""

    open = serializers.BooleanField()


class TableViewSet(ScopedViewSet):
    """The tables of an edition."""

    queryset = Table.objects.select_related("edition", "hall")
    serializer_class = TableSerializer
    filterset_fields = ["edition__slug", "open"]

    @extend_schema(request=NewTablesSerializer, responses={201: TableSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Set up so many more."""
        given = dict(self.parse(NewTablesSerializer))
        edition = self.edition_named(given["edition"])
        hall = get_object_or_404(edition.halls, code=given["hall"]) if given.get("hall") else None
        made = resources.add_tables(edition, count=given["count"], hall=hall, by=request.user)
        return Response(TableSerializer(made, many=True).data, 201)

    @extend_schema(request=UseSerializer, responses=TableSerializer)
    @action(detail=True, methods=["post"])
    def use(self, request: Request, pk: str) -> Response:
        """Put one to use, or out of it."""
        table = resources.use_table(self.get_object(), by=request.user, **self.parse(UseSerializer))
        return Response(TableSerializer(table).data)


class ShiftSerializer(serializers.ModelSerializer[Shift]):
    """Hours at which an interpreter is there."""

    class Meta:
        model = Shift
        fields = ["starts_at", "ends_at"]


class HoursSerializer(serializers.Serializer[None]):
    """Hours to add."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class InterpreterSerializer(serializers.ModelSerializer[Interpreter]):
    """An interpreter with languages and hours."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    languages = serializers.MultipleChoiceField(choices=LANGUAGES, source="spoken", read_only=True)
    shifts = ShiftSerializer(many=True, read_only=True)

    class Meta:
        model = Interpreter
        fields = ["id", "edition", "name", "languages", "open", "shifts"]


class NewInterpreterSerializer(serializers.Serializer[None]):
    """Whom to take onto the list."""

    edition = serializers.SlugField()
    name = serializers.CharField(max_length=150)
    languages = serializers.ListField(child=serializers.ChoiceField(choices=LANGUAGES))


class InterpreterViewSet(ScopedViewSet):
    """The interpreters of an edition."""

    queryset = Interpreter.objects.select_related("edition").prefetch_related("shifts")
    serializer_class = InterpreterSerializer
    filterset_fields = ["edition__slug", "open"]

    @extend_schema(request=NewInterpreterSerializer, responses={201: InterpreterSerializer})
    def create(self, request: Request) -> Response:
        """Take one onto the list."""
        given = dict(self.parse(NewInterpreterSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(InterpreterSerializer(resources.add_interpreter(edition, by=request.user, **given)).data, 201)

    @extend_schema(request=UseSerializer, responses=InterpreterSerializer)
    @action(detail=True, methods=["post"])
    def use(self, request: Request, pk: str) -> Response:
        """Let one be booked, or not any more."""
        used = resources.use_interpreter(self.get_object(), by=request.user, **self.parse(UseSerializer))
        return Response(InterpreterSerializer(used).data)

    @extend_schema(request=HoursSerializer, responses=InterpreterSerializer)
    @action(detail=True, methods=["post"])
    def hours(self, request: Request, pk: str) -> Response:
        """Add hours."""
        interpreter = self.get_object()
        resources.add_shift(interpreter, by=request.user, **self.parse(HoursSerializer))
        return Response(InterpreterSerializer(self.get_object()).data)


routes = [
    ("meeting-proposals", ProposalViewSet),
    ("meeting-seats", SeatViewSet),
    ("meeting-tables", TableViewSet),
    ("interpreters", InterpreterViewSet),
]
