"""The public face: the list of fairs, an edition's own page, and the way on after signing in."""

from itertools import groupby
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from fairs import clock
from fairs.context import filling
from fairs.headlines import Moment, moment_of
from fairs.models import Edition, OpeningDay, Participation, ProgrammeItem
from fairs.querysets import invitations_to
from fairs.views.base import EditionTemplate


class Start(View):
    """The site's door: straight to the only fair there is, else a list."""

    def get(self, request: HttpRequest) -> HttpResponse:
        editions = list(Edition.objects.visible_to(request.user).filter(published=True)[:2])
        if len(editions) == 1:
            return redirect("fairs:home", editions[0].slug)
        return Editions.as_view()(request)


class Editions(TemplateView):
    """All fairs that are shown to the public."""

    template_name = "fairs/editions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = Edition.objects.visible_to(self.request.user).select_related("series")
        return super().get_context_data(editions=editions, **kwargs)


class Home(EditionTemplate):
    """What, when, where, who, and how to come: what a buyer abroad reads first."""

    template_name = "fairs/home.html"
    current = "fairs:home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moment = moment_of(self.edition)
        return super().get_context_data(
            moment=moment,
            open_day=next((day for day in moment.days if day.date == moment.today), None),
            trade_days=sum(1 for day in moment.days if day.audience == OpeningDay.Audience.TRADE),
            programme=self._programme(moment),
            past_results=list(self.edition.series.past_results.filter(on_home=True)),
            exhibitor_count=Participation.objects.filter(
                edition=self.edition, role="exhibitor", state="active", host=None
            ).count(),
            **kwargs,
        )

    def _programme(self, moment: Moment) -> list[tuple[OpeningDay, list[ProgrammeItem]]]:
        """Each opening day with what happens on it."""
        items = groupby(
            self.edition.programme.all(), key=lambda item: item.starts_at.astimezone(self.edition.zone).date()
        )
        of_day = {date: list(found) for date, found in items}
        return [(day, of_day.get(day.date, [])) for day in moment.days]


class Filling(TemplateView):
    """The banner of a demonstration that is being filled; it asks for itself again until there is nothing to say."""

    template_name = "components/banner.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(text=filling(), **kwargs)


class Welcome(LoginRequiredMixin, View):
    """After signing in: to the desk, the booths or the badge, whichever is the person's; else a choice."""

    def get(self, request: HttpRequest) -> HttpResponse:
        places = places_of(request.user)
        if len(places) == 1 and not request.user.invitations.exists():  # type: ignore[union-attr]
            return redirect(places[0]["url"])
        return WelcomeChoice.as_view()(request)


class WelcomeChoice(LoginRequiredMixin, TemplateView):
    """The person's places, side by side; or, for somebody new, the two ways in."""

    template_name = "fairs/welcome.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = Edition.objects.visible_to(self.request.user).filter(
            published=True, closes_on__gte=clock.now().date()
        )
        invitations = invitations_to(self.request.user)
        return super().get_context_data(
            places=places_of(self.request.user), editions=editions, invitations=invitations, **kwargs
        )


def places_of(person: Any) -> list[dict[str, Any]]:
    """Where the person has something to do: the newest edition first."""
    desks: list[dict[str, Any]] = [
        {"edition": edition, "kind": "desk", "url": reverse("fairs:desk", args=[edition.slug])}
        for edition in Edition.objects.run_by(person)
    ]
    run = {desk["edition"].pk for desk in desks}
    desks += [
        {"edition": edition, "kind": "jury", "url": reverse("booths:reviews", args=[edition.slug])}
        for edition in Edition.objects.judged_by(person).exclude(pk__in=run)
    ]
    desks += [
        {"edition": edition, "kind": "visa", "url": reverse("buyers:visa_desk", args=[edition.slug])}
        for edition in Edition.objects.kept_by(person, "visa").exclude(pk__in=run)
    ]
    desks += [
        {"edition": edition, "kind": "privacy", "url": reverse("fairs:data_requests", args=[edition.slug])}
        for edition in Edition.objects.kept_by(person, "privacy").exclude(pk__in=run)
    ]
    several = len(person.company_ids) > 1
    parts = Participation.objects.filter(company_id__in=person.company_ids).select_related("edition", "company")
    return desks + [
        {"edition": part.edition, "kind": part.role, "company": part.company, "url": _own_page(part, several)}
        for part in parts.order_by("-edition__opens_on")
    ]


def _own_page(part: Participation, several: bool) -> str:
    """Whoever acts for several companies opens the page as the one they clicked on."""
    if part.role != Participation.Role.EXHIBITOR:
        return reverse("buyers:registration", args=[part.edition.slug])
    named = f"?company={part.company_id}" if several else ""
    return reverse("booths:application", args=[part.edition.slug]) + named
