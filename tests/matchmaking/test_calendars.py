"""What a calendar reads."""

from datetime import UTC, timedelta

import pytest
from icalendar import Calendar

from fairs import clock
from fairs.deliveries import compose
from fairs.models import Delivery
from matchmaking.actions.changes import move_meeting
from matchmaking.actions.meetings import accept_meeting, cancel_meeting, request_meeting, slots
from matchmaking.calendars import calendar_of
from matchmaking.models import Meeting
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.two_sides()


def ask(fair, number=0, message="Line one;\nline, two\\"):
    return request_meeting(
        fair.edition,
        exhibitor=fair.exhibitor,
        importer=fair.importer,
        person=fair.buyer,
        starts_at=slots(fair.edition)[number].starts_at,
        message=message,
        by=fair.buyer,
    )


def events(fair):
    read = Calendar.from_ical(calendar_of(fair.edition, Meeting.objects.with_sides()))
    return read, read.walk("VEVENT")


def test_a_meeting_keeps_its_uid_and_counts_its_changes(fair):
    meeting = ask(fair)
    [asked] = events(fair)[1]
    accept_meeting(meeting, by=fair.maker)
    [agreed] = events(fair)[1]
    cancel_meeting(meeting, by=fair.maker)
    [off] = events(fair)[1]
    assert asked["UID"] == agreed["UID"] == off["UID"]
    assert [one["SEQUENCE"] for one in (asked, agreed, off)] == [0, 1, 2]
    assert [one["STATUS"] for one in (asked, agreed, off)] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]


def test_times_are_in_utc_and_text_survives(fair):
    world.booths_of(fair.exhibitor, "A01")
    meeting = ask(fair)
    calendar, [event] = events(fair)
    assert calendar["VERSION"] == "2.0"
    assert calendar["METHOD"] == "PUBLISH"
    assert event["DTSTART"].dt == meeting.starts_at.astimezone(UTC)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)
    assert event["DESCRIPTION"] == "Line one;\nline, two\\"
    assert "A01" in event["LOCATION"]


def test_lines_end_and_fold_as_the_standard_says(fair):
    ask(fair, message="Bát sơn mài khảm vỏ trứng, " * 20)
    raw = calendar_of(fair.edition, Meeting.objects.with_sides())
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0


def invited(kind, to):
    """The invitation that goes with the last letter of a kind, and its event."""
    letter = compose(Delivery.objects.filter(kind=f"matchmaking.{kind}", to=to).latest("pk"))
    [(_name, content, content_type)] = letter.attachments
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert content_type == f"text/calendar; method={calendar['METHOD']}"
    return calendar, event


def test_an_invitation_is_sent_updated_and_taken_back(fair):
    meeting = accept_meeting(ask(fair), by=fair.maker)
    first = invited("meeting_accepted", fair.buyer)
    later = slots(fair.edition)[4].starts_at
    move_meeting(meeting, starts_at=later, by=world.officer(fair.edition, "matchmaking_desk"))
    moved = invited("meeting_changed", fair.maker)
    cancel_meeting(meeting, by=fair.buyer)
    off = invited("meeting_cancelled", fair.buyer)
    assert [calendar["METHOD"] for calendar, _event in (first, moved, off)] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({event["UID"] for _calendar, event in (first, moved, off)}) == 1
    assert [event["SEQUENCE"] for _calendar, event in (first, moved, off)] == [1, 2, 3]
    assert moved[1]["DTSTART"].dt == later.astimezone(UTC)
    assert off[1]["STATUS"] == "CANCELLED"
    assert fair.buyer.email in off[1]["ATTENDEE"]


def test_a_request_that_was_never_agreed_takes_nothing_out_of_a_calendar(fair):
    cancel_meeting(ask(fair), by=fair.buyer)
    assert compose(Delivery.objects.get(kind="matchmaking.meeting_cancelled", to=fair.buyer)).attachments == []
