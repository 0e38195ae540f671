"""Badges printed many at once, for programs."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from buyers.actions.printing import begin_print, stop_print
from buyers.badge_serializers import NewPrintSerializer, PrintRunSerializer
from buyers.models import PrintRun
from fairs.api.base import ScopedViewSet
from fairs.downloads import file_answer


class PrintRunViewSet(ScopedViewSet):
    """Sheets of badges: begin, look how far they are, stop, fetch the file."""

    queryset = PrintRun.objects.select_related("edition")
    serializer_class = PrintRunSerializer
    filterset_fields = ["edition__slug", "state"]

    @extend_schema(request=NewPrintSerializer, responses={201: PrintRunSerializer})
    def create(self, request: Request) -> Response:
        """Have badges drawn on sheets."""
        given = dict(self.parse(NewPrintSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(PrintRunSerializer(begin_print(edition, by=request.user, **given)).data, 201)

    @extend_schema(request=None, responses=PrintRunSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """End the work; nothing is kept of it."""
        return Response(PrintRunSerializer(stop_print(self.get_object(), by=request.user)).data)

    @extend_schema(responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY)})
    @action(detail=True)
    def file(self, request: Request, pk: str) -> HttpResponse:
        """The sheets as PDF, for some hours."""
        run = self.get_object()
        if run.state != PrintRun.State.READY or not default_storage.exists(run.file):
            raise Http404
        with default_storage.open(run.file) as file:
            return file_answer(file.read(), f"badges-{run.pk}.pdf")
