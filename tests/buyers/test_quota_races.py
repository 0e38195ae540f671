"""Two officers giving the last place of a quota away at the same moment."""

from functools import partial

import pytest

from buyers.actions.grades import set_quota
from buyers.actions.registrations import approve_registration
from buyers.models import Quota, QuotaPlace, Registration
from fairs import clock
from tests import world
from tests.buyers.importers import importer
from tests.buyers.test_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 6


def last_place(edition, desk, *, rivals):
    """What becomes of so many who are approved at once, when one place is left."""
    with clock.at(world.FIRST_MORNING):
        waiting = [importer(edition) for _one in range(rivals)]
    rows = list(
        Registration.objects.select_related("edition", "company", "person").filter(pk__in=[one.pk for one in waiting])
    )
    return at_once(*(partial(approve_registration, one, grade="hosted", by=desk) for one in rows))


def test_the_last_place_goes_to_one():
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        desk = world.officer(edition, "importer_desk")
        for number in range(1, ROUNDS + 1):
            quota = set_quota(world.grade(edition, "hosted"), places=number, by=desk)
            told = last_place(edition, desk, rivals=2)
            assert sorted(getattr(one, "state", one) for one in told) == ["approved", "quota_full"]
            quota.refresh_from_db()
            assert (quota.taken, QuotaPlace.objects.count()) == (number, number)
    assert Registration.objects.filter(state="approved").count() == ROUNDS


@pytest.mark.postgres
def test_counting_before_giving_passes_the_quota(monkeypatch):
    """The control: whoever looks first and gives afterwards, holding nothing, gives more places than there are."""

    def careless(registration, grade):
        quota = Quota.objects.get(grade=grade)
        if quota.given.count() < quota.places:
            QuotaPlace.objects.create(quota=quota, registration=registration)

    def unheld(edition):
        return {grade.code: grade for grade in edition.grades.all()}

    monkeypatch.setattr("buyers.actions.registrations.hold_grades", unheld)
    monkeypatch.setattr("buyers.actions.registrations.take_places", careless)
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        desk = world.officer(edition, "importer_desk")
        set_quota(world.grade(edition, "hosted"), places=1, by=desk)
        for _round in range(40):
            QuotaPlace.objects.all().delete()
            last_place(edition, desk, rivals=4)
            if QuotaPlace.objects.count() > 1:
                return
    pytest.fail("forty rounds without a lock, and never a place too many")
