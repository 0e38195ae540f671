"""One yes sent at once from several windows: it is given once, and nobody sees a fault."""

from contextlib import suppress

import pytest

from fairs.actions.consents import give_consent
from fairs.models import Consent, Entry
from tests import world
from tests.matchmaking.test_lead_races import without
from tests.matchmaking.test_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS, CONTROL_ROUNDS = 6, 60


def given_by_four(edition, person):
    return at_once(
        *(
            lambda: give_consent(person, edition=edition, purpose="news", language="en", by=person).pk
            for _window in range(4)
        )
    )


def test_it_is_one_consent_with_one_entry(db):
    edition = world.edition()
    for number in range(1, ROUNDS + 1):
        assert len(set(given_by_four(edition, world.person()))) == 1
        assert (Consent.objects.count(), Entry.objects.filter(verb="fairs.consent.give").count()) == (number, number)


@pytest.mark.postgres
def test_without_the_constraint_it_is_given_several_times(db):
    """The control: it proves that the test before can fail."""
    edition = world.edition()
    with without(Consent, "one_live_consent_a_purpose"):
        for number in range(1, CONTROL_ROUNDS + 1):
            with suppress(Consent.MultipleObjectsReturned):
                given_by_four(edition, world.person())
            if Consent.objects.count() > number:
                return
    pytest.fail("sixty rounds without the constraint, and never a consent too many")
