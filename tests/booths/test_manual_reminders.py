"""Letters about the tasks of the manual: each reminder once, none about what is done, one letter a day."""

from datetime import timedelta

import pytest

from booths.actions import manual_reminders
from booths.actions.manual import hand_in_file, tick_task
from booths.actions.manual_reminders import remind_of_tasks
from booths.manual import own_progress
from booths.models import ManualLetter, ManualTask, TaskReminder
from fairs import clock
from fairs.deliveries import compose
from fairs.models import Delivery
from tests import world
from tests.booths.manual import PDF, task

pytestmark = pytest.mark.django_db
LAST = world.NOON.replace(month=9, day=18)  # noon of the last day of `task`
KIND = "booths.manual_reminder"


def days(count):
    """Noon so many days before the last one."""
    return LAST - timedelta(days=count)


@pytest.mark.parametrize(
    ("before", "rung"), [(15, None), (14, 14), (8, 14), (7, 7), (1, 1), (0, 1), (-1, -1), (-7, -1), (-8, None)]
)
def test_the_latest_reminder_that_is_due(before, rung):
    one = ManualTask(due_on=LAST.date(), remind_days=[14, 7, 1])
    assert one.rung_on(LAST.date() - timedelta(days=before)) == rung


def test_each_reminder_is_written_once_and_stops_when_it_is_done(edition):
    application, one = world.application(edition), task(edition, remind_days=[14, 7])
    for before, written in ((15, 0), (14, 1), (14, 0), (10, 0), (5, 1), (3, 0), (-1, 1), (-2, 0)):
        with clock.at(days(before)):
            assert remind_of_tasks() == written
    assert list(TaskReminder.objects.order_by("pk").values_list("days_before", flat=True)) == [14, 7, -1]
    other = task(edition, remind_days=[3])
    with clock.at(days(3)):
        tick_task(application, task=other, by=application.contact)
        assert remind_of_tasks() == 0
    assert own_progress(application).of(one).state == "open"


def test_nothing_is_said_of_what_is_with_the_desk_nor_at_night_nor_to_others(edition):
    application, one = world.application(edition), task(edition, asks="file")
    world.application(edition, state="submitted")
    with clock.at(days(7).replace(hour=15)):  # 22:00 in Hanoi
        assert remind_of_tasks() == 0
    hand_in_file(application, task=one, data=PDF, by=application.contact)
    with clock.at(days(7)):
        assert remind_of_tasks() == 0


def test_one_letter_a_day_names_everything_in_the_reader_s_language(edition):
    application = world.application(edition, by=world.person(language="en"))
    task(edition), task(edition, title_en="Stand drawing", due_on=LAST.date() - timedelta(days=8))
    with clock.at(days(7)):
        assert remind_of_tasks() == 1
        task(edition, title_en="Freight")
        assert remind_of_tasks() == 0  # tomorrow
    with clock.at(days(6)):
        assert remind_of_tasks() == 1
    first, second = [compose(one).body for one in Delivery.objects.filter(kind=KIND).order_by("pk")]
    assert "House rules: until" in first
    assert "Stand drawing: late" in first
    assert "Freight" in second
    assert "House rules" not in second
    assert f"?company={application.company_id}" in first


def test_a_crash_writes_neither_the_letter_nor_the_reminder(edition, monkeypatch):
    world.application(edition), task(edition)

    def crash(*_args, **_more):
        raise RuntimeError

    with clock.at(days(7)):
        with monkeypatch.context() as broken:
            broken.setattr(manual_reminders, "owe", crash)
            with pytest.raises(RuntimeError):
                remind_of_tasks()
        assert not ManualLetter.objects.exists()
        assert remind_of_tasks() == 1


def test_of_two_heartbeats_one_writes(edition):
    application, one = world.application(edition), task(edition)
    with clock.at(days(7)):
        cell = own_progress(application).of(one)
        assert [manual_reminders.remind(application, [cell]) for _each in range(2)] == [True, False]
    assert Delivery.objects.filter(kind=KIND).count() == 1


def test_a_beat_writes_to_so_many_and_the_next_goes_on(edition, monkeypatch):
    monkeypatch.setattr(manual_reminders, "MOST_AT_ONCE", 2)
    task(edition)
    for _each in range(3):
        world.application(edition)
    with clock.at(days(7)):
        assert [remind_of_tasks() for _each in range(3)] == [2, 1, 0]
