"""What booths offers to programs: the floor, applications, reservations."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import applications, reservations
from booths.models import Application, Booth, BoothClass, Reservation, Zone
from booths.serializers import (
    ApplicationSerializer,
    BoothSerializer,
    DraftSerializer,
    HoldSerializer,
    ReasonSerializer,
    ReservationSerializer,
    RulesSerializer,
)
from fairs.api.base import ScopedViewSet
from fairs.models import Company, Edition


class BoothViewSet(ScopedViewSet):
    """The booths of an edition, with what is free."""

    queryset = Booth.objects.select_related("hall", "zone", "booth_class")
    serializer_class = BoothSerializer
    filterset_fields = ["edition__slug", "hall__code", "zone__code", "booth_class__code", "corner"]

    def get_queryset(self) -> QuerySet[Booth]:
        return super().get_queryset().with_status()  # at the moment of asking, not of starting


class ApplicationViewSet(ScopedViewSet):
    """Applications: draft, hand in, decide."""

    queryset = Application.objects.select_related("edition", "booth_class").prefetch_related("zones")
    serializer_class = ApplicationSerializer
    filterset_fields = ["edition__slug", "state", "company"]

    @extend_schema(request=DraftSerializer, responses={201: ApplicationSerializer})
    def create(self, request: Request) -> Response:
        """Begin a draft, or change the one the company has."""
        given = self.parse(DraftSerializer)
        edition = get_object_or_404(Edition.objects.visible_to(request.user), pk=given["edition"].pk)
        company = get_object_or_404(Company.objects.visible_to(request.user), pk=given["company"].pk)
        application = applications.draft_application(
            edition,
            company=company,
            contact=request.user,
            booth_class=get_object_or_404(BoothClass, edition=edition, code=given["booth_class"]),
            booth_count=given["booth_count"],
            side_by_side=given["side_by_side"],
            wishes=given["wishes"],
            zones=Zone.objects.filter(edition=edition, code__in=given["zones"]),
            booths=Booth.objects.in_order(edition, given["booths"]),
            by=request.user,
        )
        return Response(ApplicationSerializer(application).data, 201)

    @extend_schema(request=RulesSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand in."""
        given = self.parse(RulesSerializer)
        return self._answer(applications.submit_application(self.get_object(), by=request.user, **given))

    @extend_schema(request=ReasonSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Accept."""
        given = self.parse(ReasonSerializer)
        return self._answer(applications.accept_application(self.get_object(), by=request.user, **given))

    @extend_schema(request=ReasonSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def waitlist(self, request: Request, pk: str) -> Response:
        """Put on the waiting list."""
        given = self.parse(ReasonSerializer)
        return self._answer(applications.waitlist_application(self.get_object(), by=request.user, **given))

    @extend_schema(request=ReasonSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        """Turn down."""
        given = self.parse(ReasonSerializer)
        return self._answer(applications.reject_application(self.get_object(), by=request.user, **given))

    @extend_schema(request=None, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take back."""
        return self._answer(applications.withdraw_application(self.get_object(), by=request.user))

    def _answer(self, application: Application) -> Response:
        return Response(ApplicationSerializer(application).data)


class ReservationViewSet(ScopedViewSet):
    """Reservations: hold, keep, give back, hand over."""

    queryset = Reservation.objects.select_related("booth", "edition")
    serializer_class = ReservationSerializer
    filterset_fields = ["edition__slug", "state", "application"]

    @extend_schema(request=HoldSerializer, responses={201: ReservationSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Hold booths, all or none; repeated, it answers what is held."""
        given = self.parse(HoldSerializer)
        application = get_object_or_404(Application.objects.visible_to(request.user), pk=given["application"].pk)
        booths = Booth.objects.in_order(application.edition, given["booths"])
        held = reservations.hold_booths(application, booths=booths, by=request.user)
        return Response(ReservationSerializer(held, many=True).data, 201)

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        """Give the booth back."""
        return Response(ReservationSerializer(reservations.release_booth(self.get_object(), by=request.user)).data)

    @extend_schema(request=None, responses=ReservationSerializer)
    @action(detail=True, methods=["post"])
    def hand_over(self, request: Request, pk: str) -> Response:
        """Record the handing over at move-in."""
        return Response(ReservationSerializer(reservations.hand_over(self.get_object(), by=request.user)).data)


routes = [("booths", BoothViewSet), ("applications", ApplicationViewSet), ("reservations", ReservationViewSet)]
