"""Allocation rounds, for programs: begun, worked on, signed; the record from which they can be worked out again."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import round_moves, rounds
from booths.actions.round_publishing import publish_round, record_of
from booths.models import Proposal, Round
from booths.querysets import desk_editions
from booths.round_look import Look
from booths.round_serializers import (
    AllocationTermsSerializer,
    MoveSerializer,
    NewRoundSerializer,
    PinSerializer,
    ProposalSerializer,
    RecordSerializer,
    RoundSerializer,
    SeenProposalSerializer,
)
from fairs.api.base import ScopedViewSet


class RoundViewSet(ScopedViewSet):
    """Rounds of the editions whose booths one looks after. What changes a plan names the proposal that was `seen`."""

    queryset = (
        Round.objects.select_related("edition", "current")
        .defer("instance", "current__plan", "current__unplaced", "current__pins", "current__why")
        .order_by("-pk")
    )
    serializer_class = RoundSerializer
    filterset_fields = ["edition__slug", "number", "state"]

    @extend_schema(request=NewRoundSerializer, responses={201: RoundSerializer})
    def create(self, request: Request) -> Response:
        """Begin a round for an edition; the worker works it out."""
        given = dict(self.parse(NewRoundSerializer))
        edition = self.edition_named(given.pop("edition"))
        return Response(RoundSerializer(rounds.begin_round(edition, by=request.user, **given)).data, 201)

    @extend_schema(responses=AllocationTermsSerializer)
    @action(detail=False, methods=["get"], url_path=r"terms/(?P<edition>[-\w]+)")
    def terms(self, request: Request, edition: str) -> Response:
        """By what the next round of an edition goes."""
        return Response(AllocationTermsSerializer(rounds.terms_of(self._run(edition))).data)

    @extend_schema(request=AllocationTermsSerializer, responses=AllocationTermsSerializer)
    @terms.mapping.put
    def set_terms(self, request: Request, edition: str) -> Response:
        """Set it, and what zones bear at most; what is not named stays."""
        given = dict(self.parse(AllocationTermsSerializer))
        zones = given.pop("edition", {}).get("zones", [])
        limits = {row["code"]: (row["power_kw_at_most"], row["exhibitors_at_most"]) for row in zones}
        terms = rounds.set_allocation_terms(self._run(edition), limits=limits, by=request.user, **given)
        return Response(AllocationTermsSerializer(terms).data)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """End the work with the best plan so far."""
        begun: Round = self.get_object()
        rounds.stop_round(begun, by=request.user)
        return Response(RoundSerializer(begun).data)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Put the round away."""
        return Response(RoundSerializer(rounds.drop_round(self.get_object(), by=request.user)).data)

    @extend_schema(responses=ProposalSerializer)
    @action(detail=True, methods=["get"])
    def proposal(self, request: Request, pk: str) -> Response:
        """The plan that stands, with reasons; 404 while there is none."""
        worked: Round = self.get_object()
        if worked.current is None:
            raise Http404
        return self._shown(worked, worked.current)

    @extend_schema(request=MoveSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Put an applicant elsewhere; who stands exactly there changes places with it, others lose theirs."""
        return self._worked(round_moves.move_applicant, self.parse(MoveSerializer))

    @extend_schema(request=PinSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def pin(self, request: Request, pk: str) -> Response:
        """Keep an applicant where it is, whatever is worked out again."""
        return self._worked(round_moves.pin, self.parse(PinSerializer))

    @extend_schema(request=PinSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def unpin(self, request: Request, pk: str) -> Response:
        """Keep it there no more."""
        return self._worked(round_moves.pin, self.parse(PinSerializer), keep=False)

    @extend_schema(request=SeenProposalSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"], url_path="solve-rest")
    def solve_rest(self, request: Request, pk: str) -> Response:
        """Work out again all that is not pinned."""
        return self._worked(round_moves.solve_rest, self.parse(SeenProposalSerializer))

    @extend_schema(request=SeenProposalSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Back to the proposal before."""
        return self._worked(round_moves.undo, self.parse(SeenProposalSerializer))

    @extend_schema(request=SeenProposalSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def redo(self, request: Request, pk: str) -> Response:
        """Forward to what was undone last."""
        return self._worked(round_moves.redo, self.parse(SeenProposalSerializer))

    @extend_schema(request=SeenProposalSerializer, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Sign: every place goes out as an offer, who has none waits. All or nothing."""
        given, worked = self.parse(SeenProposalSerializer), self.get_object()
        publish_round(worked, by=request.user, **given)
        return Response(RoundSerializer(worked).data)

    @extend_schema(responses=RecordSerializer)
    @action(detail=True, methods=["get"])
    def record(self, request: Request, pk: str) -> Response:
        """What an auditor gets; 404 while there is no proposal. Not signed yet, `signed_at` is null."""
        worked: Round = self.get_object()
        if worked.current is None:
            raise Http404
        return Response(record_of(worked) | {"digest": worked.digest})

    def _run(self, slug: str) -> Any:
        return get_object_or_404(desk_editions(self.request.user), slug=slug)

    def _worked(self, deed: Any, given: Any, **more: Any) -> Response:
        worked: Round = self.get_object()
        return self._shown(worked, deed(worked, by=self.request.user, **given, **more))

    def _shown(self, worked: Round, proposal: Proposal) -> Response:
        return Response(ProposalSerializer(proposal, context={"look": Look(worked, proposal)}).data)
