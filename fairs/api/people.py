"""Companies, their products and people, and oneself, for programs."""

from functools import partial
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fairs.actions import certificates, people, photos
from fairs.actions.merging import merge_companies
from fairs.api.base import ScopedViewSet
from fairs.duplicates import find_duplicates
from fairs.filters import CompanyFilter
from fairs.inputs import whole_number
from fairs.models import (
    Certificate,
    Company,
    CraftVillage,
    Edition,
    HeldCertificate,
    Invitation,
    Material,
    Membership,
    Person,
    Product,
    ProductGroup,
)
from fairs.serializers.people import (
    CompanyChangeSerializer,
    CompanySerializer,
    HeldCertificateSerializer,
    MeChangeSerializer,
    MemberInvitationSerializer,
    MembershipSerializer,
    MergeSerializer,
    MeSerializer,
    NewCompanySerializer,
    NewHeldCertificateSerializer,
    NewMemberSerializer,
    NewProductSerializer,
    PairSerializer,
    PhotoSerializer,
    ProductChangeSerializer,
    ProductSerializer,
)

MERGERS = ("booth_desk", "importer_desk")


class CompanyViewSet(ScopedViewSet):
    """One's own companies, and those of the editions one is an officer of."""

    queryset = Company.objects.select_related("province", "craft_village").prefetch_related("product_groups")
    serializer_class = CompanySerializer
    permission_classes = [IsAuthenticated]
    filterset_class = CompanyFilter

    @property
    def throttle_scope(self) -> str:
        """Only founding is counted: a person has few companies."""
        return "found" if self.action == "create" else ""

    def get_object(self) -> Any:
        """The old key of a duplicate leads to the company it was merged into."""
        key = whole_number(self.kwargs["pk"])
        kept = self.get_queryset().filter(merged=key).first() if key is not None else None
        return kept or super().get_object()

    @extend_schema(request=NewCompanySerializer, responses={201: CompanySerializer})
    def create(self, request: Request) -> Response:
        """Enter a company of one's own."""
        given = _resolved(self.parse(NewCompanySerializer))
        company = people.found_company(by=request.user, contact=_self(request), **given)
        return Response(CompanySerializer(company).data, 201)

    @extend_schema(request=CompanyChangeSerializer, responses=CompanySerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what a company says about itself."""
        given = _resolved(self.parse(partial(CompanyChangeSerializer, partial=True)))
        company = people.change_company(self.get_object(), by=request.user, **given)
        return Response(CompanySerializer(Company.objects.get(pk=company.pk)).data)


class DuplicateViewSet(ScopedViewSet):
    """Companies of an edition that may be one."""

    queryset = Company.objects.none()
    permission_classes = [IsAuthenticated]
    serializer_class = PairSerializer

    @extend_schema(parameters=[OpenApiParameter("edition", str, required=True)], responses=PairSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Pairs with what they have in common, the surest first."""
        edition = get_object_or_404(
            Edition.objects.run_by(request.user, *MERGERS), slug=request.query_params.get("edition", "")
        )
        return Response(PairSerializer(cast(Any, find_duplicates(edition)), many=True).data)

    @extend_schema(exclude=True)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A pair has no key of its own."""
        raise Http404

    @extend_schema(request=MergeSerializer, responses=CompanySerializer)
    @action(detail=False, methods=["post"])
    def merge(self, request: Request) -> Response:
        """Make two companies one; everything of `drop` goes to `keep`."""
        given = self.parse(MergeSerializer)
        keep, drop = (get_object_or_404(Company.objects.standing(), pk=given[name]) for name in ("keep", "drop"))
        merge_companies(keep, drop=drop, by=request.user)
        return Response(CompanySerializer(Company.objects.get(pk=keep.pk)).data)


class OfCompany(ScopedViewSet):
    """Rows of companies that the person may see."""

    permission_classes = [IsAuthenticated]
    filterset_fields = ["company"]

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = type(self).queryset.all()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        return rows.filter(company__in=Company.objects.visible_to(self.request.user).order_by().values("pk"))

    def company(self, pk: int) -> Company:
        """The company with this id; one that the person does not see does not exist."""
        found: Company = get_object_or_404(Company.objects.visible_to(self.request.user), pk=pk)
        return found


class ProductViewSet(OfCompany):
    """What companies make."""

    queryset = Product.objects.select_related("product_group").prefetch_related("materials")
    serializer_class = ProductSerializer
    filterset_fields = ["company", "product_group__code"]

    @extend_schema(request=NewProductSerializer, responses={201: ProductSerializer})
    def create(self, request: Request) -> Response:
        """Enter a product."""
        given = _resolved(self.parse(NewProductSerializer))
        product = people.add_product(self.company(given.pop("company")), by=request.user, **given)
        return Response(ProductSerializer(product).data, 201)

    @extend_schema(request=ProductChangeSerializer, responses=ProductSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is said about a product."""
        given = _resolved(self.parse(partial(ProductChangeSerializer, partial=True)))
        return Response(ProductSerializer(people.change_product(self.get_object(), by=request.user, **given)).data)

    @extend_schema(request={"multipart/form-data": PhotoSerializer}, responses=ProductSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def photo(self, request: Request, pk: str) -> Response:
        """Put a photo to a product, in place of the one it had."""
        data = self.parse(PhotoSerializer)["photo"].read()
        return Response(ProductSerializer(photos.set_photo(self.get_object(), data=data, by=request.user)).data)

    @extend_schema(request=None, responses=ProductSerializer)
    @photo.mapping.delete
    def remove_photo(self, request: Request, pk: str) -> Response:
        """Take the photo of a product away."""
        return Response(ProductSerializer(photos.remove_photo(self.get_object(), by=request.user)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a product off the list."""
        people.remove_product(self.get_object(), by=request.user)
        return Response(status=204)


class HeldCertificateViewSet(OfCompany):
    """The certificates that companies say they hold."""

    queryset = HeldCertificate.objects.select_related("certificate", "company")
    serializer_class = HeldCertificateSerializer
    filterset_fields = ["company", "certificate__code"]

    @extend_schema(request=NewHeldCertificateSerializer, responses={201: HeldCertificateSerializer})
    def create(self, request: Request) -> Response:
        """Say that a company holds one; again, its number and last day become those given."""
        given = dict(self.parse(NewHeldCertificateSerializer))
        given["certificate"] = get_object_or_404(Certificate, code=given["certificate"])
        held = certificates.hold_certificate(self.company(given.pop("company")), by=request.user, **given)
        return Response(HeldCertificateSerializer(held).data, 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Say that a company holds it no more."""
        certificates.drop_certificate(self.get_object(), by=request.user)
        return Response(status=204)


class MemberViewSet(OfCompany):
    """Who acts for companies."""

    queryset = Membership.objects.select_related("person", "company").order_by("pk")
    serializer_class = MembershipSerializer

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """A person no longer acts for the company."""
        people.remove_member(self.get_object(), by=request.user)
        return Response(status=204)


class MemberInvitationViewSet(OfCompany):
    """Who is asked to act for companies: by one's own, or oneself."""

    queryset = Invitation.objects.select_related("company")
    serializer_class = MemberInvitationSerializer

    def get_queryset(self) -> QuerySet[Any]:
        return ScopedViewSet.get_queryset(self)

    @extend_schema(request=NewMemberSerializer, responses={201: MemberInvitationSerializer})
    def create(self, request: Request) -> Response:
        """Ask a person to act for a company; they get a letter, known or not, and act once they have said yes."""
        given = dict(self.parse(NewMemberSerializer))
        invitation = people.invite_member(self.company(given.pop("company")), by=request.user, **given)
        return Response(MemberInvitationSerializer(invitation).data, 201)

    @extend_schema(request=None, responses=MembershipSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Say yes to a question put to oneself."""
        return Response(MembershipSerializer(people.accept_invitation(self.get_object(), by=request.user)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Say no, or take the question back."""
        people.end_invitation(self.get_object(), by=request.user)
        return Response(status=204)


class Me(APIView):
    """Oneself: names, phone, language, companies, roles."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who one is here."""
        return Response(MeSerializer(_self(request)).data)

    @extend_schema(operation_id="me_partial_update", request=MeChangeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change what one says about oneself."""
        parsed = MeChangeSerializer(data=request.data, partial=True)
        parsed.is_valid(raise_exception=True)
        changed = people.change_person(_self(request), by=request.user, **parsed.validated_data)
        return Response(MeSerializer(changed).data)


def _self(request: Request) -> Person:
    return cast("Person", request.user)


def _resolved(given: Any) -> dict[str, Any]:
    """Codes as the rows they name; one that is not known does not exist."""
    found = dict(given)
    if found.get("craft_village"):
        found["craft_village"] = get_object_or_404(CraftVillage, slug=found["craft_village"])
    if "product_group" in found:
        found["product_group"] = get_object_or_404(ProductGroup, code=found["product_group"])
    for name, facts in (("product_groups", ProductGroup), ("materials", Material)):
        if name in found:
            found[name] = [get_object_or_404(facts, code=code) for code in dict.fromkeys(found[name])]
    return found
