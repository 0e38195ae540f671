"""Whom an importer should meet, and why; what they say of it; and the search among all exhibitors."""

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
from fairs.views.base import ActionButton, SignedInPage
from matchmaking.actions.wishes import take_back_wish, wish
from matchmaking.models import Wish
from matchmaking.models.wish import MOST
from matchmaking.querysets import taking_part
from matchmaking.reason_words import Words
from matchmaking.suggestions import Suggestion, exhibitors_for
from matchmaking.views.proposed import Proposed, sorted_wishes, with_query

PAGE = 20


class RegisteredPage(SignedInPage):
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
    def wished(self) -> QuerySet[Wish]:
        """What they have said, with the exhibitors' names."""
        return Wish.objects.of_importer(self.registration).with_companies()

    @property
    def exhibitor(self) -> Participation:
        """The exhibitor of the address."""
        return get_object_or_404(taking_part(self.edition, "exhibitor"), pk=self.kwargs["participation"])

    @property
    def home(self) -> str:
        """The page, with the same words and page as before."""
        return with_query(self.request, reverse("matchmaking:who_to_meet", args=[self.edition.slug]))


class WhoToMeet(RegisteredPage, TemplateView):
    """Proposals with why and what is missing, or what was searched for; beside them what the importer has said."""

    template_name = "matchmaking/who_to_meet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        page = Paginator(exhibitors_for(self.registration, words=words), PAGE).get_page(self.request.GET.get("page"))
        said = list(self.wished)
        return super().get_context_data(
            words=words,
            page=page,
            proposed=self._shown(page.object_list, {one.exhibitor_id: one for one in said}),
            wishes=sorted_wishes(said),
            reasons=Wish.Reason.choices,
            most=MOST,
            **kwargs,
        )

    def _shown(self, found: Any, said: dict[int, Wish]) -> list[Proposed]:
        """The proposals of a page with all that a line shows."""
        suggestions: list[Suggestion] = list(found)
        rows = taking_part(self.edition, "exhibitor").select_related("company__craft_village", "province")
        parts = rows.in_bulk([one.exhibitor for one in suggestions])
        words = Words()
        return [
            Proposed.of(one, words, parts[one.exhibitor], parts[one.exhibitor].company, said.get(one.exhibitor))
            for one in suggestions
            if one.exhibitor in parts
        ]


class WishExhibitor(RegisteredPage, ActionButton):
    """Must meet, would like to meet, or not."""

    done = _("Kept. You can change it at any time.")

    def act(self) -> str:
        """Keep what the importer says of the exhibitor of the address."""
        given = {name: self.request.POST.get(name, "") for name in ("kind", "reason")}
        wish(self.registration, exhibitor=self.exhibitor, side=Wish.Side.IMPORTER, by=self.person, **given)
        return self.home


class ForgetExhibitor(RegisteredPage, ActionButton):
    """Takes back what was said."""

    done = _("Taken back.")

    def act(self) -> str:
        """Wish nothing about the exhibitor of the address."""
        take_back_wish(get_object_or_404(self.wished, exhibitor=self.kwargs["participation"]), by=self.person)
        return self.home
