"""Putting a confirmed contract right: one side asks, the other agrees, and both values stay readable."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from fairs import clock, reports
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry, ExchangeRate
from fairs.states import StateConflict
from matchmaking.actions.deal_corrections import (
    agree_correction,
    ask_correction,
    refuse_correction,
    withdraw_correction,
)
from matchmaking.actions.deals import agree_deal, confirm_deal, dispute_deal, object_to_deal
from matchmaking.deal_codes import code_of, number_of
from matchmaking.models import Deal, DealCorrection
from tests import world
from tests.matchmaking.asking import page, recorded, shown

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def fair():
    """The first morning of the fair, at ten, with a rate of the yen."""
    with clock.at(world.FIRST_MORNING):
        ExchangeRate.objects.create(currency="JPY", date=world.OPENS, usd=Decimal("0.01"), source="State Bank")
        yield world.two_sides()


@pytest.fixture
def deal(fair):
    """A contract over 100,000 yen that both sides confirm."""
    return confirm_deal(recorded(fair, amount=Decimal(100_000)), by=fair.buyer)


def ask(deal, by, **given):
    asked = {"field": "value", "amount": Decimal(90_000), "currency": "JPY", "reason": "Two boxes broke"}
    return ask_correction(deal, by=by, **asked | given)


def fresh(deal):
    return Deal.objects.get(pk=deal.pk)


def test_the_value_changes_when_the_other_side_agrees_and_both_are_kept(fair, deal):
    correction = ask(deal, fair.maker)
    assert (fresh(deal).amount, fresh(deal).usd) == (100_000, 1000)
    assert Delivery.objects.get(kind="matchmaking.correction_asked").to == fair.buyer
    agree_correction(correction, by=fair.buyer)
    now = fresh(deal)
    assert (now.amount, now.currency, now.usd, now.state, now.version) == (90_000, "JPY", 900, "confirmed", 2)
    kept = DealCorrection.objects.get()
    assert (kept.before, kept.after, kept.side, kept.answered_by) == (
        "100000.00 JPY", "90000.00 JPY", "exhibitor", fair.buyer
    )  # fmt: skip
    assert Entry.objects.filter(verb="matchmaking.deal.correct", object_id=str(deal.pk)).count() == 1
    worth = reports.line("F1").figure("value_usd").amounts(fair.edition)[0].value
    assert worth == 900


def test_the_currency_goes_with_its_value_and_the_rate_with_its_day(fair, deal):
    agree_correction(ask(deal, fair.buyer, amount=Decimal("950.50"), currency="USD"), by=fair.maker)
    assert (fresh(deal).currency, fresh(deal).usd, fresh(deal).rate) == ("USD", Decimal("950.50"), None)
    ExchangeRate.objects.create(currency="EUR", date=world.OPENS - timedelta(days=1), usd=Decimal("1.1"), source="A")
    agree_correction(ask(fresh(deal), fair.maker, amount=Decimal(100), currency="EUR"), by=fair.buyer)
    day = ask(fresh(deal), fair.maker, field="signed_on", signed_on=world.OPENS - timedelta(days=3))
    agree_correction(day, by=fair.buyer)
    assert (fresh(deal).usd, fresh(deal).signed_on) == (None, world.OPENS - timedelta(days=3))
    assert list(DealCorrection.objects.values_list("field", flat=True)) == ["value", "value", "signed_on"]


def test_the_kind_may_be_put_right_and_the_totals_follow(fair, deal):
    agree_correction(ask(deal, fair.buyer, field="kind", kind="memorandum"), by=fair.maker)
    assert (Deal.objects.contracts().count(), Deal.objects.memoranda().count()) == (0, 1)
    assert fresh(deal).opportunity.state == "memorandum"


def test_a_correction_waits_for_the_other_side_alone(fair, deal):
    correction = ask(deal, fair.maker)
    others = [world.officer(fair.edition, "director"), world.person(), world.importer(fair.edition).person]
    for by in [fair.maker, *others]:
        with pytest.raises(Forbidden):
            agree_correction(correction, by=by)
        with pytest.raises(Forbidden):
            refuse_correction(correction, by=by)
    with pytest.raises(Forbidden):
        withdraw_correction(correction, by=fair.buyer)
    refuse_correction(correction, by=fair.buyer)
    with pytest.raises(StateConflict):
        agree_correction(correction, by=fair.buyer)
    assert fresh(deal).amount == 100_000
    withdraw_correction(ask(deal, fair.maker), by=fair.maker)
    assert sorted(DealCorrection.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "reason"),
        ({"field": "goods"}, "field"),
        ({"amount": None}, "amount"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("5.5")}, "amount"),
        ({"currency": "XAU"}, "amount"),
        ({"amount": Decimal(100_000)}, "nothing_changes"),
        ({"field": "signed_on"}, "signed_on"),
        ({"field": "signed_on", "signed_on": world.OPENS + timedelta(days=1)}, "signed_on"),
        ({"field": "kind", "kind": "promise"}, "kind"),
    ],
)
def test_what_makes_no_sense_is_refused(fair, deal, given, code):
    with pytest.raises(Invalid) as refusal:
        ask(deal, fair.maker, **given)
    assert refusal.value.code == code
    assert not DealCorrection.objects.exists()


def test_only_what_is_confirmed_is_put_right_and_one_thing_once_at_a_time(fair, deal):
    with pytest.raises(Refused) as refusal:
        ask(recorded(fair, key="two"), fair.maker)
    assert refusal.value.code == "not_confirmed"
    ask(deal, fair.maker)
    with pytest.raises(Refused) as refusal:
        ask(deal, fair.buyer, amount=Decimal(80_000))
    assert refusal.value.code == "asked_already"


def test_a_correction_of_what_changed_meanwhile_is_looked_at_again(fair, deal):
    correction = ask(deal, fair.maker)
    Deal.objects.filter(pk=deal.pk).update(amount=Decimal(95_000))
    with pytest.raises(Refused) as refusal:
        agree_correction(correction, by=fair.buyer)
    assert refusal.value.code == "changed_meanwhile"


def test_what_was_objected_to_meanwhile_is_not_put_right(fair):
    deal = recorded(fair, amount=Decimal(100_000))
    confirm_deal(deal, by=NOBODY, token=code_of(deal), number=number_of(deal))
    correction = ask(deal, fair.maker)
    object_to_deal(deal, by=fair.buyer)
    with pytest.raises(Refused) as refusal:
        agree_correction(correction, by=fair.buyer)
    assert (refusal.value.code, fresh(deal).amount) == ("not_confirmed", 100_000)


def test_the_value_agreed_on_after_a_difference_is_kept_as_a_correction(fair):
    deal = recorded(fair)
    dispute_deal(deal, by=fair.buyer, other_amount=Decimal(6_900_000), note="Freight")
    agree_deal(deal, by=fair.maker)
    kept = DealCorrection.objects.get()
    assert (kept.state, kept.before, kept.after, kept.side) == (
        "agreed", "6940000.00 JPY", "6900000.00 JPY", "importer"
    )  # fmt: skip


def test_the_database_keeps_a_reason_and_a_change(fair, deal):
    for wrong in [{"reason": ""}, {"after": "100000.00 JPY"}]:
        fields = {"field": "value", "before": "100000.00 JPY", "after": "1.00 JPY", "reason": "x", "side": "importer"}
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            DealCorrection.objects.create(deal=deal, **fields | wrong)


def test_the_pages_show_before_and_after_and_take_the_answer(fair, client, deal):
    client.force_login(fair.maker)
    sent = {"field": "value", "amount": "90,000", "currency": "JPY", "reason": "Two boxes broke"}
    client.post(page("correct_deal", fair, pk=deal.pk), sent, headers={"accept-language": "en"})
    correction = DealCorrection.objects.get()
    address = page("answer_deal_correction", fair, pk=deal.pk, deal_correction=correction.pk)
    assert client.post(address, {"verb": "agree"}).status_code == 422
    assert client.post(address, {"verb": "destroy"}).status_code == 404
    client.force_login(fair.buyer)
    assert "Two boxes broke" in shown(client, page("deal", fair, pk=deal.pk))
    client.post(address, {"verb": "agree"})
    seen = shown(client, page("deal_history", fair, pk=deal.pk))
    assert ("¥100,000" in seen, "¥90,000" in seen, "Agreed" in seen) == (True, True, True)


def test_the_link_of_a_letter_answers_a_correction_without_an_account(fair, client, deal):
    correction = ask(deal, fair.maker)
    link = reverse("matchmaking:confirm", args=[deal.token])
    assert "Two boxes broke" in shown(client, link)
    answer = reverse("matchmaking:confirm_correction", args=[deal.token, correction.pk])
    client.post(answer, {"yes": "1"})
    assert fresh(deal).amount == 90_000


def test_the_link_answers_no_correction_that_its_own_side_asked_for(fair, client, deal):
    correction = ask(deal, fair.buyer)
    assert "Two boxes broke" not in shown(client, reverse("matchmaking:confirm", args=[deal.token]))
    answer = reverse("matchmaking:confirm_correction", args=[deal.token, correction.pk])
    assert client.post(answer, {"yes": "1"}).status_code == 422
    assert fresh(deal).amount == 100_000
