"""The importer's page of exhibitors to meet: those on the list, and those to choose from."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from buyers.models import Registration
from fairs.models import Participation
from fairs.text import words_of
from fairs.views.base import ActionButton, SignedInPage
from matchmaking.actions.must_meet import must_meet, take_off
from matchmaking.models import MustMeet
from matchmaking.models.must_meet import MOST
from matchmaking.querysets import taking_part


class MustMeetPage(SignedInPage):
    """For whoever is registered; others register first."""

    for_importers = True
    shell = "importer"
    current = "buyers:registration"
    registration: Registration

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if request.user.is_authenticated:
            own = Registration.objects.filter(edition=self.edition, person=self.person)
            newest = own.exclude(state="withdrawn").select_related("edition", "company", "person").first()
            if newest is None:
                return redirect("buyers:register", self.edition.slug)
            self.registration = newest
        return super().dispatch(request, *args, **kwargs)

    @property
    def listed(self) -> QuerySet[MustMeet]:
        """What is on the list, with all that a page shows."""
        rows = MustMeet.objects.filter(registration=self.registration)
        return rows.select_related("exhibitor__company", "registration__edition")

    @property
    def home(self) -> str:
        """The page itself."""
        return reverse("matchmaking:must_meet", args=[self.edition.slug])


class MustMeets(MustMeetPage, TemplateView):
    """The list; below it the exhibitors that fit what the importer looks for, or those searched for."""

    template_name = "matchmaking/must_meet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        page = Paginator(self._others(words), 30).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            registration=self.registration, listed=self.listed, most=MOST, page=page, words=words, **kwargs
        )

    def _others(self, words: str) -> QuerySet[Participation]:
        """Those searched for; without a word those who make what is looked for, or everybody."""
        found = taking_part(self.edition, "exhibitor").exclude(must_meets__registration=self.registration)
        for word in words_of(words):
            found = found.filter(company__folded__contains=word)
        groups = list(self.registration.product_groups.all())
        if groups and not words:
            fitting = Participation.objects.filter(company__product_groups__in=groups).values("pk")
            found = found.filter(pk__in=fitting) if found.filter(pk__in=fitting).exists() else found
        return found.prefetch_related("company__product_groups").order_by("company__folded", "pk")


class AddMustMeet(MustMeetPage, ActionButton):
    """Onto the list."""

    done = _("On your list.")

    def act(self) -> str:
        """Put the exhibitor of the address onto it."""
        exhibitor = get_object_or_404(taking_part(self.edition, "exhibitor"), pk=self.kwargs["participation"])
        must_meet(self.registration, exhibitor=exhibitor, by=self.person)
        return self.home


class EndMustMeet(MustMeetPage, ActionButton):
    """Off the list."""

    done = _("No longer on your list.")

    def act(self) -> str:
        """Take the exhibitor of the address off."""
        take_off(get_object_or_404(self.listed, exhibitor=self.kwargs["participation"]), by=self.person)
        return self.home
