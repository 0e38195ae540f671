"""Allocation rounds at the desk: the list, what the next goes by, one round from its work to its offers."""

import json
from collections.abc import Collection
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRefresh

from booths.actions import rounds
from booths.actions.round_publishing import record_of
from booths.models import Application, Booth, Offer, Proposal, Reservation, Round
from booths.round_bench import bench, panel
from booths.round_counts import counts_of
from booths.round_forms import BeginForm, TermsForm
from booths.round_instance import application_of
from booths.round_letter import sent_by
from booths.views.desk import DECIDERS, READERS
from fairs import clock
from fairs.inputs import whole_number
from fairs.permissions import may
from fairs.views.base import ActionButton, ActionForm, DeskPage

OFFERS = 50  # on a page


class RoundsDesk(DeskPage):
    """Pages about allocation rounds; readers of the desk look, and do nothing."""

    roles = READERS
    current = "booths:rounds"

    @property
    def home(self) -> str:
        """The list of rounds."""
        return reverse("booths:rounds", args=[self.edition.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["may_decide"] = may(self.person, "booths.decide", self.edition)
        return super().get_context_data(**kwargs)


class Rounds(RoundsDesk, TemplateView):
    """Every round, what the next one goes by, and the way to begin it."""

    template_name = "booths/rounds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        taken = Count("offers", filter=Q(offers__state=Offer.State.TAKEN))
        rows = Round.objects.visible_to(self.person).filter(edition=self.edition)
        every = rows.select_related("current", "begun_by", "signed_by").defer("instance", "current__why")
        counted = every.annotate(offered=Count("offers"), taken=taken, kept=F("instance__fixed"))
        found = list(counted.order_by("-number"))
        return super().get_context_data(
            rows=[{"round": one} | (_placed(one.current, one.kept) if one.current else {}) for one in found],
            open_round=next((one for one in found if one.state in Round.OPEN), None),
            terms=rounds.terms_of(self.edition),
            zones=self.edition.zones.exclude(power_kw_at_most=None, exhibitors_at_most=None),
            to_place=self._to_place(),
            free=Booth.objects.free(clock.now()).filter(edition=self.edition).count(),
            **{"form": BeginForm()} | kwargs,
        )

    def _to_place(self) -> int:
        """Accepted exhibitors who have no booth yet."""
        live = Reservation.objects.live(clock.now()).filter(edition=self.edition)
        accepted = Application.objects.filter(edition=self.edition, state=Application.State.ACCEPTED)
        return accepted.exclude(pk__in=live.order_by().values("application")).count()


class BeginRound(Rounds, ActionForm):
    """Take down what goes in, and have it worked out."""

    form_class = BeginForm
    roles = DECIDERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.home)

    def act(self, form: Any) -> str:
        begun = rounds.begin_round(self.edition, by=self.person, **form.cleaned_data)
        return reverse("booths:round", args=[self.edition.slug, begun.number])


class RoundTerms(RoundsDesk, ActionForm):
    """What a place is worth, what gives points, what each zone bears."""

    template_name = "booths/round_terms.html"
    form_class = TermsForm
    roles = DECIDERS

    def get_form_kwargs(self) -> dict[str, Any]:
        terms = rounds.terms_of(self.edition)
        return super().get_form_kwargs() | {"terms": terms, "edition": self.edition}

    def act(self, form: Any) -> str:
        rounds.set_allocation_terms(self.edition, by=self.person, limits=form.zone_limits(), **form.terms())
        return self.home


class OneRound(RoundsDesk):
    """Pages about one round."""

    @cached_property
    def worked(self) -> Round:
        """The round of the address."""
        rows = Round.objects.visible_to(self.person).filter(edition=self.edition).select_related(
            "edition__sale_terms", "current__before", "current__by", "begun_by", "signed_by"
        )  # fmt: skip
        return get_object_or_404(rows, number=self.kwargs["round"])

    @property
    def url(self) -> str:
        """Where the round is looked at."""
        return reverse("booths:round", args=[self.edition.slug, self.kwargs["round"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"round": self.worked})


class RoundPage(OneRound, TemplateView):
    """One round as it stands: its progress, the workbench, or what became of it."""

    template_name = "booths/round.html"
    touched = ""  # the applicant something was just done with

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        signed = self.worked.state == Round.State.PUBLISHED
        if request.htmx and not self._part() and (not signed or "since" in request.GET):  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()  # the round has gone on: another page altogether
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        part = self._part() if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}#{part}" if part else self.template_name]

    def _part(self) -> str:
        """What a page that is open asks for again."""
        state = self.worked.state
        if state == Round.State.RUNNING:
            return "running"
        if state == Round.State.PROPOSED and "since" in self.request.GET:
            return "fresh"
        return "panel" if state == Round.State.PROPOSED and "b" in self.request.GET else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.worked.state
        if state == Round.State.RUNNING:
            kwargs |= _running(self.worked)
        elif state == Round.State.PROPOSED:
            kwargs = self._proposed() | kwargs
        elif state == Round.State.PUBLISHED:
            kwargs |= self._published()
        return super().get_context_data(**kwargs)

    def _proposed(self) -> dict[str, Any]:
        asked = self.request.GET
        part = self._part() if self.request.htmx else ""  # type: ignore[attr-defined]
        if part == "fresh":
            return {"shown": whole_number(asked["since"])}
        return panel(self.worked, asked) if part == "panel" else bench(self.worked, asked, who=self.touched)

    def _published(self) -> dict[str, Any]:
        assert self.worked.current is not None
        offers = self.worked.offers.select_related("application__company").prefetch_related(
            Prefetch("reservations", Reservation.objects.select_related("booth"))
        )
        return {
            "page": Paginator(offers.order_by("application__company__folded", "pk"), OFFERS).get_page(
                self.request.GET.get("page")
            ),
            "sent": sent_by(self.worked),
            "counts": counts_of(self.worked, self.worked.current),
            "now": clock.now(),
        }


class StopRound(OneRound, ActionButton):
    """End the work with the best plan so far."""

    roles = DECIDERS
    done = _("The work ends with the best plan so far, in a moment.")

    def act(self) -> str:
        rounds.stop_round(self.worked, by=self.person)
        return self.url


class DropRound(OneRound, ActionButton):
    """Put the round away."""

    roles = DECIDERS
    done = _("The round was dropped. Nobody was told anything, and nobody’s place has changed.")

    def act(self) -> str:
        rounds.drop_round(self.worked, by=self.person)
        return self.home


class RoundRecord(OneRound):
    """The record of a signed round as a file, from which it can be worked out again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.worked.state != Round.State.PUBLISHED:
            raise Http404
        record = json.dumps(record_of(self.worked), sort_keys=True, separators=(",", ":"))  # as its digest counts it
        answer = HttpResponse(record, content_type="application/json")
        name = f"{self.edition.slug}-allocation-{self.worked.number}.json"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def _placed(proposal: Proposal, kept: Collection[str]) -> dict[str, int]:
    """How many applications a proposal places, and how many not: a group of which one has no place has none."""
    short = {application_of(who) for who in proposal.unplaced}
    placed = {application_of(who) for who in proposal.plan if who not in kept}
    return {"placed": len(placed - short), "short": len(short)}


def _running(worked: Round) -> dict[str, Any]:
    """What the solver said last; `part` is the share of its time that is over."""
    said = rounds.progress_of(worked)
    if not said:
        return {"said": {}}
    bound, worth = said.get("bound"), said["objective"]
    return {
        "said": said,
        "part": min(worked.seconds, round(said["seconds"])),
        "gap": (bound - worth) / abs(bound) if bound else None,
        "gain": worth - said["greedy"] if said.get("greedy") is not None else None,
    }
