"""One's own data, for programs: what one agreed to, and what one asks."""

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.actions import data_requests as requests
from fairs.actions.consents import give_consent, withdraw_consent
from fairs.api.base import ScopedViewSet
from fairs.callers import address_of
from fairs.exports import chapters
from fairs.journal import record
from fairs.models import Consent, DataRequest
from fairs.serializers.privacy import (
    ConsentSerializer,
    CorrectedSerializer,
    DataRequestReasonSerializer,
    DataRequestSerializer,
    GiveConsentSerializer,
    NewDataRequestSerializer,
)


class ConsentViewSet(ScopedViewSet):
    """One's own consents: give, and take back."""

    queryset = Consent.objects.select_related("edition", "person").order_by("-given_at", "-pk")
    serializer_class = ConsentSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "purpose"]

    @extend_schema(request=GiveConsentSerializer, responses={201: ConsentSerializer})
    def create(self, request: Request) -> Response:
        """Agree to one purpose, in the words of the request's language."""
        given = self.parse(GiveConsentSerializer)
        consent = give_consent(
            self.person,
            edition=self.edition_named(given["edition"]),
            purpose=given["purpose"],
            language=get_language() or "vi",
            means="api",
            ip=address_of(request),
            by=request.user,
        )
        return Response(ConsentSerializer(consent).data, 201)

    @extend_schema(request=None, responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take a consent back; it ends at once."""
        return Response(ConsentSerializer(withdraw_consent(self.get_object(), by=request.user)).data)


class DataRequestViewSet(ScopedViewSet):
    """What one asks about one's own data; the requests of an edition for its privacy officer."""

    queryset = DataRequest.objects.select_related("edition", "person")
    serializer_class = DataRequestSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ["edition__slug", "state", "kind"]

    @extend_schema(request=NewDataRequestSerializer, responses={201: DataRequestSerializer})
    def create(self, request: Request) -> Response:
        """Ask about one's own data."""
        given = dict(self.parse(NewDataRequestSerializer))
        edition = self.edition_named(given.pop("edition"))
        asked = requests.ask(edition, person=self.person, means="api", by=request.user, **given)
        return self._answer(asked, 201)

    @extend_schema(responses={200: dict})
    @action(detail=False, methods=["get"])
    def copy(self, request: Request) -> Response:
        """Everything that is kept about oneself."""
        told = chapters(self.person, self.person)
        record("export", self.person, by=request.user)
        return Response({one.key: one.rows for one in told})

    @extend_schema(request=None, responses=DataRequestSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: str) -> Response:
        """Tell the person that it came."""
        return self._answer(requests.acknowledge(self.get_object(), by=request.user))

    @extend_schema(request=DataRequestReasonSerializer, responses=DataRequestSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Take the one extension."""
        return self._answer(requests.extend(self.get_object(), by=request.user, **self._reason()))

    @extend_schema(request=DataRequestReasonSerializer, responses=DataRequestSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Refuse, with the reason."""
        return self._answer(requests.refuse(self.get_object(), by=request.user, **self._reason()))

    @extend_schema(request=CorrectedSerializer, responses=DataRequestSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: str) -> Response:
        """Do what was asked."""
        corrected = self.parse(CorrectedSerializer)
        return self._answer(requests.finish(self.get_object(), by=request.user, **corrected))

    @extend_schema(request=None, responses=DataRequestSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Ask for it no more."""
        return self._answer(requests.withdraw(self.get_object(), by=request.user))

    def _reason(self) -> dict[str, str]:
        return {"reason": self.parse(DataRequestReasonSerializer)["reason"]}

    def _answer(self, asked: DataRequest, status: int = 200) -> Response:
        return Response(DataRequestSerializer(asked).data, status)


routes = [("consents", ConsentViewSet), ("data-requests", DataRequestViewSet)]
