"""Inviting many from the importer desk: whom, how many, how far, and what became of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from buyers.actions.campaigns import begin_campaign, resume_campaign, stop_campaign
from buyers.audience import Reason, gather
from buyers.campaign_figures import by_country, by_group, step_options, totals
from buyers.invitation_forms import CampaignForm
from buyers.models import Campaign
from fairs.views.base import ActionButton, ActionForm, DeskPage

KINDS = {"sending": "info", "stopped": "wait", "sent": "ok"}
SHOWN = 40  # names of those left out, by reason


class InvitationsPage(DeskPage):
    """For the importer desk alone: names and addresses of earlier editions."""

    roles = frozenset({"importer_desk"})
    current = "buyers:importers_desk"

    @property
    def home(self) -> str:
        """The list of rounds."""
        return reverse("buyers:campaigns", args=[self.edition.slug])

    @cached_property
    def campaign(self) -> Campaign:
        """The one of the address."""
        visible = Campaign.objects.visible_to(self.person).filter(edition=self.edition)
        found: Campaign = get_object_or_404(
            visible.select_related("edition", "made_by").with_counts(), pk=self.kwargs["pk"]
        )
        return found

    def url_of(self, campaign: Campaign) -> str:
        """Where a round is watched."""
        return reverse("buyers:campaign", args=[self.edition.slug, campaign.pk])


class Campaigns(InvitationsPage, TemplateView):
    """Every round of the edition, and all invitations together by country and product group."""

    template_name = "buyers/campaigns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rounds = Campaign.objects.filter(edition=self.edition).with_counts().select_related("made_by")
        invitees = self.edition.invitees.all()
        return super().get_context_data(
            rounds=[(one, KINDS[one.state]) for one in rounds],
            figures=totals(invitees),
            countries=by_country(invitees),
            groups=by_group(invitees),
            **kwargs,
        )


class NewCampaign(InvitationsPage, ActionForm):
    """Whom to invite, first as a preview with numbers, then sent."""

    template_name = "buyers/new_campaign.html"
    form_class = CampaignForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition, "by": self.person}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Sent only by its own button, which stands below the preview."""
        if "send" in self.request.POST:
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        if form is not None and form.is_bound and form.names_somebody:
            audience = gather(self.edition, choice=form.choice, typed=form.typed, by=self.person)
            kwargs |= {"audience": audience, "shown": SHOWN, "faults": form.faults}
        return super().get_context_data(**kwargs)

    def act(self, form: Any) -> str:
        """Begin to send."""
        given = form.cleaned_data
        campaign = begin_campaign(
            self.edition,
            name=given["name"],
            note=given["note"],
            choice=form.choice,
            typed=form.typed,
            typed_groups=given["typed_groups"],
            expected=given["expected"],
            by=self.person,
        )
        messages.success(self.request, _("The invitations are being sent. You may leave this page; it goes on."))
        return self.url_of(campaign)


class CampaignView(InvitationsPage, TemplateView):
    """One round: how far it is, what became of it, and everybody in it."""

    template_name = "buyers/campaign.html"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if self.request.headers.get("HX-Request"):
            self.template_name = "buyers/campaign.html#campaign"
        return super().render_to_response(context, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, only = self.campaign, self.request.GET.get("only", "")
        rows = one.invitees.at(only).with_steps().select_related("person", "company").order_by("person__folded", "pk")
        return super().get_context_data(
            campaign=one,
            kind=KINDS[one.state],
            figures=totals(one.invitees.all()),
            left_out=_left_out(one),
            countries=by_country(one.invitees.all()),
            groups=by_group(one.invitees.all()),
            options=step_options(one.invitees.all(), only),
            page=Paginator(rows, 50).get_page(self.request.GET.get("page")),
            **kwargs,
        )


class StopCampaign(InvitationsPage, ActionButton):
    """No more letters of this round."""

    done = _("Stopped. Whoever was asked stays asked; go on with the others at any time.")

    def act(self) -> str:
        """Stop it."""
        return self.url_of(stop_campaign(self.campaign, by=self.person))


class ResumeCampaign(InvitationsPage, ActionButton):
    """The rest of the letters."""

    done = _("The invitations are being sent. You may leave this page; it goes on.")

    def act(self) -> str:
        """Go on with it."""
        return self.url_of(resume_campaign(self.campaign, by=self.person))


def _left_out(campaign: Campaign) -> list[tuple[str, int]]:
    return [(Reason(reason).sentence, number) for reason, number in campaign.left_out.items()]
