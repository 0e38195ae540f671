"""The demonstration's timetable: wishes become meetings, and each is closed when its time is over."""

from types import SimpleNamespace

import pytest

from fairs import clock
from fairs.demo.timeline import Timeline
from matchmaking.demo_timetable import BEGUN, PUBLISHED, plan_wishes
from matchmaking.models import Meeting, Timetable, Wish
from tests import world
from tests.matchmaking.planning import fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    edition, [one, _two], [buyer, _other] = fair()
    Wish.objects.create(registration=buyer, exhibitor=one.part, side="importer", kind="must")
    director = world.officer(edition, "director")
    timeline = Timeline(BEGUN.replace(day=23))
    return SimpleNamespace(edition=edition, officers={"director": director}, timeline=timeline)


def test_what_is_wished_for_is_planned_published_and_closed(demo):
    closed = []
    demo.timeline.at(BEGUN, lambda: plan_wishes(demo, closed.append))
    list(demo.timeline.live())
    planned = Timetable.objects.get()
    assert (planned.state, planned.published_at, planned.booked_at) == ("published", PUBLISHED, PUBLISHED)
    assert closed == [Meeting.objects.get(state="accepted").pk]


def test_without_wishes_there_is_no_timetable(demo):
    Wish.objects.all().delete()
    with clock.at(BEGUN):
        plan_wishes(demo, print)
    assert not Timetable.objects.exists()
