"""Signed versions of the result report, for programs: read, compared, signed."""

import json
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.actions.signing import sign_report
from fairs.api.scope import OfEdition
from fairs.models import SignedReport
from fairs.permissions import REPORT_READERS
from fairs.serializers.fields import edition_slug
from fairs.statements import as_now, as_signed, changes


@extend_schema_field(OpenApiTypes.OBJECT)
class SnapshotField(serializers.Field[Any, Any, Any, Any]):
    """Everything the version says, in both languages; numbers as exact text."""

    def to_representation(self, value: str) -> Any:
        return json.loads(value)


class SignedReportSerializer(serializers.ModelSerializer[SignedReport]):
    """A version; `intact` says whether its text still has the hash it was signed with."""

    edition = edition_slug()
    signed_by = serializers.CharField(source="signed_by.full_name")
    intact = serializers.BooleanField()

    class Meta:
        model = SignedReport
        fields = ["id", "edition", "number", "level", "sha256", "intact", "signed_by", "signed_at", "note"]


class SignedReportWholeSerializer(SignedReportSerializer):
    """A version with what it says; `canonical` is the very text that was hashed."""

    snapshot = SnapshotField()
    canonical = serializers.CharField(source="snapshot")

    class Meta(SignedReportSerializer.Meta):
        fields = [*SignedReportSerializer.Meta.fields, "snapshot", "canonical"]


class NewSignedReportSerializer(serializers.Serializer[Any]):
    """Whose report to sign; the same key signs once."""

    edition = serializers.SlugField()
    key = serializers.CharField(max_length=64)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class ReportChangeSerializer(serializers.Serializer[Any]):
    """What two versions say differently; `line` is empty for what stands around the figures."""

    line = serializers.CharField()
    figure = serializers.CharField(source="label")
    what = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class SignedReportViewSet(OfEdition):
    """Versions of the report as they were signed; nobody changes or deletes one."""

    queryset = SignedReport.objects.select_related("edition", "signed_by").order_by("-pk")
    serializer_class = SignedReportSerializer
    readers = REPORT_READERS

    @extend_schema(responses=SignedReportWholeSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A version with everything it says."""
        return Response(SignedReportWholeSerializer(self.get_object()).data)

    @extend_schema(request=NewSignedReportSerializer, responses={201: SignedReportSerializer})
    def create(self, request: Request) -> Response:
        """Sign what the report says now; the director’s alone, and once for each key."""
        given = self.parse(NewSignedReportSerializer)
        edition = self.edition_named(given["edition"])
        signed = sign_report(edition, by=request.user, key=given["key"], note=given["note"])
        return Response(SignedReportSerializer(signed).data, 201)

    @extend_schema(
        responses=ReportChangeSerializer(many=True),
        parameters=[OpenApiParameter("with", str, description="now: against the report now; else the version before")],
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def changes(self, request: Request, pk: str) -> Response:
        """What differs from the version before or, asked with=now, what the report says otherwise now."""
        signed = self.get_object()
        if request.query_params.get("with") == "now":
            found = changes(as_signed(signed), as_now(signed.edition))
        else:
            before = signed.edition.signed_reports.filter(number__lt=signed.number).first()
            found = changes(as_signed(before), as_signed(signed)) if before else []
        return Response(ReportChangeSerializer(found, many=True).data)
