"""What programs do with samples: make tags, hand samples over, keep one by its code, tie it to a contract."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.models import Product
from fairs.models.fields import CURRENCIES
from fairs.permissions import may
from matchmaking.actions import sample as samples
from matchmaking.models import Deal, Sample
from matchmaking.querysets import taking_part


class SampleSerializer(serializers.ModelSerializer[Sample]):
    """A tag and what it is on; `url` is what its code says."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)
    importer_name = serializers.CharField(source="importer.company.name_vi", read_only=True, default="")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Sample
        fields = [
            "id", "edition", "exhibitor", "exhibitor_name", "number", "url", "state", "product", "goods", "price",
            "currency", "importer", "importer_name", "deal", "handed_at", "kept_at", "version",
        ]  # fmt: skip

    @extend_schema_field(serializers.URLField())
    def get_url(self, sample: Sample) -> str:
        """Where its code leads."""
        return settings.SITE_URL.rstrip("/") + reverse("matchmaking:sample", args=[sample.edition.slug, sample.token])


class PrintTagsSerializer(serializers.Serializer[None]):
    """How many tags, after the highest number that the program knows; the same again answers the same tags."""

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1)
    after = serializers.IntegerField(min_value=0)
    count = serializers.IntegerField(min_value=1, max_value=samples.MOST_UNUSED, default=samples.A_SHEET)


class HandOverSerializer(serializers.Serializer[None]):
    """The product, the price that was named and the buyer, where they are known."""

    product = serializers.IntegerField(min_value=1)
    price = serializers.DecimalField(max_digits=18, decimal_places=2, default=None, allow_null=True)
    currency = serializers.ChoiceField(choices=CURRENCIES, default="", allow_blank=True)
    importer = serializers.IntegerField(min_value=1, default=None, allow_null=True)


class KeepSampleSerializer(serializers.Serializer[None]):
    """The last part of the address in the code, and the part in the edition for which it is kept."""

    edition = serializers.SlugField()
    tag = serializers.CharField(max_length=40)
    importer = serializers.IntegerField(min_value=1)


class TieSampleSerializer(serializers.Serializer[None]):
    """The contract that came of it."""

    deal = serializers.IntegerField(min_value=1)


class SampleViewSet(ScopedViewSet):
    """Samples that one's company gives or keeps; a price is between these two, and nobody else's exist."""

    queryset = Sample.objects.with_all()
    serializer_class = SampleSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = ("edition__slug", "exhibitor", "importer", "state", "product", "deal")

    @extend_schema(request=PrintTagsSerializer, responses={201: SampleSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Make tags that say nothing yet, numbered on."""
        given = dict(self.parse(PrintTagsSerializer))
        edition = self.edition_named(given.pop("edition"))
        part = taking_part(edition, "exhibitor").filter(pk=given.pop("exhibitor")).first()
        if part is None or not may(request.user, "matchmaking.give_samples", Sample(exhibitor=part)):
            raise Http404
        made = samples.print_tags(part, by=request.user, **given)
        return Response(SampleSerializer(made, many=True).data, 201)

    @extend_schema(request=HandOverSerializer, responses=SampleSerializer)
    @action(detail=True, methods=["post"])
    def hand_over(self, request: Request, pk: str) -> Response:
        """Say which product the tag is on, and who takes it; said again before the buyer has it, it is put right."""
        sample, given = self.get_object(), dict(self.parse(HandOverSerializer))
        own = Product.objects.filter(company=sample.exhibitor.company_id)
        product = get_object_or_404(own, pk=given.pop("product"))
        buyer = given.pop("importer")
        importer = get_object_or_404(taking_part(sample.edition, "importer"), pk=buyer) if buyer else None
        return self._answer(samples.hand_over(sample, product=product, importer=importer, by=request.user, **given))

    @extend_schema(request=KeepSampleSerializer, responses=SampleSerializer)
    @action(detail=False, methods=["post"])
    def keep(self, request: Request) -> Response:
        """Keep, as a buyer, the sample whose code one has read; said again, it stays so."""
        given = self.parse(KeepSampleSerializer)
        edition = self.edition_named(given["edition"])
        importer = get_object_or_404(taking_part(edition, "importer"), pk=given["importer"])
        found = Sample.objects.live().with_all().filter(edition=edition)
        return self._answer(
            samples.keep_sample(get_object_or_404(found, token=given["tag"]), importer=importer, by=request.user)
        )

    @extend_schema(request=TieSampleSerializer, responses=SampleSerializer)
    @action(detail=True, methods=["post"])
    def tie(self, request: Request, pk: str) -> Response:
        """Say which contract came of it."""
        sample = self.get_object()
        visible = Deal.objects.visible_to(request.user)
        deal = get_object_or_404(visible, pk=self.parse(TieSampleSerializer)["deal"])
        return self._answer(samples.tie_sample(sample, deal=deal, by=request.user))

    @extend_schema(request=None, responses=SampleSerializer)
    @action(detail=True, methods=["post"])
    def throw_away(self, request: Request, pk: str) -> Response:
        """A tag that was spoiled before it was used."""
        return self._answer(samples.throw_away(self.get_object(), by=request.user))

    def _answer(self, sample: Sample) -> Response:
        return Response(SampleSerializer(Sample.objects.with_all().get(pk=sample.pk)).data)


routes = [("samples", SampleViewSet)]
