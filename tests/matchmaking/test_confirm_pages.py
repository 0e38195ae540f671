"""The link by which a contract is confirmed without an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fairs import clock
from fairs.callers import WRONG_AT_MOST
from matchmaking.actions import deals
from matchmaking.views.confirm import SHOWN_AFTER
from tests import world
from tests.matchmaking.asking import recorded, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def link(deal, name="confirm"):
    return reverse(f"matchmaking:{name}", args=[deal.token])


def test_the_link_speaks_the_language_of_whoever_it_was_sent_to(fair, client):
    deal = recorded(fair)
    assert "Is this right?" in shown(client, link(deal), "vi")
    client.cookies["django_language"] = "vi"
    assert "Như vậy có đúng không?" in shown(client, link(deal), "en")


def test_the_link_confirms_without_an_account_and_only_once(fair, client):
    deal = recorded(fair)
    client.get(link(deal))
    deal.refresh_from_db()
    assert deal.state == "recorded"
    for _twice in range(2):
        assert client.post(link(deal, "confirm_yes")).url == link(deal)
    deal.refresh_from_db()
    assert (deal.state, deal.version) == ("confirmed", 1)
    assert "Confirmed by both sides" in shown(client, link(deal))


def test_the_link_says_what_differs_and_then_confirms_no_more(fair, client):
    deal = recorded(fair)
    client.post(link(deal, "confirm_differs"), {"other_amount": "6,500,000"})
    deal.refresh_from_db()
    assert (deal.state, deal.other_amount) == ("disputed", 6_500_000)
    assert client.post(link(deal, "confirm_yes")).status_code == 422
    deal.refresh_from_db()
    assert deal.state == "disputed"


def test_the_side_that_recorded_cannot_use_the_link(fair, client):
    deal = recorded(fair)
    client.force_login(fair.maker)
    assert client.post(link(deal, "confirm_yes")).status_code == 422
    deal.refresh_from_db()
    assert deal.state == "recorded"


def test_links_cannot_be_guessed(fair, client):
    deal = recorded(fair)
    assert len(deal.token) >= 32
    for number in range(WRONG_AT_MOST):
        assert client.get(reverse("matchmaking:confirm", args=[f"wrong-{number}"])).status_code == 404
    assert client.get(reverse("matchmaking:confirm", args=["wrong"])).status_code == 429
    assert "no-store" in Client(REMOTE_ADDR="10.0.0.9").get(link(deal))["Cache-Control"]


def test_behind_a_proxy_one_visitors_wrong_links_shut_nobody_else_out(fair, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    deal = recorded(fair)
    guesser = Client(HTTP_X_FORWARDED_FOR="10.0.0.1")
    for number in range(WRONG_AT_MOST + 1):
        last = guesser.get(reverse("matchmaking:confirm", args=[f"wrong-{number}"]))
    assert last.status_code == 429
    assert Client(HTTP_X_FORWARDED_FOR="10.0.0.2").get(link(deal)).status_code == 200


def test_a_header_of_ones_own_does_not_hide_who_guesses_links(fair):
    for number in range(WRONG_AT_MOST + 1):
        guesser = Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
        last = guesser.get(reverse("matchmaking:confirm", args=[f"wrong-{number}"]))
    assert last.status_code == 429


def test_the_link_shows_the_value_while_it_is_asked_and_a_month_after_the_yes(fair, client):
    deal = recorded(fair)
    value = "6.940.000"
    client.cookies["django_language"] = "vi"
    assert value in client.get(link(deal)).content.decode()
    client.post(link(deal, "confirm_yes"))
    assert value in client.get(link(deal)).content.decode()
    with clock.at(clock.now() + SHOWN_AFTER + timedelta(hours=1)):
        assert value not in client.get(link(deal)).content.decode()


def test_the_link_of_a_paper_that_was_taken_back_shows_no_value(fair, client):
    deal = recorded(fair)
    deals.cancel_deal(deal, by=fair.maker)
    client.cookies["django_language"] = "vi"
    assert "6.940.000" not in client.get(link(deal)).content.decode()
