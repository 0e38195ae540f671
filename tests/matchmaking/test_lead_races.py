"""One visitor at one booth at one moment, one evening letter: the database decides; controls show that it has to."""

from contextlib import contextmanager

import pytest
from django.db import connection

from fairs import clock
from fairs.models import Delivery
from matchmaking.actions.booth_cards import leave_details, make_card
from matchmaking.actions.lead_digests import owe_digest
from matchmaking.actions.leads import scan_lead
from matchmaking.models import BoothCard, Lead, LeadDigest, LeadVisit
from tests import world
from tests.matchmaking.test_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 6
CONTROL_ROUNDS = 60


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


@contextmanager
def without(model, name):
    """The table without one of its constraints; afterwards it is empty, and has it again."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


def scanned_by_four(fair, badge, number):
    """Four colleagues, each with a phone, at one badge."""
    return at_once(
        *(
            lambda key=f"{number}-{phone}": scan_lead(fair.exhibitor, code=badge.short_code, key=key, by=fair.maker).pk
            for phone in range(4)
        )
    )


def test_a_visitor_scanned_by_several_at_once_is_one_lead_with_every_visit(fair):
    for number in range(1, ROUNDS + 1):
        told = scanned_by_four(fair, world.badge(fair.edition, world.person()), number)
        assert len(set(told)) == 1
        assert (Lead.objects.count(), LeadVisit.objects.count()) == (number, 4 * number)


@pytest.mark.postgres
def test_without_the_constraint_a_visitor_is_two_leads(fair):
    """The control: it proves that the test before can fail."""
    with without(Lead, "one_lead_a_visitor"):
        for number in range(CONTROL_ROUNDS):
            if len(set(scanned_by_four(fair, world.badge(fair.edition, world.person()), number))) > 1:
                return
    pytest.fail("sixty rounds without the constraint, and never a lead too many")


def test_one_scan_sent_at_once_from_several_windows_is_one_visit(fair):
    for number in range(1, ROUNDS + 1):
        badge = world.badge(fair.edition, world.person())
        told = at_once(
            *(
                lambda code=badge.short_code, key=f"k{number}": (
                    scan_lead(fair.exhibitor, code=code, key=key, by=fair.maker).pk
                )
                for _window in range(3)
            )
        )
        assert len(set(told)) == 1
        assert LeadVisit.objects.count() == number


def test_a_scan_and_a_tap_at_once_are_one_visitor_who_handed_over_their_details(fair):
    card = make_card(fair.exhibitor, by=fair.maker)
    badge = world.badge(fair.edition, fair.buyer, fair.importer.company)
    at_once(
        lambda: scan_lead(fair.exhibitor, code=badge.short_code, key="scan", by=fair.maker),
        lambda: leave_details(card, person=fair.buyer, language="en", key="tap"),
    )
    lead = Lead.objects.get()
    assert (lead.person, lead.means, lead.visits.count()) == (fair.buyer, "tap", 2)


def test_a_card_asked_for_by_several_at_once_is_one(fair):
    told = at_once(*(lambda: make_card(fair.exhibitor, by=fair.maker).pk for _colleague in range(4)))
    assert set(told) == {BoothCard.objects.get().pk}


def owed_by_four(fair, day):
    """Four heartbeats on one evening: which of them owed the letter."""
    return at_once(*(lambda: owe_digest(fair.exhibitor, day) for _beat in range(4)))


def test_of_several_heartbeats_at_once_one_owes_the_letter_of_the_day(fair):
    for number, day in enumerate(day.date for day in fair.edition.days.all()):
        assert sorted(owed_by_four(fair, day)) == [False, False, False, True]
        assert (LeadDigest.objects.count(), Delivery.objects.count()) == (number + 1, number + 1)


@pytest.mark.postgres
def test_without_the_constraint_every_heartbeat_owes_it(fair):
    """The control: it proves that the test before can fail."""
    with without(LeadDigest, "one_lead_digest_a_day"):
        assert owed_by_four(fair, world.OPENS) == [True] * 4
        assert Delivery.objects.count() == 4
