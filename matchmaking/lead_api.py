"""What a booth's own program may do with its visitors: note, read, write. A copy, so nothing taken back is in it."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fairs.api.base import ScopedViewSet
from fairs.models import Product, ProductGroup
from fairs.permissions import may
from fairs.templatetags.fair import local
from matchmaking.actions import leads
from matchmaking.actions.leads import LONGEST_NOTE
from matchmaking.models import Lead
from matchmaking.querysets import taking_part
from matchmaking.templatetags.leads import company_name


class LeadContactSerializer(serializers.Serializer[Any]):
    """What a visitor handed over."""

    name = serializers.CharField()
    job_title = serializers.CharField()
    company = serializers.SerializerMethodField()
    country = serializers.CharField()
    email = serializers.CharField()

    @extend_schema_field(serializers.CharField())
    def get_company(self, contact: Any) -> str:
        """Its name in the language that was asked for."""
        return company_name(contact.company)


class LeadSerializer(serializers.ModelSerializer[Lead]):
    """A visitor of one's booth; `contact` is null for an anonymous visit, and once it was taken back."""

    edition: Any = serializers.SlugRelatedField("slug", read_only=True)
    product_group: Any = serializers.SlugRelatedField("code", read_only=True)
    product_name = serializers.SerializerMethodField()
    contact = serializers.SerializerMethodField()
    visits = serializers.IntegerField(source="times", read_only=True)

    class Meta:
        model = Lead
        fields = [
            "id", "edition", "exhibitor", "kind", "country", "contact", "rating", "note", "product", "product_name",
            "product_group", "next_step", "next_on", "done_at", "first_at", "last_at", "visits", "handed_at", "means",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_product_name(self, lead: Lead) -> str:
        """The name of the product, if one was talked about."""
        return local(lead.product, "name") if lead.product else ""

    @extend_schema_field(LeadContactSerializer(allow_null=True))
    def get_contact(self, lead: Lead) -> Any:
        """The details of a visitor who stands by their yes."""
        known = lead.contact if lead.stands else None  # type: ignore[attr-defined]
        return LeadContactSerializer(known).data if known else None


class ScanLeadSerializer(serializers.Serializer[None]):
    """A badge at the booth; the same `key` again is the same visit."""

    edition = serializers.SlugField()
    exhibitor = serializers.IntegerField(min_value=1)
    badge = serializers.CharField(max_length=200)
    key = serializers.CharField(max_length=80)
    at = serializers.DateTimeField(default=None, allow_null=True)
    rating = serializers.ChoiceField(choices=Lead.Rating.choices, allow_blank=True, default="")
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")


class WriteLeadSerializer(serializers.Serializer[None]):
    """All that is written of a visitor; what is left out is emptied."""

    rating = serializers.ChoiceField(choices=Lead.Rating.choices, allow_blank=True, default="")
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")
    product = serializers.PrimaryKeyRelatedField(queryset=Product.objects.none(), default=None, allow_null=True)
    product_group = serializers.SlugRelatedField(
        "code", queryset=ProductGroup.objects.all(), default=None, allow_null=True
    )
    next_step = serializers.ChoiceField(choices=Lead.Step.choices, allow_blank=True, default="")
    next_on = serializers.DateField(default=None, allow_null=True)


class LeadViewSet(ScopedViewSet):
    """Visitors of one's own booth; nobody else's exist."""

    queryset = Lead.objects.with_contacts()
    serializer_class = LeadSerializer
    filterset_fields = ("edition__slug", "exhibitor", "rating", "kind")

    @extend_schema(request=ScanLeadSerializer, responses={201: LeadSerializer})
    def create(self, request: Request) -> Response:
        """Note the visitor with this badge; without their yes the answer holds a kind and a country."""
        given = dict(self.parse(ScanLeadSerializer))
        edition = self.edition_named(given.pop("edition"))
        exhibitor = taking_part(edition, "exhibitor").filter(pk=given.pop("exhibitor")).first()
        if exhibitor is None or not may(request.user, "matchmaking.keep_leads", Lead(exhibitor=exhibitor)):
            raise Http404
        lead = leads.scan_lead(exhibitor, code=given.pop("badge"), by=request.user, **given)
        return self._answer(lead, 201)

    @extend_schema(request=WriteLeadSerializer, responses=LeadSerializer)
    @action(detail=True, methods=["post"])
    def write(self, request: Request, pk: str) -> Response:
        """Say how good it is, and what to do next."""
        lead = self.get_object()
        parsed = WriteLeadSerializer(data=request.data)
        product: Any = parsed.fields["product"]
        product.queryset = Product.objects.filter(company=lead.exhibitor.company_id)
        parsed.is_valid(raise_exception=True)
        return self._answer(leads.write_lead(lead, by=request.user, **parsed.validated_data))

    @extend_schema(request=None, responses=LeadSerializer)
    @action(detail=True, methods=["post"])
    def do_step(self, request: Request, pk: str) -> Response:
        """The next step is done."""
        return self._answer(leads.do_step(self.get_object(), by=request.user))

    def _answer(self, lead: Lead, status: int = 200) -> Response:
        return Response(LeadSerializer(Lead.objects.with_contacts().get(pk=lead.pk)).data, status)
