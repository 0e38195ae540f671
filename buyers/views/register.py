"""Registering: the first page an importer fills in, on a phone, within two minutes."""

from typing import Any, cast

from allauth.account.views import RequestLoginCodeView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buyers.actions.newcomers import register_known, register_newcomer
from buyers.actions.registrations import register_importer
from buyers.forms import OwnRegisterForm, RegisterForm
from buyers.models import Registration
from fairs.callers import address_of, asks_too_often
from fairs.entrance import RequestCodeForm
from fairs.errors import TooMany
from fairs.models import Person
from fairs.views.acting import KEY
from fairs.views.base import ActionForm, EditionPage


class Register(EditionPage, ActionForm):
    """Five questions and the consents; whoever is registered already goes to their registration."""

    for_importers = True
    template_name = "buyers/register.html"
    current = "buyers:register"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and self._own().exclude(state="invited").exists():
            return redirect("buyers:registration", self.edition.slug)
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[BaseForm]:
        return OwnRegisterForm if self.request.user.is_authenticated else RegisterForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"person": self.request.user} if self.request.user.is_authenticated else kwargs

    def get_initial(self) -> dict[str, Any]:
        """What was typed before signing in; consents are never filled in for anybody."""
        chosen = {"company": self.request.session.get(KEY)}
        return chosen | dict(self.request.session.get(typed_key(self.edition.slug), {}))

    def act(self, form: Any) -> str:
        """Register; a newcomer goes on to the code that was sent to their address, known or not."""
        if self.request.user.is_authenticated:
            self._register_known(form)
        else:
            self._not_too_often()
            self._register_newcomer(form)
        return reverse("buyers:registration", args=[self.edition.slug])

    def _register_known(self, form: Any) -> None:
        person, given = cast(Person, self.request.user), form.cleaned_data
        said = {
            "product_groups": given["product_groups"],
            "consents": form.consents,
            "language": get_language() or "vi",
            "ip": address_of(self.request),
        }
        if company := given.get("company"):
            register_importer(self.edition, person=person, company=company, by=person, **said)
        else:
            name, country = given["company_name"], given["country"]
            register_known(self.edition, person=person, company_name=name, country=country, by=person, **said)
        self.request.session.pop(typed_key(self.edition.slug), None)

    def _register_newcomer(self, form: Any) -> None:
        given = form.cleaned_data
        register_newcomer(
            self.edition,
            email=given["email"],
            full_name=given["full_name"],
            original_name=given["original_name"],
            company_name=given["company_name"],
            country=given["country"],
            product_groups=given["product_groups"],
            consents=form.consents,
            language=get_language() or "vi",
            ip=address_of(self.request),
        )
        self.request.session[typed_key(self.edition.slug)] = {
            "full_name": given["full_name"],
            "original_name": given["original_name"],
            "company_name": given["company_name"],
            "country": given["country"],
            "email": given["email"],
            "product_groups": [group.pk for group in given["product_groups"]],
            "consents": form.consents,
        }
        send_code(self.request, given["email"])

    def _own(self) -> Any:
        return Registration.objects.live().filter(edition=self.edition, person=cast(Person, self.request.user))

    def _not_too_often(self) -> None:
        if asks_too_often(self.request, "register"):
            raise TooMany(
                "too_many_registrations",
                _("Too many registrations came from your network. Try again in some minutes; nothing is lost."),
            )


def typed_key(slug: str) -> str:
    """Where the session keeps what a newcomer typed for an edition, until they have signed in."""
    return f"registering:{slug}"


def send_code(request: HttpRequest, email: str) -> None:
    """A one-time code to the address, through the same door for those who were known and those who were not."""
    door = RequestLoginCodeView()
    door.setup(request)
    form = RequestCodeForm({"email": email})
    if form.is_valid():
        door.form_valid(form)
