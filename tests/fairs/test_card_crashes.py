"""A crash between any two steps, silence, lost events: the heartbeat finishes, and there is a hard end."""

import traceback
from datetime import timedelta

import pytest

from fairs.errors import Refused
from fairs.models import CardEvent, Checkout, Payment
from fairs.money import stripe_client
from fairs.money.actions import card, card_events, card_money, card_returns
from fairs.money.actions.card import pay_notice_by_card
from fairs.money.actions.payments import take_off_notice
from fairs.money.actions.refunds import refund_payment
from fairs.stripe_standin.company import SLOW_OK
from tests.fairs.card_desk import *  # noqa: F403 - fixtures
from tests.fairs.card_desk import OK, Crash
from tests.fairs.ledger import PRICE, adds_up, fresh

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=2)


@pytest.fixture
def crash(monkeypatch):
    """Lets the next call of a function end the process."""

    def at(place, name):
        patch = monkeypatch.context()
        context = patch.__enter__()

        def end(*_given, **_named):
            patch.__exit__(None, None, None)
            raise Crash

        context.setattr(place, name, end)

    return at


# ---- before anybody pays ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["ask_for_page", "keep_page"])
def test_a_crash_around_the_session_leaves_one_page(card_desk, crash, place):
    crash(card, place)
    with pytest.raises(Crash):
        pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    assert Checkout.objects.get().state == "new"
    card_desk.reconcile(SOON)
    checkout = Checkout.objects.get()
    assert (checkout.state, len(card_desk.company.known["sessions"])) == ("open", 1)
    card_desk.company.pay(checkout.session_id, OK)
    card_desk.tell_all()
    assert fresh(checkout).state == "settled"


def test_who_presses_again_after_a_crash_gets_the_same_page(card_desk, crash):
    crash(card, "keep_page")
    with pytest.raises(Crash):
        pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    checkout = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    assert (checkout.attempt, len(card_desk.company.known["sessions"])) == (1, 1)


def test_a_session_whose_id_was_never_kept_is_paid_all_the_same(card_desk, crash):
    """Somebody had the page open in another window; the event names it by our key."""
    crash(card, "keep_page")
    with pytest.raises(Crash):
        pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    [session] = card_desk.company.known["sessions"]
    card_desk.company.pay(session, OK)
    card_desk.tell_all()
    assert (Checkout.objects.get().state, Checkout.objects.get().session_id) == ("settled", session)
    adds_up()


def test_what_was_never_asked_for_ends(card_desk, crash):
    crash(card, "ask_for_page")
    with pytest.raises(Crash):
        pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    card_desk.reconcile(timedelta(hours=1))  # too late for its page
    assert (Checkout.objects.get().state, len(card_desk.company.known["sessions"])) == ("failed", 0)
    assert pay_notice_by_card(card_desk.notice, by=card_desk.payer).attempt == 2


