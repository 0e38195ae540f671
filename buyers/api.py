"""What buyers offers to programs: registrations, badges, gates, readings."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from buyers.actions import badges, desk_badges, gates, newcomers, registrations
from buyers.actions.passes import issue_pass
from buyers.actions.readings import scan_badge
from buyers.actions.wishes import say_wishes
from buyers.badge_api import PrintRunViewSet
from buyers.badge_filters import BadgesAsked
from buyers.badge_serializers import IssueByNameSerializer, WelcomeSerializer
from buyers.campaign_api import routes as campaign_routes
from buyers.device_api import AtTheGate, DeviceViewSet
from buyers.filters import RegistrationFilter
from buyers.grade_api import routes as grade_routes
from buyers.hosting_api import routes as hosting_routes
from buyers.models import Badge, Gate, Registration, Scan
from buyers.serializers import (
    BadgeSerializer,
    DeclineSerializer,
    GateSerializer,
    GivenGradeSerializer,
    InvitationSerializer,
    IssueSerializer,
    NewcomerSerializer,
    NewGateSerializer,
    PassSerializer,
    ReadingSerializer,
    ReceivedSerializer,
    RegistrationSerializer,
    ScanSerializer,
)
from buyers.vetting_api import VettingActions
from buyers.visa_api import VisaLetterViewSet
from buyers.wish_serializers import WishesSerializer
from fairs.api.base import ScopedViewSet
from fairs.callers import address_of
from fairs.errors import Invalid
from fairs.models import Company, Edition, OpeningDay, Participation, Person


class RegistrationViewSet(VettingActions):
    """Importers' registrations: register (open to everybody), invite, approve, decline, withdraw."""

    queryset = Registration.objects.select_related("edition", "person", "company", "grade").prefetch_related(
        "product_groups", "materials", "certificates", "markets", "days"
    )
    serializer_class = RegistrationSerializer
    filterset_class = RegistrationFilter

    def get_permissions(self) -> Any:
        return [AllowAny()] if self.action == "create" else super().get_permissions()

    @property
    def throttle_scope(self) -> str:
        """Only registering is counted."""
        return "register" if self.action == "create" else ""

    @extend_schema(request=NewcomerSerializer, responses={201: RegistrationSerializer, 202: ReceivedSerializer})
    def create(self, request: Request) -> Response:
        """Register oneself when signed in (201); else as a newcomer, who gets a letter and nothing else (202)."""
        given: dict[str, Any] = dict(self.parse(NewcomerSerializer))
        edition = self.edition_named(given.pop("edition"))
        given |= {"language": get_language() or "vi", "means": "api", "ip": address_of(request)}
        if request.user.is_authenticated:
            return Response(RegistrationSerializer(self._register_oneself(edition, given)).data, 201)
        required(given, "full_name", "email", "company_name", "country")
        given.pop("company", None)
        newcomers.register_newcomer(edition, **given)
        return Response({"code": "received", "message": _("We have your registration, and have written to you.")}, 202)

    @extend_schema(request=InvitationSerializer, responses={201: RegistrationSerializer})
    @action(detail=False, methods=["post"])
    def invite(self, request: Request) -> Response:
        """Invite somebody by their address."""
        given = dict(self.parse(InvitationSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(
            RegistrationSerializer(registrations.invite_newcomer(edition, by=request.user, **given)).data, 201
        )

    @extend_schema(request=GivenGradeSerializer, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Approve with a grade."""
        given = self.parse(GivenGradeSerializer)
        return self._answer(registrations.approve_registration(self.get_object(), by=request.user, **given))

    @extend_schema(request=GivenGradeSerializer, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def grade(self, request: Request, pk: str) -> Response:
        """Change the grade of an approved importer."""
        given = self.parse(GivenGradeSerializer)
        return self._answer(registrations.change_grade(self.get_object(), by=request.user, **given))

    @extend_schema(request=DeclineSerializer, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Decline, with a reason."""
        given = self.parse(DeclineSerializer)
        return self._answer(registrations.decline_registration(self.get_object(), by=request.user, **given))

    @extend_schema(request=WishesSerializer, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def wishes(self, request: Request, pk: str) -> Response:
        """Say what the importer looks for; what is left out stays."""
        registration, given = self.get_object(), dict(self.parse(WishesSerializer))
        if "days" in given:
            given["days"] = days_of(registration.edition, given["days"])
        say_wishes(registration, by=request.user, **given)
        return self._answer(self.get_object())

    @extend_schema(request=None, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Withdraw."""
        return self._answer(registrations.withdraw_registration(self.get_object(), by=request.user))

    def _register_oneself(self, edition: Edition, given: dict[str, Any]) -> Registration:
        person = self.person
        for known in ("full_name", "original_name", "email"):
            given.pop(known, None)
        name, country, company = (given.pop(field, None) for field in ("company_name", "country", "company"))
        if company:
            company = get_object_or_404(person.companies, pk=company)
            return registrations.register_importer(edition, person=person, company=company, by=person, **given)
        required({"company_name": name, "country": country}, "company_name", "country")
        return newcomers.register_known(edition, person=person, company_name=name, country=country, by=person, **given)

    def _answer(self, registration: Registration) -> Response:
        return Response(RegistrationSerializer(registration).data)


class BadgeViewSet(ScopedViewSet):
    """Badges: issue, reissue, revoke."""

    queryset = Badge.objects.select_related("edition", "person", "company")
    serializer_class = BadgeSerializer
    filterset_class = BadgesAsked

    @extend_schema(request=IssueSerializer, responses={201: BadgeSerializer})
    def create(self, request: Request) -> Response:
        """Issue a badge to somebody; asked again, it answers the one they have."""
        given = self.parse(IssueSerializer)
        edition = self.edition_named(given["edition"])
        company = given.get("company")
        badge = badges.issue_badge(
            edition,
            person=get_object_or_404(self._people(edition), pk=given["person"]),
            company=get_object_or_404(self._companies(edition), pk=company) if company else None,
            kind=given["kind"],
            by=request.user,
        )
        return self._answer(badge, 201)

    @extend_schema(request=PassSerializer, responses={201: BadgeSerializer})
    @action(detail=False, methods=["post"])
    def passes(self, request: Request) -> Response:
        """A pass for somebody at a company's booths, within its quota."""
        given = dict(self.parse(PassSerializer))
        edition = self.edition_named(given.pop("edition"))
        guests = Participation.objects.guests_of(self.person).filter(edition=edition).values("company")
        known = Q(pk__in=Company.objects.visible_to(request.user).order_by().values("pk")) | Q(pk__in=guests)
        given["company"] = get_object_or_404(Company, known, pk=given["company"])
        return self._answer(issue_pass(edition, by=request.user, **given), 201)

    @extend_schema(request=IssueByNameSerializer, responses={201: BadgeSerializer})
    @action(detail=False, methods=["post"])
    def issue(self, request: Request) -> Response:
        """A badge by name for the press, speakers, delegates and those who work at the fair."""
        given = dict(self.parse(IssueByNameSerializer))
        edition = self.edition_named(given.pop("edition"))
        return self._answer(desk_badges.issue_by_name(edition, by=request.user, **given), 201)

    @extend_schema(request=WelcomeSerializer, responses={201: BadgeSerializer})
    @action(detail=False, methods=["post"])
    def welcome(self, request: Request) -> Response:
        """Register a guest who stands at the desk, with a badge at once."""
        given: dict[str, Any] = dict(self.parse(WelcomeSerializer))
        edition = self.edition_named(given.pop("edition"))
        given["language"] = get_language() or "vi"
        return self._answer(desk_badges.welcome(edition, by=request.user, **given), 201)

    @extend_schema(request=None, responses={201: BadgeSerializer})
    @action(detail=True, methods=["post"])
    def reissue(self, request: Request, pk: str) -> Response:
        """A new badge in place of a lost one."""
        return self._answer(badges.reissue_badge(self.get_object(), by=request.user), 201)

    @extend_schema(request=None, responses=BadgeSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """The badge no longer opens any gate."""
        return self._answer(badges.revoke_badge(self.get_object(), by=request.user))

    def _people(self, edition: Edition) -> QuerySet[Person]:
        """Oneself and one's colleagues; for the desk, those who registered too."""
        known = Person.objects.visible_to(self.request.user).values("pk")
        return Person.objects.filter(Q(pk__in=known) | Q(pk__in=self._registered(edition).values("person")))

    def _companies(self, edition: Edition) -> QuerySet[Company]:
        """One's own; for the desk, those that take part in the edition or have registered for it."""
        part = Company.objects.visible_to(self.request.user).filter(participations__edition=edition).values("pk")
        registered = self._registered(edition).values("company")
        return Company.objects.filter(Q(pk__in=self.person.company_ids) | Q(pk__in=part) | Q(pk__in=registered))

    def _registered(self, edition: Edition) -> QuerySet[Registration]:
        return Registration.objects.visible_to(self.request.user).filter(edition=edition)

    def _answer(self, badge: Badge, status: int = 200) -> Response:
        return Response(self.get_serializer(badge).data, status)


class GateViewSet(ScopedViewSet):
    """The gates of an edition."""

    queryset = Gate.objects.select_related("edition")
    serializer_class = GateSerializer
    filterset_fields = ["edition__slug"]

    @extend_schema(request=NewGateSerializer, responses={201: GateSerializer})
    def create(self, request: Request) -> Response:
        """Open a gate."""
        given = dict(self.parse(NewGateSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(GateSerializer(gates.add_gate(edition, by=request.user, **given)).data, 201)


class ScanViewSet(ScopedViewSet):
    """Readings of badges at the gates."""

    queryset = Scan.objects.select_related("edition", "badge__person", "badge__company")
    serializer_class = ScanSerializer
    filterset_fields = ["edition__slug", "gate", "result", "direction", "badge"]

    @extend_schema(request=ReadingSerializer, responses={201: ScanSerializer})
    def create(self, request: Request) -> Response:
        """Record a reading; the same key again answers the first."""
        given = dict(self.parse(ReadingSerializer))
        visible = Gate.objects.visible_to(request.user).select_related("edition")
        gate = get_object_or_404(visible, pk=given.pop("gate"))
        return Response(ScanSerializer(scan_badge(gate, by=request.user, **given)).data, 201)


def days_of(edition: Edition, dates: list[date]) -> list[OpeningDay]:
    """The edition's days with these dates; refuses with `other_day` a date on which it is closed."""
    found = list(edition.days.filter(date__in=dates))
    if len(found) < len(set(dates)):
        sentence = _("Choose days of this fair.")
        raise Invalid("other_day", sentence, {"days": [sentence]})
    return found


def required(given: dict[str, Any], *names: str) -> None:
    """Refuse with `missing` what a newcomer has to say and did not."""
    missing = {name: [_("This field is needed.")] for name in names if not given.get(name)}
    if missing:
        raise Invalid("missing", _("Something is missing; see “fields”."), missing)


routes: list[tuple[str, type[ViewSetMixin]]] = [
    ("gate", AtTheGate),  # asked most, so found first
    ("registrations", RegistrationViewSet),
    ("badges", BadgeViewSet),
    ("print-runs", PrintRunViewSet),
    ("gates", GateViewSet),
    ("scans", ScanViewSet),
    *campaign_routes,
    ("devices", DeviceViewSet),
    ("visa-letters", VisaLetterViewSet),
    *grade_routes,
    *hosting_routes,
]
