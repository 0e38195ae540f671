"""A timetable published through faults: gone on with after a crash, by the heartbeat, past one meeting's fault."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError

from fairs import clock
from fairs.models import Delivery, Entry
from matchmaking.actions import timetable_publishing
from matchmaking.actions.meetings import accept_meeting
from matchmaking.actions.timetable_moves import begin_repair
from matchmaking.actions.timetable_publishing import book_timetable, go_on_booking, publish_timetable
from matchmaking.models import Meeting, Occupancy, TimetablePlan
from matchmaking.timetable_words import why_not
from tests import world
from tests.matchmaking.planning import ahead, fair, item, proposed
from tests.matchmaking.publishing import ask, letters, published, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(world.NOON):
        yield


@pytest.fixture
def small():
    return fair()


@pytest.fixture
def desk(small):
    return world.officer(small[0], "matchmaking_desk")


@pytest.mark.parametrize("end", [SystemExit, OperationalError])
def test_what_broke_off_goes_on_and_books_nothing_twice(small, desk, monkeypatch, end):
    planned = proposed(small[0], by=desk)
    publish_timetable(planned, seen=1, by=desk)
    real, done = timetable_publishing._booked, []

    def dies(*args):
        if len(done) == 2:
            raise end("the power is gone, or the database away")
        done.append(1)
        return real(*args)

    monkeypatch.setattr(timetable_publishing, "_booked", dies)
    with pytest.raises(end):
        book_timetable(planned.pk)
    assert (Meeting.objects.count(), planned.entries.count(), letters().count()) == (2, 2, 0)
    monkeypatch.setattr(timetable_publishing, "_booked", real)
    book_timetable(planned.pk)
    assert (Meeting.objects.count(), planned.entries.count(), letters().count()) == (4, 4, 4)


def failing(monkeypatch, verb, bad, times):
    """A verb of booking that meets with a fault of ours at these meetings, so many times each."""
    real, left = getattr(timetable_publishing, verb), dict.fromkeys(bad, times)

    def works(signed, one, *more):
        if left.get(one.item):
            left[one.item] -= 1
            raise IntegrityError("a fault nobody thought of")
        return real(signed, one, *more)

    monkeypatch.setattr(timetable_publishing, verb, works)


def test_a_fault_of_ours_at_one_meeting_is_logged_and_stops_nobody_elses(small, desk, monkeypatch, caplog):
    edition, [one, _two], [buyer, _other] = small
    planned, bad = proposed(edition, by=desk), item(one, buyer)
    failing(monkeypatch, "_booked", [bad], times=9)
    published(planned, desk)
    assert reasons(planned) == {bad: "fault"}
    assert Meeting.objects.filter(state="accepted").count() == 3
    assert (planned.booked_at, letters().count()) == (world.NOON, 4)
    assert [record.facts for record in caplog.records] == [{"timetable": planned.pk, "item": bad}]
    assert why_not("fault") != why_not("another")


def test_what_was_in_the_way_for_a_moment_alone_is_booked(small, desk, monkeypatch, caplog):
    planned = proposed(small[0], by=desk)
    failing(monkeypatch, "_booked", list(planned.current.schedule), times=1)
    published(planned, desk)
    assert (reasons(planned), caplog.records) == ({}, [])
    assert Meeting.objects.filter(state="accepted").count() == 4


def test_the_heartbeat_has_it_go_on_once_it_is_quiet(small, desk, monkeypatch):
    planned, asked = proposed(small[0], by=desk), []
    publish_timetable(planned, seen=1, by=desk)
    monkeypatch.setattr(timetable_publishing, "_enqueue", asked.append)
    go_on_booking()
    assert asked == []
    with clock.at(world.NOON + timedelta(minutes=3)):
        go_on_booking()
        assert asked == [planned.pk]
        book_timetable(planned.pk)
        go_on_booking()
    assert asked == [planned.pk]


def test_published_again_it_goes_on(small, desk, monkeypatch, django_capture_on_commit_callbacks):
    planned, asked = proposed(small[0], by=desk), []
    monkeypatch.setattr(timetable_publishing, "_enqueue", asked.append)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            publish_timetable(planned, seen=1, by=desk)
    assert asked == [planned.pk, planned.pk]
    assert Entry.objects.filter(verb="matchmaking.timetable.publish").count() == 1


def swapped(small, desk):
    """Two agreed meetings of one importer, and a repair that has each at the time of the other."""
    edition, [one, two], [buyer, _other] = small
    early, late = ahead(edition, 5), ahead(edition, 6)
    first, second = (
        accept_meeting(ask(side, buyer, slot), by=side.person) for side, slot in ((one, early), (two, late))
    )
    healed = begin_repair(edition, by=desk)
    schedule = healed.current.schedule | {item(one, buyer): 6, item(two, buyer): 5}
    TimetablePlan.objects.filter(pk=healed.current.pk).update(
        schedule={name: slot for name, slot in schedule.items() if name in (item(one, buyer), item(two, buyer))}
    )
    healed.refresh_from_db()
    Delivery.objects.all().delete()
    return healed, first, second


def test_two_that_change_places_are_moved_together(small, desk):
    healed, first, second = swapped(small, desk)
    early, late = first.starts_at, second.starts_at
    published(healed, desk)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.starts_at, second.starts_at) == (late, early)
    assert reasons(healed) == {}
    assert letters().count() == 3
    assert Delivery.objects.count() == 3


def test_a_fault_while_two_change_places_leaves_both_where_they_were(small, desk, monkeypatch):
    healed, first, second = swapped(small, desk)
    before = [first.starts_at, second.starts_at]
    failing(monkeypatch, "_kept", list(healed.current.schedule), times=9)
    published(healed, desk)
    first.refresh_from_db(), second.refresh_from_db()
    assert [first.starts_at, second.starts_at] == before
    assert set(reasons(healed).values()) == {"fault"}
    assert Occupancy.objects.filter(meeting=first).exists()
    assert not Delivery.objects.exists()
