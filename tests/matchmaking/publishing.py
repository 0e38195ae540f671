"""Timetables published for the tests: what is booked, what is not and why, who is told."""

from fairs.models import Delivery
from matchmaking.actions.meetings import request_meeting
from matchmaking.actions.timetable_publishing import book_timetable, bookings_of, publish_timetable
from tests.matchmaking.planning import part_of


def ask(side, registration, slot):
    return request_meeting(
        registration.edition, exhibitor=side.part, importer=part_of(registration), person=registration.person,
        starts_at=slot.starts_at, by=registration.person,
    )  # fmt: skip


def published(planned, desk):
    publish_timetable(planned, seen=planned.current.number, by=desk)
    book_timetable(planned.pk)
    planned.refresh_from_db()
    return planned


def reasons(planned):
    return {entry.item: entry.reason for entry in planned.entries.exclude(reason="")}


def planned_times(planned):
    return {one.item: one.slot.starts_at for one in bookings_of(planned)}


def letters():
    return Delivery.objects.filter(kind="matchmaking.agenda_planned")
