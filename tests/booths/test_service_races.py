"""Rivals for the last of something: never oversold, never overloaded, never a deadlock; the control can fail."""

import time

import pytest
from django.db import connection, transaction

from booths.actions.circuits import set_circuit
from booths.actions.service_orders import cancel_order, order_services
from booths.models import Circuit, FlameZone, ServiceItem, ServiceOrder
from fairs.models import Notice
from tests import world
from tests.booths import services
from tests.booths.test_races import THREADS, fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


@pytest.fixture
def rivals():
    """Exhibitors with a booth each, one for each thread, with people who know their companies."""
    made = [services.holder(booth) for booth in world.floor(world.edition(), booths=THREADS)]
    for application in made:
        assert application.contact.company_ids
    return made


def order(application, turn, *items, **more):
    """One of each for the application's booth."""
    booth = application.reservations.select_related("booth__zone").get().booth
    wanted = {item.pk: 1 for item in items}
    return order_services(
        application, booth=booth, quantities=wanted, key=f"turn {turn}", by=application.contact, **more
    )


def won(answers):
    """How many of the rivals got what they wanted."""
    return sum(isinstance(answer, ServiceOrder) for answer in answers)


def test_the_last_one_goes_to_one_of_eight_in_every_round(rivals):
    items = [services.service(rivals[0].edition, f"s{turn}", stock=1) for turn in range(ROUNDS)]
    for answers in fight(ROUNDS, lambda number, turn: order(rivals[number], turn, items[turn])):
        assert won(answers) == 1
        assert sorted(set(map(str, answers)) & {"sold_out"}) == ["sold_out"]
    assert set(ServiceItem.objects.values_list("taken", flat=True)) == {1}
    assert ServiceOrder.objects.count() == Notice.objects.count() == ROUNDS


@pytest.mark.postgres
def test_the_control_oversells():
    """Look, then write, with nothing that decides: what the conditional update and the constraint are for."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_stock (item integer, taken integer)")
        cursor.executemany("INSERT INTO naive_stock VALUES (%s, 0)", [(turn,) for turn in range(ROUNDS)])

    def deed(_number: int, turn: int) -> bool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT taken FROM naive_stock WHERE item = %s", [turn])
            [taken] = cursor.fetchone()
            if taken >= 1:
                return False
            time.sleep(0.002)  # the rest of an honest order
            cursor.execute("UPDATE naive_stock SET taken = taken + 1 WHERE item = %s", [turn])
            return True

    try:
        rounds = fight(ROUNDS, deed)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive_stock")
    assert sum(answers.count(True) > 1 for answers in rounds) > ROUNDS / 2


def test_simultaneous_orders_do_not_overload_a_circuit(rivals):
    kilowatt = services.power(rivals[0].edition)
    services.circuit(rivals[0].edition, watts=10_000, share_percent=50)
    answers = [one for turn in fight(3, lambda n, turn: order(rivals[n], turn, kilowatt)) for one in turn]
    assert won(answers) == 5
    assert [one for one in answers if not isinstance(one, ServiceOrder)] == ["circuit_full"] * (3 * THREADS - 5)
    assert Circuit.objects.get().load == 5000


def test_simultaneous_orders_keep_within_the_flames_of_a_zone(rivals):
    burner = services.flame(rivals[0].edition)
    services.flames(rivals[0].edition, allowed=3)
    said = {"flame_what": "Đèn khò", "flame_guard": "Bình chữa cháy"}
    [answers] = fight(1, lambda n, turn: order(rivals[n], turn, burner, **said))
    assert won(answers) == 3
    assert FlameZone.objects.get().taken == 3


def test_the_same_order_sent_eight_times_at_once_is_one(rivals):
    table = services.service(rivals[0].edition, stock=5)
    [answers] = fight(1, lambda _n, turn: order(rivals[0], turn, table))
    assert {one.pk for one in answers} == {ServiceOrder.objects.get().pk}
    table.refresh_from_db()
    assert (table.taken, Notice.objects.count()) == (1, 1)


def test_services_wanted_in_either_order_and_cancelled_meanwhile_end_without_a_deadlock(rivals):
    edition = rivals[0].edition
    table, kilowatt = services.service(edition, stock=1000), services.power(edition, stock=1000)
    services.circuit(edition, watts=1_000_000)

    def deed(number: int, turn: int) -> object:
        made = order(rivals[number], turn, *[table, kilowatt][:: 1 if number % 2 else -1])
        return cancel_order(made, by=rivals[number].contact).state if turn % 2 else made

    answers = [one for turn in fight(6, deed) for one in turn]
    assert not [one for one in answers if not isinstance(one, ServiceOrder) and one != "cancelled"]
    table.refresh_from_db()
    assert (table.taken, Circuit.objects.get().load) == (3 * THREADS, 3000 * THREADS)


def test_a_circuit_laid_anew_while_power_is_ordered_counts_every_watt(rivals):
    edition = rivals[0].edition
    desk, kilowatt = world.officer(edition, "booth_desk"), services.power(edition)
    assert desk.roles_in(edition)
    services.circuit(edition, watts=1_000_000)
    booths = list(edition.booths.all())

    def deed(number: int, turn: int) -> object:
        if number:
            return order(rivals[number], turn, kilowatt)
        return set_circuit(edition, code="NEW", watts=500_000, booths=booths[: turn + 2], by=desk).code

    answers = [one for turn in fight(4, deed) for one in turn]
    assert won(answers) == 4 * (THREADS - 1)
    for circuit in Circuit.objects.all():
        assert circuit.load == sum(row.watts for row in circuit.orders.live())
    assert sum(Circuit.objects.values_list("load", flat=True)) == 4000 * (THREADS - 1)
