"""The goods of a contract: shipped and delivered, said by one side and confirmed by the other."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Membership, Person
from fairs.states import StateConflict
from matchmaking.actions.consignments import (
    accept_delivery,
    deny_delivery,
    say_delivered,
    say_shipped,
    take_back_shipped,
)
from matchmaking.actions.deals import confirm_deal
from matchmaking.models import Consignment, Deal
from tests import world
from tests.matchmaking.asking import page, recorded, shown

pytestmark = pytest.mark.django_db
LATER = world.FIRST_MORNING + timedelta(days=90)
DAY = LATER.date()


@pytest.fixture
def fair():
    """Three months after the fair."""
    with clock.at(LATER):
        yield world.two_sides()


@pytest.fixture
def deal(fair):
    """A contract that both sides confirm."""
    return confirm_deal(recorded(fair), by=fair.buyer)


def stage(deal):
    return Deal.objects.select_related("opportunity").get(pk=deal.pk).opportunity.state


def test_one_side_says_it_and_the_other_confirms(fair, deal):
    say_shipped(deal, on=DAY - timedelta(days=30), by=fair.maker)
    assert (Deal.objects.get().level, stage(deal)) == ("confirmed", "shipped")
    said = say_delivered(deal, on=DAY, by=fair.maker)
    assert (said.state, Deal.objects.get().delivered_at) == ("claimed", None)
    assert Delivery.objects.get(kind="matchmaking.delivery_claimed").to == fair.buyer
    with pytest.raises(Refused) as refusal:
        accept_delivery(deal, by=fair.maker)
    assert refusal.value.code == "own_word"
    accept_delivery(deal, by=fair.buyer)
    assert (Deal.objects.get().level, stage(deal)) == ("delivered", "delivered")


def test_the_importer_may_say_it_first_and_a_word_is_taken_back_or_denied(fair, deal):
    say_shipped(deal, on=DAY, by=fair.buyer)
    take_back_shipped(deal, by=fair.buyer)
    assert (Consignment.objects.get().shipped_on, stage(deal)) == (None, "signed")
    say_delivered(deal, on=DAY, by=fair.buyer)
    deny_delivery(deal, by=fair.maker)
    row = Consignment.objects.get()
    assert (row.state, row.delivered_on) == ("shipped", None)
    say_delivered(deal, on=DAY, by=fair.buyer)
    accept_delivery(deal, by=fair.maker)
    with pytest.raises(StateConflict):
        deny_delivery(deal, by=fair.maker)


def test_who_acts_for_both_sides_does_not_confirm_their_own_word(fair, deal):
    say_delivered(deal, on=DAY, by=fair.maker)
    Membership.objects.create(company=fair.importer.company, person=fair.maker)
    with pytest.raises(Refused):
        accept_delivery(deal, by=Person.objects.get(pk=fair.maker.pk))


@pytest.mark.parametrize("off", [1, -200])
def test_days_that_make_no_sense_are_refused(fair, deal, off):
    for say in (say_shipped, say_delivered):
        with pytest.raises(Invalid):
            say(deal, on=DAY + timedelta(days=off), by=fair.maker)
    say_shipped(deal, on=DAY, by=fair.maker)
    with pytest.raises(Invalid):
        say_delivered(deal, on=DAY - timedelta(days=1), by=fair.maker)


def test_only_confirmed_contracts_have_goods(fair):
    with pytest.raises(Refused) as refusal:
        say_shipped(recorded(fair), on=DAY, by=fair.maker)
    assert refusal.value.code == "not_agreed"
    memo = confirm_deal(recorded(fair, key="two", kind="memorandum", amount=Decimal(0)), by=fair.buyer)
    with pytest.raises(Refused) as refusal:
        say_shipped(memo, on=DAY, by=fair.maker)
    assert refusal.value.code == "no_contract"


def test_the_two_sides_say_it_and_nobody_else(fair, deal):
    for by in [world.officer(fair.edition, "director"), world.exhibitor(fair.edition).person, world.person()]:
        with pytest.raises(Forbidden):
            say_shipped(deal, on=DAY, by=by)


def test_on_the_page_each_side_finds_its_buttons(fair, client, deal):
    client.force_login(fair.maker)
    assert "The goods are on their way" in shown(client, page("deal", fair, pk=deal.pk))
    client.post(page("ship_deal", fair, pk=deal.pk), {"on": DAY.isoformat()})
    client.post(page("deliver_deal", fair, pk=deal.pk), {"on": DAY.isoformat()})
    assert "is asked whether the goods came" in shown(client, page("deal", fair, pk=deal.pk))
    client.force_login(fair.buyer)
    assert "Yes, the goods came" in shown(client, page("deal", fair, pk=deal.pk))
    client.post(page("answer_deal_delivery", fair, pk=deal.pk), {"came": "1"})
    assert Deal.objects.get().level == "delivered"
