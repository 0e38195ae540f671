"""Two heartbeats over one waiting list, a yes against the end of the hours; the controls show that this can fail."""

import time
from datetime import timedelta

import pytest
from django.db import connection

from booths.actions import endings, offers
from booths.actions.offers import make_offers, take_offer
from booths.actions.reservations import hold_booths
from booths.models import Application, Booth, Offer, Reservation
from fairs import clock
from fairs.models import Notice
from tests import world
from tests.booths.test_races import fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 12


@pytest.fixture
def editions():
    """An edition for each round: one free booth, and three who wait for it."""
    made = [world.edition() for _round in range(ROUNDS)]
    for edition in made:
        world.floor(edition, 1)
        for _place in range(3):
            world.application(edition, state="waitlisted", booths=1)
    Application.objects.update(submitted_at=world.NOON - timedelta(days=1))
    return made


def live_offers(edition):
    """How many hold the edition's one booth."""
    return Reservation.objects.live(world.NOON).filter(edition=edition).count()


def test_eight_heartbeats_offer_one_freed_booth_once(editions):
    fight(ROUNDS, lambda _number, turn: len(make_offers(editions[turn])))
    for edition in editions:
        offer = Offer.objects.get(application__edition=edition)
        assert offer.application == edition.applications.order_by("pk").first()
        assert (offer.state, live_offers(edition)) == ("open", 1)


@pytest.mark.postgres
def test_the_control_offers_one_booth_twice(editions, monkeypatch):
    """The same heartbeats without the constraints and the locks."""
    whole = Application.objects.select_related("edition__sale_terms", "company", "contact")
    monkeypatch.setattr(offers, "locked", lambda application: whole.get(pk=application.pk))
    monkeypatch.setattr(offers, "locked_booths", list)
    with connection.schema_editor() as editor:
        for model, name in ((Reservation, "one_live_reservation_a_booth"), (Offer, "one_open_offer")):
            editor.remove_constraint(model, _constraint(model, name))
    try:
        fight(ROUNDS, lambda _number, turn: len(make_offers(editions[turn])))
        assert any(live_offers(edition) > 1 for edition in editions)
    finally:
        Reservation.objects.all().delete()
        Offer.objects.all().delete()
        with connection.schema_editor() as editor:
            for model, name in ((Reservation, "one_live_reservation_a_booth"), (Offer, "one_open_offer")):
                editor.add_constraint(model, _constraint(model, name))


def test_a_freed_booth_is_held_or_offered_never_both(editions):
    """Accepted exhibitors at the plan against the heartbeat."""
    holders = [world.application(edition, booths=1) for edition in editions]
    booths = {booth.edition_id: booth for booth in Booth.objects.all()}

    def deed(number, turn):
        edition = editions[turn]
        if number % 2:
            return make_offers(edition)
        return hold_booths(holders[turn], booths=[booths[edition.pk]], by=holders[turn].contact)

    fight(ROUNDS, deed)
    assert [live_offers(edition) for edition in editions] == [1] * ROUNDS


@pytest.fixture
def offered(editions):
    """An open offer for each round, with somebody who may take it."""
    with clock.at(world.NOON):
        made = [make_offers(edition)[0] for edition in editions]
    for offer in made:
        assert offer.application.contact.company_ids
    return made


def answer_and_end(offered):
    """Half the threads say yes in the last second, the other half find the hours over."""
    last_second = world.NOON + timedelta(hours=48)

    def deed(number, turn):
        with clock.at(last_second + timedelta(seconds=number % 2 * 2 - 1)):
            if number % 2:
                return offers.end_offers(offered[turn].application.edition)
            return take_offer(offered[turn], by=offered[turn].application.contact)

    return fight(ROUNDS, deed)


def outcome(offer):
    """What became of an offer, its booth, its application, and how often it was charged."""
    offer.refresh_from_db()
    return (
        offer.state,
        offer.reservations.get().state,
        Application.objects.get(pk=offer.application_id).state,
        Notice.objects.filter(company=offer.application.company_id).count(),
    )


def test_a_yes_while_the_hours_end_has_one_outcome(offered):
    answers = answer_and_end(offered)
    taken, ran_out = ("taken", "reserved", "accepted", 1), ("expired", "lapsed", "waitlisted", 0)
    for offer, said in zip(offered, answers, strict=True):
        found = outcome(offer)
        assert found in (taken, ran_out)
        yes = said[::2]
        assert all(isinstance(one, Notice) for one in yes) if found == taken else set(yes) == {"offer_ran_out"}


@pytest.mark.postgres
def test_the_control_takes_what_has_run_out(offered, monkeypatch):
    """The same without the lock on the offer and the comparison in its table, and a moment between look and write."""
    whole = Offer.objects.select_related("application__edition", "application__contact")
    monkeypatch.setattr(offers, "locked_offer", lambda offer: whole.get(pk=offer.pk))
    monkeypatch.setattr(endings, "_locked", lambda found: list(found.select_related("application__contact")))
    everything = tuple(Offer.State.values)
    anywhere = {verb: move._replace(sources=everything) for verb, move in Offer.TRANSITIONS.items()}
    monkeypatch.setattr(Offer, "TRANSITIONS", anywhere)
    monkeypatch.setattr(offers, "expire", lambda offer: (time.sleep(0.03), endings.expire(offer)))
    answer_and_end(offered)
    known = {("taken", "reserved", "accepted", 1), ("expired", "lapsed", "waitlisted", 0)}
    assert any(outcome(offer) not in known for offer in offered)


def _constraint(model, name):
    return next(one for one in model._meta.constraints if one.name == name)
