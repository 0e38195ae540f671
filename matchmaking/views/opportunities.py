"""From the enquiry to the delivered goods: one list for an exhibitor, one for the desk, and the page of one."""

import uuid
from collections import defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs.views.acting import CompanyThing
from fairs.views.base import ActionButton, ActionForm, DeskPage
from matchmaking.actions import opportunities
from matchmaking.actions.lead_opportunities import follow_lead
from matchmaking.deal_forms import LapseForm, OpportunityForm, QuotationForm
from matchmaking.models import Opportunity
from matchmaking.querysets import importers_met
from matchmaking.views.leads import ExhibitorPage, LeadPage

State = Opportunity.State
SIGNS = {
    State.ENQUIRY: "info", State.QUOTED: "info", State.MEMORANDUM: "info", State.TRIAL_ORDER: "ok", State.SIGNED: "ok",
    State.SHIPPED: "ok", State.DELIVERED: "ok", State.LAPSED: "off",
}  # fmt: skip
STEPS: list[State] = [stage for stage in State if stage != State.LAPSED]


class SeenOpportunity:
    """An opportunity beside the person who looks at it: what it is worth, by which paper, and what may be done."""

    def __init__(self, one: Opportunity, person: Any) -> None:
        self.one, self.person = one, person
        self.sign = SIGNS[State(one.state)]
        self.own = one.exhibitor.company_id in person.company_ids

    @property
    def values(self) -> list[tuple[Any, str]]:
        """Amount and currency of what made the stage: the contracts, else the memorandum, else the last quotation."""
        papers: list[Any] = self.one.papers  # type: ignore[attr-defined]
        contracts = [deal for deal in papers if deal.is_contract]
        quotations = list(self.one.quotations.all())
        shown = contracts or [deal for deal in papers if deal.amount] or quotations[-1:]
        return [(paper.amount, paper.currency) for paper in shown]

    @property
    def may_lapse(self) -> bool:
        """Whether this person can say that nothing comes of it."""
        return self.own and self.one.can("lapse")

    @property
    def may_reopen(self) -> bool:
        """Whether this person can take it up again."""
        return self.own and self.one.can("reopen")

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The way from the enquiry to the delivery: what happened, where it stands, what may come; nothing skipped."""
        reached = STEPS.index(State(self.one.state)) if self.one.state != State.LAPSED else -1
        happened = opportunities.stages_gone_through(self.one)
        return [
            {"label": stage.label, "state": "done" if place < reached else "now" if place == reached else ""}
            for place, stage in enumerate(STEPS)
            if place >= reached or stage in happened
        ]


class Opportunities(ExhibitorPage, ActionForm):
    """What one talks about with whom, the latest change first; and the form that begins another."""

    template_name = "matchmaking/opportunities.html"
    current = "matchmaking:deals"
    form_class = OpportunityForm

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"parties": list(importers_met(self.exhibitor).order_by("company__folded"))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Opportunity.objects.filter(edition=self.edition).of_exhibitors(self.acting.ids)
        stage = self.request.GET.get("stage", "")
        shown = own.filter(state=stage) if stage in State.values else own
        page = Paginator(shown.with_papers(), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            seen=[SeenOpportunity(one, self.request.user) for one in page],
            stages=stages_of(own.stages(), stage, self.acting.address),
            sums=sums_of(own),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        made = opportunities.open_opportunity(
            self.exhibitor, importer=given["other"], goods=given["goods"], key=str(given["key"]), by=self.request.user
        )
        return reverse("matchmaking:opportunity", args=[self.edition.slug, made.pk])


class OpportunityPage(CompanyThing):
    """Pages about one, for the exhibitor; of those with a paper also for the director and the reports."""

    stands_under = "matchmaking:opportunities"
    current = "matchmaking:deals"
    one: Opportunity

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Opportunity.objects.visible_to(request.user).filter(edition=self.edition)
            self.one = get_object_or_404(visible.with_papers(), pk=kwargs["opportunity"])
            own = self.one.company_id in request.user.company_ids
            self.act_for(self.one.company_id if own else 0)
            self.shell = "exhibitor" if own else "desk"  # type: ignore[misc]
            if not own:
                self.current = "matchmaking:deals_desk"
        return super().dispatch(request, *args, **kwargs)

    @property
    def own_url(self) -> str:
        """The page of it."""
        return reverse("matchmaking:opportunity", args=[self.edition.slug, self.one.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        kwargs["quote_form"] = form if isinstance(form, QuotationForm) else QuotationForm(initial=self._last())
        kwargs["lapse_form"] = form if isinstance(form, LapseForm) else LapseForm()
        return super().get_context_data(
            base=f"base/{self.shell}.html", one=self.one, seen=SeenOpportunity(self.one, self.request.user), **kwargs
        )

    def _last(self) -> dict[str, Any]:
        """A new version begins as the last one was."""
        last = self.one.quotations.order_by("-number").first()
        names = ("amount", "currency", "goods", "incoterm", "place", "payment", "lead_days")
        known = {name: getattr(last, name) for name in names} if last else {"currency": "USD", "goods": self.one.goods}
        return known | {"key": uuid.uuid4()}


class OpportunityView(OpportunityPage, TemplateView):
    """Where it stands, its quotations and papers, and what can be done next."""

    template_name = "matchmaking/opportunity.html"


class OpportunityButton(OpportunityPage, ActionForm):
    """A form of its page; a refusal comes back onto it. The organiser reads, and changes nothing."""

    http_method_names = ["post"]
    template_name = "matchmaking/opportunity.html"


class QuoteOpportunity(OpportunityButton):
    """A new version of the quotation."""

    form_class = QuotationForm

    def act(self, form: Any) -> str:
        given = form.cleaned_data | {"key": str(form.cleaned_data["key"])}
        opportunities.quote(self.one, by=self.request.user, **given)
        return self.own_url


class LapseOpportunity(OpportunityButton):
    """Nothing comes of it."""

    form_class = LapseForm

    def act(self, form: Any) -> str:
        opportunities.lapse(self.one, by=self.request.user, **form.cleaned_data)
        return self.own_url


class ReopenOpportunity(OpportunityPage, ActionButton):
    """It goes on after all."""

    done = gettext_lazy("Taken up again.")

    def act(self) -> str:
        opportunities.reopen(self.one, by=self.request.user)
        return self.own_url


class FollowLead(LeadPage, ActionButton):
    """What is talked about with a visitor, as an opportunity."""

    def act(self) -> str:
        made = follow_lead(self.lead, by=self.request.user)
        return reverse("matchmaking:opportunity", args=[self.edition.slug, made.pk])


class OpportunitiesDesk(DeskPage, TemplateView):
    """All with a paper, by stage, with sums by currency; of mere enquiries the number alone."""

    template_name = "matchmaking/opportunities_desk.html"
    current = "matchmaking:deals_desk"
    roles = frozenset({"reports"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Opportunity.objects.filter(edition=self.edition)
        listed = every.filter(Opportunity.objects.paper())
        stage, words = self.request.GET.get("stage", ""), self.request.GET.get("q", "")
        shown = listed.filter(state=stage) if stage in State.values else listed
        page = Paginator(shown.search(words).with_papers(), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            seen=[SeenOpportunity(one, self.request.user) for one in page],
            stages=stages_of(listed.stages(), stage, "?"),
            sums=sums_of(listed),
            without=every.count() - listed.count(),
            given=self.request.GET,
            **kwargs,
        )


def stages_of(counts: dict[str, int], chosen: str, address: str) -> list[dict[str, Any]]:
    """The stages to choose from, with how many are at each."""
    joint = f"{address}&" if "=" in address else "?"
    every = {"label": _("All"), "url": address or "?", "current": not chosen, "count": sum(counts.values())}
    rest = [
        {
            "label": stage.label,
            "url": f"{joint}stage={stage}",
            "current": stage == chosen,
            "count": counts.get(stage, 0),
        }
        for stage in State
        if counts.get(stage) or stage == chosen
    ]
    return [every, *rest]


def sums_of(rows: Any) -> list[dict[str, Any]]:
    """For each stage with a value its sums, one for each currency; they are never added."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.sums():
        found[row["state"]].append(row)
    return [{"stage": stage, "sums": found[stage]} for stage in State if stage in found]
