"""The agenda of a company, and the calendar that follows it."""

from collections import Counter
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from fairs import clock
from fairs.downloads import file_answer
from fairs.views.base import ActionButton
from matchmaking.actions.calendar_links import open_agenda_link, revoke_agenda_link
from matchmaking.actions.meanwhile import meanwhile
from matchmaking.calendars import calendar_of
from matchmaking.models import AgendaLink, Meeting, Occupancy, Proposal, Seat
from matchmaking.views.base import PartyPage
from matchmaking.views.seen import SeenMeeting, SeenProposal, see_meetings

GONE = ("declined", "cancelled", "expired")


class Agenda(PartyPage, TemplateView):
    """The day's meetings in order, the next one framed, requests to answer on top."""

    template_name = "matchmaking/agenda.html"
    current = "matchmaking:agenda"

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#agenda' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = see_meetings(self.edition, self.own_meetings(), self.request.user)
        day = self._day(seen)
        coming = [one for one in seen if one.state == "accepted" and not one.over]
        return super().get_context_data(
            day=day,
            days=self._days(day),
            here=[one for one in seen if _date(self, one) == day and one.state not in GONE and not one.may_answer],
            gone=[one for one in seen if _date(self, one) == day and one.state in GONE],
            asked=self._asked(seen),
            proposed=self._proposed(),
            following=coming[0] if coming else None,
            meanwhile=next(
                (meanwhile(one.meeting) for one in coming if one.side and one.side == one.meeting.alone), []
            ),
            agreed=sum(one.state in ("accepted", "held") for one in seen),
            waiting=sum(one.state == "requested" for one in seen),
            link=AgendaLink.objects.filter(edition=self.edition, person_id=self.request.user.pk or 0).first(),
            now=clock.now(),
            begun=clock.today(self.edition) >= self.edition.opens_on,
            over=clock.today(self.edition) > self.edition.closes_on,
            **kwargs,
        )

    def _day(self, seen: list[SeenMeeting]) -> date:
        """The day asked for, else today, else the day of the next meeting, else the first."""
        dates = [day.date for day in self.edition.days.all()]
        ahead = [_date(self, one) for one in seen if one.state == "accepted" and not one.over]
        wanted = [self.request.GET.get("day", ""), clock.today(self.edition).isoformat(), *map(date.isoformat, ahead)]
        known = {day.isoformat(): day for day in dates}
        return next((known[day] for day in wanted if day in known), dates[0] if dates else self.edition.opens_on)

    def _days(self, shown: date) -> list[dict[str, Any]]:
        return [
            {"date": day.date, "url": f"?day={day.date.isoformat()}", "current": day.date == shown}
            for day in self.edition.days.all()
        ]

    def _asked(self, seen: list[SeenMeeting]) -> list[dict[str, Any]]:
        """Requests to answer, each with whether its time has been given away meanwhile."""
        waiting = [one for one in seen if one.may_answer]
        parts = {one.meeting.exhibitor_id for one in waiting}
        named = Seat.objects.filter(part__in=parts, open=True).order_by().values_list("part")
        seats = dict(named.annotate(Count("pk")))
        moments = {one.meeting.starts_at for one in waiting}
        held = Occupancy.objects.filter(participation__in=parts, starts_at__in=moments)
        taken = Counter(held.values_list("participation", "starts_at"))
        return [{"seen": one, "taken": taken[_of(one)] >= seats.get(one.meeting.exhibitor_id, 1)} for one in waiting]

    def _proposed(self) -> list[SeenProposal]:
        """Other times that wait for an answer, of either side."""
        own = Proposal.objects.waiting(clock.now()).filter(meeting__edition=self.edition)
        return [SeenProposal(one, self.request.user) for one in own.of_companies(self.acting.ids).with_sides()]


class AgendaPaper(PartyPage, TemplateView):
    """All days of one's agenda on one page: to print, and kept on the phone for when there is no network."""

    template_name = "matchmaking/agenda_paper.html"
    current = "matchmaking:agenda"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.own_meetings().filter(state__in=["requested", "accepted", "held"], walk_in=False)
        seen = see_meetings(self.edition, own.select_related("receiver", "interpreter"), self.request.user)
        standing = [one for one in seen if one.state != "expired"]
        days = [
            {"date": day, "meetings": list(found)} for day, found in groupby(standing, key=lambda one: _date(self, one))
        ]
        return super().get_context_data(days=days, now=clock.now(), **kwargs)


class OpenAgendaLink(PartyPage, ActionButton):
    """Makes the link that a calendar follows."""

    done = _("Here is your calendar link. Keep it to yourself: whoever has it can read your agenda.")

    def act(self) -> str:
        open_agenda_link(self.edition, by=self.request.user)
        return reverse("matchmaking:agenda", args=[self.edition.slug])


class RevokeAgendaLink(PartyPage, ActionButton):
    """Closes the link."""

    done = _("The calendar link is closed. Calendars that used it can no longer read it.")

    def act(self) -> str:
        link = get_object_or_404(AgendaLink, edition=self.edition, person=self.request.user)
        revoke_agenda_link(link, by=self.request.user)
        return reverse("matchmaking:agenda", args=[self.edition.slug])


class AgendaIcs(View):
    """The agenda for a calendar that has its unguessable address."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = get_object_or_404(
            AgendaLink.objects.select_related("person", "edition"), token=token, person__is_active=True
        )
        with translation.override(link.person.language):
            return file_answer(calendar_of(link.edition, _followed(link)), f"{link.edition.slug}.ics", inline=True)


class MeetingIcs(View):
    """One meeting for a calendar, by the signed address that its letters carry."""

    def get(self, request: HttpRequest, signed: str) -> HttpResponse:
        meeting = get_object_or_404(Meeting.objects.with_sides().select_related("edition"), pk=Meeting.unsign(signed))
        return file_answer(calendar_of(meeting.edition, [meeting]), f"meeting-{meeting.pk}.ics", inline=True)


def _of(one: SeenMeeting) -> tuple[int, datetime]:
    return one.meeting.exhibitor_id, one.meeting.starts_at


def _date(page: PartyPage, one: SeenMeeting) -> date:
    return one.meeting.starts_at.astimezone(page.edition.zone).date()


def _followed(link: AgendaLink) -> QuerySet[Meeting]:
    own = Meeting.objects.filter(edition=link.edition).of_companies(link.person.company_ids)
    return own.with_sides()
