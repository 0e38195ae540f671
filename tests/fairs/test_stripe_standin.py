"""The stand-in for Stripe behaves where it matters: keys, refusals, its page; and each call is checked by its types."""

import re
import urllib.error
import urllib.request
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from fairs.money import stripe_client
from fairs.money.currencies import from_smallest_units, in_smallest_units
from fairs.money.stripe_client import Declined, Forged, Unreachable
from fairs.stripe_standin import CardCompany, serve
from fairs.stripe_standin.company import DECLINED, OK
from tests import world
from tests.fairs.card_desk import company, moment  # noqa: F401 - fixtures
from tests.fairs.stripe_calls import checked_calls, faults  # noqa: F401 - a fixture
from tests.services import ROOT

NOON = world.NOON


def session(key: str = "k", amount: int = 1_000, minutes: int = 35, currency: str = "VND", **given):
    from datetime import timedelta

    facts = {
        "title": "TB1", "language": "vi", "success_url": "http://127.0.0.1/yes", "cancel_url": "http://127.0.0.1/no",
    } | given  # fmt: skip
    until = NOON + timedelta(minutes=minutes)
    return stripe_client.create_session(key=key, amount=Decimal(amount), currency=currency, expires_at=until, **facts)


# ---- amounts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency", "number"),
    [
        ("27000000", "VND", 27_000_000), ("900", "USD", 90_000), ("0.01", "USD", 1), ("500", "JPY", 500),
        ("10", "ISK", 1_000), ("5", "UGX", 500), ("1.234", "KWD", 1_234), ("12", "KRW", 12),
    ],
)  # fmt: skip
def test_stripe_counts_in_the_smallest_unit(amount, currency, number):
    assert in_smallest_units(Decimal(amount), currency) == number
    assert from_smallest_units(number, currency) == Decimal(amount)


@pytest.mark.parametrize(("amount", "currency"), [("0.5", "VND"), ("1.005", "USD"), ("1.5", "ISK")])
def test_what_a_currency_does_not_have_is_never_sent(amount, currency):
    with pytest.raises(ValueError, match="no amount"):
        in_smallest_units(Decimal(amount), currency)


# ---- keys and refusals -----------------------------------------------------------------------------------------


def test_a_key_answers_the_same_and_another_request_with_it_is_refused(company, checked_calls):  # noqa: F811
    assert session() == session()
    with pytest.raises(Declined):
        session(amount=2_000)
    assert session("other").id != session().id
    assert checked_calls == ["SessionService.create"] * 5


def test_a_refusal_is_final_and_silence_is_not(company, settings):  # noqa: F811
    for wrong in ({"minutes": 20}, {"minutes": 25 * 60}, {"amount": 100_000_000}):
        with pytest.raises(Declined):
            session(**wrong)
    with pytest.raises(Declined) as no:
        stripe_client.find_session("cs_nobody")
    assert no.value.code == "resource_missing"
    company.web.loses = 2
    with pytest.raises(Unreachable):
        session()
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    with pytest.raises(Unreachable):
        session()
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(Unreachable):
        session()


def test_more_than_is_left_does_not_go_back(company):  # noqa: F811
    made = session()
    company.pay(made.id, OK)
    intent = stripe_client.find_session(made.id).intent
    with pytest.raises(Declined):
        stripe_client.create_refund(key="a", intent=intent, amount=Decimal(1_001), currency="VND")
    first = stripe_client.create_refund(key="b", intent=intent, amount=Decimal(600), currency="VND")
    again = stripe_client.create_refund(key="b", intent=intent, amount=Decimal(600), currency="VND")
    assert (first, first.status, first.reference) == (again, "succeeded", "b")
    with pytest.raises(Declined):
        stripe_client.create_refund(key="c", intent=intent, amount=Decimal(401), currency="VND")
    assert stripe_client.refunds_of(intent) == [first]
    assert stripe_client.disputes_of(intent) == []


def test_what_it_knows_survives_a_restart(tmp_path, company):  # noqa: F811
    def made() -> CardCompany:
        return CardCompany(key="k", signs_with="s", now=NOON.timestamp, keep=tmp_path / "cards.json")

    first = made()
    with serve(first, tells=False):
        given = {"mode": "payment", "success_url": "http://x/", "line_items": {"0": {"quantity": 1, "price_data": {
            "currency": "vnd", "unit_amount": 5, "product_data": {"name": "x"}}}}}  # fmt: skip
        with first.deed():
            session_id = first.create_session(given)["id"]
    assert made().pay(session_id, OK) == "paid"
    assert made().find_session(session_id)["payment_status"] == "paid"


