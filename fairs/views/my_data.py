"""“My data”: what a person agreed to, in the words they read, and what they may ask of the organiser."""

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView

from fairs.actions.consents import give_consent, withdraw_consent
from fairs.callers import address_of
from fairs.models import Consent, Edition, Person
from fairs.own_data import consents_of
from fairs.views.base import ActionButton


class MyData(LoginRequiredMixin, TemplateView):
    """Consents by edition, each with one button."""

    template_name = "fairs/people/my_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = cast(Person, self.request.user)
        return super().get_context_data(person=person, consents=consents_of(person), **kwargs)


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
