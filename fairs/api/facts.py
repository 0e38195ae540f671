"""Reference facts, exchange rates and the journal, for programs."""

from datetime import date

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.actions.editions import set_rate
from fairs.api.scope import OfEdition
from fairs.filters import CraftVillageFilter, EntryFilter, ProvinceFilter
from fairs.models import Certificate, CraftVillage, Entry, ExchangeRate, Material, ProductGroup, Province, Series
from fairs.serializers.editions import SeriesSerializer
from fairs.serializers.facts import (
    CertificateSerializer,
    CraftVillageSerializer,
    EntrySerializer,
    ExchangeRateSerializer,
    MaterialSerializer,
    NewExchangeRateSerializer,
    ProductGroupSerializer,
    ProvinceSerializer,
)


class SeriesViewSet(viewsets.ReadOnlyModelViewSet):
    """The fairs that come back."""

    queryset = Series.objects.all()
    serializer_class = SeriesSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"


class ProvinceViewSet(viewsets.ReadOnlyModelViewSet):
    """Provinces and cities, each for as long as it existed; `?on=2018-10-18` gives those of a day."""

    queryset = Province.objects.all()
    serializer_class = ProvinceSerializer
    filterset_class = ProvinceFilter


class ProductGroupViewSet(viewsets.ReadOnlyModelViewSet):
    """Groups of crafts."""

    queryset = ProductGroup.objects.all()
    serializer_class = ProductGroupSerializer
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]+"


class MaterialViewSet(viewsets.ReadOnlyModelViewSet):
    """What crafts are made of."""

    queryset = Material.objects.all()
    serializer_class = MaterialSerializer
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]+"


class CertificateViewSet(viewsets.ReadOnlyModelViewSet):
    """What buyers ask a maker to prove."""

    queryset = Certificate.objects.all()
    serializer_class = CertificateSerializer
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]+"


class CraftVillageViewSet(viewsets.ReadOnlyModelViewSet):
    """Villages known for a craft."""

    queryset = CraftVillage.objects.select_related("product_group")
    serializer_class = CraftVillageSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    filterset_class = CraftVillageFilter


class ExchangeRateViewSet(OfEdition):
    """What currencies were worth in US dollars; facts that belong to no edition."""

    queryset = ExchangeRate.objects.all()
    serializer_class = ExchangeRateSerializer
    filterset_fields = ["currency", "date"]

    def get_queryset(self) -> QuerySet[ExchangeRate]:
        return ExchangeRate.objects.all()

    @extend_schema(request=NewExchangeRateSerializer, responses={201: ExchangeRateSerializer})
    def create(self, request: Request) -> Response:
        """Enter a rate; one that stands is never changed."""
        given = dict(self.parse(NewExchangeRateSerializer))
        day: date = given.pop("date")
        edition = self.edition_named(given.pop("edition"))
        return Response(ExchangeRateSerializer(set_rate(edition=edition, day=day, by=request.user, **given)).data, 201)


class JournalViewSet(OfEdition):
    """Who did what to which object, for officers with the role of reports."""

    queryset = Entry.objects.select_related("edition", "actor")
    serializer_class = EntrySerializer
    permission_classes = [IsAuthenticated]
    readers = frozenset({"reports"})
    filterset_class = EntryFilter
