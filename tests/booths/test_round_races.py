"""Officers at one round, a signature against who chooses for himself: one wins, all or nothing; with controls."""

import time

import pytest
from django.db import connection
from django.db.models import QuerySet

from booths.actions import reservations, round_publishing
from booths.actions.reservations import hold_booths
from booths.actions.round_moves import move_applicant
from booths.actions.round_publishing import publish_round
from booths.actions.rounds import begin_round
from booths.models import Application, Booth, Offer, Proposal, Reservation, Round
from fairs import clock
from fairs.models import Delivery, Entry
from tests import world
from tests.booths.rounds import asking, plan, proposed, unit
from tests.booths.test_offer_races import _constraint
from tests.booths.test_races import THREADS, fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 6
PLACES = 3
CONSTRAINTS = ((Reservation, "one_live_reservation_a_booth"), (Offer, "one_open_offer"))


@pytest.fixture
def desk():
    """Somebody who decides in every edition, and knows it."""
    return world.person("Nguyễn Thu Hà")


@pytest.fixture
def editions(desk):
    """An edition for each turn, with a booth more than are asked for."""
    made = [world.edition() for _round in range(ROUNDS)]
    for edition in made:
        world.floor(edition, PLACES + 1)
        edition.officers.create(person=desk, role="booth_desk")
    for edition in made:
        for minutes in range(PLACES):
            asking(edition, minutes=minutes)
        assert desk.roles_in(edition)
    return made


@pytest.fixture
def worked(editions, desk):
    """A proposed round of each."""
    with clock.at(world.NOON):
        return [proposed(edition, by=desk) for edition in editions]


@pytest.fixture
def without_locks(monkeypatch):
    """Nothing that decides between rivals: no constraint, no lock, no comparison of states."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr(Round, "follow", lambda *_args, **_fields: None)
    for module, name in ((round_publishing, "_whys"), (reservations, "_check")):  # between looking and writing
        monkeypatch.setattr(module, name, _late(getattr(module, name)))
    with connection.schema_editor() as editor:
        for model, name in CONSTRAINTS:
            editor.remove_constraint(model, _constraint(model, name))
    yield
    Reservation.objects.all().delete()
    Offer.objects.all().delete()
    with connection.schema_editor() as editor:
        for model, name in CONSTRAINTS:
            editor.add_constraint(model, _constraint(model, name))


def _late(deed):
    def after_a_moment(*args, **kwargs):
        time.sleep(0.05)
        return deed(*args, **kwargs)

    return after_a_moment


def fresh(worked):
    return Round.objects.select_related("edition").get(pk=worked.pk)


def live(edition):
    """How many live reservations there are of each of the edition's booths that has any."""
    rows = Reservation.objects.live(world.NOON).filter(edition=edition).values_list("booth__code", flat=True)
    return {code: list(rows).count(code) for code in rows}


def test_of_eight_officers_one_begins_a_round(editions, desk):
    for answers in fight(ROUNDS, lambda _number, turn: begin_round(editions[turn], seconds=2, by=desk).number):
        assert sorted(answers, key=str) == [1] + ["round_open"] * (THREADS - 1)
    assert Round.objects.count() == ROUNDS


def test_of_eight_officers_one_moves_somebody(worked, desk):
    free = [sorted({f"A{n:02d}" for n in range(1, PLACES + 2)} - {c for [c] in plan(one).values()}) for one in worked]
    whos = [sorted(plan(one)) for one in worked]

    def deed(number: int, turn: int) -> object:
        who = whos[turn][number % PLACES]
        return move_applicant(fresh(worked[turn]), who=who, booth=free[turn][0], seen=1, by=desk).number

    for answers in fight(ROUNDS, deed):
        assert sorted(answers, key=str) == [2] + ["changed_meanwhile"] * (THREADS - 1)
    assert Proposal.objects.count() == 2 * ROUNDS


def test_of_eight_officers_one_signs_and_nothing_is_doubled(worked, desk):
    for answers in fight(ROUNDS, lambda _number, turn: len(publish_round(fresh(worked[turn]), seen=1, by=desk))):
        assert sorted(answers, key=str) == [PLACES] + ["state_conflict"] * (THREADS - 1)
    assert (Offer.objects.count(), Delivery.objects.count()) == (ROUNDS * PLACES, ROUNDS * PLACES)
    assert Entry.objects.filter(verb="booths.round.publish").count() == ROUNDS
    for one in worked:
        assert live(one.edition) == {code: 1 for [code] in plan(one).values()}


@pytest.mark.postgres
def test_the_control_signs_twice(worked, desk, without_locks):
    fight(ROUNDS, lambda _number, turn: len(publish_round(fresh(worked[turn]), seen=1, by=desk)))
    assert Offer.objects.count() > ROUNDS * PLACES


@pytest.fixture
def late(worked):
    """Somebody for each turn who was accepted after the round had begun, and one of its booths that he would like."""
    found = []
    for one in worked:
        application = world.application(one.edition, booths=1)
        assert application.contact.company_ids
        [code] = min(plan(one).values())
        found.append((application, Booth.objects.get(edition=one.edition, code=code)))
    return found


def signed_and_held(worked, late, desk):
    """One thread signs while another one holds; what each answered, by turn."""

    def deed(number: int, turn: int) -> object:
        if number == 0:
            return len(publish_round(fresh(worked[turn]), seen=1, by=desk))
        if number == 1:
            application, booth = late[turn]
            return len(hold_booths(application, booths=[booth], by=application.contact))
        return None

    return [answers[:2] for answers in fight(ROUNDS, deed)]


def test_a_signature_and_a_hold_are_all_or_nothing(worked, late, desk):
    for turn, answers in enumerate(signed_and_held(worked, late, desk)):
        one, (application, booth) = worked[turn], late[turn]
        one.refresh_from_db()
        if answers == ["changed_meanwhile", 1]:
            assert (one.state, one.offers.count(), live(one.edition)) == ("proposed", 0, {booth.code: 1})
        else:
            assert answers == [PLACES, "booth_taken"]
            assert (one.state, one.offers.count()) == ("published", PLACES)
            assert live(one.edition) == {code: 1 for [code] in plan(one).values()}
            assert not application.reservations.exists()
    assert Delivery.objects.count() == Offer.objects.count()


@pytest.mark.postgres
def test_the_control_gives_one_booth_to_two(worked, late, desk, without_locks):
    signed_and_held(worked, late, desk)
    assert any(number > 1 for one in worked for number in live(one.edition).values())


def test_who_is_to_be_placed_and_chooses_himself_has_one_of_both(worked, desk):
    """He takes the booth that nobody was given."""
    free = [
        Booth.objects.exclude(code__in=[c for [c] in plan(one).values()]).get(edition=one.edition) for one in worked
    ]
    choosing = [Application.objects.get(pk=one.instance["exhibitors"][0]["id"][1:]) for one in worked]
    assert all(application.contact.company_ids for application in choosing)
    for turn, answers in enumerate(signed_and_held(worked, list(zip(choosing, free, strict=True)), desk)):
        assert answers in (["changed_meanwhile", 1], [PLACES, "too_many_booths"])
        [[code], rest] = [[free[turn].code], plan(worked[turn])]
        signed = answers[0] == PLACES
        assert live(worked[turn].edition) == ({where: 1 for [where] in rest.values()} if signed else {code: 1})
        assert unit(choosing[turn]) in rest
