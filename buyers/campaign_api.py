"""Rounds of invitations and importers' companions, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from buyers.actions.campaigns import begin_campaign, resume_campaign, stop_campaign
from buyers.actions.companions import add_companion, remove_companion
from buyers.audience import Choice, gather
from buyers.models import Campaign, Companion, Registration
from buyers.pasted import Typed
from buyers.wish_serializers import Codes
from fairs.api.base import ScopedViewSet
from fairs.models import Edition, ProductGroup
from fairs.models.fields import without_link
from fairs.permissions import require

COUNTRY = r"^[A-Z]{2}$"


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """A round of invitations with how far it is."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    left_out = serializers.DictField(child=serializers.IntegerField(), read_only=True, help_text="numbers by reason")
    all_of_them = serializers.IntegerField(read_only=True)
    asked = serializers.IntegerField(read_only=True)
    opened = serializers.IntegerField(read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Campaign
        fields = [
            "id", "edition", "name", "note", "made_at", "left_out", "all_of_them", "asked", "opened", "state",
            "version", "verbs",
        ]  # fmt: skip


class AddressSerializer(serializers.Serializer[None]):
    """A new address, of somebody who has given it for this."""

    email = serializers.EmailField(max_length=254)
    full_name = serializers.CharField(max_length=300, validators=[without_link])
    company = serializers.CharField(max_length=300, validators=[without_link])
    country = serializers.RegexField(COUNTRY)


class NewCampaignSerializer(serializers.Serializer[None]):
    """Whom to invite; of earlier editions by what they were, an empty list narrows nothing."""

    edition = serializers.SlugField()
    name = serializers.CharField(max_length=150, validators=[without_link])
    note = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    earlier_editions = serializers.ListField(child=serializers.SlugField(), max_length=50, required=False, default=list)
    countries = serializers.ListField(
        child=serializers.RegexField(COUNTRY), max_length=250, required=False, default=list
    )
    markets = serializers.ListField(child=serializers.RegexField(COUNTRY), max_length=250, required=False, default=list)
    product_groups = Codes(ProductGroup, default=list)
    grades = serializers.ListField(
        child=serializers.SlugField(max_length=12),
        max_length=20,
        required=False,
        default=list,
        help_text="codes of grades",
    )
    attended = serializers.BooleanField(default=False)
    addresses = AddressSerializer(many=True, required=False, default=list)


class PreviewSerializer(serializers.Serializer[None]):
    """How many would be asked, and how many not, by reason."""

    guests = serializers.IntegerField(read_only=True)
    new = serializers.IntegerField(read_only=True)
    left_out = serializers.DictField(child=serializers.IntegerField(), read_only=True)


class CampaignViewSet(ScopedViewSet):
    """Inviting many: look first (`preview`), begin, stop, go on."""

    queryset = Campaign.objects.select_related("edition", "made_by").with_counts()
    serializer_class = CampaignSerializer
    filterset_fields = ["edition__slug", "state"]

    @extend_schema(request=NewCampaignSerializer, responses={201: CampaignSerializer})
    def create(self, request: Request) -> Response:
        """Begin to send; the letters leave one by one."""
        edition, given = self._given()
        campaign = begin_campaign(
            edition, name=given["name"], note=given["note"], choice=_choice(given), typed=_typed(given),
            typed_groups=given["product_groups"], by=request.user,
        )  # fmt: skip
        return self._answer(campaign, 201)

    @extend_schema(request=NewCampaignSerializer, responses=PreviewSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """How many that would be; nothing is kept."""
        edition, given = self._given()
        require(request.user, "buyers.invite", edition)
        found = gather(edition, choice=_choice(given), typed=_typed(given), by=request.user)
        return Response({"guests": len(found.guests), "new": found.new, "left_out": found.numbers_left_out})

    @extend_schema(request=None, responses=CampaignSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """Send no more letters."""
        return self._answer(stop_campaign(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=CampaignSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Go on with those who were not asked yet."""
        return self._answer(resume_campaign(self.get_object(), by=request.user))

    def _given(self) -> tuple[Edition, dict[str, Any]]:
        given = dict(self.parse(NewCampaignSerializer))
        return self.edition_named(given["edition"]), given

    def _answer(self, campaign: Campaign, status: int = 200) -> Response:
        return Response(CampaignSerializer(self.get_queryset().get(pk=campaign.pk)).data, status)


class CompanionSerializer(serializers.ModelSerializer[Companion]):
    """Somebody who comes with an importer."""

    full_name = serializers.CharField(source="person.full_name", read_only=True)
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Companion
        fields = ["id", "registration", "person", "full_name", "kind", "place", "state", "version", "verbs"]


class NewCompanionSerializer(serializers.Serializer[None]):
    """With whom, and who."""

    registration = serializers.IntegerField(min_value=1)
    full_name = serializers.CharField(max_length=300, validators=[without_link], help_text="in Latin letters")
    original_name = serializers.CharField(max_length=300, validators=[without_link], default="", allow_blank=True)
    job_title = serializers.CharField(max_length=150, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=Companion.Kind.choices, default=Companion.Kind.COMPANION)


class CompanionViewSet(ScopedViewSet):
    """Companions and interpreters of importers."""

    queryset = Companion.objects.with_people()
    serializer_class = CompanionSerializer
    filterset_fields = ["registration__edition__slug", "registration", "state", "kind"]

    @extend_schema(request=NewCompanionSerializer, responses={201: CompanionSerializer})
    def create(self, request: Request) -> Response:
        """Name somebody who comes with an importer."""
        given = dict(self.parse(NewCompanionSerializer))
        visible = Registration.objects.visible_to(request.user).select_related("edition", "company", "person")
        registration = get_object_or_404(visible, pk=given.pop("registration"))
        return Response(CompanionSerializer(add_companion(registration, by=request.user, **given)).data, 201)

    @extend_schema(request=None, responses=CompanionSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """They do not come."""
        return Response(CompanionSerializer(remove_companion(self.get_object(), by=request.user)).data)


def _choice(given: dict[str, Any]) -> Choice:
    earlier = Edition.objects.filter(slug__in=given["earlier_editions"]).values_list("pk", flat=True)
    return Choice(
        editions=tuple(earlier),
        countries=tuple(given["countries"]),
        markets=tuple(given["markets"]),
        product_groups=tuple(group.pk for group in given["product_groups"]),
        grades=tuple(given["grades"]),
        attended=given["attended"],
    )


def _typed(given: dict[str, Any]) -> list[Typed]:
    rows = {row["email"].lower(): row for row in given["addresses"]}
    return [Typed(email, row["full_name"], row["company"], row["country"]) for email, row in rows.items()]


routes: list[tuple[str, Any]] = [("importer-campaigns", CampaignViewSet), ("companions", CompanionViewSet)]
