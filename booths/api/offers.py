"""Offers to the waiting list and places from allocation rounds, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from booths.actions import appeals, offers
from booths.models import Offer
from booths.review_serializers import AppealSerializer, AppealTextSerializer
from booths.serializers import IssuedSerializer, OfferSerializer, OffersToMakeSerializer
from fairs.api.base import ScopedViewSet


class OfferViewSet(ScopedViewSet):
    """Offers to the waiting list, and places from rounds: made, taken, declined, appealed against."""

    queryset = Offer.objects.select_related("application__edition", "application__company").prefetch_related(
        "reservations__booth"
    )
    serializer_class = OfferSerializer
    filterset_fields = ["application__edition__slug", "application", "application__company", "state", "round"]

    @extend_schema(request=OffersToMakeSerializer, responses={201: OfferSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Go through the waiting list and offer what is free; answers the offers that were made."""
        edition = self.edition_named(self.parse(OffersToMakeSerializer)["edition"])
        return Response(OfferSerializer(offers.make_offers(edition, by=request.user), many=True).data, 201)

    @extend_schema(request=None, responses=IssuedSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str) -> Response:
        """Say yes; answers the payment notice. Repeated, it answers the same one."""
        return Response(IssuedSerializer(offers.take_offer(self.get_object(), by=request.user)).data)

    @extend_schema(request=None, responses=OfferSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Say no."""
        return Response(OfferSerializer(offers.decline_offer(self.get_object(), by=request.user)).data)

    @extend_schema(request=AppealTextSerializer, responses={201: AppealSerializer})
    @action(detail=True, methods=["post"])
    def appeal(self, request: Request, pk: str) -> Response:
        """Ask for another place than the one a round gave; this one is kept meanwhile."""
        text = self.parse(AppealTextSerializer)["text"]
        return Response(AppealSerializer(appeals.appeal_place(self.get_object(), text=text, by=request.user)).data, 201)
