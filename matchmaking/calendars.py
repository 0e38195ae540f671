"""Meetings in the form that every calendar reads (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress

from fairs.models import Edition, Person
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
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", local(edition, "name"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(edition, meeting))
    return bytes(calendar.to_ical())


def invitation(meeting: Meeting, person: Person) -> tuple[bytes, str]:
    """A meeting for the calendar of somebody it is sent to, and its content type.

    Sent again it updates what is there, by the same UID and a higher SEQUENCE; called off it takes it out.
    """
    method = "REQUEST" if STATUS.get(Meeting.State(meeting.state)) else "CANCEL"
    calendar = _calendar(method)
    event = _event(meeting.edition, meeting)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    event.add("organizer", vCalAddress(f"mailto:{sender}"), parameters={"CN": local(meeting.edition, "name")})
    event.add(
        "attendee", vCalAddress(f"mailto:{person.email}"), parameters={"CN": person.full_name, "PARTSTAT": "ACCEPTED"}
    )
    calendar.add_component(event)
    return bytes(calendar.to_ical()), f"text/calendar; method={method}"


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Cho Phien//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


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
    return ", ".join([*filter(None, [meeting.where]), local(edition, "venue"), *filter(None, [edition.venue_address])])
