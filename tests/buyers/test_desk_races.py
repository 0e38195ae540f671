"""One form of the desk sent twice at once, and a run of sheets that is stopped as it ends."""

import pytest

from buyers.actions import desk_badges
from buyers.actions.desk_badges import issue_by_name
from buyers.actions.printing import print_badges, stop_print
from buyers.models import Badge, PrintRun
from fairs import clock
from fairs.models import Person
from tests import world
from tests.buyers.test_races import ROUNDS, at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk():
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        return edition, world.officer(edition, "importer_desk")


def sent_twice(edition, officer, key):
    given = {"full_name": f"Anna {key}", "kind": "press", "by": officer, "key": key}
    return at_once(*(lambda: issue_by_name(edition, **given).pk for _time in range(2)))


def test_a_form_sent_twice_at_once_gives_one_badge_and_enters_one_person(desk):
    edition, officer = desk
    issue_by_name(edition, full_name="First", kind="press", by=officer)  # the key of the edition is made
    for number in range(ROUNDS):
        first, second = sent_twice(edition, officer, f"form-{number}")
        assert first == second
    assert Badge.objects.count() == Person.objects.filter(full_name__startswith="Anna").count() + 1 == ROUNDS + 1


def test_control_without_the_number_of_the_form_there_are_two(desk, monkeypatch):
    edition, officer = desk
    monkeypatch.setattr(desk_badges, "_once", lambda edition, key, give: give())
    given = {"full_name": "Anna", "kind": "press", "by": officer}
    told = at_once(*(lambda: issue_by_name(edition, **given).pk for _time in range(2)))
    assert len(set(told)) == 2


def test_a_run_that_is_stopped_as_it_ends_is_one_of_both(desk):
    edition, officer = desk
    badge = world.badge(edition, world.person())
    for _round in range(ROUNDS):
        run = PrintRun.objects.create(edition=edition, number=1, badges=[badge.pk], begun_by=officer)
        same = PrintRun.objects.select_related("edition").get(pk=run.pk)
        at_once(lambda pk=run.pk: print_badges(pk), lambda run=same: stop_print(run, by=officer).state)
        run.refresh_from_db()
        assert run.state in ("ready", "stopped")
        assert run.version == 1
