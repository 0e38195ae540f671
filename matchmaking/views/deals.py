"""A company's contracts: the list, recording one, and the page of one with its buttons."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from booths.models import Reservation
from fairs import clock
from fairs.inputs import whole_number
from fairs.models import Participation, ProductGroup
from fairs.permissions import may
from fairs.views.acting import CompanyThing
from fairs.views.base import ActionForm
from matchmaking.actions import deals
from matchmaking.actions.at_the_booth import buyer_with_badge
from matchmaking.actions.deal_terms import TERMS, difference, difference_words
from matchmaking.deal_forms import DealForm, DifferenceForm
from matchmaking.models import Deal, Meeting, Opportunity
from matchmaking.views.base import PartyPage
from matchmaking.views.history import evidence_of
from matchmaking.views.seen import SeenCorrection, SeenDeal, letters_of, own_side, side_of


class Deals(PartyPage, TemplateView):
    """What one's company has signed, and what waits for its answer."""

    template_name = "matchmaking/deals.html"
    current = "matchmaking:deals"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Deal.objects.filter(edition=self.edition).of_companies(self.acting.ids)
        page = Paginator(own.with_sides().select_related("product_group"), 50).get_page(self.request.GET.get("page"))
        letters = letters_of(self.edition)
        return super().get_context_data(
            page=page,
            seen=[SeenDeal(deal, self.request.user, letters.get(deal.product_group_id, "")) for deal in page],
            totals=own.contracts().totals(),
            may_record=bool(self.parts),
            **kwargs,
        )


class RecordDeal(PartyPage, ActionForm):
    """Records what was signed, from a meeting or freely; at the desk the director does it for a side."""

    template_name = "matchmaking/record_deal.html"
    current = "matchmaking:deals"
    form_class = DealForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.meeting = self._meeting()
            self.opportunity = self._opportunity()
            self.for_importer = self._for_importer()
            self.part = self._part()
        return super().dispatch(request, *args, **kwargs)

    def _meeting(self) -> Meeting | None:
        wanted = whole_number(self.request.GET.get("meeting", ""))
        if wanted is None:
            return None
        return get_object_or_404(self.own_meetings(), pk=wanted)

    def _opportunity(self) -> Opportunity | None:
        """What it comes of, where the exhibitor says so."""
        wanted = whole_number(self.request.GET.get("opportunity", ""))
        if wanted is None:
            return None
        own = Opportunity.objects.filter(edition=self.edition).of_exhibitors(self.acting.ids)
        return get_object_or_404(own.with_sides(), pk=wanted)

    def _for_importer(self) -> Participation | None:
        """The buyer of a paper that the director records for an exhibitor."""
        wanted = whole_number(self.request.GET.get("importer", ""))
        if wanted is None or "director" not in self.request.user.roles_in(self.edition):  # type: ignore[union-attr]
            return None
        self.shell, self.current = "desk", "matchmaking:deals_desk"  # type: ignore[misc]
        return get_object_or_404(self._taking_part("importer"), pk=wanted)

    def _part(self) -> Participation:
        """The part that records: the exhibitor the director names, the side of the meeting, else one's first part."""
        if self.for_importer:
            wanted = whole_number(self.request.GET.get("exhibitor", ""))
            return get_object_or_404(self._taking_part("exhibitor"), pk=wanted)
        if self.meeting:
            return getattr(self.meeting, side_of(self.meeting, self.request.user))
        if self.opportunity:
            return self.opportunity.exhibitor
        if not self.parts:
            raise Http404
        return self.parts[0]

    def get_initial(self) -> dict[str, Any]:
        groups = list(self.part.company.product_groups.all())
        return {
            "key": uuid.uuid4(),
            "kind": Deal.Kind.CONTRACT,
            "signed_on": clock.today(self.edition),
            "currency": "USD",
            "other": self._known_other(),
            "goods": self.opportunity.goods if self.opportunity else "",
            "product_group": groups[0].code if len(groups) == 1 else "",
        }

    def _known_other(self) -> int | str:
        """The company across, where the address says with whom."""
        if self.for_importer:
            return self.for_importer.pk
        if self.meeting:
            return self._across(self.meeting).pk
        return self.opportunity.importer_id if self.opportunity else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        own = list(self.part.company.product_groups.all())
        rest = [group for group in ProductGroup.objects.all() if group not in own]
        by_badge = self.part.role == Participation.Role.EXHIBITOR and not self.for_importer
        return super().get_form_kwargs() | {"parties": self._parties(), "groups": own + rest, "badge": by_badge}

    def _parties(self) -> list[Participation]:
        """An importer may choose any exhibitor; an exhibitor the buyers they have had to do with."""
        if self.for_importer:
            return [self.for_importer]
        if self.part.role == Participation.Role.IMPORTER:
            return list(self._taking_part("exhibitor"))
        met = {one.importer_id: one.importer for one in self.own_meetings() if one.exhibitor_id == self.part.pk}
        if self.opportunity:
            met[self.opportunity.importer_id] = self.opportunity.importer
        return sorted(met.values(), key=lambda part: part.company.folded)

    def _taking_part(self, role: str) -> QuerySet[Participation]:
        parts = Participation.objects.filter(edition=self.edition, role=role, state="active")
        return parts.select_related("company")

    def _across(self, meeting: Meeting) -> Participation:
        return meeting.importer if meeting.exhibitor_id == self.part.pk else meeting.exhibitor

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        more = bool(form.errors) and any(form[name].errors or form[name].value() for name in TERMS)
        kwargs |= {"form": form, "more": [form[name] for name in TERMS], "more_open": more}
        return super().get_context_data(meeting=self.meeting, part=self.part, **kwargs)

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        other = given["other"] or buyer_with_badge(self.edition, given["code"], by=self.request.user)[0]
        exhibits = self.part.role == Participation.Role.EXHIBITOR
        across = self._across(self.meeting) if self.meeting else None
        deal = deals.record_deal(
            self.edition,
            exhibitor=self.part if exhibits else other,
            importer=other if exhibits else self.part,
            recorded_side=self.part.role,
            meeting=self.meeting if across and across.pk == other.pk else None,
            key=str(given["key"]),
            opportunity=self.opportunity if self.opportunity and self.opportunity.importer_id == other.pk else None,
            terms=form.terms,
            by=self.request.user,
            **{name: given[name] for name in ["kind", "product_group", "goods", "amount", "currency", "signed_on"]},
        )
        return reverse("matchmaking:deal", args=[self.edition.slug, deal.pk])


