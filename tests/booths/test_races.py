"""Rivals for one booth: exactly one wins, whatever the database; the control shows that the test can fail."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from booths.actions.applications import accept_application
from booths.actions.floor import block_booth
from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Application, Booth, Household, Reservation
from fairs import clock
from fairs.errors import DomainError
from fairs.models import Notice, Participation
from tests import world

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

THREADS = 8
ROUNDS = 60


def fight(rounds: int, deed: Callable[[int, int], object]) -> list[list[object]]:
    """Let THREADS do a deed (thread, round) at the same moment, round by round; what each answered or refused with."""
    gate = threading.Barrier(THREADS, timeout=60)

    def fighter(number: int) -> list[object]:
        try:
            return [_try(gate, deed, number, turn) for turn in range(rounds)]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        of_thread = list(pool.map(fighter, range(THREADS)))
    return [list(turn) for turn in zip(*of_thread, strict=True)]


def _try(gate: threading.Barrier, deed: Callable[[int, int], object], number: int, turn: int) -> object:
    gate.wait()
    try:
        with clock.at(world.NOON):
            return deed(number, turn)
    except DomainError as refusal:
        return refusal.code


@pytest.fixture
def floor():
    """An edition with a booth for each round."""
    edition = world.edition()
    edition.sale_terms.booths_at_most = 2 * ROUNDS
    edition.sale_terms.save()
    return world.floor(edition, booths=ROUNDS)


@pytest.fixture
def rivals(floor):
    """Accepted applications, one for each thread, with people who know their companies."""
    made = [world.application(floor[0].edition, booths=2 * ROUNDS) for _thread in range(THREADS)]
    for application in made:
        assert application.contact.company_ids
    return made


def test_one_of_eight_gets_the_booth_in_every_round(floor, rivals):
    def deed(number: int, turn: int) -> object:
        application = rivals[number]
        return hold_booths(application, booths=[floor[turn]], by=application.contact)[0]

    for answers in fight(ROUNDS, deed):
        winners = [answer for answer in answers if isinstance(answer, Reservation)]
        assert len(winners) == 1
        assert [answer for answer in answers if answer not in winners] == ["booth_taken"] * (THREADS - 1)
    assert Reservation.objects.live(world.NOON).count() == ROUNDS


@pytest.mark.postgres
def test_the_control_double_books():
    """Look, then write, with nothing that decides: what the constraint and the locks are for."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_hold (booth integer, holder integer)")

    def deed(number: int, turn: int) -> bool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM naive_hold WHERE booth = %s", [turn])
            if cursor.fetchone():
                return False
            time.sleep(0.002)  # the rest of an honest hold
            cursor.execute("INSERT INTO naive_hold VALUES (%s, %s)", [turn, number])
            return True

    try:
        rounds = fight(ROUNDS, deed)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive_hold")
    assert sum(answers.count(True) > 1 for answers in rounds) > ROUNDS / 2


def test_wanting_two_booths_in_either_order_ends_without_a_deadlock(floor, rivals):
    def deed(number: int, turn: int) -> object:
        pair = floor[2 * turn : 2 * turn + 2]
        application = rivals[number]
        return len(hold_booths(application, booths=pair[:: 1 if number % 2 else -1], by=application.contact))

    for answers in fight(ROUNDS // 4, deed):
        assert sorted(answers, key=str) == [2] + ["booth_taken"] * (THREADS - 1)


def test_a_hold_that_ran_out_goes_to_one_of_eight(floor, rivals):
    late = world.application(floor[0].edition, booths=ROUNDS)
    with clock.at(world.FIRST_MORNING.replace(month=8)):
        hold_booths(late, booths=floor[: ROUNDS // 4], by=late.contact)

    def deed(number: int, turn: int) -> object:
        application = rivals[number]
        return len(hold_booths(application, booths=[floor[turn]], by=application.contact))

    for answers in fight(ROUNDS // 4, deed):
        assert sorted(answers, key=str) == [1] + ["booth_taken"] * (THREADS - 1)
    assert set(late.reservations.values_list("state", flat=True)) == {"lapsed"}


def test_confirming_at_the_same_moment_charges_once(floor, rivals):
    application = rivals[0]
    with clock.at(world.NOON):
        hold_booths(application, booths=floor[:3], by=application.contact)
    [answers] = fight(1, lambda _number, _turn: reserve_held(application, by=application.contact))
    assert {answer.pk for answer in answers if isinstance(answer, Notice)} == {Notice.objects.get().pk}
    assert Notice.objects.get().lines.count() == 3


def test_a_booth_is_either_held_or_blocked(floor, rivals):
    desk = world.officer(floor[0].edition, "booth_desk")
    assert desk.roles_in(floor[0].edition)

    def deed(number: int, turn: int) -> object:
        if number % 2:
            return block_booth(Booth.objects.get(pk=floor[turn].pk), reason="Cột", by=desk)
        return hold_booths(rivals[number], booths=[floor[turn]], by=rivals[number].contact)

    fight(ROUNDS // 4, deed)
    blocked = Booth.objects.exclude(blocked="")
    assert not blocked.filter(reservations__state="held").exists()
    assert blocked.count() + Reservation.objects.count() == ROUNDS // 4
    assert Application.objects.count() == THREADS


def test_one_of_eight_groups_gets_the_household(floor):
    edition = floor[0].edition
    desk, household = world.officer(edition, "booth_desk"), world.company(name_vi="Hộ Lan", legal_form="household")
    groups = [_waiting_group(edition, household) for _thread in range(THREADS)]
    [answers] = fight(1, lambda number, _turn: accept_application(groups[number], by=desk))
    winners = [answer for answer in answers if isinstance(answer, Application)]
    assert len(winners) == 1
    assert [answer for answer in answers if answer not in winners] == ["takes_part_already"] * (THREADS - 1)
    assert Participation.objects.get(company=household).host.company == winners[0].company
    assert Application.objects.filter(state="accepted").count() == 1


def _waiting_group(edition, household):
    """A group that was handed in at the same moment as the others, with the household they all want."""
    made = world.application(edition, state="submitted")
    Application.objects.filter(pk=made.pk).update(is_group=True)
    Household.objects.create(application=made, company=household, name=household.name_vi)
    made.refresh_from_db()
    return made
