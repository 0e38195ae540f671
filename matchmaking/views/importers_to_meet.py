"""Which importers an exhibitor should meet, of those who agreed to be listed: by their company, without any contact."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from buyers.models import Registration
from fairs.models import Participation
from fairs.views.base import ActionButton
from matchmaking.actions.wishes import take_back_wish, wish
from matchmaking.models import Wish
from matchmaking.models.wish import MOST
from matchmaking.querysets import importers_listed
from matchmaking.reason_words import Words
from matchmaking.suggestions import Suggestion, importers_for
from matchmaking.views.base import PartyPage
from matchmaking.views.proposed import Proposed, sorted_wishes, with_query

PAGE = 20


class ExhibitorsPage(PartyPage):
    """For somebody of an exhibitor; for others it does not exist."""

    acts_as = "exhibitor"
    current = "matchmaking:agenda"
    exhibitor: Participation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if request.user.is_authenticated:
            part = self.part_as("exhibitor")
            if part is None:
                raise Http404
            part.edition = self.edition
            self.exhibitor = part
        return super().dispatch(request, *args, **kwargs)

    @property
    def listed(self) -> QuerySet[Registration]:
        """The importers whom an exhibitor may see."""
        rows: QuerySet[Registration] = importers_listed(self.edition)
        return rows.select_related("company", "edition")

    @property
    def wished(self) -> QuerySet[Wish]:
        """What the exhibitor has said of importers whom it may still see."""
        own = Wish.objects.of_exhibitor(self.exhibitor).filter(registration__in=importers_listed(self.edition))
        return own.with_companies()

    @property
    def home(self) -> str:
        """The page, with the same words, page and company as before."""
        return with_query(self.request, reverse("matchmaking:importers_to_meet", args=[self.edition.slug]))


class ImportersToMeet(ExhibitorsPage, TemplateView):
    """Proposals with why and what is missing, or what was searched for; beside them what the exhibitor has said."""

    template_name = "matchmaking/importers_to_meet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        page = Paginator(importers_for(self.exhibitor, words=words), PAGE).get_page(self.request.GET.get("page"))
        said = list(self.wished)
        return super().get_context_data(
            exhibitor=self.exhibitor,
            words=words,
            page=page,
            proposed=self._shown(page.object_list, {one.registration_id: one for one in said}),
            wishes=sorted_wishes(said),
            reasons=Wish.Reason.choices,
            most=MOST,
            **kwargs,
        )

    def _shown(self, found: Any, said: dict[int, Wish]) -> list[Proposed]:
        """The proposals of a page: the company, what it looks for, nothing of the person."""
        suggestions: list[Suggestion] = list(found)
        rows = self.listed.prefetch_related("product_groups").in_bulk([one.importer for one in suggestions])
        words = Words()
        return [
            Proposed.of(one, words, rows[one.importer], rows[one.importer].company, said.get(one.importer))
            for one in suggestions
            if one.importer in rows
        ]


class WishImporter(ExhibitorsPage, ActionButton):
    """Must meet, would like to meet, or not."""

    done = _("Kept. You can change it at any time.")

    def act(self) -> str:
        """Keep what the exhibitor says of the importer of the address."""
        importer = get_object_or_404(self.listed, pk=self.kwargs["importer"])
        given = {name: self.request.POST.get(name, "") for name in ("kind", "reason")}
        wish(importer, exhibitor=self.exhibitor, side=Wish.Side.EXHIBITOR, by=self.person, **given)
        return self.home


class ForgetImporter(ExhibitorsPage, ActionButton):
    """Takes back what was said."""

    done = _("Taken back.")

    def act(self) -> str:
        """Wish nothing about the importer of the address."""
        take_back_wish(get_object_or_404(self.wished, registration=self.kwargs["importer"]), by=self.person)
        return self.home