class DealPage(CompanyThing):
    """Pages about one deal, for its two sides, the director and the reports."""

    stands_under = "matchmaking:deals"
    deal: Deal
    current = "matchmaking:deals"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Deal.objects.visible_to(request.user).filter(edition=self.edition).with_sides()
            whole = visible.select_related(
                "meeting", "rate", "product_group", "edition", "recorded_by", "consignment", "same_as"
            )
            self.deal = get_object_or_404(whole, pk=kwargs["pk"])
            self.act_for(own_side(self.deal, request.user))
            self.shell = side_of(self.deal, request.user) or "desk"  # type: ignore[misc]
            if self.shell == "desk":
                self.current = "matchmaking:deals_desk"
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = letters_of(self.edition).get(self.deal.product_group_id, "")
        form = kwargs.get("form")
        return super().get_context_data(
            base=f"base/{self.shell}.html",
            difference_form=form if isinstance(form, DifferenceForm) else DifferenceForm(),
            deal=self.deal,
            seen=SeenDeal(self.deal, self.request.user, letters),
            events=evidence_of(self.deal),
            booths=self._booths(),
            **self._parts(),
            may_read_register=may(self.request.user, "matchmaking.read_register", self.edition),
            **kwargs,
        )

    def _parts(self) -> dict[str, Any]:
        """What belongs to the deal: its lines with their sums, papers, corrections, delivery."""
        deal, lines = self.deal, list(self.deal.lines.all())
        return {
            "lines": [(line, line.sum_in(deal.currency)) for line in lines],
            "difference": difference_words(difference(deal, lines), deal.currency),
            "certificates": list(deal.certificates.all()),
            "papers": list(deal.papers.select_related("given_by", "checked_by")),
            "corrections": [SeenCorrection(one, self.request.user) for one in deal.corrections.select_related("deal")],
            "sent": getattr(deal, "consignment", None),
            "today": clock.today(self.edition),
        }

    def _booths(self) -> str:
        kept = Reservation.objects.filter(
            edition=self.edition, company=self.deal.exhibitor.company, state__in=["confirmed", "handed_over"]
        )
        return ", ".join(kept.values_list("booth__code", flat=True))


class DealView(DealPage, TemplateView):
    """The two sides around the value, and how we know."""

    template_name = "matchmaking/deal.html"


class DealButton(DealPage, ActionForm):
    """A button of a deal; a refusal comes back onto the deal's page."""

    http_method_names = ["post"]
    template_name = "matchmaking/deal.html"
    form_class: type[Form] = Form

    def do(self, given: dict[str, Any]) -> None:
        """Call the verb's action."""
        raise NotImplementedError(f"{type(self).__name__} says which action it calls")

    def act(self, form: Any) -> str:
        self.do(form.cleaned_data)
        return reverse("matchmaking:deal", args=[self.edition.slug, self.deal.pk])


class ConfirmDeal(DealButton):
    """The other side, signed in, confirms."""

    def do(self, given: dict[str, Any]) -> None:
        deals.confirm_deal(self.deal, by=self.request.user)


class DisputeDeal(DealButton):
    """The other side, signed in, says what differs."""

    form_class = DifferenceForm

    def do(self, given: dict[str, Any]) -> None:
        deals.dispute_deal(self.deal, by=self.request.user, **given)


class AgreeDeal(DealButton):
    """The recording side takes the other's value."""

    def do(self, given: dict[str, Any]) -> None:
        deals.agree_deal(self.deal, by=self.request.user)


class CancelDeal(DealButton):
    """The recording side takes its record back."""

    def do(self, given: dict[str, Any]) -> None:
        deals.cancel_deal(self.deal, by=self.request.user)
