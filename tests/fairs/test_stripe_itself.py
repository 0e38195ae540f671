"""The same calls against Stripe itself: only where STRIPE_TEST_KEY holds a test key, else nobody collects these."""

import os
import secrets
from datetime import timedelta
from decimal import Decimal

import pytest

from fairs import clock
from fairs.money import stripe_client
from tests.fairs.stripe_calls import checked_calls  # noqa: F401 - a fixture

pytestmark = pytest.mark.stripe


@pytest.fixture(autouse=True)
def _with_a_test_key(settings, checked_calls):  # noqa: F811
    key = os.environ["STRIPE_TEST_KEY"]
    assert key.startswith(("sk_test_", "rk_test_")), "a test key, never one that moves money"
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_API_BASE = key, "whsec_unused", ""


@pytest.mark.parametrize(("amount", "currency"), [("13500000", "VND"), ("900.50", "USD")])
def test_a_session_is_opened_once_found_and_closed(amount, currency):
    given = {
        "key": secrets.token_hex(20), "title": "HGS18-TB00001", "amount": Decimal(amount), "currency": currency,
        "expires_at": clock.now() + timedelta(minutes=35), "language": "vi",
        "success_url": "https://fair.example.vn/yes", "cancel_url": "https://fair.example.vn/no",
    }  # fmt: skip
    made = stripe_client.create_session(**given)
    assert (made.amount, made.currency, made.status, made.reference) == (
        Decimal(amount),
        currency,
        "open",
        given["key"],
    )
    assert stripe_client.create_session(**given).id == made.id
    with pytest.raises(stripe_client.Declined):
        stripe_client.create_session(**given | {"amount": Decimal(amount) * 2})
    assert stripe_client.find_session(made.id).payment_status == "unpaid"
    assert stripe_client.expire_session(made.id).status == "expired"
    with pytest.raises(stripe_client.Declined):
        stripe_client.expire_session(made.id)


def test_a_payment_goes_back_once_and_no_further():
    paid = stripe_client._client().v1.payment_intents.create(
        {
            "amount": 90_050, "currency": "usd", "confirm": True, "payment_method": "pm_card_visa",
            "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
        }
    )  # fmt: skip
    given = {"key": secrets.token_hex(20), "intent": paid.id, "amount": Decimal("400.50"), "currency": "USD"}
    back = stripe_client.create_refund(**given)
    assert (back.amount, back.reference, back.failed) == (Decimal("400.50"), given["key"], False)
    assert stripe_client.create_refund(**given).id == back.id
    with pytest.raises(stripe_client.Declined):
        stripe_client.create_refund(**given | {"key": "another", "amount": Decimal("500.01")})
    assert [one.id for one in stripe_client.refunds_of(paid.id)] == [back.id]
    assert stripe_client.disputes_of(paid.id) == []
