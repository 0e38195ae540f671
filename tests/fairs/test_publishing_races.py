"""Two officers who publish at the same moment make one version, for each must know what the other told."""

from threading import Barrier

import pytest
from django.db import IntegrityError

from fairs import clock, open_data
from fairs.actions import publishing
from fairs.models import Publication
from tests import world
from tests.buyers.test_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reporters():
    with clock.at(world.FIRST_MORNING):
        fair = world.edition()
        return fair, [world.officer(fair, "reports") for _number in range(2)]


def test_both_get_the_one_version(reporters):
    fair, people = reporters
    told = at_once(*(lambda by=by: publishing.publish(fair, by=by).number for by in people))
    assert told == [1, 1]
    assert Publication.objects.count() == 1


@pytest.mark.postgres
def test_without_the_lock_both_would_write_a_version_of_their_own(reporters, monkeypatch):
    """The control: both have looked before either writes, and only the constraint is left."""
    fair, people = reporters
    looked, draft = Barrier(2), open_data.draft

    def look(edition, earlier):
        found = draft(edition, earlier)
        looked.wait(timeout=20)
        return found

    monkeypatch.setattr(publishing, "_one_at_a_time", lambda edition: None)
    monkeypatch.setattr(open_data, "draft", look)

    def publish(by):
        try:
            return publishing.publish(fair, by=by).number
        except IntegrityError:
            return "lost"

    assert sorted(map(str, at_once(*(lambda by=by: publish(by) for by in people)))) == ["1", "lost"]
