"""What matchmaking offers to programs: meetings and deals."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.models import Edition
from fairs.permissions import may
from matchmaking.actions import deals, meetings
from matchmaking.actions.at_the_booth import buyer_with_badge
from matchmaking.actions.slots import Slot
from matchmaking.models import Deal, Meeting
from matchmaking.serializers import (
    AbsentSerializer,
    AnswerSerializer,
    DealSerializer,
    DifferenceSerializer,
    FreeSlotsSerializer,
    MeetingSerializer,
    RecordSerializer,
    RequestSerializer,
    SlotSerializer,
    WalkInSerializer,
)


class MeetingViewSet(ScopedViewSet):
    """Meetings: ask, answer, call off, say what became of them."""

    queryset = Meeting.objects.with_sides().select_related("edition")
    serializer_class = MeetingSerializer
    filterset_fields = ["edition__slug", "state", "walk_in", "exhibitor", "importer"]

    @extend_schema(request=RequestSerializer, responses={201: MeetingSerializer})
    def create(self, request: Request) -> Response:
        """Ask an exhibitor for a meeting; asked again for the same time, it answers the first request."""
        given = dict(self.parse(RequestSerializer))
        edition = _visible(request, given.pop("edition"))
        person: Any = given.pop("person") or request.user
        return self._answer(meetings.request_meeting(edition, person=person, by=request.user, **given), 201)

    @extend_schema(request=FreeSlotsSerializer, responses=SlotSerializer(many=True), filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def free(self, request: Request) -> Response:
        """The times free for both sides, for one who may ask or answer for one of them."""
        sides = Meeting(**self.parse(FreeSlotsSerializer))
        sides.edition = sides.exhibitor.edition
        if not may(request.user, "matchmaking.cancel", sides):
            raise Http404
        return Response(_shown(meetings.free_slots(sides.exhibitor, sides.importer)))

    @extend_schema(request=WalkInSerializer, responses={201: MeetingSerializer})
    @action(detail=False, methods=["post"])
    def walk_in(self, request: Request) -> Response:
        """Note a meeting that takes place now and was not booked."""
        given = self.parse(WalkInSerializer)
        edition = _visible(request, given["edition"])
        exhibitor = given["exhibitor"]
        if not may(request.user, "matchmaking.log_walk_in", Meeting(edition=edition, exhibitor=exhibitor)):
            raise Http404
        importer, person = buyer_with_badge(edition, given["badge"])
        meeting = meetings.log_walk_in(
            edition, exhibitor=exhibitor, importer=importer, person=person, key=given["key"], by=request.user
        )
        return self._answer(meeting, 201)

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Agree to meet."""
        return self._answer(meetings.accept_meeting(self.get_object(), by=request.user))

    @extend_schema(request=AnswerSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Say no."""
        given = self.parse(AnswerSerializer)
        return self._answer(meetings.decline_meeting(self.get_object(), by=request.user, **given))

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Call it off."""
        return self._answer(meetings.cancel_meeting(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def mark_held(self, request: Request, pk: str) -> Response:
        """Say that they met."""
        return self._answer(meetings.mark_held(self.get_object(), by=request.user))

    @extend_schema(request=AbsentSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def mark_no_show(self, request: Request, pk: str) -> Response:
        """Say who did not come."""
        given = self.parse(AbsentSerializer)
        return self._answer(meetings.mark_no_show(self.get_object(), by=request.user, **given))

    def _answer(self, meeting: Meeting, status: int = 200) -> Response:
        return Response(MeetingSerializer(meeting).data, status)


class DealViewSet(ScopedViewSet):
    """Contracts, trial orders and memoranda: record, confirm, differ, agree, take back."""

    queryset = Deal.objects.with_sides().select_related("edition", "product_group", "rate", "meeting")
    serializer_class = DealSerializer
    filterset_fields = ["edition__slug", "state", "kind", "currency", "exhibitor", "importer", "product_group__code"]

    @extend_schema(request=RecordSerializer, responses={201: DealSerializer})
    def create(self, request: Request) -> Response:
        """Record what was signed; repeated with the same key, it answers the deal already recorded."""
        given = dict(self.parse(RecordSerializer))
        edition = _visible(request, given.pop("edition"))
        meeting = given.pop("meeting")
        if meeting:
            meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=meeting.pk)
        return self._answer(deals.record_deal(edition, meeting=meeting, by=request.user, **given), 201)

    @extend_schema(request=None, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Say, as the other side, that it is true."""
        return self._answer(deals.confirm_deal(self.get_object(), by=request.user))

    @extend_schema(request=DifferenceSerializer, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def dispute(self, request: Request, pk: str) -> Response:
        """Say, as the other side, what differs."""
        given = self.parse(DifferenceSerializer)
        return self._answer(deals.dispute_deal(self.get_object(), by=request.user, **given))

    @extend_schema(request=None, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> Response:
        """Take the other side's value."""
        return self._answer(deals.agree_deal(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Take it back before it is confirmed."""
        return self._answer(deals.cancel_deal(self.get_object(), by=request.user))

    def _answer(self, deal: Deal, status: int = 200) -> Response:
        return Response(DealSerializer(deal).data, status)


def _shown(free: list[Slot]) -> list[dict[str, Any]]:
    """Free times as programs read them."""
    return [dict(one) for one in SlotSerializer([slot._asdict() for slot in free], many=True).data]  # type: ignore[arg-type]


def _visible(request: Request, edition: Edition) -> Edition:
    return get_object_or_404(Edition.objects.visible_to(request.user), pk=edition.pk)


routes = [("meetings", MeetingViewSet), ("deals", DealViewSet)]
