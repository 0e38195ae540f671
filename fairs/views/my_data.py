"""“My data”: what a person agreed to, in the words they read, and what they may ask of the organiser."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import View

from fairs.actions.consents import give_consent, withdraw_consent
from fairs.actions.data_requests import ask, withdraw
from fairs.callers import address_of
from fairs.exports import export_person
from fairs.models import Consent, DataRequest, Edition, Person
from fairs.own_data import consents_of, home_edition
from fairs.privacy_forms import AskForm
from fairs.views.base import ActionButton, ActionForm
from fairs.views.data_requests import KINDS, zipped


class MyData(LoginRequiredMixin, ActionForm):
    """Consents by edition, each with one button; what one has asked, and the form that asks more."""

    template_name = "fairs/people/my_data.html"
    form_class = AskForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = cast(Person, self.request.user)
        asked = DataRequest.objects.filter(person=person).select_related("edition").order_by("-pk")
        return super().get_context_data(
            person=person,
            consents=consents_of(person),
            asked=[(one, KINDS[one.state]) for one in asked],
            may_ask=home_edition(person) is not None,
            **kwargs,
        )

    def act(self, form: Any) -> str:
        """Ask the organiser."""
        person: Any = self.request.user
        edition = home_edition(person)
        if edition is None:
            raise Http404
        ask(edition, person=person, by=person, **form.cleaned_data)
        messages.success(self.request, _("Your request is received. The law counts the days from today."))
        return reverse("fairs:my_data")


class WithdrawRequest(LoginRequiredMixin, ActionButton):
    """One asks for it no more."""

    done = gettext_lazy("Your request is taken back.")

    def act(self) -> str:
        own = DataRequest.objects.filter(person=cast(Person, self.request.user)).select_related("edition", "person")
        withdraw(get_object_or_404(own, pk=self.kwargs["pk"]), by=self.request.user)
        return reverse("fairs:my_data")


class OwnCopy(LoginRequiredMixin, View):
    """Everything that is kept about oneself, at any time and without asking."""

    def get(self, request: HttpRequest) -> HttpResponse:
        person = cast(Person, request.user)
        return zipped(export_person(person, by=person))


class GiveConsent(LoginRequiredMixin, ActionButton):
    """Yes to one purpose."""

    done = gettext_lazy("Noted. You can take it back here at any time.")

    def act(self) -> str:
        editions = Edition.objects.visible_to(self.request.user)
        give_consent(
            cast(Person, self.request.user),
            edition=get_object_or_404(editions, slug=self.kwargs["edition"]),
            purpose=self.kwargs["purpose"],
            language=get_language() or "vi",
            by=self.request.user,
            ip=address_of(self.request),
        )
        return reverse("fairs:my_data")


class WithdrawConsent(LoginRequiredMixin, ActionButton):
    """What was agreed to ends at once."""

    done = gettext_lazy("Your consent is taken back. It ended at once.")

    def act(self) -> str:
        own = Consent.objects.visible_to(self.request.user).select_related("person", "edition")
        withdraw_consent(get_object_or_404(own, pk=self.kwargs["pk"]), by=self.request.user)
        return reverse("fairs:my_data")
