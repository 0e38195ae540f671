"""Paying by card: one page an attempt, money only by the card company's word, and it always stands somewhere."""

from datetime import timedelta
from decimal import Decimal

import pytest

from booths.models import Reservation
from fairs.errors import Forbidden, Refused
from fairs.models import CardEvent, Checkout, Delivery, Entry, Notice, Payment
from fairs.money.actions.card import give_up_checkout, pay_notice_by_card
from fairs.money.actions.notices import cancel_notice
from fairs.stripe_standin.company import DECLINED, SLOW_NO, SLOW_OK
from tests import world
from tests.fairs.card_desk import *  # noqa: F403 - fixtures
from tests.fairs.ledger import PRICE, adds_up, fresh

pytestmark = pytest.mark.django_db


def refused(deed):
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.code


# ---- the page --------------------------------------------------------------------------------------------------


def test_a_card_pays_a_notice_and_gives_the_permit(card_desk):
    checkout = card_desk.pay()
    assert (fresh(checkout).state, fresh(card_desk.notice).state) == ("open", "issued")  # not before its word
    assert card_desk.tell_all() == ["checkout.session.completed"]
    done = fresh(checkout)
    assert (done.state, done.payment, done.url) == ("settled", card_desk.money, "")
    assert (card_desk.money.amount, card_desk.money.receipt) == (PRICE, "HGS18-PT00001")
    assert (fresh(card_desk.notice).state, bool(card_desk.booth().permit)) == ("paid", True)
    verbs = Entry.objects.filter(verb__startswith="fairs.checkout.").order_by("pk").values_list("verb", flat=True)
    assert [verb.rpartition(".")[2] for verb in verbs] == ["begin", "open", "pay", "settle"]
    adds_up()


def test_dong_are_whole_and_dollars_have_cents(card_desk):
    checkout = card_desk.pay()
    assert card_desk.company.find_session(checkout.session_id)["amount_total"] == PRICE
    abroad = world.importer_company(world.person())
    Notice.objects.filter(pk=card_desk.notice.pk).update(company=abroad, currency="USD", due=Decimal("900.50"))
    notice = fresh(card_desk.notice)
    Checkout.objects.all().update(about="another")
    checkout = pay_notice_by_card(notice, by=abroad.people.get())
    session = card_desk.company.find_session(checkout.session_id)
    assert (session["amount_total"], session["currency"]) == (90050, "usd")
    card_desk.company.pay(checkout.session_id, "4242424242424242")
    card_desk.tell(card_desk.company.waiting[-1])
    assert (fresh(checkout).payment.amount, fresh(checkout).payment.currency) == (Decimal("900.50"), "USD")


def test_the_page_that_is_open_is_gone_on_with(card_desk):
    first = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    again = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    assert (again, again.url) == (first, first.url)
    assert len(card_desk.company.known["sessions"]) == 1


def test_another_amount_closes_the_page_and_opens_another(card_desk):
    first = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    card_desk.cash(500_000)
    second = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    assert (fresh(first).state, second.attempt, second.amount) == ("expired", 2, PRICE - 500_000)
    assert card_desk.company.pay(first.session_id, OK) == "closed"  # noqa: F405


def test_a_page_that_was_paid_meanwhile_is_not_opened_again(card_desk):
    card_desk.pay()
    card_desk.cash(500_000)
    assert refused(lambda: pay_notice_by_card(card_desk.notice, by=card_desk.payer)) == "not_payable"
    assert card_desk.money.free == 500_000  # the truth was heard when the old page was to be closed
    adds_up()


def test_no_second_payment_while_one_is_with_the_bank(card_desk):
    card_desk.pay(SLOW_OK)
    card_desk.tell_all()
    assert refused(lambda: pay_notice_by_card(card_desk.notice, by=card_desk.payer)) == "being_paid"


def test_who_pays_and_what_cannot_be_paid(card_desk, settings):
    with pytest.raises(Forbidden):
        pay_notice_by_card(card_desk.notice, by=card_desk.finance)
    settings.CARD_CEILINGS = {"VND": "13499999"}
    assert refused(lambda: pay_notice_by_card(card_desk.notice, by=card_desk.payer)) == "over_ceiling"
    settings.STRIPE_SECRET_KEY = ""
    assert refused(lambda: pay_notice_by_card(card_desk.notice, by=card_desk.payer)) == "no_card"
    cancel_notice(card_desk.notice, by=card_desk.finance)
    assert refused(lambda: pay_notice_by_card(card_desk.notice, by=card_desk.payer)) == "not_payable"
    assert not Checkout.objects.exists()


def test_a_declined_card_pays_nothing_and_another_pays(card_desk):
    checkout = card_desk.pay(DECLINED)
    assert card_desk.events() == []
    card_desk.company.pay(checkout.session_id, OK)  # noqa: F405
    card_desk.tell_all()
    assert fresh(checkout).state == "settled"


def test_who_gives_up_closes_the_page_and_holds_nothing_back(card_desk):
    checkout = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    assert give_up_checkout(checkout, by=card_desk.payer).state == "expired"
    assert card_desk.tell_all() == ["checkout.session.expired"]
    assert pay_notice_by_card(card_desk.notice, by=card_desk.payer).attempt == 2


# ---- asynchronous ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "paid"), [(SLOW_OK, True), (SLOW_NO, False)])
def test_a_bank_that_takes_its_time(card_desk, number, paid):
    checkout = card_desk.pay(number)
    card_desk.tell_all()
    assert (fresh(checkout).state, Payment.objects.count()) == ("processing", 0)
    card_desk.company.decide(checkout.session_id, paid=paid)
    card_desk.tell_all()
    assert fresh(checkout).state == ("settled" if paid else "failed")
    assert fresh(card_desk.notice).state == ("paid" if paid else "issued")
    adds_up()


