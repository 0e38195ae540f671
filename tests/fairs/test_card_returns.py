"""Money that goes back to cards, by us, by Stripe's own pages or by the payer's bank: counted once, never too much."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fairs.models import CardEvent, Delivery, Payment, Refund
from fairs.money.actions.card_returns import hear_all_returns, send_refund
from fairs.money.actions.payments import take_off_notice
from fairs.money.actions.refunds import refund_payment
from fairs.stripe_standin.company import SLOW_OK
from tests.fairs.card_desk import *  # noqa: F403 - fixtures
from tests.fairs.ledger import PRICE, adds_up, fresh

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=1)


@pytest.fixture
def paid(card_desk):
    """A desk whose notice was paid by card; the money is on it."""
    card_desk.checkout = card_desk.pay()
    card_desk.tell_all()
    card_desk.intent = fresh(card_desk.checkout).payment_intent
    return card_desk


def freed(desk) -> Payment:
    """The payment, taken off its notice."""
    return take_off_notice(desk.money, notice=desk.notice, reason="Not theirs", by=desk.finance)


def asked(desk, amount: int, key: str = "r") -> Refund:
    return refund_payment(desk.money, amount=Decimal(amount), reason="Withdrawn", key=key, by=desk.finance)


def letters(kind: str) -> int:
    return Delivery.objects.filter(kind=f"fairs.{kind}").count()


# ---- refunds that we ask for -----------------------------------------------------------------------------------


@pytest.mark.parametrize("parts", [[PRICE], [5_000_000, 8_500_000]])
def test_a_refund_goes_back_whole_or_in_parts(paid, parts):
    freed(paid)
    for n, part in enumerate(parts):
        refund = asked(paid, part, f"r{n}")
        send_refund(refund.pk)
        assert (fresh(refund).state, fresh(refund).outside[:3]) == ("done", "re_")
    paid.tell_all()
    assert (paid.money.free, paid.money.returned, Refund.objects.count()) == (0, PRICE, len(parts))
    assert paid.company.known["intents"][paid.intent]["x_refunded"] == PRICE
    adds_up()


def test_a_refund_is_asked_after_the_commit(paid, django_capture_on_commit_callbacks, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    freed(paid)
    with django_capture_on_commit_callbacks() as callbacks:
        refund = asked(paid, PRICE)
        assert not paid.company.known["refunds"]
    for callback in callbacks:
        callback()
    assert fresh(refund).state == "done"


def test_a_refund_that_takes_its_time_and_then_fails_is_free_again(paid):
    paid.company.refunds_take_time = True
    freed(paid)
    refund = asked(paid, PRICE)
    send_refund(refund.pk)
    assert fresh(refund).state == "sent"
    paid.company.end_refund(fresh(refund).outside, arrived=False)
    paid.tell_all()
    assert (fresh(refund).state, paid.money.free, letters("card_refund_failed")) == ("failed", PRICE, 1)
    adds_up()


def test_a_refund_that_fails_after_it_was_done_is_free_again(paid):
    freed(paid)
    refund = asked(paid, PRICE)
    send_refund(refund.pk)
    paid.company.end_refund(fresh(refund).outside, arrived=False)
    told = paid.events()
    for event in [*told[::-1], *told]:  # in any order, and twice
        assert paid.tell(event) == 200
    assert (fresh(refund).state, paid.money.free, letters("card_refund_failed")) == ("failed", PRICE, 1)
    adds_up()


def test_what_stripe_refuses_is_free_again_and_finance_is_told(paid):
    freed(paid)
    paid.company.known["intents"][paid.intent]["status"] = "processing"  # as if it could not be refunded
    refund = asked(paid, PRICE)
    send_refund(refund.pk)
    assert (fresh(refund).state, paid.money.free, letters("card_refund_failed")) == ("failed", PRICE, 1)
    adds_up()


def test_an_answer_that_is_lost_is_asked_for_again_and_money_goes_once(paid):
    freed(paid)
    refund = asked(paid, PRICE)
    paid.company.web.loses = 2  # the client asks twice by itself
    paid.reconcile(SOON)
    assert fresh(refund).state == "asked"
    paid.reconcile(2 * SOON)
    assert (fresh(refund).state, len(paid.company.known["refunds"])) == ("done", 1)


def test_a_key_that_stripe_forgot_sends_nothing_twice(paid):
    freed(paid)
    refund = asked(paid, 1_000_000)
    paid.company.web.loses = 2
    paid.reconcile(SOON)
    paid.company.known["answers"].clear()
    paid.reconcile(timedelta(days=2))
    assert (fresh(refund).state, len(paid.company.known["refunds"])) == ("done", 1)


# ---- taken back by others --------------------------------------------------------------------------------------


def test_a_refund_in_stripes_own_pages_opens_the_notice_once(paid):
    paid.company.create_refund({"payment_intent": paid.intent, "amount": 1_000_000})
    told = paid.events()
    for event in [*told, *told[::-1]]:
        assert paid.tell(event) == 200
    [refund] = Refund.objects.all()
    assert (refund.amount, refund.state, refund.kind) == (1_000_000, "done", "refund")
    assert (fresh(paid.notice).state, fresh(paid.notice).balance, paid.booth().permit) == ("issued", 1_000_000, "")
    assert letters("card_money_taken") == 1
    adds_up()


def test_one_of_theirs_that_fails_stands_on_no_notice_and_is_not_taken_again(paid):
    made = paid.company.create_refund({"payment_intent": paid.intent, "amount": 1_000_000})
    paid.tell_all()
    paid.company.end_refund(made["id"], arrived=False)
    told = paid.events()
    for event in [*told, *told]:
        paid.tell(event)
    assert (Refund.objects.get().state, paid.money.free) == ("failed", 1_000_000)
    adds_up()


def test_money_that_both_send_back_goes_back_once(paid):
    """Finance asks for a refund while somebody refunds all of it in Stripe's own pages."""
    freed(paid)
    refund = asked(paid, 5_000_000)
    paid.company.create_refund({"payment_intent": paid.intent})
    paid.tell_all()
    assert paid.money.free == 0
    send_refund(refund.pk)
    assert (fresh(refund).state, paid.money.free, paid.money.returned) == ("failed", 0, PRICE)
    paid.reconcile(SOON)
    assert paid.money.returned == PRICE
    adds_up()


