"""Whatever order events come in, however often, with other deeds and crashes between them: the ledger adds up."""

import itertools
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs import clock
from fairs.errors import DomainError
from fairs.models import CardEvent, Checkout, Payment, Refund
from fairs.money.actions import card_events, card_money, card_returns
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import take_off_notice
from fairs.money.actions.refunds import refund_payment
from fairs.stripe_standin.company import OK, SLOW_OK
from tests import world
from tests.fairs.card_desk import *  # noqa: F403 - fixtures
from tests.fairs.card_desk import CardDesk, Crash
from tests.fairs.ledger import adds_up, fresh

pytestmark = pytest.mark.django_db


@contextmanager
def afresh(company, moment):
    """A desk, and a card company that knows nothing yet; all is forgotten afterwards."""
    for known in company.known.values():
        known.clear()
    company.waiting.clear()
    cache.clear()
    with transaction.atomic(), clock.at(world.NOON):
        yield CardDesk(company, moment)
        transaction.set_rollback(True)


def agrees_with_the_card_company(desk: CardDesk) -> None:
    """Once all is heard: what came, what went back, and nothing is pending."""
    for days in (1, 2, 5):
        desk.reconcile(timedelta(days=days))
    adds_up()
    came = [one for one in desk.company.known["intents"].values() if one["status"] == "succeeded"]
    assert sorted(Payment.objects.filter(way="card").values_list("amount", flat=True)) == sorted(
        one["amount"] for one in came
    )
    assert not Checkout.objects.filter(state__in=Checkout.PENDING).exists()
    assert not CardEvent.objects.filter(handled=None).exists()
    for payment in Payment.objects.filter(way="card"):
        intent = payment.checkout.payment_intent
        back = desk.company.known["intents"][intent]["x_refunded"] + sum(
            one["amount"]
            for one in desk.company.known["disputes"].values()
            if one["payment_intent"] == intent and one["status"] != "won"
        )
        assert payment.returned == min(back, payment.amount)


# ---- every order -----------------------------------------------------------------------------------------------


def a_slow_payment(desk: CardDesk) -> None:
    checkout = desk.pay(SLOW_OK)
    desk.company.decide(checkout.session_id, paid=True)


def a_dispute_that_is_won(desk: CardDesk) -> None:
    desk.pay()
    [intent] = desk.company.known["intents"]
    dispute = desk.company.dispute(intent)
    desk.company.close_dispute(dispute["id"], won=True)


def a_refund_there(desk: CardDesk) -> None:
    desk.pay()
    [intent] = desk.company.known["intents"]
    desk.company.create_refund({"payment_intent": intent, "amount": 1_000})


@pytest.mark.parametrize("story", [a_slow_payment, a_dispute_that_is_won, a_refund_there])
def test_every_order_of_events_ends_the_same(company, moment, story: Callable[[CardDesk], None]):
    with afresh(company, moment) as desk:
        story(desk)
        number = len(desk.events())
    ends = set()
    for order in itertools.permutations(range(number)):
        with afresh(company, moment) as desk:
            story(desk)
            told = desk.events()
            for place in (*order, *order):
                assert desk.tell(told[place]) == 200
                adds_up()
            agrees_with_the_card_company(desk)
            notice = fresh(desk.notice)
            ends.add((notice.state, notice.balance, desk.money.free, desk.money.returned))
    assert len(ends) == 1


def test_closed_after_it_was_paid_changes_nothing(card_desk):
    """Events that contradict each other, as a forger with the key or a fault at Stripe would make them."""
    checkout = card_desk.pay()
    [paid] = card_desk.events()
    closed = {**paid, "id": "evt_closed", "type": "checkout.session.expired"}
    closed["data"] = {"object": paid["data"]["object"] | {"status": "expired", "payment_status": "unpaid"}}
    unpaid = {**closed, "id": "evt_failed", "type": "checkout.session.async_payment_failed"}
    for event in (paid, closed, unpaid):
        assert card_desk.tell(event) == 200
    assert fresh(checkout).state == "settled"
    adds_up()


