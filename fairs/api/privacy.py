"""One's own data, for programs: what one agreed to."""

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.actions.consents import give_consent, withdraw_consent
from fairs.api.base import ScopedViewSet
from fairs.callers import address_of
from fairs.models import Consent
from fairs.serializers.privacy import ConsentSerializer, GiveConsentSerializer


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


routes = [("consents", ConsentViewSet)]
