"""Registration on the spot: five fields, a yes, the badge, and its print opened at once."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from buyers.actions.badges import valid_badge
from buyers.actions.desk_badges import welcome
from buyers.badge_forms import WelcomeForm
from buyers.faces import kind_words
from buyers.likely import likely_people
from buyers.models import Badge
from buyers.views.badges import paper_size
from fairs.errors import DomainError, Invalid
from fairs.inputs import whole_number
from fairs.models import Person
from fairs.permissions import may
from fairs.templatetags.fair import language
from fairs.views.base import ActionForm, DeskPage

NOBODY = "new"  # of those offered


class Welcome(DeskPage, ActionForm):
    """The form for the next guest, above it the badge of the last one; whom the fair knows already is offered first."""

    template_name = "buyers/welcome.html"
    current = "buyers:badges_desk"
    roles = frozenset({"gate", "importer_desk"})
    form_class = WelcomeForm

    def get_initial(self) -> dict[str, Any]:
        return {"size": paper_size(None, self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self._given()
        if given:
            kwargs["kind"], kwargs["kind_other"] = kind_words(given, language())
            kwargs["may_print"] = may(self.person, "buyers.print_badge", given)
        return super().get_context_data(given=given, size=paper_size(None, self.request), **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Offer whom the guest may be before a second person is made of them."""
        data = form.cleaned_data
        paper_size(data["size"], self.request)
        known = likely_people(
            self.edition, full_name=data["full_name"], organisation=data["organisation"], email=data["email"]
        )
        if known and not data["who"]:
            offered = [(one, valid_badge(self.edition, one)) for one in known]
            return self.render_to_response(self.get_context_data(form=form, offered=offered))
        try:
            return redirect(self._welcome(form, known))
        except DomainError as refusal:
            self.show_refusal(form, refusal)
            return self.form_invalid(form)

    def _welcome(self, form: Any, known: list[Person]) -> str:
        """Give the badge, or find the one that the person recognised has."""
        person = self._recognised(form.cleaned_data["who"], known)
        email = form.cleaned_data["email"].lower()
        if form.cleaned_data["who"] == NOBODY and email and any(one.email == email for one in known):
            sentence = _("This e-mail is of somebody the fair knows. Leave it empty, or write another one.")
            raise Invalid("email_known", sentence, {"email": [sentence]})
        badge = valid_badge(self.edition, person) if person else None
        if badge is None:
            badge = welcome(
                self.edition, person=person, consents=form.consents, language=language(), by=self.person, **form.guest
            )
        return reverse("buyers:welcome", args=[self.edition.slug]) + f"?given={badge.pk}"

    def _recognised(self, who: str, known: list[Person]) -> Person | None:
        """One of those that the form offered; nobody else can be named by it."""
        return next((one for one in known if one.pk == whole_number(who)), None)

    def _given(self) -> Badge | None:
        """The badge that was just given, or that the guest had already."""
        key = whole_number(self.request.GET.get("given", ""))
        if key is None:
            return None
        visible = Badge.objects.visible_to(self.person).valid().filter(edition=self.edition, pk=key)
        return visible.select_related("person", "company").first()
