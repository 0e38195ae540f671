"""Another time for a meeting, and another person: proposed by a side, or set by the desk."""

from itertools import groupby
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fairs.inputs import whole_number
from fairs.permissions import may
from fairs.views.base import ActionForm
from matchmaking.actions.changes import move_meeting, substitute
from matchmaking.actions.proposals import accept_proposal, decline_proposal, propose_time
from matchmaking.actions.slots import free_slots, rules_of
from matchmaking.forms import OtherTimeForm, WhoForm
from matchmaking.models import Meeting, Place, Proposal
from matchmaking.views.meetings import MeetingButton, MeetingPage


class OtherTime(MeetingPage, ActionForm):
    """The times that are free for both: a side proposes one, the desk moves the meeting there."""

    template_name = "matchmaking/other_time.html"
    form_class = OtherTimeForm

    @property
    def moves(self) -> bool:
        """Whether the time is set at once, by the desk."""
        return self.shell == "desk"

    def get_form_kwargs(self) -> dict[str, Any]:
        self.check_open()
        minutes = whole_number(self.request.GET.get("minutes", ""))
        self.minutes = minutes if minutes in rules_of(self.edition).lengths else None
        place = self.request.POST.get("place", "") if self.moves else ""
        free = free_slots(
            self.meeting.exhibitor, self.meeting.importer, person=self.meeting.importer_person, minutes=self.minutes,
            place=place, besides=self.meeting,
        )  # fmt: skip
        return super().get_form_kwargs() | {"free": free, "moves": self.moves}

    def check_open(self) -> None:
        """There is no such page for a meeting that is over, and none at the desk for one that is not agreed."""
        verb, states = ("move", ["accepted"]) if self.moves else ("propose", ["requested", "accepted"])
        if self.meeting.state not in states or not may(self.person, f"matchmaking.{verb}", self.meeting):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(base=f"base/{self.shell}.html", meeting=self.meeting, **kwargs)
        form = context["form"]
        choices = zip(form["starts_at"], form.times.values(), strict=True)
        days = [
            {"date": day, "choices": [choice for choice, _slot in found]}
            for day, found in groupby(choices, key=lambda choice: choice[1].starts_at.date())
        ]
        return context | {"days": days, "moves": self.moves, "places": Place.choices}

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        starts_at, by = given["starts_at"], self.request.user
        if self.moves:
            place, alone = given.get("place", ""), given.get("without_interpreter", False)
            move_meeting(
                self.meeting, starts_at=starts_at, minutes=self.minutes, place=place, without_interpreter=alone, by=by
            )
        else:
            propose_time(self.meeting, starts_at=starts_at, minutes=self.minutes, note=given["note"], by=by)
        return reverse("matchmaking:meeting", args=[self.edition.slug, self.meeting.pk])


class ProposalButton(MeetingButton):
    """Yes or no to the other time that is asked about."""

    def open_proposal(self) -> Proposal:
        """The one; without any there is nothing to answer."""
        found: Proposal = get_object_or_404(Proposal.objects.with_sides(), meeting=self.meeting, state="open")
        return found


class AcceptProposal(ProposalButton):
    """The other time it is."""

    def do(self, given: dict[str, Any]) -> None:
        alone = self.request.POST.get("without_interpreter") == "1"
        accept_proposal(self.open_proposal(), without_interpreter=alone, by=self.request.user)


class DeclineProposal(ProposalButton):
    """The other time does not suit."""

    def do(self, given: dict[str, Any]) -> None:
        decline_proposal(self.open_proposal(), by=self.request.user)


class Substitute(MeetingButton):
    """Somebody else comes: of the exhibitor's seats, or of the importer's people."""

    form_class = WhoForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"seats": seats_to_choose(self.meeting), "people": people(self.meeting)}

    def do(self, given: dict[str, Any]) -> None:
        substitute(self.meeting, receiver=given["receiver"], person=given["person"], by=self.request.user)


def seats_to_choose(meeting: Meeting) -> Any:
    """Who of the exhibitor receives."""
    return meeting.exhibitor.seats.filter(open=True)


def people(meeting: Meeting) -> Any:
    """Who of the importer may come."""
    return meeting.importer.company.people.filter(is_active=True).order_by("memberships__pk")
