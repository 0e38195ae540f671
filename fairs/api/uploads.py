"""Importing sheets, for programs: upload, look at the rows, put them right, take them over."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.actions import uploads
from fairs.api.base import ScopedViewSet
from fairs.import_rows import FILTERS, Rows
from fairs.models import Upload
from fairs.money.actions.statements import set_statement_columns
from fairs.serializers.uploads import (
    ColumnsSerializer,
    CorrectionsSerializer,
    NewUploadSerializer,
    UploadRowSerializer,
    UploadSerializer,
)


class UploadViewSet(ScopedViewSet):
    """Sheets of the kinds one may import."""

    queryset = Upload.objects.select_related("edition", "by")
    serializer_class = UploadSerializer
    filterset_fields = ["edition__slug", "kind", "state"]
    parser_classes = [JSONParser, MultiPartParser]

    def get_queryset(self) -> QuerySet[Upload]:
        found = super().get_queryset()
        return found.defer("content", "answers") if self.action == "list" else found

    @extend_schema(request={"multipart/form-data": NewUploadSerializer}, responses={201: UploadSerializer})
    def create(self, request: Request) -> Response:
        """Upload a sheet and rehearse its import; nothing is taken over yet."""
        given = self.parse(NewUploadSerializer)
        edition = self.edition_named(given["edition"])
        file = given["file"]
        upload = uploads.receive_upload(
            edition, kind=given["kind"], data=file.read(), filename=file.name, by=request.user
        )
        return Response(UploadSerializer(upload).data, 201)

    @extend_schema(request=CorrectionsSerializer, responses=UploadSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct cells, skip rows or take them in again; what was said before stays."""
        given = self.parse(CorrectionsSerializer)
        return self._answer(uploads.correct_upload(self.get_object(), by=request.user, **given))

    @extend_schema(
        responses=UploadRowSerializer(many=True), parameters=[OpenApiParameter("only", str, enum=list(FILTERS))]
    )
    @action(detail=True, filter_backends=[])
    def rows(self, request: Request, pk: str) -> Response:
        """The rows with what stands against each, in pages."""
        only = request.query_params.get("only", "all")
        page = self.paginate_queryset(Rows(self.get_object(), only if only in FILTERS else "all")) or []
        return self.get_paginated_response([UploadRowSerializer(row).data for row in page])

    @extend_schema(request=None, responses=UploadSerializer)
    @action(detail=True, methods=["post"])
    def commit(self, request: Request, pk: str) -> Response:
        """Take all rows over or none: at once when they are few, else by the worker (state “importing”)."""
        return self._answer(uploads.begin_import(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=UploadSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """End a running import; nothing of it stays."""
        return self._answer(uploads.stop_import(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=UploadSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Put the sheet away without importing it."""
        return self._answer(uploads.drop_upload(self.get_object(), by=request.user))

    @extend_schema(request=ColumnsSerializer, responses=UploadSerializer)
    @action(detail=True, methods=["post"])
    def columns(self, request: Request, pk: str) -> Response:
        """Say which column of a bank's statement is which; the next one with the same headings is understood."""
        upload = self.get_object()
        given = self.parse(ColumnsSerializer)
        return self._answer(set_statement_columns(upload, columns=given["columns"], by=request.user))

    def _answer(self, upload: Upload) -> Response:
        return Response(UploadSerializer(upload).data)
