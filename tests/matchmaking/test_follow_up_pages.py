"""The links of a letter after the fair, a company's own list, and what the desk sees."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from fairs import clock
from fairs.callers import WRONG_AT_MOST
from matchmaking.actions.follow_up import answer_follow_up, ask
from matchmaking.models import Deal, FollowUp, FollowUpRules, NoFollowUps
from matchmaking.views.follow_up import SHOWN_AFTER
from tests import world
from tests.matchmaking.asking import form, page, shown
from tests.matchmaking.following import AFTER, asked_of, met

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """Thirty days after the fair, at ten, with a pair that met."""
    with clock.at(AFTER):
        sides = world.two_sides()
        met(sides)
        yield sides


@pytest.fixture
def one(fair):
    """What the importer is asked."""
    return asked_of(fair)


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ordered(fair, one):
    answer_follow_up(one, answer="ordered", amount=Decimal("5000.50"), currency="EUR", by=fair.buyer)
    return one


def test_opening_a_link_changes_nothing_and_has_the_tapped_answer_chosen(fair, one, client):
    text = shown(client, f"{one.url}?answer=sample")
    assert 'value="sample"' in text
    assert text.count(" checked") == 1
    for asking in ("?answer=lost", "?answer=nonsense", ""):
        shown(client, one.url + asking)
    one.refresh_from_db()
    assert (one.state, one.version) == ("asked", 0)


def test_one_more_tap_records_it_without_an_account(fair, one, client):
    assert client.post(one.url, {"answer": "talking"}).url == one.url
    one.refresh_from_db()
    assert (one.state, one.answered_by) == ("talking", None)
    assert "your answer is noted" in shown(client, one.url)


def test_an_order_has_a_value_as_the_reader_writes_it(fair, one, client):
    asked = {"answer": "ordered", "currency": "EUR"}
    refused = client.post(one.url, asked, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert "Write a value above zero." in refused.content.decode()
    assert client.post(one.url, asked | {"amount": "5,000.50"}).status_code == 302
    one.refresh_from_db()
    assert (one.amount, one.currency) == (Decimal("5000.50"), "EUR")
    assert client.post(one.url, {"answer": "lost"}).status_code == 422
    client.post(one.url, {"answer": "lost", "reason": "price", "amount": "7", "currency": "EUR"})
    one.refresh_from_db()
    assert (one.state, one.amount, one.reason) == ("lost", None, "price")


def test_the_link_speaks_the_language_of_whoever_it_was_sent_to(fair, one, client):
    assert client.get(one.url, headers={"accept-language": "vi"})["Content-Language"] == "en"
    theirs = asked_of(fair, "exhibitor")
    assert client.get(theirs.url, headers={"accept-language": "en"})["Content-Language"] == "vi"
    client.cookies["django_language"] = "en"
    assert client.get(theirs.url)["Content-Language"] == "en"


def test_a_wrong_link_does_not_exist_and_too_many_are_slowed_down(fair, one, client):
    wrong = reverse("matchmaking:follow_up", args=["guessed"])
    for _try in range(WRONG_AT_MOST):
        assert client.get(wrong).status_code == 404
    assert client.get(wrong).status_code == 429
    assert client.get(one.url).status_code == 429


def test_all_questions_of_a_letter_stand_behind_one_link(fair, client):
    other = world.exhibitor(fair.edition, name_vi="Mây tre Phú Vinh")
    met(fair, exhibitor=other.part)
    assert ask(fair.importer, 30)
    first = FollowUp.objects.filter(side="importer")[0]
    text = shown(client, first.rung.url)
    assert "Mây tre Phú Vinh" in text
    assert all(one.url in text for one in FollowUp.objects.filter(side="importer"))
    client.post(first.url, {"answer": "talking"})
    assert first.rung.url in shown(client, first.url)


@pytest.mark.parametrize("count", world.ROWS)
def test_the_page_of_a_letter_takes_the_same_queries_for_any_number(fair, client, count, django_assert_num_queries):
    for _one in range(count):
        met(fair, exhibitor=world.participation(fair.edition, world.company(), "exhibitor"))
    ask(fair.importer, 30)
    address = FollowUp.objects.all()[0].rung.url
    client.get(address)
    with django_assert_num_queries(3):
        client.get(address)


def test_who_wants_no_more_says_so_without_signing_in(fair, one, client):
    stop = one.rung.stop_url(fair.buyer)
    assert "Ask me no more" in shown(client, stop)
    assert not NoFollowUps.objects.exists()
    for _twice in range(2):
        assert client.post(stop).status_code == 302
    assert NoFollowUps.objects.get().person == fair.buyer
    assert client.get(reverse("matchmaking:no_more_follow_ups", args=["1-1:x"])).status_code == 404


def test_a_month_later_the_link_no_longer_tells_what_was_said(fair, one, client):
    ordered(fair, one)
    assert "5,000.50" in shown(client, one.url)
    with clock.at(AFTER + SHOWN_AFTER):
        assert "5,000.50" not in shown(client, one.url) + shown(client, f"{one.url}?answer=ordered")
        assert "5,000.50" in shown(signed_in(fair.buyer), one.url)


def test_an_order_leads_to_the_form_of_a_contract_with_what_is_known(fair, one):
    ordered(fair, one)
    buyer = signed_in(fair.buyer)
    address = page("record_order", fair, order=one.pk)
    assert address in shown(buyer, one.url)
    text = shown(buyer, address)
    assert 'value="5,000.50"' in text
    answer = buyer.post(address, form(other=one.exhibitor_id, amount="5,000.50"), headers={"accept-language": "en"})
    deal = Deal.objects.get()
    assert answer.url == page("deal", fair, pk=deal.pk)
    assert (deal.exhibitor, deal.meeting.exhibitor, deal.follow_ups.get()) == (fair.exhibitor, fair.exhibitor, one)
    assert signed_in(fair.maker).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_company_sees_what_it_was_asked_and_not_what_the_other_said(fair, one):
    asked_of(fair, "exhibitor")
    ordered(fair, one)
    own = shown(signed_in(fair.buyer), page("follow_ups", fair))
    assert "answered 1 times (100%)" in own
    assert "5,000.50" in own
    theirs = shown(signed_in(fair.maker), page("follow_ups", fair))
    assert "answered 0 times (0%)" in theirs
    assert "5,000.50" not in theirs
    assert page("follow_ups", fair) in shown(signed_in(fair.buyer), page("agenda", fair))


@pytest.mark.parametrize("count", world.ROWS)
def test_a_list_takes_the_same_queries_for_any_number(fair, count, django_assert_num_queries):
    for _one in range(count):
        met(fair, exhibitor=world.participation(fair.edition, world.company(), "exhibitor"))
    ask(fair.importer, 30)
    client = signed_in(fair.buyer)
    client.get(page("follow_ups", fair))
    with django_assert_num_queries(9):
        client.get(page("follow_ups", fair))


def test_the_desk_sees_rungs_and_rates_and_no_value(fair, one):
    asked_of(fair, "exhibitor")
    ordered(fair, one)
    text = shown(signed_in(world.officer(fair.edition, "reports")), page("follow_ups_desk", fair))
    assert "50%" in text
    assert "5,000" not in text
    assert "to come" in text


@pytest.mark.parametrize("count", world.ROWS)
def test_the_desk_takes_the_same_queries_for_any_number(fair, count, django_assert_num_queries):
    for _one in range(count):
        met(fair, exhibitor=world.participation(fair.edition, world.company(), "exhibitor"))
    ask(fair.importer, 30)
    client = signed_in(world.officer(fair.edition, "reports"))
    client.get(page("follow_ups_desk", fair))
    with django_assert_num_queries(11):
        client.get(page("follow_ups_desk", fair))


def test_the_desk_sets_the_days(fair):
    client = signed_in(world.officer(fair.edition, "reports"))
    address = page("follow_up_rules", fair)
    assert "30, 90, 180, 365" in shown(client, address)
    assert client.post(address, {"days": "30, x", "remind_after": "7"}).status_code == 422
    assert client.post(address, {"days": "60, 30", "remind_after": "0"}).status_code == 302
    assert FollowUpRules.objects.get().days == [30, 60]


def test_nobody_signed_in_for_another_company_finds_the_list(fair, one):
    assert signed_in(world.person()).get(page("follow_ups", fair)).status_code == 404
    shown(signed_in(fair.buyer), page("follow_ups_desk", fair), status=404)
