"""A rush on the floor: many at once for one booth, crossing sets, the desk against the web, and the waiting room."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from django.db import OperationalError, connection, transaction

from booths.actions import waiting
from booths.actions.openings import set_waiting_room
from booths.actions.reservations import hold_booths, release_booth, reserve_held
from booths.actions.waiting import join_waiting_room, let_in
from booths.models import Application, Booth, Reservation, WaitingPlace, WaitingRoom
from fairs import clock
from fairs.errors import DomainError
from fairs.money.actions.notices import cancel_notice
from tests import world
from tests.booths.test_races import THREADS, fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

CROWD = 200
AT_ONCE = 24
ROUNDS = 12


def fair(*, booths, clients, each=1):
    """Booths in a row, and so many accepted applications whose people know their companies."""
    edition = world.edition()
    edition.sale_terms.booths_at_most = max(each, 6)
    edition.sale_terms.save()
    made = [world.application(edition, booths=each) for _client in range(clients)]
    for application in made:
        assert application.contact.company_ids
    return world.floor(edition, booths=booths), made


def crowd(deed, clients):
    """Each client does a deed as soon as one of the threads is free for it; what each was answered."""

    def one(client):
        try:
            with clock.at(world.NOON):
                return deed(client)
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, clients))


def live_by_booth():
    """How many live reservations each booth has."""
    rows = Reservation.objects.live(world.NOON).values_list("booth", flat=True)
    return {booth: list(rows).count(booth) for booth in rows}


def test_of_two_hundred_one_gets_the_booth_and_all_are_answered():
    floor, clients = fair(booths=6, clients=CROWD)
    answers = crowd(lambda one: hold_booths(one, booths=floor[:1], by=one.contact), clients)
    lost = [answer for answer in answers if isinstance(answer, DomainError)]
    assert len(answers) == CROWD
    assert len(lost) == CROWD - 1
    assert {refusal.code for refusal in lost} == {"booth_taken"}
    assert all("A02, A03, A04" in refusal.message for refusal in lost)  # what is free nearby, at once
    assert live_by_booth() == {floor[0].pk: 1}


def test_more_clients_than_booths_sell_each_once_and_lose_none():
    floor, clients = fair(booths=40, clients=60)
    by_code = {booth.code: booth for booth in floor}

    def choose(one):
        """Whoever loses takes what they are told is free nearby, until nothing is."""
        wanted = Random(one.pk).choice(floor)
        while True:
            try:
                return hold_booths(one, booths=[wanted], by=one.contact)
            except DomainError as refusal:
                named = [code for code in by_code if code in refusal.message.partition(":")[2]]
                if not named:
                    return refusal
                wanted = by_code[Random(one.pk).choice(named)]

    answers = crowd(choose, clients)
    won = [answer for answer in answers if isinstance(answer, list)]
    assert len(won) == len(floor)
    assert live_by_booth() == {booth.pk: 1 for booth in floor}
    assert {row.application_id for [row] in won} == set(Reservation.objects.values_list("application", flat=True))


def test_overlapping_threes_in_opposite_order_end_without_a_deadlock():
    floor, clients = fair(booths=5 * ROUNDS, clients=THREADS, each=3 * ROUNDS)

    def deed(number, turn):
        five = floor[5 * turn : 5 * turn + 5]
        three = five[:3] if number % 2 else five[:1:-1]  # they share the middle one, and come from both ends
        return len(hold_booths(clients[number], booths=three, by=clients[number].contact))

    for answers in fight(ROUNDS, deed):
        assert sorted(answers, key=str) == [3] + ["booth_taken"] * (THREADS - 1)


@pytest.mark.postgres
def test_the_control_deadlocks():
    """Locks taken in the order in which people chose: what the order of keys is for."""
    floor, _clients = fair(booths=5, clients=1)
    gate = threading.Barrier(2, timeout=20)

    def lock(booths):
        try:
            with transaction.atomic():
                Booth.objects.select_for_update().get(pk=booths[0].pk)
                gate.wait()
                Booth.objects.select_for_update().get(pk=booths[1].pk)
                return "held"
        except OperationalError as error:
            return "deadlock" if "deadlock" in str(error) else str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lock, [floor[:2], floor[1::-1]]))
    assert sorted(answers) == ["deadlock", "held"]


def test_the_desk_and_the_exhibitors_own_people_get_one_and_the_same():
    floor, clients = fair(booths=ROUNDS, clients=THREADS // 2, each=ROUNDS)
    desk = world.officer(floor[0].edition, "booth_desk")
    assert desk.roles_in(floor[0].edition)

    def deed(number, turn):
        """Two for each exhibitor: the desk on behalf of it, and its own people."""
        application = clients[number // 2]
        by = desk if number % 2 else application.contact
        return hold_booths(application, booths=[floor[turn]], by=by)[0].pk

    for answers in fight(ROUNDS, deed):
        won = [answer for answer in answers if isinstance(answer, int)]
        assert len(won) == 2
        assert len(set(won)) == 1
    assert live_by_booth() == {booth.pk: 1 for booth in floor}


def test_giving_back_frees_the_booth_whatever_else_happens_to_it():
    floor, clients = fair(booths=ROUNDS, clients=ROUNDS + 1, each=ROUNDS)
    other, owners = clients[ROUNDS], clients[:ROUNDS]
    finance = world.officer(floor[0].edition, "finance")
    assert finance.roles_in(floor[0].edition)
    assert finance.second_factor
    with clock.at(world.NOON):
        held = [hold_booths(one, booths=[booth], by=one.contact)[0] for one, booth in zip(owners, floor, strict=True)]

    def deed(number, turn):
        """One gives the hold back, one keeps it and has it cancelled, the others want the booth."""
        owner = owners[turn]
        if number == 0:
            return release_booth(Reservation.objects.get(pk=held[turn].pk), by=owner.contact).state
        if number == 1:
            return cancel_notice(reserve_held(owner, by=owner.contact), by=finance).state
        return hold_booths(other, booths=[floor[turn]], by=other.contact)[0].state

    fight(ROUNDS, deed)
    assert not Reservation.objects.live(world.NOON).filter(application__in=owners).exists()
    taken = set(other.reservations.live(world.NOON).values_list("booth", flat=True))
    assert set(Booth.objects.free(world.NOON).values_list("pk", flat=True)) == {one.pk for one in floor} - taken
    assert all(count == 1 for count in live_by_booth().values())


# ---- the waiting room ----
@pytest.fixture
def room():
    """A room that stands, with as many applications as threads."""
    edition = world.edition()
    desk = world.officer(edition, "booth_desk")
    with clock.at(world.NOON - timedelta(seconds=5)):
        times = {"opens_at": world.NOON - timedelta(minutes=5), "closes_at": world.NOON + timedelta(hours=1)}
        set_waiting_room(edition, by=desk, per_minute=60, inside_at_most=100, **times)
        made = [world.application(edition) for _thread in range(THREADS)]
        assert all(one.contact.company_ids for one in made)
    WaitingRoom.objects.update(let_in_until=world.NOON - timedelta(seconds=3))
    return made


def fresh(application):
    return Application.objects.select_related("edition__waiting_room", "company").get(pk=application.pk)


def test_one_application_that_asks_from_eight_places_has_one_place(room):
    [answers] = fight(1, lambda _n, _t: join_waiting_room(fresh(room[0]), by=room[0].contact).pk)
    assert len(set(answers)) == 1
    assert WaitingPlace.objects.count() == 1


def test_who_asks_at_once_lets_nobody_in_twice_or_too_many(room):
    places_of(room)
    fight(1, lambda _n, _t: len(let_in(WaitingRoom.objects.get())))
    inside = WaitingPlace.objects.filter(state="inside")
    assert list(inside.values_list("application", flat=True)) == [one.pk for one in room[:3]]


@pytest.mark.postgres
def test_the_control_lets_too_many_in(room, monkeypatch):
    """Without the lock on the room each of the eight finds the same pace unused, and lets somebody in by it."""
    places_of(room)
    gate, waiting_ones = threading.Barrier(THREADS, timeout=20), list(WaitingPlace.objects.all())

    def due(_room):
        mine = waiting_ones.pop()
        gate.wait()
        return [mine]

    monkeypatch.setattr(waiting, "_due", due)
    unlocked = WaitingRoom.objects.all()
    monkeypatch.setattr(WaitingRoom.objects, "select_for_update", lambda **_options: unlocked)
    fight(1, lambda _n, _t: len(let_in(WaitingRoom.objects.get())))
    assert WaitingPlace.objects.filter(state="inside").count() > 3


def places_of(room):
    """Everybody waits, in their order."""
    made = WaitingRoom.objects.get()
    with clock.at(world.NOON):
        for one in room:
            WaitingPlace.objects.create(
                room=made,
                application=one,
                ready_at=world.NOON - timedelta(minutes=1),
                kept_until=world.NOON + timedelta(minutes=3),
            )
