"""The rules of the fair, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions.rules import publish_rules
from booths.models import RulesText
from booths.serializers import NewRulesTextSerializer, RulesTextSerializer
from fairs.api.scope import OfEdition


class RulesTextViewSet(OfEdition):
    """Every published version of an edition's rules, the newest first."""

    queryset = RulesText.objects.select_related("edition")
    serializer_class = RulesTextSerializer
    filterset_fields = ["edition__slug", "version"]

    @extend_schema(request=NewRulesTextSerializer, responses={201: RulesTextSerializer})
    def create(self, request: Request) -> Response:
        """Publish the rules in a new version; a published one stays as it is."""
        given = dict(self.parse(NewRulesTextSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(RulesTextSerializer(publish_rules(edition, by=request.user, **given)).data, 201)
