"""What programs may do about contracts, their files, corrections and deliveries, twins, and opportunities."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.downloads import download_of
from fairs.models import Participation
from fairs.permissions import require
from matchmaking.actions import consignments, deal_corrections, deal_pairs, deals, opportunities
from matchmaking.actions.at_the_booth import buyer_with_badge
from matchmaking.actions.deal_papers import check_paper, give_paper
from matchmaking.actions.deal_terms import describe_deal
from matchmaking.between import BetweenSides
from matchmaking.deal_serializers import (
    AskCorrectionSerializer,
    CheckFileSerializer,
    ConsignmentSerializer,
    DealCorrectionSerializer,
    DealFileSerializer,
    DealPairSerializer,
    DealSerializer,
    DecidePairSerializer,
    DescribeSerializer,
    DifferenceSerializer,
    GiveFileSerializer,
    LapseSerializer,
    OnSerializer,
    OpenOpportunitySerializer,
    OpportunitySerializer,
    PossibleTwinsSerializer,
    QuotationSerializer,
    QuoteSerializer,
    RecordSerializer,
)
from matchmaking.filters import DealFilter
from matchmaking.models import (
    Consignment,
    Deal,
    DealCorrection,
    DealPair,
    DealPaper,
    Meeting,
    Opportunity,
)
from matchmaking.twins import possible_twins


class DealViewSet(BetweenSides):
    """Contracts, trial orders and memoranda: record, confirm, differ, agree, take back."""

    queryset = (
        Deal.objects.with_sides()
        .select_related("edition", "product_group", "rate", "meeting")
        .prefetch_related("lines", "certificates")
    )
    serializer_class = DealSerializer
    filterset_class = DealFilter

    @extend_schema(request=RecordSerializer, responses={201: DealSerializer})
    def create(self, request: Request) -> Response:
        """Record what was signed; repeated with the same key, it answers the deal already recorded."""
        given = dict(self.parse(RecordSerializer))
        edition = self.edition_named(given.pop("edition"))
        exhibitor = self.exhibitor(edition, given.pop("exhibitor"))
        importer = self._buyer(exhibitor, given.pop("importer", None), given.pop("badge", ""))
        meeting = given.pop("meeting")
        if meeting:
            meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=meeting)
        opportunity = given.pop("opportunity")
        if opportunity:
            opportunity = get_object_or_404(Opportunity.objects.visible_to(request.user), pk=opportunity)
        sides = {"exhibitor": exhibitor, "importer": importer, "meeting": meeting, "opportunity": opportunity}
        deal = deals.record_deal(edition, **sides, by=request.user, **given)
        return self._answer(deal, 201)

    @extend_schema(request=None, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Say, as the other side, that it is true."""
        return self._answer(deals.confirm_deal(self.get_object(), by=request.user))

    @extend_schema(request=DifferenceSerializer, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def dispute(self, request: Request, pk: str) -> Response:
        """Say, as the other side, what differs."""
        given = self.parse(DifferenceSerializer)
        return self._answer(deals.dispute_deal(self.get_object(), by=request.user, **given))

    @extend_schema(request=None, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> Response:
        """Take the other side's value."""
        return self._answer(deals.agree_deal(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Take it back before it is confirmed."""
        return self._answer(deals.cancel_deal(self.get_object(), by=request.user))

    @extend_schema(request=DescribeSerializer, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def describe(self, request: Request, pk: str) -> Response:
        """Write the terms and the goods line by line."""
        describe_deal(self.get_object(), by=request.user, **self.parse(DescribeSerializer))
        return self._answer(self.get_object())

    @extend_schema(request=None, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def object(self, request: Request, pk: str) -> Response:
        """Say, as the other side, that a yes by the code on a phone was not one's own."""
        return self._answer(deals.object_to_deal(self.get_object(), by=request.user))

    @extend_schema(request=OnSerializer, responses=ConsignmentSerializer)
    @action(detail=True, methods=["post"])
    def ship(self, request: Request, pk: str) -> Response:
        """Say that the goods are on their way."""
        return self._sent(consignments.say_shipped, OnSerializer)

    @extend_schema(request=None, responses=ConsignmentSerializer)
    @action(detail=True, methods=["post"])
    def unship(self, request: Request, pk: str) -> Response:
        """Take that back."""
        return self._sent(consignments.take_back_shipped)

    @extend_schema(request=OnSerializer, responses=ConsignmentSerializer)
    @action(detail=True, methods=["post"])
    def deliver(self, request: Request, pk: str) -> Response:
        """Say that the goods came; the other side is asked."""
        return self._sent(consignments.say_delivered, OnSerializer)

    @extend_schema(request=None, responses=ConsignmentSerializer)
    @action(detail=True, methods=["post"])
    def accept_delivery(self, request: Request, pk: str) -> Response:
        """Say too that they came."""
        return self._sent(consignments.accept_delivery)

    @extend_schema(request=None, responses=ConsignmentSerializer)
    @action(detail=True, methods=["post"])
    def deny_delivery(self, request: Request, pk: str) -> Response:
        """Say that they have not come."""
        return self._sent(consignments.deny_delivery)

    def _sent(self, say: Callable[..., Consignment], given: Any = None) -> Response:
        deal = self.get_object()
        row = say(deal, by=self.request.user, **(self.parse(given) if given else {}))
        return Response(ConsignmentSerializer(row).data)

    def _buyer(self, exhibitor: Participation, pk: int | None, badge: str) -> Participation:
        """The importer named, or the one whose badge the exhibitor has in hand."""
        if pk:
            return self.importer(exhibitor, pk, at_the_desk="matchmaking.record_for_others")
        if exhibitor.company_id not in self.person.company_ids:
            raise Http404
        return buyer_with_badge(exhibitor.edition, badge, by=self.person)[0]

    def _answer(self, deal: Deal, status: int = 200) -> Response:
        return Response(DealSerializer(deal).data, status)


class DealFileViewSet(ScopedViewSet):
    """Files that speak for deals: given by a side, downloaded, looked at by an officer."""

    queryset = DealPaper.objects.select_related("deal__edition", "deal__exhibitor", "deal__importer")
    serializer_class = DealFileSerializer
    filterset_fields = ["deal", "deal__edition__slug", "verdict"]
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(request=GiveFileSerializer, responses={201: DealFileSerializer})
    def create(self, request: Request) -> Response:
        """Give a file; the same one again answers the first."""
        given = self.parse(GiveFileSerializer)
        deal = get_object_or_404(_visible_deals(request), pk=given["deal"])
        paper = give_paper(deal, data=given["file"].read(), by=request.user)
        return Response(DealFileSerializer(paper).data, 201)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def content(self, request: Request, pk: str) -> HttpResponse:
        """The file itself, as a download."""
        paper = self.get_object()
        return download_of(paper.file, f"{paper.deal.number}-{paper.pk}")

    @extend_schema(request=CheckFileSerializer, responses=DealFileSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        """Say that it fits, or not and why."""
        paper = check_paper(self.get_object(), by=request.user, **self.parse(CheckFileSerializer))
        return Response(DealFileSerializer(paper).data)


class DealCorrectionViewSet(ScopedViewSet):
    """Corrections of confirmed deals: ask, agree, refuse, take back."""

    queryset = DealCorrection.objects.select_related("deal__edition", "deal__exhibitor", "deal__importer")
    serializer_class = DealCorrectionSerializer
    filterset_fields = ["deal", "deal__edition__slug", "state"]

    @extend_schema(request=AskCorrectionSerializer, responses={201: DealCorrectionSerializer})
    def create(self, request: Request) -> Response:
        """Ask the other side to agree."""
        given = dict(self.parse(AskCorrectionSerializer))
        deal = get_object_or_404(_visible_deals(request), pk=given.pop("deal"))
        made = deal_corrections.ask_correction(deal, by=request.user, **given)
        return Response(DealCorrectionSerializer(made).data, 201)

    @extend_schema(request=None, responses=DealCorrectionSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> Response:
        """Agree, as the other side."""
        return self._answer(deal_corrections.agree_correction)

    @extend_schema(request=None, responses=DealCorrectionSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Not agree."""
        return self._answer(deal_corrections.refuse_correction)

    @extend_schema(request=None, responses=DealCorrectionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Ask no more."""
        return self._answer(deal_corrections.withdraw_correction)

    def _answer(self, verb: Callable[..., DealCorrection]) -> Response:
        return Response(DealCorrectionSerializer(verb(self.get_object(), by=self.request.user)).data)


class DealPairViewSet(ScopedViewSet):
    """Papers that may be one: those nobody has decided about, what was decided, and the decision."""

    queryset = DealPair.objects.select_related("edition")
    serializer_class = DealPairSerializer
    filterset_fields = ["edition__slug", "state"]

    @extend_schema(
        responses=PossibleTwinsSerializer(many=True), filters=False, parameters=[OpenApiParameter("edition", str)]
    )
    @action(detail=False, pagination_class=None)
    def possible(self, request: Request) -> Response:
        """Pairs of an edition about which nobody has decided."""
        edition = self.edition_named(request.query_params.get("edition", ""))
        require(request.user, "matchmaking.decide_pair", edition)
        return Response(PossibleTwinsSerializer(possible_twins(edition), many=True).data)

    @extend_schema(request=DecidePairSerializer, responses={201: DealPairSerializer})
    def create(self, request: Request) -> Response:
        """Say that two papers are one, and which counts, or that they are two."""
        given = self.parse(DecidePairSerializer)
        first, second = (get_object_or_404(_visible_deals(request), pk=given[name]) for name in ("first", "second"))
        if given["kept"] is None:
            pair = deal_pairs.say_different(first, second=second, by=request.user)
        elif given["kept"] in (first.pk, second.pk):
            kept, dropped = (first, second) if given["kept"] == first.pk else (second, first)
            pair = deal_pairs.say_same(kept, dropped=dropped, by=request.user)
        else:
            raise Http404
        return Response(DealPairSerializer(pair).data, 201)

    @extend_schema(request=None, responses=DealPairSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take a decision back."""
        return Response(DealPairSerializer(deal_pairs.undo_decision(self.get_object(), by=request.user)).data)


class OpportunityViewSet(BetweenSides):
    """What an exhibitor talks about, from the enquiry on; others see it once there is a paper, without the reasons."""

    queryset = Opportunity.objects.with_sides().select_related("edition").prefetch_related("quotations")
    serializer_class = OpportunitySerializer
    filterset_fields = ["edition__slug", "state", "exhibitor", "importer"]

    @extend_schema(request=OpenOpportunitySerializer, responses={201: OpportunitySerializer})
    def create(self, request: Request) -> Response:
        """Begin to follow something."""
        given = self.parse(OpenOpportunitySerializer)
        edition = self.edition_named(given["edition"])
        exhibitor = self.exhibitor(edition, given["exhibitor"])
        importer = self.importer(exhibitor, given["importer"], at_the_desk="matchmaking.record_for_others")
        more = {name: given[name] for name in ("goods", "key")}
        made = opportunities.open_opportunity(exhibitor, importer=importer, by=request.user, **more)
        return Response(self.get_serializer(made).data, 201)

    @extend_schema(request=QuoteSerializer, responses={201: QuotationSerializer})
    @action(detail=True, methods=["post"])
    def quote(self, request: Request, pk: str) -> Response:
        """Write a new version of a quotation."""
        made = opportunities.quote(self.get_object(), by=request.user, **self.parse(QuoteSerializer))
        return Response(QuotationSerializer(made).data, 201)

    @extend_schema(request=LapseSerializer, responses=OpportunitySerializer)
    @action(detail=True, methods=["post"])
    def lapse(self, request: Request, pk: str) -> Response:
        """Say that nothing comes of it, and why."""
        made = opportunities.lapse(self.get_object(), by=request.user, **self.parse(LapseSerializer))
        return Response(self.get_serializer(made).data)

    @extend_schema(request=None, responses=OpportunitySerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take it up again."""
        opportunities.reopen(self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


def _visible_deals(request: Request) -> Any:
    return Deal.objects.visible_to(request.user).with_sides().select_related("edition")


routes = [
    ("deals", DealViewSet),
    ("deal-files", DealFileViewSet),
    ("deal-corrections", DealCorrectionViewSet),
    ("deal-pairs", DealPairViewSet),
    ("opportunities", OpportunityViewSet),
]
