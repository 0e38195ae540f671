"""The plan under work and the plans that were published, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths import plan_edits
from booths.actions import drafts
from booths.actions.publishing import publish_draft
from booths.floor_serializers import (
    BoothsSerializer,
    ChangesSerializer,
    EditedSerializer,
    FloorDraftSerializer,
    FloorVersionSerializer,
    LaySerializer,
    LookSerializer,
    NewDraftSerializer,
    PublishSerializer,
    RenumberSerializer,
    SplitSerializer,
    StateSerializer,
    WholeDraftSerializer,
)
from booths.models import FloorDraft, FloorVersion
from booths.plan_look import halls_touched, look, state, whole
from fairs.api.scope import OfEdition

DESK = frozenset({"booth_desk"})


class FloorDraftViewSet(OfEdition):
    """Drafts of floor plans: begin, change, publish, drop."""

    queryset = FloorDraft.objects.select_related("edition", "changed_by").order_by("pk")
    serializer_class = FloorDraftSerializer
    readers = DESK

    @extend_schema(responses=WholeDraftSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The draft with everything that stands on it."""
        return Response(whole(self.get_object()))

    @extend_schema(request=NewDraftSerializer, responses={201: FloorDraftSerializer})
    def create(self, request: Request) -> Response:
        """Begin a draft of an edition's plan, or get the one there is."""
        edition = self.edition_named(self.parse(NewDraftSerializer)["edition"])
        return Response(FloorDraftSerializer(drafts.begin_draft(edition, by=request.user)).data, 201)

    def destroy(self, request: Request, pk: str) -> Response:
        """Drop the draft."""
        drafts.drop_draft(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(responses=StateSerializer)
    @action(detail=True)
    def state(self, request: Request, pk: str) -> Response:
        """The version, and who has which booth: small enough to ask often."""
        return Response(state(self.get_object()))

    @extend_schema(request=ChangesSerializer, responses=LookSerializer)
    @action(detail=True, methods=["post"])
    def save(self, request: Request, pk: str) -> Response:
        """Write changes that were made on a version of the draft."""
        before, given = self.get_object(), self.parse(ChangesSerializer)
        draft = drafts.save_draft(before, by=request.user, **given)
        return Response(look(draft, halls_touched(before.content, draft.content, given["changes"])))

    @extend_schema(request=LaySerializer, responses=EditedSerializer)
    @action(detail=True, methods=["post"])
    def lay(self, request: Request, pk: str) -> Response:
        """Lay a block of booths."""
        return self._edit(plan_edits.lay, LaySerializer)

    @extend_schema(request=BoothsSerializer, responses=EditedSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Make one booth of several that fill a rectangle."""
        return self._edit(plan_edits.merge, BoothsSerializer)

    @extend_schema(request=SplitSerializer, responses=EditedSerializer)
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: str) -> Response:
        """Make several booths of one."""
        return self._edit(plan_edits.split, SplitSerializer)

    @extend_schema(request=RenumberSerializer, responses=EditedSerializer)
    @action(detail=True, methods=["post"])
    def renumber(self, request: Request, pk: str) -> Response:
        """Give booths new codes, in the order they stand."""
        return self._edit(plan_edits.renumber, RenumberSerializer)

    @extend_schema(request=PublishSerializer, responses=FloorVersionSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Make the draft the plan that everybody sees."""
        version = publish_draft(self.get_object(), by=request.user, **self.parse(PublishSerializer))
        return Response(FloorVersionSerializer(version).data)

    def _edit(self, edit: Any, serializer: Any) -> Response:
        before, given = self.get_object(), self.parse(serializer)
        draft, changes = drafts.edit_draft(before, edit=lambda content: edit(content, given), by=self.request.user)
        seen = look(draft, halls_touched(before.content, draft.content, changes))
        return Response(seen | {"changes": changes})


class FloorVersionViewSet(OfEdition):
    """The plans that were published."""

    queryset = FloorVersion.objects.select_related("edition")
    serializer_class = FloorVersionSerializer
    readers = DESK

    @extend_schema(request=None, responses=FloorDraftSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Work on this plan again."""
        return Response(FloorDraftSerializer(drafts.restore_version(self.get_object(), by=request.user)).data)