@pytest.mark.parametrize("first", ["expired", "async_payment_failed"])
def test_money_that_comes_after_it_was_given_up_counts(card_desk, first):
    checkout = card_desk.pay()
    [paid] = card_desk.events()
    other = {**paid, "id": "evt_first", "type": f"checkout.session.{first}"}
    other["data"] = {"object": paid["data"]["object"] | {"status": "expired", "payment_status": "unpaid"}}
    for event in (other, paid):
        assert card_desk.tell(event) == 200
    assert (fresh(checkout).state, fresh(card_desk.notice).state) == ("settled", "paid")
    adds_up()


# ---- any order of anything -------------------------------------------------------------------------------------

CRASHES = [
    (card_events, "take_card_money"), (card_money, "use_card_money"), (card_money, "use_payment"),
    (card_events, "handled"), (card_returns, "_hear_refund"), (card_returns, "_hear_dispute"),
]  # fmt: skip


def tell_one(desk: CardDesk, number: int) -> None:
    """One of the events so far, told before or not."""
    events = [*desk.company.known["events"].values()]
    if events:
        desk.tell(events[number % len(events)])


def crash_in_one(desk: CardDesk, number: int) -> None:
    place, name = CRASHES[number % len(CRASHES)]
    with pytest.MonkeyPatch.context() as patch, suppress(Crash):
        patch.setattr(place, name, _crash)
        tell_one(desk, number)


def _crash(*_given, **_named):
    raise Crash


def pay_again(desk: CardDesk, number: int) -> None:
    desk.pay([OK, SLOW_OK][number % 2])


def the_bank_decides(desk: CardDesk, number: int) -> None:
    for session in [*desk.company.known["slow"]]:
        desk.company.decide(session, paid=number % 2 == 0)


def refund_there(desk: CardDesk, number: int) -> None:
    for intent in [*desk.company.known["intents"].values()]:
        if intent["status"] == "succeeded" and intent["amount"] - intent["x_refunded"] > 500:
            desk.company.create_refund({"payment_intent": intent["id"], "amount": 500})


def refund_here(desk: CardDesk, number: int) -> None:
    for payment in Payment.objects.filter(way="card"):
        refund_payment(payment, amount=payment.free, reason="Free", key=f"r{number}{payment.pk}", by=desk.finance)


def dispute(desk: CardDesk, number: int) -> None:
    known = desk.company.known
    for intent in [*known["intents"].values()]:
        if intent["status"] == "succeeded" and not known["disputes"] and not intent["x_refunded"]:
            desk.company.dispute(intent["id"])


def close(desk: CardDesk, number: int) -> None:
    for one in [*desk.company.known["disputes"].values()]:
        if one["status"] == "needs_response":
            desk.company.close_dispute(one["id"], won=number % 2 == 0)


DEEDS: list[Callable[[CardDesk, int], object]] = [
    tell_one, tell_one, tell_one, crash_in_one, pay_again, the_bank_decides, refund_there, refund_here, dispute, close,
    lambda desk, number: desk.reconcile(timedelta(minutes=number)),
    lambda desk, number: desk.cash(1_000 + number, f"c{number}"),
    lambda desk, number: cancel_notice(desk.notice, by=desk.finance),
    lambda desk, number: credit_notice(
        desk.notice, amount=Decimal(1_000), reason="Smaller", key=f"n{number}", by=desk.finance
    ),
    lambda desk, number: [
        take_off_notice(one, notice=desk.notice, reason="Wrong", by=desk.finance)
        for one in Payment.objects.filter(assigned__gt=0)
    ],
    lambda desk, number: desk.reserve(desk.booths[0]),
]  # fmt: skip


@pytest.mark.once
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.integers(0, len(DEEDS) - 1), st.integers(0, 30)), max_size=14))
def test_whatever_happens_nothing_is_lost_or_counted_twice(company, moment, deeds):
    with afresh(company, moment) as desk:
        desk.pay()
        for number, given_number in deeds:
            with suppress(DomainError), transaction.atomic():
                DEEDS[number](desk, given_number)
            _no_question_without_money()
        for event in [*company.known["events"].values()]:  # each is told at last, as Stripe tries for three days
            assert desk.tell(event) == 200
        agrees_with_the_card_company(desk)
        assert sum(one.amount for one in Payment.objects.all()) - sum(
            one.amount for one in Refund.objects.exclude(state="failed")
        ) == sum(one.assigned + one.free for one in Payment.objects.all())


def _no_question_without_money() -> None:
    for payment in Payment.objects.all():
        assert payment.free >= 0
        assert payment.free or not payment.question
