"""The desk and the importer reaching for the last place beside an importer."""

import pytest
from django.db import IntegrityError

from buyers.actions.companions import add_companion
from buyers.models import Companion
from fairs import clock
from tests import world
from tests.buyers.importers import importer
from tests.buyers.test_races import ROUNDS, at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def naming(registration, name, told=str):
    def name_one():
        try:
            return told(add_companion(registration, full_name=name, kind="companion", by=registration.person).place)
        except IntegrityError:
            return "collision"

    return name_one


def test_the_last_place_goes_to_one():
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        one = importer(edition)
        for number in range(ROUNDS):
            Companion.objects.all().delete()
            add_companion(one, full_name="A A", kind="companion", by=one.person)
            told = at_once(naming(one, f"B {number}"), naming(one, f"C {number}"))
            assert sorted(told) == ["2", "no_place_left"]


@pytest.mark.postgres
def test_without_the_queue_two_reach_for_one_place(monkeypatch):
    """The control: it proves that the first test can fail; then the constraint is all that holds the limit."""
    monkeypatch.setattr("buyers.actions.companions._in_line", lambda registration: registration)
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        one = importer(edition)
        for number in range(60):
            Companion.objects.all().delete()
            told = at_once(*(naming(one, f"B {number} {nth}") for nth in range(4)))
            assert Companion.objects.count() <= 2
            if "collision" in told:
                return
    pytest.fail("sixty rounds without a lock, and never two at one place")
