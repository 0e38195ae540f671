"""Asking for a meeting, the page of one meeting, and its buttons."""

from functools import cached_property
from itertools import groupby
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from fairs import clock
from fairs.errors import DomainError
from fairs.inputs import whole_number
from fairs.models import Participation
from fairs.views.acting import CompanyThing
from fairs.views.base import ActionForm
from matchmaking.actions import meetings
from matchmaking.actions.languages import needs_interpreter
from matchmaking.actions.meanwhile import meanwhile
from matchmaking.actions.slots import booths_of, rules_of
from matchmaking.forms import AbsentForm, AcceptForm, DeclineForm, SlotForm
from matchmaking.models import Meeting, Proposal
from matchmaking.views.base import PartyPage
from matchmaking.views.history import history_of
from matchmaking.views.seen import SeenMeeting, SeenProposal, letters_of, own_side, see_meetings, side_of


class Ask(PartyPage, ActionForm):
    """The free times of an exhibitor, and the form that asks for one of them."""

    template_name = "matchmaking/ask.html"
    current = "matchmaking:agenda"
    form_class = SlotForm
    acts_as = "importer"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            exhibitors = Participation.objects.filter(edition=self.edition, role="exhibitor", state="active")
            self.exhibitor = get_object_or_404(exhibitors.select_related("company"), pk=kwargs["participation"])
            self.importer = self._importer()
        return super().dispatch(request, *args, **kwargs)

    def _importer(self) -> Participation | None:
        """For whom the meeting is asked: one's own company, or at the meeting desk any."""
        wanted = whole_number(self.request.GET.get("importer", ""))
        if wanted is not None and self.request.user.roles_in(self.edition) & {"director", "matchmaking_desk"}:  # type: ignore[union-attr]
            self.shell = "desk"  # type: ignore[misc]
            parts = Participation.objects.filter(edition=self.edition, role="importer", state="active")
            return get_object_or_404(parts.select_related("company"), pk=wanted)
        return self.part_as("importer")

    def get_form_kwargs(self) -> dict[str, Any]:
        free = []
        if self.importer:
            person = self._who_comes(self.importer)
            free = meetings.free_slots(self.exhibitor, self.importer, person=person, minutes=self.minutes)
        return super().get_form_kwargs() | {"free": free}

    @cached_property
    def minutes(self) -> int | None:
        """The length that is asked for, if it is one that the rules name."""
        wanted = whole_number(self.request.GET.get("minutes", ""))
        return wanted if wanted in rules_of(self.edition).lengths else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(exhibitor=self.exhibitor, importer=self.importer, **kwargs)
        choices = zip(context["form"]["starts_at"], context["form"].times.values(), strict=True)
        by_day = groupby(choices, key=lambda choice: choice[1].starts_at.date())
        letters = letters_of(self.edition)
        return context | {
            "days": [{"date": day, "choices": [choice for choice, _slot in found]} for day, found in by_day],
            "place": booths_of(self.exhibitor),
            "groups": [(letters.get(one.pk, ""), one) for one in self.exhibitor.company.product_groups.all()],
            "known": self._known(),
            "lengths": self._lengths(),
        }

    def _lengths(self) -> list[dict[str, Any]]:
        """The lengths to choose from, where there are several."""
        rules = rules_of(self.edition)
        query = self.request.GET.copy()
        found = []
        for minutes in rules.lengths if len(rules.lengths) > 1 else []:
            query["minutes"] = str(minutes)
            current = minutes == (self.minutes or rules.slot_minutes)
            found.append({"minutes": minutes, "url": f"?{query.urlencode()}", "current": current})
        return found

    def _known(self) -> list[SeenMeeting]:
        between = Meeting.objects.filter(exhibitor=self.exhibitor, importer=self.importer).open()
        return [SeenMeeting(one, self.request.user) for one in between.with_sides()]

    def act(self, form: Any) -> str:
        if not self.importer:
            raise Http404
        meeting = meetings.request_meeting(
            self.edition,
            exhibitor=self.exhibitor,
            importer=self.importer,
            person=self._who_comes(self.importer),
            starts_at=form.cleaned_data["starts_at"],
            minutes=self.minutes,
            message=form.cleaned_data["message"],
            by=self.request.user,
        )
        return reverse("matchmaking:meeting", args=[self.edition.slug, meeting.pk])

    def _who_comes(self, importer: Participation) -> Any:
        if importer.company_id in self.request.user.company_ids:  # type: ignore[union-attr]
            return self.request.user
        return importer.company.people.order_by("memberships__pk").first() or self.request.user


