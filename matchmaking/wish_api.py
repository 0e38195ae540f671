"""Whom to meet and why, what both sides wish, and how it is weighed, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from buyers.models import Registration
from fairs.api.base import ScopedViewSet
from fairs.inputs import whole_number
from fairs.models import Edition, Participation
from fairs.permissions import may
from matchmaking.actions.matching import FACTS, set_matching_terms
from matchmaking.actions.wishes import take_back_wish, wish
from matchmaking.models import MatchingTerms, Wish
from matchmaking.querysets import importers_listed, taking_part
from matchmaking.reason_words import Words
from matchmaking.suggestions import Suggestion, exhibitors_for, importers_for


class WishSerializer(serializers.ModelSerializer[Wish]):
    """What one side of a pair says of meeting the other."""

    exhibitor_name = serializers.CharField(source="exhibitor.company.name_vi", read_only=True)
    importer_name = serializers.CharField(source="registration.company.name_vi", read_only=True)

    class Meta:
        model = Wish
        fields = [
            "id", "registration", "importer_name", "exhibitor", "exhibitor_name", "side", "kind", "reason", "said_at",
        ]  # fmt: skip


class NewWishSerializer(serializers.Serializer[None]):
    """Whose wish about whom; a reason goes with a no alone."""

    registration = serializers.IntegerField(min_value=1)
    exhibitor = serializers.IntegerField(min_value=1, help_text="the exhibitor's participation")
    side = serializers.ChoiceField(Wish.Side.choices)
    kind = serializers.ChoiceField(Wish.Kind.choices)
    reason = serializers.ChoiceField(Wish.Reason.choices, default="", allow_blank=True)


class WishViewSet(ScopedViewSet):
    """Must meet, would like to meet, no thanks: those of one's own side, and of the editions one looks after."""

    queryset = Wish.objects.with_companies()
    serializer_class = WishSerializer
    filterset_fields = ["registration__edition__slug", "registration", "exhibitor", "side", "kind"]

    @extend_schema(request=NewWishSerializer, responses={201: WishSerializer})
    def create(self, request: Request) -> Response:
        """Say it, in place of what was said before."""
        given = dict(self.parse(NewWishSerializer))
        registration = self._registration(given.pop("registration"), given["side"])
        exhibitor = get_object_or_404(taking_part(registration.edition, "exhibitor"), pk=given.pop("exhibitor"))
        said = wish(registration, exhibitor=exhibitor, by=request.user, **given)
        return Response(WishSerializer(said).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take it back."""
        take_back_wish(self.get_object(), by=request.user)
        return Response(status=204)

    def _registration(self, pk: int, side: str) -> Registration:
        """One that the person sees, or for an exhibitor's wish one whose importer agreed to be listed."""
        visible = Registration.objects.visible_to(self.request.user).filter(pk=pk)
        found = visible.select_related("edition", "company", "person").first()
        if found is None and side == Wish.Side.EXHIBITOR and self.person.is_authenticated:
            edition = Edition.objects.visible_to(self.person).filter(registrations__pk=pk).first()
            listed = importers_listed(edition).filter(pk=pk) if self._exhibits(edition) else Registration.objects.none()
            found = listed.select_related("edition", "company", "person").first()
        if found is None:
            raise Http404
        return found

    def _exhibits(self, edition: Edition | None) -> bool:
        own = taking_part(edition, "exhibitor").filter(company__in=self.person.company_ids)
        return edition is not None and own.exists()


class ReasonSerializer(serializers.Serializer[Any]):
    """Why, or what is missing: a code with its values, and the sentence in the language that was asked for."""

    code = serializers.CharField()
    speaks = serializers.BooleanField()
    values = serializers.DictField()
    sentence = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_sentence(self, reason: Any) -> str:
        """In words."""
        words: Words = self.context["words"]
        return words.sentence(reason)


class SuggestionSerializer(serializers.Serializer[Suggestion]):
    """A pair that should meet: 0 to 100, and why."""

    registration = serializers.IntegerField(source="importer")
    exhibitor = serializers.IntegerField()
    score = serializers.IntegerField()
    lifted = serializers.BooleanField(help_text="whether the exposure floor brought it onto the list")
    reasons = ReasonSerializer(many=True)


class SuggestionViewSet(ScopedViewSet):
    """Whom one should meet, the best first."""

    queryset = Registration.objects.none()
    permission_classes = [IsAuthenticated]
    serializer_class = SuggestionSerializer
    pagination_class = None

    @extend_schema(
        parameters=[
            OpenApiParameter("registration", int, description="for an importer"),
            OpenApiParameter("exhibitor", int, description="for an exhibitor, of importers who agreed to be listed"),
            OpenApiParameter("q", str, description="words of a search"),
        ],
        responses=SuggestionSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Proposals for a registration or an exhibitor of one's own, or of an edition one looks after."""
        asked = request.query_params
        words = asked.get("q", "").strip()
        if "exhibitor" in asked:
            found = importers_for(self._exhibitor(asked["exhibitor"]), words=words)
        else:
            visible = Registration.objects.visible_to(request.user).select_related("edition")
            key = whole_number(asked.get("registration", ""))
            found = exhibitors_for(get_object_or_404(visible.live(), pk=key), words=words)
        return Response(SuggestionSerializer(found, many=True, context={"words": Words()}).data)

    @extend_schema(exclude=True)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A proposal has no key of its own."""
        raise Http404

    def _exhibitor(self, key: str) -> Participation:
        """One's own, or of an edition whose meetings one looks after."""
        parts = Participation.objects.filter(role="exhibitor", state="active").select_related("edition", "company")
        part = get_object_or_404(parts, pk=whole_number(key))
        if part.company_id not in self.person.company_ids and not may(self.person, "matchmaking.set_terms", part):
            raise Http404
        return part


class MatchingTermsSerializer(serializers.ModelSerializer[MatchingTerms]):
    """The weights of an edition."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = MatchingTerms
        fields = ["id", "edition", *FACTS]


class NewMatchingTermsSerializer(serializers.ModelSerializer[MatchingTerms]):
    """Weights and numbers of an edition; what is left out stays as it is."""

    edition = serializers.SlugField()

    class Meta:
        model = MatchingTerms
        fields = ["edition", *FACTS]
        extra_kwargs = {name: {"required": False} for name in FACTS}


class MatchingTermsViewSet(ScopedViewSet):
    """How proposals are weighed; an edition that has not been set has the usual weights and no row."""

    queryset = MatchingTerms.objects.select_related("edition")
    permission_classes = [IsAuthenticated]
    serializer_class = MatchingTermsSerializer
    filterset_fields = ["edition__slug"]

    def get_queryset(self) -> QuerySet[MatchingTerms]:
        return super().get_queryset().order_by("edition")

    @extend_schema(request=NewMatchingTermsSerializer, responses={201: MatchingTermsSerializer})
    def create(self, request: Request) -> Response:
        """Set them."""
        given = {name: value for name, value in self.parse(NewMatchingTermsSerializer).items() if name in self._sent}
        terms = set_matching_terms(self.edition_named(given.pop("edition")), by=request.user, **given)
        return Response(MatchingTermsSerializer(terms).data, 201)

    @property
    def _sent(self) -> set[str]:
        """What the request names: the defaults of the model are not meant."""
        return set(self.request.data)


routes: list[tuple[str, Any]] = [
    ("wishes", WishViewSet),
    ("suggestions", SuggestionViewSet),
    ("matching-terms", MatchingTermsViewSet),
]
