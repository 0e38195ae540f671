"""The exhibitor manual, for programs: its tasks, what is done about them, what the desk found."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import manual as deeds
from booths.actions.manual_tasks import remove_task, set_task
from booths.manual import own_progress
from booths.manual_serializers import (
    AcceptHandInSerializer,
    CellSerializer,
    ChangeManualTaskSerializer,
    GiveHandInSerializer,
    HandInSerializer,
    ManualTaskSerializer,
    NewManualTaskSerializer,
    ReturnHandInSerializer,
    TaskOfSerializer,
)
from booths.models import Application, BoothClass, HandIn, ManualTask
from fairs.api.base import ScopedViewSet
from fairs.downloads import download_of
from fairs.inputs import whole_number
from fairs.models import Edition


class ManualTaskViewSet(ScopedViewSet):
    """The tasks of an edition's manual."""

    queryset = ManualTask.objects.select_related("edition", "booth_class")
    serializer_class = ManualTaskSerializer
    filterset_fields = ["edition__slug", "asks", "audience"]

    @extend_schema(request=NewManualTaskSerializer, responses={201: ManualTaskSerializer})
    def create(self, request: Request) -> Response:
        """Add a task."""
        given = dict(self.parse(NewManualTaskSerializer))
        edition = self.edition_named(given.pop("edition"))
        made = set_task(edition, by=request.user, **_with_class(edition, given))
        return Response(ManualTaskSerializer(made).data, 201)

    @extend_schema(request=ChangeManualTaskSerializer, responses=ManualTaskSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a task."""
        task = self.get_object()
        given = _with_class(task.edition, dict(self.parse(ChangeManualTaskSerializer)))
        return Response(ManualTaskSerializer(set_task(task.edition, task=task, by=request.user, **given)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a task out, as long as nobody has answered it."""
        remove_task(self.get_object(), by=request.user)
        return Response(status=204)


class HandInViewSet(ScopedViewSet):
    """What exhibitors did about the tasks: ticks, files, and the desk's word."""

    queryset = HandIn.objects.select_related("task", "application__edition", "application__company").prefetch_related(
        "files"
    )
    serializer_class = HandInSerializer
    filterset_fields = ["task__edition__slug", "task", "application", "state"]
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(request=GiveHandInSerializer, responses={201: HandInSerializer})
    def create(self, request: Request) -> Response:
        """Hand in a file: the next version. The same one again answers the first."""
        given = self.parse(GiveHandInSerializer)
        application, task = self._named(given)
        made = deeds.hand_in_file(application, task=task, data=given["file"].read(), by=request.user)
        return Response(HandInSerializer(made).data, 201)

    @extend_schema(request=TaskOfSerializer, responses=HandInSerializer)
    @action(detail=False, methods=["post"])
    def tick(self, request: Request) -> Response:
        """Read and done."""
        return self._do(deeds.tick_task)

    @extend_schema(request=TaskOfSerializer, responses=HandInSerializer)
    @action(detail=False, methods=["post"], url_path="pass", url_name="pass")
    def skip(self, request: Request) -> Response:
        """Say that it does not concern the exhibitor."""
        return self._do(deeds.pass_task)

    @extend_schema(request=None, responses=HandInSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take a tick back."""
        return Response(HandInSerializer(deeds.reopen_task(self.get_object(), by=request.user)).data)

    @extend_schema(request=AcceptHandInSerializer, responses=HandInSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Find the newest version in order."""
        row, given = self.get_object(), self.parse(AcceptHandInSerializer)
        return Response(HandInSerializer(deeds.accept_hand_in(row, by=request.user, **given)).data)

    @extend_schema(request=ReturnHandInSerializer, responses=HandInSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def give_back(self, request: Request, pk: str) -> Response:
        """Return the newest version."""
        row, given = self.get_object(), self.parse(ReturnHandInSerializer)
        return Response(HandInSerializer(deeds.return_hand_in(row, by=request.user, **given)).data)

    @extend_schema(
        parameters=[OpenApiParameter("number", int, description="A version; without it the newest.")],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    @action(detail=True)
    def content(self, request: Request, pk: str) -> HttpResponse:
        """The file itself, as a download."""
        row, asked = self.get_object(), request.query_params.get("number")
        files = row.files.filter(number=whole_number(asked) or 0) if asked else row.files.all()[:1]
        kept = get_object_or_404(row.files, pk__in=[one.pk for one in files])
        return download_of(kept.file, f"{row.task.number:02d}-{row.application_id}-v{kept.number}")

    @extend_schema(
        parameters=[OpenApiParameter("application", int, required=True)], responses=CellSerializer(many=True)
    )
    @action(detail=False, filterset_fields=[], pagination_class=None)
    def progress(self, request: Request) -> Response:
        """How an exhibitor stands with each task that it has, by last day."""
        asked = whole_number(request.query_params.get("application", "")) or 0
        return Response(CellSerializer(own_progress(self._application(asked)).cells, many=True).data)

    def _do(self, deed: Callable[..., HandIn]) -> Response:
        application, task = self._named(self.parse(TaskOfSerializer))
        return Response(HandInSerializer(deed(application, task=task, by=self.request.user)).data)

    def _named(self, given: Mapping[str, Any]) -> tuple[Application, ManualTask]:
        tasks = ManualTask.objects.visible_to(self.request.user)
        return self._application(given["application"]), get_object_or_404(tasks, pk=given["task"])

    def _application(self, pk: int) -> Application:
        rows = Application.objects.visible_to(self.request.user).filter(state=Application.State.ACCEPTED)
        return get_object_or_404(rows.select_related("company", "edition", "booth_class"), pk=pk)


def _with_class(edition: Edition, given: dict[str, Any]) -> dict[str, Any]:
    """The class of booth by its code."""
    if given.get("booth_class"):
        given["booth_class"] = get_object_or_404(BoothClass, edition=edition, code=given["booth_class"])
    return given
