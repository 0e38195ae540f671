"""What is set up in an edition, for programs: days, targets, papers, programme, officers."""

from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from fairs import reports
from fairs.actions import editions, plans
from fairs.api.scope import OfEdition
from fairs.downloads import paper_download
from fairs.errors import Invalid
from fairs.models import Edition, LegalPaper, Officer, OpeningDay, PlanVersion, ProgrammeItem, Target
from fairs.serializers.editions import (
    DaysSerializer,
    LegalPaperSerializer,
    NewLegalPaperSerializer,
    NewOfficerSerializer,
    NewProgrammeItemSerializer,
    OfficerSerializer,
    OpeningDayOfEditionSerializer,
    PlanVersionSerializer,
    ProgrammeItemSerializer,
    TargetOfEditionSerializer,
    TargetsSerializer,
)


class OpeningDayViewSet(OfEdition):
    """The days of an edition with their hours."""

    queryset = OpeningDay.objects.select_related("edition")
    serializer_class = OpeningDayOfEditionSerializer

    @extend_schema(request=DaysSerializer, responses={201: OpeningDayOfEditionSerializer(many=True)}, filters=False)
    def create(self, request: Request) -> Response:
        """Set all days of an edition; days that are not named are no longer open."""
        given = self.parse(DaysSerializer)
        edition = self.edition_named(given["edition"])
        editions.set_days(edition, days=[OpeningDay(**day) for day in given["days"]], by=request.user)
        return Response(OpeningDayOfEditionSerializer(edition.days.select_related("edition"), many=True).data, 201)


class TargetViewSet(OfEdition):
    """What an edition plans to reach, for its officers."""

    queryset = Target.objects.select_related("edition")
    serializer_class = TargetOfEditionSerializer
    readers = frozenset()

    @extend_schema(request=TargetsSerializer, responses={201: TargetOfEditionSerializer(many=True)}, filters=False)
    def create(self, request: Request) -> Response:
        """Set targets, as a new version of the plan; a figure that is not named keeps its own."""
        given = dict(self.parse(TargetsSerializer))
        edition = self.edition_named(given.pop("edition"))
        targets = {target["figure"]: target["value"] for target in given.pop("targets")}
        _check_figures(targets)
        paper = _paper(edition, given.pop("legal_paper", ""))
        plans.set_targets(edition, targets=targets, legal_paper=paper, by=request.user, **given)
        return Response(TargetOfEditionSerializer(edition.targets.select_related("edition"), many=True).data, 201)


class PlanVersionViewSet(OfEdition):
    """The versions of what an edition plans to reach, the latest first, for its officers."""

    queryset = PlanVersion.objects.select_related("edition", "legal_paper").prefetch_related(
        Prefetch("targets", Target.every.all())
    )
    serializer_class = PlanVersionSerializer
    readers = frozenset()


class PdfRenderer(BaseRenderer):
    """Lets a program ask for a PDF; the bytes are answered as they are."""

    media_type = "application/pdf"
    format = "pdf"
    render_style = "binary"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return data


class LegalPaperViewSet(OfEdition):
    """The official papers an edition rests on, for its officers."""

    queryset = LegalPaper.objects.select_related("edition")
    serializer_class = LegalPaperSerializer
    readers = frozenset()
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(
        request={"application/json": NewLegalPaperSerializer, "multipart/form-data": NewLegalPaperSerializer},
        responses={201: LegalPaperSerializer},
    )
    def create(self, request: Request) -> Response:
        """Register a paper, with its file when sent as multipart."""
        given = dict(self.parse(NewLegalPaperSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(LegalPaperSerializer(editions.add_legal_paper(edition, by=request.user, **given)).data, 201)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[PdfRenderer, JSONRenderer])
    def file(self, request: Request, pk: str) -> HttpResponse:
        """The paper itself, as a download."""
        paper = self.get_object()
        if not paper.file:
            raise Http404
        return paper_download(paper)


class ProgrammeViewSet(OfEdition):
    """What happens when and where."""

    queryset = ProgrammeItem.objects.select_related("edition")
    serializer_class = ProgrammeItemSerializer

    @extend_schema(request=NewProgrammeItemSerializer, responses={201: ProgrammeItemSerializer})
    def create(self, request: Request) -> Response:
        """Put something on the programme."""
        given = dict(self.parse(NewProgrammeItemSerializer))
        edition = self.edition_named(given.pop("edition"))
        item = editions.add_programme_item(edition, by=request.user, **given)
        return Response(ProgrammeItemSerializer(item).data, 201)

    @extend_schema(request=ProgrammeItemSerializer, responses=ProgrammeItemSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what the programme says."""
        given = self.parse(partial(ProgrammeItemSerializer, partial=True))
        item = editions.change_programme_item(self.get_object(), by=request.user, **given)
        return Response(ProgrammeItemSerializer(item).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take something off the programme."""
        editions.remove_programme_item(self.get_object(), by=request.user)
        return Response(status=204)


class OfficerViewSet(OfEdition):
    """Who runs an edition in which role, for its director."""

    queryset = Officer.objects.select_related("edition", "person").order_by("pk")
    serializer_class = OfficerSerializer
    readers = frozenset({"director"})

    @extend_schema(request=NewOfficerSerializer, responses={201: OfficerSerializer})
    def create(self, request: Request) -> Response:
        """Give a person a role; a person not known yet is entered."""
        given = self.parse(NewOfficerSerializer)
        edition = self.edition_named(given["edition"])
        officer = editions.appoint_by_email(
            edition, email=given["email"], full_name=given["full_name"], role=given["role"], by=request.user
        )
        return Response(OfficerSerializer(officer).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a role back."""
        editions.dismiss_officer(self.get_object(), by=request.user)
        return Response(status=204)


def _paper(edition: Edition, number: str) -> LegalPaper | None:
    """The edition's paper with a number; refuses one that is not registered."""
    paper: LegalPaper | None = edition.legal_papers.filter(number=number).first() if number else None
    if number and paper is None:
        sentence = _("This edition has no paper with that number. Register it first.")
        raise Invalid("unknown_paper", sentence, {"legal_paper": [sentence]})
    return paper


def _check_figures(targets: dict[str, Any]) -> None:
    known = {line.goal_of(figure) for line in reports.lines() for figure in line.figures} - {""}
    if strange := sorted(set(targets) - known):
        sentence = _("The report has no figure %(names)s.") % {"names": ", ".join(strange)}
        raise Invalid("unknown_figure", sentence, {"targets": [sentence]})