def test_silence_is_said_and_nothing_is_lost(card_desk, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(Refused) as refusal:
        pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    assert refusal.value.code == "card_unreachable"
    settings.STRIPE_API_BASE = card_desk.company.address
    assert pay_notice_by_card(card_desk.notice, by=card_desk.payer).attempt == 1


# ---- once it is paid -------------------------------------------------------------------------------------------

STEPS = [
    (card_events, "take_card_money"),  # the event is known, the money not
    (card_money, "take_in"),
    (card_money, "use_card_money"),  # the money is in, and not used
    (card_money, "use_payment"),
    (card_money, "tell_finance"),
    (card_events, "handled"),
]


@pytest.mark.parametrize(("place", "name"), STEPS, ids=[name for _place, name in STEPS])
@pytest.mark.parametrize("again", [True, False], ids=["told again", "not told again"])
def test_a_crash_while_an_event_is_taken_in(card_desk, crash, place, name, again):
    """Of a hold, whose booth was resold where finance is to be told."""
    booth = card_desk.booths[1]
    checkout = card_desk.pay_held(card_desk.holder(booth))
    resold = name == "tell_finance"
    with card_desk.at(timedelta(hours=1) if resold else None):
        if resold:
            card_desk.reserve(booth)
        [event] = card_desk.events()
        crash(place, name)
        with pytest.raises(Crash):
            card_desk.tell(event)
        if again:
            assert card_desk.tell(event) == 200
        else:
            card_desk.reconcile(timedelta(hours=2))
    assert fresh(checkout).state == "settled"
    assert (Payment.objects.count(), card_desk.money.free) == (1, PRICE if resold else 0)
    adds_up()
    card_desk.reconcile(timedelta(days=4))
    assert not CardEvent.objects.filter(handled=None).exists()


def test_a_fault_of_ours_after_the_money_came_is_no_error_for_stripe(card_desk, monkeypatch):
    checkout = card_desk.pay()
    with monkeypatch.context() as patch:
        patch.setattr(card_money, "use_payment", lambda *given, **named: 1 / 0)
        assert card_desk.tell_all() == ["checkout.session.completed"]
    assert (fresh(checkout).state, card_desk.money.free) == ("paid", PRICE)
    card_desk.reconcile(SOON)
    assert (fresh(checkout).state, card_desk.money.free) == ("settled", 0)
    adds_up()


@pytest.mark.parametrize("number", [OK, SLOW_OK])
def test_events_that_never_come_are_not_needed(card_desk, number):
    checkout = card_desk.pay(number)
    card_desk.reconcile(timedelta(minutes=40))
    if number == SLOW_OK:
        assert fresh(checkout).state == "processing"
        card_desk.company.decide(checkout.session_id, paid=True)
        card_desk.reconcile(timedelta(hours=2))
    assert (fresh(checkout).state, card_desk.money.amount) == ("settled", PRICE)


def test_coming_back_from_the_page_asks_soon_and_believes_nothing(card_desk):
    checkout = card_desk.pay()
    card_desk.reconcile(timedelta(minutes=1))
    assert fresh(checkout).state == "open"  # nobody came back: it is asked about once its page closes
    card.look_soon(checkout)
    assert fresh(checkout).state == "open"
    card_desk.reconcile(timedelta(minutes=1))
    assert fresh(checkout).state == "settled"


def test_a_page_that_nobody_paid_ends(card_desk):
    checkout = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    card_desk.reconcile(timedelta(minutes=40))
    assert (fresh(checkout).state, fresh(checkout).url) == ("expired", "")


def test_a_bank_that_never_answers_has_a_hard_end_and_its_money_counts_all_the_same(card_desk):
    checkout = card_desk.pay(SLOW_OK)
    card_desk.tell_all()
    card_desk.reconcile(timedelta(days=2))
    assert fresh(checkout).state == "processing"
    card_desk.reconcile(timedelta(days=4))
    assert fresh(checkout).state == "failed"
    card_desk.company.decide(checkout.session_id, paid=True)
    card_desk.tell_all()
    assert (fresh(checkout).state, fresh(card_desk.notice).state) == ("settled", "paid")
    adds_up()


def test_stripe_that_never_answers_has_a_hard_end_too(card_desk, settings):
    checkout = card_desk.pay()
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    card_desk.reconcile(timedelta(days=2))
    assert fresh(checkout).state == "open"
    card_desk.reconcile(timedelta(days=4))
    assert fresh(checkout).state == "failed"
    card_desk.tell_all()
    assert fresh(checkout).state == "settled"


# ---- refunds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name"), [(stripe_client, "create_refund"), (card_returns, "_hear_refund")], ids=["before", "after"]
)
def test_a_crash_around_a_refund_sends_it_once(card_desk, crash, place, name):
    card_desk.pay()
    card_desk.tell_all()
    payment = take_off_notice(card_desk.money, notice=card_desk.notice, reason="Not theirs", by=card_desk.finance)
    refund = refund_payment(payment, amount=payment.free, reason="Withdrawn", key="r", by=card_desk.finance)
    crash(place, name)
    with pytest.raises(Crash):
        card_returns.send_refund(refund.pk)
    card_desk.reconcile(timedelta(minutes=10))
    assert (fresh(refund).state, len(card_desk.company.known["refunds"])) == ("done", 1)
    assert card_desk.money.returned == PRICE
    adds_up()


# ---- what is told to nobody ------------------------------------------------------------------------------------


def test_no_key_stands_in_a_log_or_a_refusal(card_desk, settings, caplog):
    settings.STRIPE_SECRET_KEY = "sk_test_a_wrong_one_of_some_length"
    caplog.set_level("DEBUG", logger="fairs.stripe")
    with pytest.raises(Refused) as refusal:
        pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    card_desk.reconcile(SOON)
    said = str(refusal.value) + "".join(f"{one.getMessage()} {vars(one)}" for one in caplog.records)
    assert "AuthenticationError" in said
    for secret in (settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET, "a_wrong_one", "Bearer"):
        assert secret not in said
    assert settings.STRIPE_SECRET_KEY not in "".join(traceback.format_exception(refusal.value))


def test_events_keep_nothing_personal(card_desk):
    card_desk.pay()
    card_desk.tell_all()
    [kept] = CardEvent.objects.values()
    assert set(kept) == {"id", "stripe_id", "type", "created", "received", "handled", "payment_intent"}
    assert kept["payment_intent"] == ""
    card_events.forget_events()
    assert CardEvent.objects.exists()
    with card_desk.at(timedelta(days=91)):
        card_events.forget_events()
    assert not CardEvent.objects.exists()
