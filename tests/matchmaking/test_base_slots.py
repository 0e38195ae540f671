"""What was agreed before there were base slots keeps its time, in as many of them as it takes."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from fairs import clock
from matchmaking import migrations
from matchmaking.actions.meetings import accept_meeting
from matchmaking.models import Meeting, Occupancy
from tests import world
from tests.matchmaking.asking import asked

pytestmark = pytest.mark.django_db


def step():
    """The migration, whatever its number."""
    [file] = Path(str(migrations.__file__)).parent.glob("*_base_slots.py")
    return import_module(f"matchmaking.migrations.{file.stem}")


def test_old_rows_are_cut_into_base_slots_and_joined_again():
    with clock.at(world.NOON):
        fair = world.two_sides()
        meeting = accept_meeting(asked(fair), by=fair.maker)
        waiting = asked(fair, 3)
    Occupancy.objects.all().delete()
    for part in (fair.exhibitor, fair.importer):
        Occupancy.objects.create(meeting=meeting, participation=part, starts_at=meeting.starts_at)
    step().cut(apps, None)
    taken = Occupancy.objects.filter(participation=fair.importer).values_list("starts_at", flat=True)
    assert sorted(taken) == [meeting.starts_at + timedelta(minutes=5 * n) for n in range(6)]
    assert Meeting.objects.get(pk=waiting.pk).expires_at == waiting.starts_at
    step().join(apps, None)
    assert sorted(Occupancy.objects.values_list("starts_at", flat=True)) == [meeting.starts_at] * 2
