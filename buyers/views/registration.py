"""One's own registration: how it stands, what comes next, and the rest of what one may say."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from buyers.actions.badges import valid_badge
from buyers.actions.newcomers import register_known
from buyers.actions.registrations import change_registration, withdraw_registration
from buyers.companion_rows import rows_of
from buyers.latin import is_latin
from buyers.models import HostedContract, Registration
from buyers.profile import ASKED_FOR, ProfileForm, missing, said_so_far
from buyers.views.register import typed_key
from fairs import clock
from fairs.callers import address_of
from fairs.models import Consent, Person, ProductGroup
from fairs.views.base import ActionButton, ActionForm, EditionPage, EditionTemplate, SignedInPage


class Received(EditionTemplate):
    """What everybody sees who has just registered: the same whether their address was known or not."""

    for_importers = True
    template_name = "buyers/received.html"
    current = "buyers:register"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.request.session[typed_key(self.edition.slug)]
        return super().get_context_data(typed=typed, steps=steps(""), **kwargs)


class OwnRegistration(EditionPage, ActionForm):
    """The signed-in importer's registration."""

    for_importers = True
    shell = "importer"
    template_name = "buyers/registration.html"
    current = "buyers:registration"
    form_class = ProfileForm
    registration: Registration

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self._not_signed_in(request, *args, **kwargs)
        typed = request.session.pop(typed_key(self.edition.slug), None)
        newest = self._newest() or self._finished(typed)
        if newest is None:
            return redirect("buyers:register", self.edition.slug)
        self.registration = newest
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """A name that is in Latin letters already is changed under one’s account."""
        one = self.registration
        latin = is_latin(one.person.full_name)
        own_company = one.company_id in one.person.company_ids
        return super().get_form_kwargs() | {"edition": self.edition, "latin": latin, "own_company": own_company}

    def get_initial(self) -> dict[str, Any]:
        """What the person has said so far."""
        consents = Consent.objects.filter(person=self.registration.person, edition=self.edition, withdrawn_at=None)
        return {**self.said, **dict.fromkeys(consents.values_list("purpose", flat=True), True)}

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """What is kept of the registration."""
        return said_so_far(self.registration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            registration=self.registration,
            badge=valid_badge(self.edition, self.registration.person),
            days_left=(self.edition.opens_on - clock.today(self.edition)).days,
            steps=steps(self.registration.state),
            contract=HostedContract.objects.select_related("edition").filter(registration=self.registration).first(),
            companions=rows_of(self.registration),
            missing=missing(self.said),
            asked_for=len(ASKED_FOR),
            said_number=len(ASKED_FOR) - len(missing(self.said)),
            **kwargs,
        )

    def act(self, form: BaseForm) -> str:
        """Keep what changed."""
        change_registration(
            self.registration,
            consents=form.consents,  # type: ignore[attr-defined]
            language=get_language() or "vi",
            ip=address_of(self.request),
            by=self.request.user,
            **form.said,  # type: ignore[attr-defined]
        )
        return reverse("buyers:registration", args=[self.edition.slug]) + "?kept=1"

    def _newest(self) -> Registration | None:
        """The registration that the person has filled in, however it was decided."""
        own = Registration.objects.filter(edition=self.edition, person=cast(Person, self.request.user))
        rows = own.exclude(state__in=("invited", "withdrawn")).select_related("company", "person", "edition", "grade")
        return rows.order_by("-pk").first()

    def _finished(self, typed: dict[str, Any] | None) -> Registration | None:
        """What somebody known had typed before they proved their address becomes their registration now."""
        person = cast(Person, self.request.user)
        if typed is None or typed["email"].lower() != person.email:
            return None
        return register_known(
            self.edition,
            person=person,
            company_name=typed["company_name"],
            country=typed["country"],
            product_groups=ProductGroup.objects.filter(pk__in=typed["product_groups"]),
            consents=typed["consents"],
            language=get_language() or "vi",
            ip=address_of(self.request),
            by=person,
        )

    def _not_signed_in(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if typed_key(self.edition.slug) in request.session and request.method == "GET":
            return Received.as_view()(request, *args, **kwargs)
        return redirect(f"{reverse('account_login')}?next={request.path}")


class Withdraw(SignedInPage, ActionButton):
    """Coming no more."""

    for_importers = True
    done = gettext_lazy("Your registration is withdrawn. You may register again at any time.")

    def act(self) -> str:
        """Withdraw one's own live registration."""
        own = Registration.objects.live().filter(edition=self.edition, person=self.person)
        for registration in own.select_related("edition", "person"):
            withdraw_registration(registration, by=self.request.user)
        return reverse("fairs:home", args=[self.edition.slug])


def steps(state: str) -> list[dict[str, Any]]:
    """The way to the fair, with where one stands."""
    now = {"": 0, "registered": 1, "approved": 3}.get(state, 1)
    labels = [_("Registered"), _("Approved"), _("Badge ready"), _("At the fair")]
    return [
        {"label": label, "state": "done" if at < now else "now" if at == now else ""} for at, label in enumerate(labels)
    ]
