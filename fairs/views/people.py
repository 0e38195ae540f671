"""One's own pages: what a person says about themselves, their companies, what these make, who acts for them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import i18n
from django.views.generic import TemplateView

from fairs import clock, languages
from fairs.accounts import keep_language
from fairs.actions import certificates, people
from fairs.actions.photos import keep_photo
from fairs.forms import CertificateForm, CompanyForm, MemberForm, NewCompanyForm, ProductForm, ProfileForm
from fairs.models import Company, HeldCertificate, Invitation, Membership, Product
from fairs.permissions import may
from fairs.querysets import invitations_to
from fairs.views.acting import remember
from fairs.views.base import ActionButton, ActionForm


def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's choice of language; the letters of somebody signed in follow it."""
    response = i18n.set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in languages.for_importers():
        people.change_person(request.user, by=request.user, language=language)
    return response


class Profile(LoginRequiredMixin, ActionForm):
    """Name, badge name, phone, language; and the ways to e-mail, password and companies."""

    template_name = "fairs/people/profile.html"
    form_class = ProfileForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        companies = Company.objects.filter(pk__in=self.request.user.company_ids)  # type: ignore[union-attr]
        invitations = invitations_to(self.request.user)
        return super().get_context_data(companies=companies, invitations=invitations, **kwargs)

    def act(self, form: Any) -> str:
        people.change_person(self.request.user, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        with translation.override(form.cleaned_data["language"]):
            messages.success(self.request, _("Saved."))
        return self.request.path

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if response.status_code == 302:
            keep_language(response, form.cleaned_data["language"])
        return response


class FoundCompany(LoginRequiredMixin, ActionForm):
    """One more company of one's own, for which the person acts from then on; `next` names the page to go on to."""

    template_name = "fairs/people/found_company.html"
    form_class = NewCompanyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"initial": {"phone": self.request.user.phone}}  # type: ignore[union-attr]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.next_page or reverse("fairs:profile"), **kwargs)

    def act(self, form: Any) -> str:
        company = people.found_own_company(by=self.request.user, **form.cleaned_data)
        remember(self.request, company.pk)
        messages.success(self.request, _("The company is entered, and you act for it now."))
        target = self.next_page
        return f"{target}?company={company.pk}" if target else reverse("fairs:company", args=[company.pk])

    @property
    def next_page(self) -> str:
        """A page of this site without a query, or nothing."""
        asked = self.request.GET.get("next", "").partition("?")[0]
        return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/") else ""


class CompanyPage(LoginRequiredMixin):
    """A page of a company for those who may change it; for others it does not exist."""

    request: HttpRequest
    kwargs: dict[str, Any]
    company: Company

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            visible = Company.objects.visible_to(request.user).select_related("province", "craft_village")
            kept = visible.filter(merged=kwargs["pk"]).first()
            if kept and request.method == "GET":  # the old address of a duplicate leads to the company it is part of
                return redirect("fairs:company", kept.pk)
            self.company = get_object_or_404(visible, pk=kwargs["pk"])
            if not may(request.user, "fairs.change_company", self.company):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manages = may(self.request.user, "fairs.manage_members", self.company)
        whole = {"company": self.company, "manages": manages, "back": self.home} | kwargs
        return super().get_context_data(**whole)  # type: ignore[misc]

    @property
    def home(self) -> str:
        """The company's first page."""
        return reverse("fairs:company", args=[self.company.pk])


class CompanyView(CompanyPage, TemplateView):
    """The company at a glance: profile, products, people."""

    template_name = "fairs/people/company.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            groups=self.company.product_groups.all(),
            products=self.company.products.select_related("product_group"),
            certificates=self.company.held_certificates.select_related("certificate"),
            today=clock.now().date(),
            members=self.company.memberships.select_related("person").order_by("pk"),
            invitations=self.company.invitations.all(),
            **kwargs,
        )


class CompanyActionForm(CompanyPage, ActionForm):
    """One part of a company on a page of its own."""

    template_name = "fairs/people/form.html"
    heading: Any = ""
    button: Any = _("Save")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, button=self.button, **kwargs)


