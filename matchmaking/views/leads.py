"""An exhibitor's visitors: scanning a badge, the list, one visitor, the sheet."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from fairs import clock
from fairs.downloads import file_answer
from fairs.models import Participation, ProductGroup
from fairs.views.acting import CompanyThing
from fairs.views.base import ActionButton, ActionForm
from matchmaking.actions import leads
from matchmaking.filters import narrow_leads
from matchmaking.lead_forms import ScanForm, WriteForm
from matchmaking.lead_sheet import leads_sheet
from matchmaking.models import BoothCard, Lead, Meeting
from matchmaking.querysets import LeadQuerySet
from matchmaking.views.base import PartyPage
from matchmaking.views.kept import KeptForm


@method_decorator(never_cache, name="dispatch")
class ExhibitorPage(PartyPage):
    """A page of a company that exhibits here; for others it does not exist."""

    current = "matchmaking:leads"
    acts_as = "exhibitor"
    exhibitor: Participation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            part = self.part_as("exhibitor")
            if part is None:
                raise Http404
            self.exhibitor = part
        return super().dispatch(request, *args, **kwargs)

    @property
    def kept(self) -> str:
        """To whom belongs what a phone keeps unsent: one person, for one exhibitor."""
        return f"{self.edition.slug}:{self.person.pk}:{self.exhibitor.pk}"

    def own_leads(self) -> LeadQuerySet:
        """The visitors of the company, the latest first."""
        every = Lead.objects.filter(edition=self.edition).of_exhibitors(self.acting.ids)
        found: LeadQuerySet = every.with_contacts()
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kept=self.kept, exhibitor=self.exhibitor, **kwargs)


class Leads(ExhibitorPage, TemplateView):
    """All visitors, what is due first said, then the list as it is narrowed."""

    template_name = "matchmaking/leads.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given, every = self.request.GET, self.own_leads()
        today = clock.today(self.edition)
        found = narrow_leads(every, given.dict(), edition=self.edition)
        counts = Lead.objects.filter(edition=self.edition).of_exhibitors(self.acting.ids).counts()
        return super().get_context_data(
            page=Paginator(found, 50).get_page(given.get("page")),
            counts=counts,
            ratings=self._ratings(counts),
            days=self._days(),
            due=every.to_do(today).count(),
            today=today,
            given=given,
            card=BoothCard.objects.filter(exhibitor=self.exhibitor, revoked_at=None).first(),
            **kwargs,
        )

    def _ratings(self, counts: dict[str, int]) -> list[dict[str, Any]]:
        options = [("", _("All"), counts["all"]), *[(one, one, counts[one]) for one in Lead.Rating.values]]
        options.append(("none", _("Not rated"), counts["unrated"]))
        chosen = self.request.GET.get("rating", "")
        return [
            {"label": label, "url": self._with(rating=value), "current": value == chosen, "count": number}
            for value, label, number in options
        ]

    def _days(self) -> list[date]:
        return [day.date for day in self.edition.days.all()]

    def _with(self, **changed: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query[name] = value
        return f"?{query.urlencode()}"


class Scan(ExhibitorPage, KeptForm):
    """The camera, the field for a typed code, and what the phone still keeps. A script is answered in JSON."""

    template_name = "matchmaking/lead_scan.html"
    form_class = ScanForm

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4().hex}

    def act(self, form: Any) -> str:
        lead = leads.scan_lead(self.exhibitor, by=self.request.user, **form.cleaned_data)
        return reverse("matchmaking:lead", args=[self.edition.slug, lead.pk])


@method_decorator(never_cache, name="dispatch")
class LeadPage(CompanyThing):
    """Pages about one visitor, for the company whose booth it was."""

    stands_under = "matchmaking:leads"
    current = "matchmaking:leads"
    shell = "exhibitor"
    lead: Lead

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Lead.objects.visible_to(request.user).filter(edition=self.edition).with_contacts()
            self.lead = get_object_or_404(visible, pk=kwargs["pk"])
            self.act_for(self.lead.company_id)
        return super().dispatch(request, *args, **kwargs)

    @property
    def own_url(self) -> str:
        """The page of the visitor."""
        return reverse("matchmaking:lead", args=[self.edition.slug, self.lead.pk])


class LeadView(LeadPage, ActionForm):
    """Who it is as far as they agreed, what was noted, and the form to go on writing."""

    template_name = "matchmaking/lead.html"
    form_class = WriteForm

    def get_initial(self) -> dict[str, Any]:
        group = self.lead.product_group
        return {
            "rating": self.lead.rating, "note": self.lead.note, "product": self.lead.product_id,
            "product_group": group.code if group else "", "next_step": self.lead.next_step,
            "next_on": self.lead.next_on,
        }  # fmt: skip

    def get_form_kwargs(self) -> dict[str, Any]:
        company = self.lead.exhibitor.company
        own = list(company.product_groups.all())
        rest = [group for group in ProductGroup.objects.all() if group not in own]
        return super().get_form_kwargs() | {"products": list(company.products.all()), "groups": own + rest}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            lead=self.lead,
            visits=self.lead.visits.select_related("by"),
            met=self._meetings(),
            may_meet=bool(self.lead.stands and leads.buyers_part(self.lead)),  # type: ignore[attr-defined]
            key=uuid.uuid4(),
            today=clock.today(self.edition),
            **kwargs,
        )

    def _meetings(self) -> list[Meeting]:
        """What the two sides had to do with each other, where the visitor has a name."""
        if not self.lead.buyer_id:
            return []
        between = Meeting.objects.filter(exhibitor=self.lead.exhibitor, importer__company=self.lead.buyer_id)
        return list(between.prefetch_related("deals").order_by("-starts_at"))

    def act(self, form: Any) -> str:
        leads.write_lead(self.lead, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return self.own_url


class DoStep(LeadPage, ActionButton):
    """The next step is done."""

    done = gettext_lazy("Done. Choose the next step when there is one.")

    def act(self) -> str:
        leads.do_step(self.lead, by=self.request.user)
        return self.own_url


class MeetLead(LeadPage, ActionButton):
    """One sat down with this visitor: a meeting held now."""

    done = gettext_lazy("The meeting is noted as held.")

    def act(self) -> str:
        leads.meet_lead(self.lead, key=f"lead-{self.lead.pk}-{self.request.POST.get('key', '')}"[:80], by=self.person)
        return self.own_url


class LeadsSheet(ExhibitorPage):
    """The list as XLSX, as it is narrowed on the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = narrow_leads(self.own_leads(), request.GET.dict(), edition=self.edition)
        return file_answer(leads_sheet(found, self.edition), f"{self.edition.slug}-visitors.xlsx")
