"""Heartbeats and taps at one moment: each side gets one letter of a rung, and a control shows what keeps it so."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from fairs import clock
from fairs.deliveries import owe
from fairs.models import Delivery, Entry
from matchmaking.actions.follow_up import answer_follow_up, ask, owe_follow_ups, remind
from matchmaking.actions.spot_sale import declare_sales
from matchmaking.models import FollowUp, FollowUpRung, SpotSale
from tests import world
from tests.matchmaking.following import AFTER, asked_of, met

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
KIND = "matchmaking.follow_up"


def at_once(*deeds):
    """What each deed came to, all begun at the same moment."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait()
            with clock.at(AFTER):
                return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


@pytest.fixture
def fair():
    with clock.at(AFTER):
        sides = world.two_sides()
        met(sides)
        yield sides


def test_two_heartbeats_at_once_write_one_letter_to_each_side(fair):
    told = at_once(*[owe_follow_ups] * 3)
    assert sum(told) == 2
    assert Delivery.objects.filter(kind=KIND).count() == 2
    assert FollowUp.objects.count() == 2


def test_of_three_that_ask_one_side_at_once_one_does(fair):
    told = at_once(*(lambda: ask(fair.importer, 30) for _beat in range(3)))
    assert sorted(told) == [False, False, True]
    assert Delivery.objects.filter(kind=KIND, to=fair.buyer).count() == 1


def test_of_three_reminders_at_once_one_is_owed(fair):
    rung = asked_of(fair).rung
    told = at_once(*(lambda: remind(FollowUpRung.objects.get(pk=rung.pk)) for _beat in range(3)))
    assert sorted(told) == [False, False, True]
    assert Delivery.objects.filter(kind="matchmaking.follow_up_again").count() == 1


def test_two_taps_at_once_leave_one_whole_answer(fair):
    one = asked_of(fair)

    def tap(answer, **more):
        mine = FollowUp.objects.with_sides().select_related("edition").get(pk=one.pk)
        return answer_follow_up(mine, answer=answer, token=one.token, by=AnonymousUser(), **more).state

    at_once(lambda: tap("talking"), lambda: tap("lost", reason="price"))
    one.refresh_from_db()
    assert (one.state, one.reason) in {("talking", ""), ("lost", "price")}
    assert Entry.objects.filter(object_id=str(one.pk), verb__startswith="matchmaking.followup.").count() == 2


def naive_ask(part, arrived):
    """Asking as one would without the constraint: look, then write."""
    with transaction.atomic():
        asked = Delivery.objects.filter(kind=KIND, to__in=part.company.people.all()).exists()
        arrived.wait()
        if asked:
            return False
        for person in part.company.people.all():
            owe(KIND, to=person, about=part, edition=part.edition)
    return True


@pytest.mark.postgres
def test_without_the_constraint_two_letters_would_go_out(fair):
    arrived = Barrier(2)
    assert at_once(*(lambda: naive_ask(fair.importer, arrived) for _beat in range(2))) == [True, True]
    assert Delivery.objects.filter(kind=KIND, to=fair.buyer).count() == 2


def test_two_that_declare_one_day_at_once_leave_one_row_and_its_history(fair):
    def declare(amount):
        return declare_sales(fair.exhibitor, day=world.OPENS, amount=Decimal(amount), by=fair.maker).amount

    at_once(lambda: declare(1000), lambda: declare(2000))
    sale = SpotSale.objects.get()
    assert sale.amount in (1000, 2000)
    assert sale.corrections.get().after == sale.amount
