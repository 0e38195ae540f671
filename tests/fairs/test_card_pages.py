"""The pages of a card payment: a button where a card is taken, and a page that waits for the bank's word."""

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from fairs.models import Checkout
from fairs.money.actions.card import pay_notice_by_card
from fairs.stripe_standin.company import SLOW_OK
from tests import world
from tests.fairs.card_desk import *  # noqa: F403 - fixtures
from tests.fairs.card_desk import OK
from tests.fairs.ledger import PRICE, fresh

pytestmark = pytest.mark.django_db


def page(person, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def address(name: str, *given) -> str:
    return reverse(f"fairs:{name}", args=["hgs-2018", *given])


def shown(desk, checkout, *, left: bool = False) -> str:
    answer = page(desk.payer).get(address("checkout_left" if left else "checkout", checkout.pk))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_to_the_card_page(card_desk, script):
    client = page(card_desk.payer)
    assert "data-pay-by-card" in client.get(address("notice", card_desk.notice.pk)).content.decode()
    headers = {"HX-Request": "true"} if script else {}
    answer = client.post(address("pay_by_card", card_desk.notice.pk), headers=headers)
    checkout = Checkout.objects.get()
    if script:
        assert (answer.status_code, answer["HX-Redirect"]) == (200, checkout.url)
    else:
        assert answer["Location"] == address("checkout", checkout.pk)
        assert f'href="{checkout.url}"' in shown(card_desk, checkout)


def test_no_button_where_no_card_is_taken(card_desk, settings):
    client = page(card_desk.payer)
    settings.CARD_CEILINGS = {"VND": "13499999"}
    said = client.get(address("notice", card_desk.notice.pk)).content.decode()
    assert ("data-pay-by-card" in said, "13,499,999" in said) == (False, True)
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert "By card" not in client.get(address("notice", card_desk.notice.pk)).content.decode()
    desk = page(card_desk.finance).get(address("notice", card_desk.notice.pk))
    assert "data-pay-by-card" not in desk.content.decode()


def test_the_page_one_comes_back_to_believes_nothing(card_desk):
    checkout = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    assert "waiting for the bank" in shown(card_desk, checkout)
    assert fresh(checkout).state == "open"
    assert "Nothing has been paid" in shown(card_desk, checkout, left=True)
    card_desk.company.pay(checkout.session_id, OK)
    assert "waiting for the bank" in shown(card_desk, checkout)
    card_desk.tell_all()
    said = shown(card_desk, checkout)
    assert ("HGS18-PT00001" in said, "every 2s" in said) == (True, False)


def test_the_page_says_what_the_bank_said(card_desk):
    checkout = card_desk.pay(SLOW_OK)
    card_desk.tell_all()
    assert "has not decided yet" in shown(card_desk, checkout)
    notice = page(card_desk.payer).get(address("notice", card_desk.notice.pk)).content.decode()
    assert ("on its way" in notice, "data-pay-by-card" in notice) == (True, False)
    card_desk.company.decide(checkout.session_id, paid=False)
    card_desk.tell_all()
    assert "did not go through" in shown(card_desk, checkout)


def test_the_page_says_that_money_waits(card_desk):
    checkout = card_desk.pay()
    card_desk.cash(PRICE)
    card_desk.tell_all()
    assert "finance looks at it" in shown(card_desk, checkout)
    assert "waits for your decision" in page(card_desk.finance).get(address("desk")).content.decode()


def test_who_gives_up_is_back_at_the_notice(card_desk):
    checkout = pay_notice_by_card(card_desk.notice, by=card_desk.payer)
    answer = page(card_desk.payer).post(address("give_up_checkout", checkout.pk))
    assert answer["Location"] == address("notice", card_desk.notice.pk)
    assert "Not paid by card" in shown(card_desk, checkout)


def test_finance_sees_the_attempts_on_the_notice(card_desk):
    checkout = card_desk.pay()
    card_desk.tell_all()
    said = page(card_desk.finance).get(address("notice", card_desk.notice.pk)).content.decode()
    assert fresh(checkout).payment_intent in said
    assert (
        fresh(checkout).payment_intent
        not in page(card_desk.payer).get(address("notice", card_desk.notice.pk)).content.decode()
    )


def test_what_is_held_is_paid_from_its_own_page(card_desk):
    application = card_desk.holder(*card_desk.booths[1:3])
    client = page(application.contact)
    for where in (reverse("booths:application", args=["hgs-2018"]), "/hgs-2018/plan/?b=A02&b=A03"):
        assert "data-pay-by-card" in client.get(where).content.decode()
    assert "data-pay-by-card" not in client.get("/hgs-2018/plan/?b=A02").content.decode()  # it would pay both
    answer = client.post(reverse("booths:pay_held", args=["hgs-2018"]), headers={"HX-Request": "true"})
    checkout = Checkout.objects.get()
    assert (answer["HX-Redirect"], checkout.amount, checkout.title) == (checkout.url, 2 * PRICE, "HGS18 A02, A03")
    stranger = page(world.person()).get(address("checkout", checkout.pk))
    assert stranger.status_code == 404


# ---- for programs ----------------------------------------------------------------------------------------------


def program(person) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_a_program_opens_the_page_and_reads_what_became_of_it(card_desk):
    client = program(card_desk.payer)
    made = client.post("/api/v1/checkouts/", {"notice": card_desk.notice.pk})
    assert (made.status_code, made.json()["state"], made.json()["amount"]) == (201, "open", "13500000.00")
    card_desk.company.pay(Checkout.objects.get().session_id, OK)
    card_desk.tell_all()
    read = client.get(f"/api/v1/checkouts/{made.json()['id']}/").json()
    assert (read["state"], read["url"], read["payment"]) == ("settled", "", card_desk.money.pk)
    assert client.post("/api/v1/checkouts/", {"notice": card_desk.notice.pk}).status_code == 409
    assert program(card_desk.finance).post("/api/v1/checkouts/", {"notice": card_desk.notice.pk}).status_code == 403
    assert program(world.person()).get("/api/v1/checkouts/").json()["count"] == 0


def test_a_program_pays_what_is_held(card_desk):
    application = card_desk.holder(card_desk.booths[1])
    client = program(application.contact)
    made = client.post(f"/api/v1/applications/{application.pk}/pay/")
    assert (made.status_code, made.json()["notice"]) == (201, None)
    gone = client.post(f"/api/v1/checkouts/{made.json()['id']}/give_up/")
    assert gone.json()["state"] == "expired"


@pytest.mark.parametrize("rows", world.ROWS)
def test_lists_ask_the_same_whatever_their_length(card_desk, rows, django_assert_num_queries):
    Checkout.objects.bulk_create(
        Checkout(
            edition=card_desk.edition, company=card_desk.notice.company, notice=card_desk.notice, about="n", attempt=n,
            title="N", language="vi", amount=1, currency="VND", key=f"{n}", state="expired",
            expires_at=world.NOON, look_at=world.NOON,
        )
        for n in range(1, rows + 1)
    )  # fmt: skip
    client, desk = program(card_desk.finance), page(card_desk.finance)
    with django_assert_num_queries(3):
        assert client.get("/api/v1/checkouts/").json()["count"] == rows
    with django_assert_num_queries(19):
        assert desk.get(address("notice", card_desk.notice.pk)).status_code == 200