def test_more_than_came_in_never_goes_out_of_the_books(paid):
    paid.company.dispute(paid.intent)
    paid.company.create_refund({"payment_intent": paid.intent, "amount": 1_000})
    paid.tell_all()
    paid.reconcile(SOON)
    assert (paid.money.returned, paid.money.free, letters("card_money_beyond")) == (PRICE, 0, 1)
    adds_up()


@pytest.mark.parametrize("won", [True, False])
def test_a_dispute_takes_the_permit_away_until_it_is_won(paid, won):
    permit = paid.booth().permit
    dispute = paid.company.dispute(paid.intent)
    paid.tell_all()
    [refund] = Refund.objects.all()
    assert (refund.kind, refund.state, paid.booth().permit) == ("dispute", "sent", "")
    adds_up()
    paid.company.close_dispute(dispute["id"], won=won)
    told = paid.events()
    for event in [*told, *told]:
        paid.tell(event)
    assert fresh(refund).state == ("failed" if won else "done")
    assert fresh(paid.notice).state == ("paid" if won else "issued")
    assert bool(paid.booth().permit) == won
    assert paid.booth().permit != permit
    adds_up()


def test_a_mere_question_of_the_bank_moves_nothing(paid):
    paid.company.dispute(paid.intent, status="warning_needs_response")
    paid.tell_all()
    assert (Refund.objects.count(), fresh(paid.notice).state) == (0, "paid")


def test_a_part_disputed_leaves_the_rest(paid):
    paid.company.dispute(paid.intent, amount=500_000)
    paid.tell_all()
    assert fresh(paid.notice).balance == 500_000
    adds_up()


@pytest.mark.parametrize("number", [1, 101])
def test_what_others_return_is_known_without_its_event(paid, number):
    for _turn in range(number):
        paid.company.create_refund({"payment_intent": paid.intent, "amount": 1_000})
    paid.events()
    hear_all_returns()
    assert paid.money.returned == number * 1_000
    hear_all_returns()
    assert (paid.money.returned, Refund.objects.count()) == (number * 1_000, number)
    adds_up()


# ---- too early -------------------------------------------------------------------------------------------------


def test_what_goes_back_before_we_know_that_it_came(card_desk):
    checkout = card_desk.pay(SLOW_OK)
    card_desk.company.decide(checkout.session_id, paid=True)
    [completed, succeeded] = card_desk.events()
    intent = card_desk.company.find_session(checkout.session_id)["payment_intent"]
    card_desk.company.create_refund({"payment_intent": intent})
    for event in card_desk.events():
        assert card_desk.tell(event) == 200
    assert CardEvent.objects.filter(handled=None).count() == 2
    for event in (succeeded, completed):
        card_desk.tell(event)
    card_desk.reconcile(SOON)
    assert not CardEvent.objects.filter(handled=None).exists()
    assert set(CardEvent.objects.values_list("payment_intent", flat=True)) == {""}
    assert (card_desk.money.returned, fresh(card_desk.notice).state) == (PRICE, "issued")
    adds_up()


def test_events_about_what_is_not_ours_are_given_up_after_some_days(card_desk):
    checkout = card_desk.pay()
    card_desk.events()
    intent = card_desk.company.find_session(checkout.session_id)["payment_intent"]
    type(checkout).objects.all().delete()
    card_desk.company.create_refund({"payment_intent": intent})
    card_desk.tell_all()
    card_desk.reconcile(timedelta(days=2))
    assert CardEvent.objects.filter(handled=None).count() == 2
    card_desk.reconcile(timedelta(days=4))
    assert not CardEvent.objects.filter(handled=None).exists()
