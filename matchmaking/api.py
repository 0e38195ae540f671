"""What matchmaking offers to programs: meetings, and by their own modules all the rest."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.models import Edition
from fairs.permissions import may
from matchmaking import booking_api, deal_api, follow_up_api, sample_api, timetable_api, wish_api
from matchmaking.actions import meetings
from matchmaking.actions.at_the_booth import buyer_with_badge
from matchmaking.actions.attendance import check_in, rate
from matchmaking.actions.changes import move_meeting, substitute
from matchmaking.actions.proposals import propose_time
from matchmaking.actions.slots import Slot
from matchmaking.between import BetweenSides
from matchmaking.booking_api import MeetingProposalSerializer
from matchmaking.filters import MeetingFilter
from matchmaking.lead_api import LeadViewSet
from matchmaking.models import Meeting, Seat
from matchmaking.serializers import (
    AbsentSerializer,
    AcceptSerializer,
    AnswerSerializer,
    CheckInSerializer,
    FreeSlotsSerializer,
    MeetingSerializer,
    MoveMeetingSerializer,
    OtherTimeSerializer,
    RatingSerializer,
    RequestSerializer,
    SlotSerializer,
    WalkInSerializer,
    WhoSerializer,
)


class MeetingViewSet(BetweenSides):
    """Meetings: ask, answer, call off, say what became of them."""

    queryset = Meeting.objects.with_sides().select_related("edition", "importer_person", "product_group")
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter

    @extend_schema(request=RequestSerializer, responses={201: MeetingSerializer})
    def create(self, request: Request) -> Response:
        """Ask an exhibitor for a meeting; asked again for the same time, it answers the first request."""
        given = dict(self.parse(RequestSerializer))
        edition = self.edition_named(given.pop("edition"))
        exhibitor = self.exhibitor(edition, given.pop("exhibitor"))
        importer = self.importer(exhibitor, given.pop("importer"), at_the_desk="matchmaking.set_rules")
        comes = given.pop("person")
        person = get_object_or_404(importer.company.people, pk=comes) if comes else self.person
        meeting = meetings.request_meeting(
            edition, exhibitor=exhibitor, importer=importer, person=person, by=request.user, **given
        )
        return self._answer(meeting, 201)

    @extend_schema(request=FreeSlotsSerializer, responses=SlotSerializer(many=True), filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def free(self, request: Request) -> Response:
        """The times free for both sides, for one who may ask or answer for one of them."""
        given = self.parse(FreeSlotsSerializer)
        edition = get_object_or_404(Edition.objects.visible_to(request.user), participations__pk=given["exhibitor"])
        exhibitor = self.exhibitor(edition, given["exhibitor"])
        importer = self.importer(exhibitor, given["importer"], at_the_desk="matchmaking.set_rules")
        how = {name: given[name] for name in ("minutes", "place")}
        return Response(_shown(meetings.free_slots(exhibitor, importer, **how)))

    @extend_schema(request=WalkInSerializer, responses={201: MeetingSerializer})
    @action(detail=False, methods=["post"])
    def walk_in(self, request: Request) -> Response:
        """Note a meeting that takes place now and was not booked."""
        given = self.parse(WalkInSerializer)
        edition = self.edition_named(given["edition"])
        exhibitor = self.exhibitor(edition, given["exhibitor"])
        if not may(request.user, "matchmaking.log_walk_in", Meeting(edition=edition, exhibitor=exhibitor)):
            raise Http404
        importer, person = buyer_with_badge(edition, given["badge"], by=request.user)
        more = {name: given[name] for name in ("key", "product_group", "at")}
        meeting = meetings.log_walk_in(
            edition, exhibitor=exhibitor, importer=importer, person=person, by=request.user, **more
        )
        return self._answer(meeting, 201)

    @extend_schema(request=CheckInSerializer, responses=MeetingSerializer)
    @action(detail=False, methods=["post"])
    def check_in(self, request: Request) -> Response:
        """Read a badge for a meeting agreed about now: at an exhibitor's booth, or without one at the table desk."""
        given = self.parse(CheckInSerializer)
        edition = self.edition_named(given["edition"])
        exhibitor = self.exhibitor(edition, given["exhibitor"]) if given["exhibitor"] else None
        meeting = check_in(edition, code=given["badge"], exhibitor=exhibitor, at=given["at"], by=request.user)
        return self._answer(meeting)

    @extend_schema(request=RatingSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def rate(self, request: Request, pk: str) -> Response:
        """Say how good it was and what is next, for one's own side."""
        rate(self.get_object(), by=request.user, **self.parse(RatingSerializer))
        return Response(status=204)

    @extend_schema(request=AcceptSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Agree to meet."""
        meeting = self.get_object()
        given = dict(self.parse(AcceptSerializer))
        given["receiver"] = _seat(meeting, given["receiver"])
        return self._answer(meetings.accept_meeting(meeting, by=request.user, **given))

    @extend_schema(request=OtherTimeSerializer, responses={201: MeetingProposalSerializer})
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, pk: str) -> Response:
        """Propose another time to the other side."""
        proposal = propose_time(self.get_object(), by=request.user, **self.parse(OtherTimeSerializer))
        return Response(MeetingProposalSerializer(proposal).data, 201)

    @extend_schema(request=MoveMeetingSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Move what is agreed, as the meeting desk does."""
        return self._answer(move_meeting(self.get_object(), by=request.user, **self.parse(MoveMeetingSerializer)))

    @extend_schema(request=WhoSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def substitute(self, request: Request, pk: str) -> Response:
        """Send a colleague."""
        meeting, given = self.get_object(), self.parse(WhoSerializer)
        people = meeting.importer.company.people
        person = get_object_or_404(people, pk=given["person"]) if given["person"] else None
        receiver = _seat(meeting, given["receiver"])
        return self._answer(substitute(meeting, receiver=receiver, person=person, by=request.user))

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


def _seat(meeting: Meeting, pk: int | None) -> Seat | None:
    """One of the exhibitor's seats."""
    return get_object_or_404(Seat, part=meeting.exhibitor_id, pk=pk) if pk else None


def _shown(free: list[Slot]) -> list[dict[str, Any]]:
    """Free times as programs read them."""
    return [dict(one) for one in SlotSerializer([slot._asdict() for slot in free], many=True).data]  # type: ignore[arg-type]


routes = [
    ("meetings", MeetingViewSet),
    ("leads", LeadViewSet),
    *deal_api.routes,
    *wish_api.routes,
    *booking_api.routes,
    *timetable_api.routes,
    *follow_up_api.routes,
    *sample_api.routes,
]
