"""One event told eight times at once is money once; the control shows that this can fail."""

import logging
import threading

import pytest
from django.db import connection

from fairs import clock
from fairs.models import Checkout, Notice, Payment
from fairs.money import ledger
from fairs.money.actions import card, card_money, payments
from fairs.money.actions.card import pay_notice_by_card
from fairs.money.actions.card_returns import send_refund
from fairs.money.actions.refunds import refund_payment
from tests import world
from tests.fairs.card_desk import *  # noqa: F403 - fixtures
from tests.fairs.card_desk import CardDesk
from tests.fairs.ledger import PRICE, adds_up, fresh
from tests.fairs.test_money_races import THREADS, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(transactional_db, company, moment):
    logging.getLogger("fairs.stripe").setLevel(logging.CRITICAL)
    with clock.at(world.NOON):
        yield CardDesk(company, moment)


def told_at_once(desk: CardDesk, checkout: Checkout) -> None:
    [event] = desk.events()
    assert event["data"]["object"]["id"] == checkout.session_id
    assert together(lambda number: desk.tell(event)) == [200] * THREADS


def test_one_event_told_eight_times_at_once_is_money_once(desk):
    checkout = desk.pay()
    told_at_once(desk, checkout)
    assert (fresh(checkout).state, desk.money.amount, fresh(desk.notice).state) == ("settled", PRICE, "paid")
    assert desk.money.receipt == "HGS18-PT00001"
    adds_up()


def test_money_for_a_hold_told_eight_times_takes_its_booth_once(desk):
    booth = desk.booths[1]
    checkout = desk.pay_held(desk.holder(booth))
    told_at_once(desk, checkout)
    assert (fresh(checkout).state, booth.reservations.get().state) == ("settled", "confirmed")
    assert (fresh(checkout).notice.paid, Payment.objects.count()) == (PRICE, 1)
    adds_up()


@pytest.mark.postgres
def test_the_control_counts_one_event_eight_times(desk, monkeypatch):
    """The same without the lock, the key and the table; all have looked before the first writes."""
    desk.pay()
    everybody, numbers = threading.Barrier(THREADS, timeout=60), iter(range(THREADS))

    def looked(one):
        found = Checkout.objects.select_related("edition", "company").get(pk=one.pk)
        everybody.wait()
        return found

    real = payments.take_in
    monkeypatch.setattr(card_money, "locked", looked)
    monkeypatch.setattr(
        card_money, "take_in", lambda *given, **named: real(*given, **named | {"key": f"k{next(numbers)}"})
    )
    everything = tuple(Checkout.State.values)
    anywhere = {verb: move._replace(sources=everything) for verb, move in Checkout.TRANSITIONS.items()}
    monkeypatch.setattr(Checkout, "TRANSITIONS", anywhere)
    monkeypatch.setattr("fairs.money.actions.card_events.hear", lambda *_given: None)
    [event] = desk.events()
    together(lambda number: desk.tell(event))
    assert Payment.objects.count() == THREADS


def test_eight_presses_at_once_open_one_page(desk):
    assert desk.payer.company_ids
    answers = together(lambda number: pay_notice_by_card(desk.notice, by=desk.payer))
    assert {answer.pk if isinstance(answer, Checkout) else answer for answer in answers} == {Checkout.objects.get().pk}
    assert len(desk.company.known["sessions"]) == 1


@pytest.mark.postgres
def test_the_control_opens_eight_pages(desk, monkeypatch):
    """The same without the lock on the notice and the constraint on live attempts, all having looked first."""
    everybody = threading.Barrier(THREADS, timeout=60)
    real = card._check

    def looked(wish, checkout):
        everybody.wait()
        return real(wish, checkout)

    assert desk.payer.company_ids
    whole = Notice.objects.select_related("edition", "company")
    monkeypatch.setattr(ledger, "locked_notice", lambda one: whole.get(pk=one.pk))
    monkeypatch.setattr(card, "_check", looked)
    names = ("one_live_checkout_a_thing", "one_checkout_an_attempt")
    constraints = [one for one in Checkout._meta.constraints if one.name in names]
    with connection.schema_editor() as editor:
        for one in constraints:
            editor.remove_constraint(Checkout, one)
    try:
        together(lambda number: pay_notice_by_card(desk.notice, by=desk.payer))
        assert Checkout.objects.count() == THREADS
    finally:
        Checkout.objects.all().delete()
        with connection.schema_editor() as editor:
            for one in constraints:
                editor.add_constraint(Checkout, one)


def test_two_heartbeats_send_a_refund_once(desk):
    desk.pay()
    desk.tell_all()
    payment = payments.take_off_notice(desk.money, notice=desk.notice, reason="Not theirs", by=desk.finance)
    refund = refund_payment(payment, amount=payment.free, reason="Withdrawn", key="r", by=desk.finance)
    together(lambda number: send_refund(refund.pk))
    assert (fresh(refund).state, len(desk.company.known["refunds"])) == ("done", 1)
    adds_up()
