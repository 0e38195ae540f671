"""Two who begin, two who book, a crash between two meetings: the database decides, and controls show that it has to."""

import pytest
from django.db import connection

from fairs import clock
from fairs.models import Delivery
from matchmaking.actions import timetable_publishing
from matchmaking.actions.timetable_publishing import book_timetable, publish_timetable
from matchmaking.actions.timetables import begin_timetable, drop_timetable
from matchmaking.models import Meeting, Occupancy, Timetable, TimetableEntry
from tests import world
from tests.matchmaking.planning import fair, proposed
from tests.matchmaking.test_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 4
ONE_OPEN = ("one_open_timetable", "one_timetable_a_number")
THERE = world.FIRST_MORNING


@pytest.fixture
def small():
    with clock.at(THERE):
        yield fair(importers=3, exhibitors=3)


@pytest.fixture
def desk(small):
    return world.officer(small[0], "matchmaking_desk")


@pytest.fixture
def without_constraints():
    """Nothing that lets only one be open."""
    known = {one.name: one for one in Timetable._meta.constraints}
    with connection.schema_editor() as editor:
        for name in ONE_OPEN:
            editor.remove_constraint(Timetable, known[name])
    yield
    Timetable.objects.all().delete()
    with connection.schema_editor() as editor:
        for name in ONE_OPEN:
            editor.add_constraint(Timetable, known[name])


def begun_at_once(edition, desk):
    deeds = [lambda: begin_timetable(edition, seconds=2, by=desk).state] * 4
    return sorted(map(str, at_once(*deeds)))


def published(edition, desk):
    planned = proposed(edition, by=desk)
    return publish_timetable(planned, seen=1, by=desk)


def dying_after(done, monkeypatch, how):
    """Booking that breaks off at the third meeting, once."""
    real = how._booked

    def booked(*args):
        made = real(*args)
        if len(done) == 2:
            done.append("died")
            raise SystemExit
        done.append("booked")
        return made

    monkeypatch.setattr(how, "_booked", booked)


def test_of_several_begun_at_once_one_is_open(small, desk):
    for _turn in range(ROUNDS):
        assert begun_at_once(small[0], desk) == ["running"] + ["timetable_open"] * 3
        drop_timetable(Timetable.objects.get(state="running"), by=desk)


@pytest.mark.postgres
def test_control_without_the_constraints_several_are_open(small, desk, without_constraints):
    assert begun_at_once(small[0], desk) == ["running"] * 4


def test_two_who_book_at_once_book_nothing_twice_and_write_once(small, desk):
    planned = published(small[0], desk)
    at_once(*[lambda: book_timetable(planned.pk)] * 3)
    assert Meeting.objects.filter(state="accepted").count() == 9
    assert Occupancy.objects.filter(kind="meeting").count() == 9 * 2 * 6
    assert TimetableEntry.objects.exclude(meeting=None).count() == 9
    assert Delivery.objects.filter(kind="matchmaking.agenda_planned").count() == 6


def test_a_crash_between_two_meetings_loses_nothing(small, desk, monkeypatch):
    planned, done = published(small[0], desk), []
    dying_after(done, monkeypatch, timetable_publishing)
    with pytest.raises(SystemExit):
        book_timetable(planned.pk)
    assert (Meeting.objects.count(), TimetableEntry.objects.count(), Delivery.objects.count()) == (2, 2, 0)
    book_timetable(planned.pk)
    assert Meeting.objects.filter(state="accepted").count() == 9
    assert TimetableEntry.objects.filter(changed=True).count() == 9
    assert Delivery.objects.filter(kind="matchmaking.agenda_planned").count() == 6


def naive_book(signed, one, comes):
    """Booking as one would write it without one transaction: note that it is done, then do it."""
    entry, new = TimetableEntry.objects.get_or_create(timetable=signed, item=one.item)
    if new:
        entry.meeting, entry.changed = timetable_publishing._booked(signed, one, comes)
        entry.save()


def test_control_without_the_transaction_the_meeting_is_lost(small, desk, monkeypatch):
    planned, done = published(small[0], desk), []
    dying_after(done, monkeypatch, timetable_publishing)
    monkeypatch.setattr(timetable_publishing, "book", naive_book)
    with pytest.raises(SystemExit):
        book_timetable(planned.pk)
    book_timetable(planned.pk)
    assert TimetableEntry.objects.count() == 9
    assert TimetableEntry.objects.filter(meeting=None).count() == 1