# ---- signatures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'"x"', b"\xff", b'{"id": 1, "type": 2, "created": "x"}'])
def test_what_is_signed_and_no_event_is_no_event(company, body):  # noqa: F811
    with pytest.raises(Forged):
        stripe_client.read_event(body, company.signature(body))


# ---- the page --------------------------------------------------------------------------------------------------


def ask(url: str, number: str = "") -> tuple[int, str, dict[str, str]]:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_given):
            return None

    data = urlencode({"number": number}).encode() if number else None
    try:
        with urllib.request.build_opener(Stay).open(url, data) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as other:
        return other.code, other.read().decode(), dict(other.headers)


def test_the_page_says_what_it_is_and_runs_nothing(company):  # noqa: F811
    made = session(title="<b>TB1</b>")
    status, page, headers = ask(made.url)
    assert (status, "không phải Stripe" in page, "1,000 VND" in page) == (200, True, True)
    assert "&lt;b&gt;TB1" in page
    assert not any(word in page for word in ("<script", "style=", "https://", "onclick"))
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "not Stripe" in ask(f"{made.url}?lang=en")[1]
    assert ask(f"{company.address}/page.css")[0] == 200
    assert ask(f"{company.address}/pay/cs_nobody")[0] == 404


def test_the_page_takes_a_card_once(company):  # noqa: F811
    made = session()
    status, page, _headers = ask(made.url, DECLINED)
    assert (status, "từ chối" in page) == (422, True)
    status, _page, headers = ask(made.url, "4242 4242 4242 4242")
    assert (status, headers["Location"]) == (303, "http://127.0.0.1/yes")
    status, page, _headers = ask(made.url, OK)
    assert (status, "<form" in page) == (200, False)


# ---- the checker of calls --------------------------------------------------------------------------------------

RIGHT = {
    "mode": "payment",
    "line_items": [{"quantity": 1, "price_data": {"currency": "vnd", "unit_amount": 5, "product_data": {"name": "x"}}}],
}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ""),
        ({"moed": "payment"}, ".moed: unknown"),
        ({"mode": "paymnet"}, ".mode: 'paymnet' is none of"),
        ({"expires_at": "35"}, ".expires_at: '35' is no"),
        ({"expires_at": True}, ".expires_at: True is no"),
        ({"metadata": {"a": 1}}, ".metadata[a]: 1 is no"),
        ({"client_reference_id": "x"}, ""),
        ({"locale": "vn"}, ".locale: 'vn' is none of"),
        ({"line_items": {}}, ".line_items: {} is no list"),
        ({"line_items": [{"price_data": {"unit_amount": 5}}]}, ".line_items[0].price_data.currency: missing"),
        ({"idempotency_key": "k"}, ".idempotency_key: unknown"),
    ],
)
def test_a_call_is_checked_by_the_clients_own_types(change, fault):
    found = faults(RIGHT | change, SessionCreateParams)
    assert (not found) if not fault else (len(found) == 1 and found[0].startswith(fault))


def test_a_refunds_reason_is_one_of_stripes_words():
    assert faults({"reason": "requested_by_customer"}, RefundCreateParams) == []
    assert faults({"reason": "because"}, RefundCreateParams) != []


@pytest.mark.parametrize("body", ["surprise=1", "payment_intent[x]=1", "amount=ten", "amount=1"])
def test_the_stand_in_knows_no_other_names_either(company, body):  # noqa: F811
    request = urllib.request.Request(f"{company.address}/v1/refunds", body.encode(), {
        "Authorization": f"Bearer {company.key}"})  # fmt: skip
    with pytest.raises(urllib.error.HTTPError) as no:
        urllib.request.urlopen(request)
    assert no.value.code == 400


def test_one_file_knows_the_card_companys_client():
    apps = ("config", "fairs", "booths", "buyers", "matchmaking")
    files = [path for app in apps for path in (ROOT / app).rglob("*.py")]
    knowing = [path.name for path in files if re.search(r"^\s*(import|from) stripe\b", path.read_text("utf-8"), re.M)]
    assert knowing == ["stripe_client.py"]