class MeetingPage(CompanyThing):
    """Pages about one meeting, for its two sides and the meeting desk."""

    stands_under = "matchmaking:agenda"
    meeting: Meeting
    current = "matchmaking:agenda"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Meeting.objects.visible_to(request.user).filter(edition=self.edition).with_sides()
            self.meeting = get_object_or_404(visible.select_related("importer_person", "edition"), pk=kwargs["pk"])
            self.act_for(own_side(self.meeting, request.user))
            self.shell = side_of(self.meeting, request.user) or "desk"  # type: ignore[misc]
            if self.shell == "desk":
                self.current = "matchmaking:meetings_desk"
        return super().dispatch(request, *args, **kwargs)


class MeetingView(MeetingPage, TemplateView):
    """The meeting, what may be done with it, and its history."""

    template_name = "matchmaking/meeting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [seen] = see_meetings(self.edition, [self.meeting], self.request.user)
        return super().get_context_data(
            base=f"base/{self.shell}.html",
            side=seen.side,
            seen=seen,
            meeting=self.meeting,
            events=history_of(self.meeting),
            deals=self.meeting.deals.visible_to(self.request.user),
            absent_choices=Meeting.Side.choices,
            proposal=self._proposal(seen),
            meanwhile=meanwhile(self.meeting) if seen.side == self.meeting.alone else [],
            receivers=self.meeting.exhibitor.seats.filter(open=True) if seen.may_answer else [],
            seats=self.meeting.exhibitor.seats.filter(open=True) if seen.may_choose_receiver else [],
            people=self._colleagues(seen),
            needs_interpreter=seen.is_open and needs_interpreter(self.meeting),
            **kwargs,
        )

    def _proposal(self, seen: SeenMeeting) -> SeenProposal | None:
        """The other time that is asked about, if it can still be answered."""
        waiting = Proposal.objects.waiting(clock.now()).with_sides().filter(meeting=self.meeting)
        found = waiting.first() if seen.is_open else None
        return SeenProposal(found, self.request.user) if found else None

    def _colleagues(self, seen: SeenMeeting) -> Any:
        """Who else of the importer could come."""
        if not seen.may_choose_person:
            return []
        people = self.meeting.importer.company.people.filter(is_active=True)
        return people.exclude(pk=self.meeting.importer_person_id).order_by("memberships__pk")


class MeetingButton(MeetingPage, ActionForm):
    """A button of a meeting: one verb, then back to where it was pressed; a refusal stands on a page of its own."""

    http_method_names = ["post"]
    template_name = "matchmaking/meeting_refused.html"
    form_class: type[Form] = Form
    alone = False

    def do(self, given: dict[str, Any]) -> None:
        """Call the verb's action."""
        raise NotImplementedError(f"{type(self).__name__} says which action it calls")

    def act(self, form: Any) -> str:
        self.do(form.cleaned_data)
        if self.request.POST.get("back") == "agenda" and self.shell != "desk":
            day = self.meeting.starts_at.astimezone(self.edition.zone).date()
            return f"{reverse('matchmaking:agenda', args=[self.edition.slug])}?day={day.isoformat()}"
        return reverse("matchmaking:meeting", args=[self.edition.slug, self.meeting.pk])

    def show_refusal(self, form: Any, refusal: DomainError) -> None:
        """Without an interpreter it goes all the same, if they say so."""
        self.alone = refusal.code == "no_interpreter"
        super().show_refusal(form, refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            base=f"base/{self.shell}.html", meeting=self.meeting, alone=self.alone, **kwargs
        )


class AcceptMeeting(MeetingButton):
    """Yes to a request, by whoever receives; without an interpreter only when that is said."""

    form_class = AcceptForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"seats": self.meeting.exhibitor.seats.filter(open=True)}

    def do(self, given: dict[str, Any]) -> None:
        meetings.accept_meeting(
            self.meeting,
            receiver=given["receiver"],
            without_interpreter=given["without_interpreter"],
            by=self.request.user,
        )


class DeclineMeeting(MeetingButton):
    """No to a request, with a word."""

    form_class = DeclineForm

    def do(self, given: dict[str, Any]) -> None:
        meetings.decline_meeting(self.meeting, answer=given["answer"], by=self.request.user)


class CancelMeeting(MeetingButton):
    """Calls a meeting off."""

    def do(self, given: dict[str, Any]) -> None:
        meetings.cancel_meeting(self.meeting, by=self.request.user)


class MarkHeld(MeetingButton):
    """They met."""

    def do(self, given: dict[str, Any]) -> None:
        meetings.mark_held(self.meeting, by=self.request.user)


class MarkNoShow(MeetingButton):
    """Somebody did not come."""

    form_class = AbsentForm

    def do(self, given: dict[str, Any]) -> None:
        meetings.mark_no_show(self.meeting, absent=given["absent"], by=self.request.user)
