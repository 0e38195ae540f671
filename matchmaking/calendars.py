"""Meetings in the form that every calendar reads (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from fairs.models import Edition
from fairs.templatetags.fair import local
from matchmaking.models import Meeting

STATUS = {
    Meeting.State.REQUESTED: "TENTATIVE",
    Meeting.State.ACCEPTED: "CONFIRMED",
    Meeting.State.HELD: "CONFIRMED",
    Meeting.State.NO_SHOW: "CONFIRMED",
}  # every other state is over: CANCELLED tells the calendar to drop it
REFRESH = timedelta(minutes=30)


def calendar_of(edition: Edition, meetings: Iterable[Meeting]) -> bytes:
    """A calendar of an edition's meetings, in the language of the moment; times are in UTC, so no zone is needed.

    A meeting keeps its UID for ever, and each change of state raises its SEQUENCE.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Cho Phien//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", local(edition, "name"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(edition, meeting))
    return bytes(calendar.to_ical())


def _event(edition: Edition, meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.version)
    event.add("dtstamp", meeting.state_changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("status", STATUS.get(Meeting.State(meeting.state), "CANCELLED"))
    event.add("summary", f"{local(meeting.exhibitor.company, 'name')} × {local(meeting.importer.company, 'name')}")
    event.add("location", _where(edition, meeting))
    if meeting.message:
        event.add("description", meeting.message)
    event.add("url", settings.SITE_URL + reverse("matchmaking:meeting", args=[edition.slug, meeting.pk]))
    return event


def _where(edition: Edition, meeting: Meeting) -> str:
    booth = [_("Booth %(place)s") % {"place": meeting.place}] if meeting.place else []
    return ", ".join([*booth, local(edition, "venue"), *filter(None, [edition.venue_address])])