# ---- money for what is gone ------------------------------------------------------------------------------------


def test_a_hold_is_paid_and_lengthened_once(card_desk):
    booth = card_desk.booths[1]
    application = card_desk.holder(booth)
    checkout = card_desk.pay_held(application, DECLINED)
    row = booth.reservations.get()
    assert row.held_until == checkout.expires_at == world.NOON + timedelta(minutes=35)
    give_up_checkout(checkout, by=application.contact)
    with card_desk.at(timedelta(minutes=20)):
        second = card_desk.pay_held(application, DECLINED)
        assert second.attempt == 2
        assert booth.reservations.get().held_until == row.held_until < second.expires_at
        card_desk.company.pay(second.session_id, OK)  # noqa: F405
        card_desk.tell_all()
    done = fresh(second)
    assert (done.state, done.notice.state, booth.reservations.get().state) == ("settled", "paid", "confirmed")
    adds_up()


@pytest.mark.parametrize("resold", [False, True])
def test_money_after_the_end_of_a_hold(card_desk, resold):
    booth = card_desk.booths[1]
    application = card_desk.holder(booth)
    checkout = card_desk.pay_held(application)
    with card_desk.at(timedelta(hours=1)):
        if resold:
            card_desk.reserve(booth)
        card_desk.tell_all()
        assert fresh(checkout).state == "settled"
        if resold:
            assert (card_desk.money.free, card_desk.money.question) == (PRICE, "booth_gone")
            assert Delivery.objects.get(kind="fairs.card_money_waits").to == card_desk.finance
        else:
            assert (fresh(checkout).notice.state, application.reservations.latest("pk").state) == ("paid", "confirmed")
        adds_up()


def test_a_hold_that_became_a_notice_meanwhile_is_paid_by_it(card_desk):
    from booths.actions.reservations import reserve_held

    application = card_desk.holder(card_desk.booths[1])
    card_desk.pay_held(application)
    notice = reserve_held(application, by=application.contact)
    card_desk.tell_all()
    assert (fresh(notice).state, Notice.objects.count()) == ("paid", 2)
    adds_up()


@pytest.mark.parametrize("resold", [False, True])
def test_money_for_a_notice_that_was_cancelled(card_desk, resold):
    checkout = card_desk.pay()
    cancel_notice(card_desk.notice, by=card_desk.finance)
    if resold:
        card_desk.reserve(card_desk.booths[0])
    card_desk.tell_all()
    if resold:
        assert (card_desk.money.free, card_desk.money.question) == (PRICE, "booth_gone")
    else:
        assert (fresh(checkout).notice.state, card_desk.booth().state) == ("paid", "confirmed")
        assert fresh(checkout).notice != card_desk.notice
    adds_up()


def test_money_for_what_was_paid_already_waits(card_desk):
    card_desk.pay()
    card_desk.cash(PRICE)
    card_desk.tell_all()
    assert (card_desk.money.free, card_desk.money.question) == (PRICE, "already_paid")
    assert Delivery.objects.filter(kind="fairs.card_money_waits").count() == 1
    adds_up()


def test_money_for_who_withdrew_is_not_taken_for_a_booth(card_desk):
    application = card_desk.holder(card_desk.booths[1])
    card_desk.pay_held(application)
    type(application).objects.filter(pk=application.pk).update(state="withdrawn")
    Reservation.objects.filter(application=application).update(state="released")
    card_desk.tell_all()
    assert (card_desk.money.free, card_desk.money.question) == (PRICE, "not_owed")


# ---- the door --------------------------------------------------------------------------------------------------


def test_only_what_was_signed_a_moment_ago_is_heard(card_desk):
    card_desk.pay()
    [event] = card_desk.events()
    import time

    forged = {**event, "data": {"object": event["data"]["object"] | {"amount_total": 1}}}
    signature = card_desk.company.signature(b"something else")
    assert card_desk.tell(event, signature="t=1,v1=00") == 400
    assert card_desk.tell(event, signature="none") == 400
    assert card_desk.tell(forged, signature=signature) == 400
    assert card_desk.tell(event, at=time.time() - 301) == 400
    assert not CardEvent.objects.exists()
    assert card_desk.tell(event, at=time.time() - 290) == 200
    assert card_desk.money.amount == PRICE


def test_without_a_secret_nobody_signs(card_desk, settings):
    card_desk.pay()
    [event] = card_desk.events()
    settings.STRIPE_WEBHOOK_SECRET = card_desk.company.signs_with = ""
    assert card_desk.tell(event) == 404
    assert not CardEvent.objects.exists()


def test_the_door_is_narrow(card_desk):
    assert card_desk.client.get("/hooks/stripe/").status_code == 405
    large = card_desk.client.post("/hooks/stripe/", b"x" * (256 * 1024 + 1), content_type="application/json")
    assert large.status_code == 413
    statuses = {card_desk.client.post("/hooks/stripe/", b"{}", content_type="application/json").status_code}
    for _turn in range(600):
        statuses.add(card_desk.client.post("/hooks/stripe/", b"{}", content_type="application/json").status_code)
    assert statuses == {400, 429}


def test_an_event_of_others_in_the_same_account_changes_nothing(card_desk):
    card_desk.pay()
    [event] = card_desk.events()
    event["data"]["object"] |= {"id": "cs_of_others", "client_reference_id": "somebody"}
    assert card_desk.tell(event) == 200
    assert card_desk.tell({**event, "id": "evt_2", "type": "customer.created"}) == 200
    assert not Payment.objects.exists()
    assert CardEvent.objects.exclude(handled=None).count() == 2
