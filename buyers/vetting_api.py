"""Vetting for programs: the checklist of an importer, questions, and many decided at once."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from buyers.actions import vetting
from buyers.actions.quotas import grade_named
from buyers.checklists import Outlook, outlooks, outlooks_of_declining
from buyers.grades import PLAIN
from buyers.models import Evidence, Registration
from buyers.serializers import RegistrationSerializer
from fairs.api.base import ScopedViewSet
from fairs.downloads import download_of
from fairs.permissions import may, require


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """What was given for a line of the checklist, and the desk's verdict."""

    code = serializers.CharField(source="item.code", read_only=True)
    stage = serializers.CharField(source="item.stage", read_only=True)
    has_file = serializers.BooleanField(source="file", read_only=True)

    class Meta:
        model = Evidence
        fields = ["id", "code", "stage", "said", "has_file", "given_at", "verdict", "note", "checked_by", "checked_at"]


class GivenEvidenceSerializer(serializers.Serializer[None]):
    """Something said or sent for a line."""

    code = serializers.SlugField(max_length=20)
    said = serializers.CharField(max_length=500, required=False, default="")
    file = serializers.FileField(required=False)


class VerdictsSerializer(serializers.Serializer[None]):
    """Verdicts and notes by the code of a line; a line that is not named stays as it is."""

    verdicts = serializers.DictField(child=serializers.ChoiceField(Evidence.Verdict.choices, allow_blank=True))
    notes = serializers.DictField(child=serializers.CharField(max_length=300, allow_blank=True), required=False)


class AskSerializer(serializers.Serializer[None]):
    """What the importer is asked, in words they read."""

    text = serializers.CharField(max_length=2000)


class QuestionAnswerSerializer(serializers.Serializer[None]):
    """The importer's answer."""

    answer = serializers.CharField(max_length=2000)


class ManySerializer(serializers.Serializer[None]):
    """On whom to decide, and how; with `only_look` nothing happens."""

    edition = serializers.SlugField()
    registrations = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=300)
    verb = serializers.ChoiceField(["approve", "decline"])
    grade = serializers.SlugField(max_length=12, default=PLAIN)
    reason = serializers.CharField(max_length=500, required=False, default="")
    only_look = serializers.BooleanField(default=False)


class OutlookSerializer(serializers.Serializer[Any]):
    """One importer: decided, or left out with the reasons."""

    registration = serializers.IntegerField(source="registration.pk", read_only=True)
    against = serializers.ListField(child=serializers.CharField(), read_only=True)


class VettingActions(ScopedViewSet):
    """What a registration's address offers while it is vetted."""

    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(responses=EvidenceSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def evidence(self, request: Request, pk: str) -> Response:
        """The checklist as it stands, for the importer and the desk."""
        rows = self._readable().evidence.select_related("item").order_by("item__order", "pk")
        return Response(EvidenceSerializer(rows, many=True).data)

    @extend_schema(request=GivenEvidenceSerializer, responses={201: EvidenceSerializer})
    @action(detail=True, methods=["post"])
    def give(self, request: Request, pk: str) -> Response:
        """Say or send something for a line."""
        registration, given = self.get_object(), self.parse(GivenEvidenceSerializer)
        require(request.user, "buyers.register", registration)
        item = get_object_or_404(registration.edition.evidence_items, code=given["code"])
        data = given["file"].read() if given.get("file") else b""
        row = vetting.give_evidence(registration, item=item, said=given["said"], data=data, by=request.user)
        return Response(EvidenceSerializer(row).data, 201)

    @extend_schema(request=VerdictsSerializer, responses=EvidenceSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None)
    def check(self, request: Request, pk: str) -> Response:
        """Say which lines are in order."""
        registration = self.get_object()
        vetting.check_evidence(registration, by=request.user, **self.parse(VerdictsSerializer))
        rows = registration.evidence.select_related("item").order_by("item__order", "pk")
        return Response(EvidenceSerializer(rows, many=True).data)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, url_path="evidence/(?P<code>[-a-z0-9_]+)/file")
    def file(self, request: Request, pk: str, code: str) -> HttpResponse:
        """What was sent for a line, as a download."""
        rows = self._readable().evidence.exclude(file="").select_related("item")
        row = get_object_or_404(rows, item__code=code)
        return download_of(row.file, f"{code}-{row.registration_id}")

    @extend_schema(request=AskSerializer, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, pk: str) -> Response:
        """Ask the importer something before the decision."""
        registration = self.get_object()
        vetting.ask_for_more(registration, by=request.user, **self.parse(AskSerializer))
        return Response(RegistrationSerializer(registration).data)

    @extend_schema(request=QuestionAnswerSerializer, responses=RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer what the desk asked."""
        registration = self.get_object()
        vetting.answer_question(registration, by=request.user, **self.parse(QuestionAnswerSerializer))
        return Response(RegistrationSerializer(registration).data)

    @extend_schema(request=ManySerializer, responses=OutlookSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None)
    def decide(self, request: Request) -> Response:
        """Decide on many at once; each that is left out comes with the reasons."""
        given = self.parse(ManySerializer)
        edition = self.edition_named(given["edition"])
        require(request.user, "buyers.decide", edition)
        asked = self.get_queryset().filter(edition=edition, pk__in=given["registrations"])
        rows = list(asked.order_by("pk"))
        found: Any = _looked_at(rows, given) if given["only_look"] else _decided(rows, given, request.user)
        return Response(OutlookSerializer(found, many=True).data)

    def _readable(self) -> Registration:
        registration: Registration = self.get_object()
        if not may(self.request.user, "buyers.read_evidence", registration):
            raise Http404
        return registration


def _looked_at(rows: list[Registration], given: Any) -> list[Outlook]:
    if given["verb"] == "decline":
        return outlooks_of_declining(rows)
    if not rows:
        return []
    grades = {grade.code: grade for grade in rows[0].edition.grades.all()}
    return outlooks(rows, grade_named(grades, given["grade"]))


def _decided(rows: list[Registration], given: Any, by: Any) -> list[Outlook]:
    if given["verb"] == "decline":
        return vetting.decline_many(rows, reason=given["reason"], by=by)
    return vetting.approve_many(rows, grade=given["grade"], by=by)