class ChangeCompany(CompanyActionForm):
    """Names, address, village, groups, what it is about."""

    form_class = CompanyForm
    heading = _("Your company")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.company}

    def act(self, form: Any) -> str:
        people.change_company(self.company, by=self.request.user, **form.cleaned_data)
        return self.home


class AddProduct(CompanyActionForm):
    """One more product."""

    form_class = ProductForm
    heading = _("A product")

    def act(self, form: Any) -> str:
        people.add_product(self.company, by=self.request.user, **_with_photo(form))
        return self.home


class ChangeProduct(CompanyActionForm):
    """What is said about a product."""

    form_class = ProductForm
    heading = _("A product")

    def get_form_kwargs(self) -> dict[str, Any]:
        product = get_object_or_404(Product, company=self.company, pk=self.kwargs["product"])
        return super().get_form_kwargs() | {"instance": product}

    def act(self, form: Any) -> str:
        people.change_product(form.instance, by=self.request.user, **_with_photo(form))
        return self.home


class RemoveProduct(CompanyPage, ActionButton):
    """Takes a product off the list."""

    done = _("The product is removed.")

    def act(self) -> str:
        product = get_object_or_404(Product, company=self.company, pk=self.kwargs["product"])
        people.remove_product(product, by=self.request.user)
        return self.home


class HoldCertificate(CompanyActionForm):
    """A certificate that the company holds; one it holds already gets the new number and day."""

    form_class = CertificateForm
    heading = _("A certificate you hold")

    def act(self, form: Any) -> str:
        certificates.hold_certificate(self.company, by=self.request.user, **form.cleaned_data)
        return self.home


class DropCertificate(CompanyPage, ActionButton):
    """Takes a certificate off the list."""

    done = _("The certificate is removed.")

    def act(self) -> str:
        held = get_object_or_404(HeldCertificate, company=self.company, pk=self.kwargs["certificate"])
        certificates.drop_certificate(held, by=self.request.user)
        return self.home


class AddMember(CompanyActionForm):
    """One more person to act for the company; a letter asks them."""

    form_class = MemberForm
    heading = _("Add a person")
    button = _("Send the letter")

    def act(self, form: Any) -> str:
        people.invite_member(self.company, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("A letter is on its way to them. They act for the company once they say yes."))
        return self.home


class AnswerInvitation(LoginRequiredMixin, ActionButton):
    """A button on an invitation that the person may see."""

    def invitation(self) -> Invitation:
        """The invitation of the address."""
        visible = Invitation.objects.visible_to(self.request.user).select_related("company", "person")
        return get_object_or_404(visible, pk=self.kwargs["pk"])


class AcceptInvitation(AnswerInvitation):
    """Yes: straight on to the company."""

    done = _("You act for the company now.")

    def act(self) -> str:
        membership = people.accept_invitation(self.invitation(), by=self.request.user)
        return reverse("fairs:company", args=[membership.company_id])


class EndInvitation(AnswerInvitation):
    """No, or taken back."""

    done = _("The invitation is ended.")

    def act(self) -> str:
        invitation = self.invitation()
        people.end_invitation(invitation, by=self.request.user)
        if invitation.person_id == self.request.user.pk:
            return reverse("fairs:profile")
        return reverse("fairs:company", args=[invitation.company_id])


class RemoveMember(CompanyPage, ActionButton):
    """A person no longer acts for the company."""

    done = _("This person no longer acts for the company.")

    def act(self) -> str:
        membership = get_object_or_404(Membership, company=self.company, pk=self.kwargs["member"])
        people.remove_member(membership, by=self.request.user)
        return reverse("fairs:profile") if membership.person_id == self.request.user.pk else self.home


def _with_photo(form: Any) -> dict[str, Any]:
    """What was typed of a product, and its photo when one was chosen."""
    given = dict(form.cleaned_data)
    picture = given.pop("picture")
    return given | ({"photo": keep_photo(picture.read())} if picture else {})
