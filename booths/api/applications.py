"""Applications, for programs: draft, hand in, decide, keep what is held."""

from collections.abc import Iterable

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import applications, groups, households, reservations
from booths.actions.cards import pay_held_by_card
from booths.actions.pricing import quote_booths
from booths.actions.rules import accept_rules
from booths.api.exhibitors import Leaving
from booths.api.judging import Judging
from booths.models import Application, Booth, BoothClass, Zone
from booths.sale_serializers import TurnSerializer
from booths.serializers import (
    ApplicationSerializer,
    ChosenSerializer,
    DraftSerializer,
    HouseholdsSerializer,
    IssuedSerializer,
    QuoteSerializer,
    ReasonSerializer,
    RulesSerializer,
)
from booths.turns import turn_of
from fairs.models import Company, Edition
from fairs.money.serializers import CheckoutSerializer


class ApplicationViewSet(Leaving, Judging):
    """Applications: draft, hand in, decide."""

    queryset = Application.objects.select_related("edition__sale_terms", "booth_class").prefetch_related(
        "zones", "neighbour_wishes", "households"
    )
    serializer_class = ApplicationSerializer
    filterset_fields = ["edition__slug", "state", "company", "booth_class__code"]

    @extend_schema(request=DraftSerializer, responses={201: ApplicationSerializer})
    def create(self, request: Request) -> Response:
        """Begin a draft, or change the one the company has."""
        given = self.parse(DraftSerializer)
        edition = get_object_or_404(Edition.objects.visible_to(request.user), slug=given["edition"])
        company = get_object_or_404(Company.objects.visible_to(request.user), pk=given["company"])
        application = applications.draft_application(
            edition,
            company=company,
            contact=self.person,
            booth_class=get_object_or_404(BoothClass, edition=edition, code=given["booth_class"]),
            booth_count=given["booth_count"],
            side_by_side=given["side_by_side"],
            wants_corner=given["wants_corner"],
            wishes=given["wishes"],
            zones=Zone.objects.filter(edition=edition, code__in=given["zones"]),
            booths=Booth.objects.in_order(edition, given["booths"]),
            power_kw=given["power_kw"],
            water=given["water"],
            support_asked=given["support_asked"],
            near=_companies(given["near"]),
            apart=_companies(given["apart"]),
            by=request.user,
        )
        groups.apply_as_group(application, is_group=given["is_group"], by=request.user)
        return Response(ApplicationSerializer(application).data, 201)

    @extend_schema(request=HouseholdsSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def households(self, request: Request, pk: str) -> Response:
        """Name the households of a group; they take the place of those named before, and may still change afterwards.

        Once it is handed in the same name is the same household, and each change is refused after the day for it and
        as long as one of them has passes.
        """
        given, application = self.parse(HouseholdsSerializer)["households"], self.get_object()
        name = groups.name_households if application.state == "draft" else households.change_households
        name(application, households=given, by=request.user)
        return self._answer(self.get_object())

    @extend_schema(request=RulesSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand in."""
        given = self.parse(RulesSerializer)
        return self._answer(applications.submit_application(self.get_object(), by=request.user, **given))

    @extend_schema(request=RulesSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"], url_path="accept-rules", url_name="accept-rules")
    def accept_rules(self, request: Request, pk: str) -> Response:
        """Accept the rules that changed after it was handed in."""
        application, given = self.get_object(), self.parse(RulesSerializer)
        return self._answer(accept_rules(application, version=given["rules_version"], by=request.user))

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

    @extend_schema(request=ChosenSerializer, responses=QuoteSerializer)
    @action(detail=True, methods=["post"])
    def quote(self, request: Request, pk: str) -> Response:
        """What some booths would cost the applicant; nothing is held."""
        application = self.get_object()
        booths = Booth.objects.in_order(application.edition, self.parse(ChosenSerializer)["booths"])
        return Response(QuoteSerializer(quote_booths(application, booths)).data)

    @extend_schema(request=None, responses=IssuedSerializer)
    @action(detail=True, methods=["post"])
    def reserve(self, request: Request, pk: str) -> Response:
        """Keep everything that is held; answers the payment notice. Repeated, it answers the same one."""
        return Response(IssuedSerializer(reservations.reserve_held(self.get_object(), by=request.user)).data)

    @extend_schema(request=None, responses={201: CheckoutSerializer})
    @action(detail=True, methods=["post"])
    def pay(self, request: Request, pk: str) -> Response:
        """Open the card page for everything that is held; its payment notice comes with the money."""
        return Response(CheckoutSerializer(pay_held_by_card(self.get_object(), by=request.user)).data, 201)

    @extend_schema(responses=TurnSerializer)
    @action(detail=True)
    def turn(self, request: Request, pk: str) -> Response:
        """Whether it may choose booths now, else when; with its place in the waiting room."""
        turn = turn_of(self.get_object())
        return Response(
            TurnSerializer(
                {
                    "open": turn.open,
                    "opens_at": turn.opens_at,
                    "opening": turn.opening,
                    "waiting_room": turn.room is not None,
                    "place": turn.place,
                    "sentence": "" if turn.open else turn.sentence,
                }
            ).data
        )

    def _answer(self, application: Application) -> Response:
        return Response(ApplicationSerializer(application).data)


def _companies(keys: Iterable[int]) -> list[Company]:
    """The companies with these keys; the action refuses those that do not exhibit, or are not there at all."""
    found = Company.objects.in_bulk(set(keys))
    return [found.get(key) or Company(pk=key, name_vi=str(key)) for key in keys]
