"""The card company's client, and the only file that knows it: questions to Stripe, its answers as our own facts.

Its messages may hold parts of keys and of people, so none is kept, logged or shown: only codes.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

from fairs.money.currencies import from_smallest_units, in_smallest_units

log = logging.getLogger("fairs.stripe")
PATIENCE = 15  # seconds for one answer
TOLERANCE = 300  # seconds that a signed event may be old: a copy of one that was overheard is refused after that


class Unreachable(Exception):
    """No answer that settles anything: ask again later."""


class Declined(Exception):
    """Stripe refused for good; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Forged(Exception):
    """Not signed by Stripe, or too old."""


@dataclass(frozen=True)
class Session:
    """A page on which somebody pays by card."""

    id: str
    url: str
    status: str  # open, complete, expired
    payment_status: str  # paid, unpaid, no_payment_required
    amount: Decimal
    currency: str
    reference: str
    intent: str
    intent_status: str = ""  # known only when it was asked for

    @property
    def paid(self) -> bool:
        """Whether the money is in."""
        return self.payment_status == "paid"

    @property
    def failed(self) -> bool:
        """Whether the bank said no after all."""
        return self.status == "complete" and self.intent_status in ("requires_payment_method", "canceled")


@dataclass(frozen=True)
class Return:
    """Money on its way back to a card."""

    id: str
    status: str  # pending, requires_action, succeeded, failed, canceled
    amount: Decimal
    currency: str
    reference: str  # of the refund that we asked for; empty for one made in Stripe's own pages

    @property
    def failed(self) -> bool:
        """Whether the money is with us again."""
        return self.status in ("failed", "canceled")


@dataclass(frozen=True)
class Dispute:
    """A payer's complaint at their bank, which takes the money away until it is decided."""

    id: str
    status: str
    amount: Decimal
    currency: str

    @property
    def only_asked(self) -> bool:
        """Whether the bank merely asks, and has taken nothing."""
        return self.status.startswith("warning_")


@dataclass(frozen=True)
class Event:
    """What Stripe tells by itself, its signature checked."""

    id: str
    type: str
    created: datetime
    object: Mapping[str, Any]

    @property
    def intent(self) -> str:
        """The payment it is about, as Stripe calls it."""
        return _id(self.object.get("payment_intent"))

    @property
    def session(self) -> Session:
        """The session it is about, of an event about one."""
        return _session(self.object)


def is_configured() -> bool:
    """Whether both keys are set; without them nobody pays by card."""
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)


def create_session(
    *, key: str, title: str, amount: Decimal, currency: str, expires_at: datetime, language: str,
    success_url: str, cancel_url: str,
) -> Session:  # fmt: skip
    """A page on which this amount is paid by card; the same `key` again answers the same page."""
    item: Any = {
        "quantity": 1,
        "price_data": {
            "currency": currency.lower(),
            "unit_amount": in_smallest_units(amount, currency),
            "product_data": {"name": title},
        },
    }
    params: Any = {
        "mode": "payment",
        "client_reference_id": key,
        "line_items": [item],
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
        "locale": language,
        "metadata": {"checkout": key},
        "payment_intent_data": {"description": title, "metadata": {"checkout": key}},
    }
    sessions = _client().v1.checkout.sessions
    return _session(_ask("create a session", lambda: sessions.create(params, {"idempotency_key": key})))


def find_session(session_id: str) -> Session:
    """How a session stands now."""
    sessions = _client().v1.checkout.sessions
    return _session(_ask("find a session", lambda: sessions.retrieve(session_id, {"expand": ["payment_intent"]})))


def expire_session(session_id: str) -> Session:
    """Close a page on which nobody has paid. Declined where somebody has, or it is closed already."""
    return _session(_ask("expire a session", lambda: _client().v1.checkout.sessions.expire(session_id)))


def create_refund(*, key: str, intent: str, amount: Decimal, currency: str) -> Return:
    """Send a part of a payment back to its card; the same `key` again answers the same refund."""
    params: Any = {
        "payment_intent": intent,
        "amount": in_smallest_units(amount, currency),
        "metadata": {"refund": key},
    }
    made = _ask("create a refund", lambda: _client().v1.refunds.create(params, {"idempotency_key": key}))
    return _return(made)


def refunds_of(intent: str) -> Sequence[Return]:
    """Everything of a payment that went back or is on its way, the oldest first."""
    return [_return(one) for one in reversed(_all("list refunds", _client().v1.refunds, payment_intent=intent))]


def disputes_of(intent: str) -> Sequence[Dispute]:
    """The complaints about a payment, the oldest first."""
    return [_dispute(one) for one in reversed(_all("list disputes", _client().v1.disputes, payment_intent=intent))]


def intents_returned_since(moment: datetime) -> set[str]:
    """The payments of which something went back or was disputed since a moment, by anybody's hand."""
    since = {"gte": int(moment.timestamp())}
    refunds = _all("list all refunds", _client().v1.refunds, created=since)
    disputes = _all("list all disputes", _client().v1.disputes, created=since)
    return {_id(one["payment_intent"]) for one in (*refunds, *disputes)} - {""}


def read_event(body: bytes, signature: str) -> Event:
    """An event that Stripe signed a moment ago; anything else is Forged."""
    secret = settings.STRIPE_WEBHOOK_SECRET
    if not secret:  # an empty one would let everybody sign
        raise Forged
    try:
        stripe.Webhook.construct_event(body, signature, secret, tolerance=TOLERANCE)
        said = json.loads(body)
        created = datetime.fromtimestamp(said["created"], UTC)
        return Event(str(said["id"]), str(said["type"]), created, dict(said["data"]["object"]))
    except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError):
        raise Forged from None


def _client() -> stripe.StripeClient:
    return _client_of(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@lru_cache(maxsize=4)
def _client_of(key: str, base: str) -> stripe.StripeClient:
    given: dict[str, Any] = {"base_addresses": {"api": base}} if base else {}
    http = stripe.RequestsClient(timeout=PATIENCE)
    return stripe.StripeClient(key, http_client=http, max_network_retries=1, **given)


def _ask(what: str, question: Callable[[], Any]) -> dict[str, Any]:
    try:
        return dict(question().to_dict())
    except stripe.StripeError as error:
        facts = {"call": what, "error": type(error).__name__, "code": error.code or "", "status": error.http_status}
        log.warning("stripe", extra={"facts": facts | {"request": error.request_id or ""}})
        if _is_final(error):
            raise Declined(error.code or "refused") from None
        raise Unreachable(what) from None


def _all(what: str, service: Any, **asked: Any) -> list[dict[str, Any]]:
    """Every row of a list, page after page, the newest first."""

    def pages() -> Any:
        found = service.list({**asked, "limit": 100})
        found.data = list(found.auto_paging_iter())
        return found

    rows: list[dict[str, Any]] = _ask(what, pages)["data"]
    return rows


def _is_final(error: stripe.StripeError) -> bool:
    """Whether asking the same again would be answered the same."""
    if error.code in ("idempotency_key_in_use", "lock_timeout", "rate_limit"):
        return False
    return isinstance(error, stripe.InvalidRequestError | stripe.CardError | stripe.IdempotencyError)


def _session(said: Mapping[str, Any]) -> Session:
    intent = said["payment_intent"]
    return Session(
        id=said["id"],
        url=said["url"] or "",
        status=said["status"],
        payment_status=said["payment_status"],
        amount=_amount(said, said["amount_total"]),
        currency=said["currency"].upper(),
        reference=said["client_reference_id"] or "",
        intent=_id(intent),
        intent_status="" if intent is None or isinstance(intent, str) else intent["status"],
    )


def _return(said: Mapping[str, Any]) -> Return:
    return Return(
        id=said["id"],
        status=said["status"],
        amount=_amount(said, said["amount"]),
        currency=said["currency"].upper(),
        reference=(said["metadata"] or {}).get("refund", ""),
    )


def _dispute(said: Mapping[str, Any]) -> Dispute:
    return Dispute(said["id"], said["status"], _amount(said, said["amount"]), said["currency"].upper())


def _amount(said: Mapping[str, Any], number: int) -> Decimal:
    return from_smallest_units(number, said["currency"].upper())


def _id(said: Any) -> str:
    """Of a thing that is named, or told whole."""
    return "" if said is None else said if isinstance(said, str) else str(said["id"])
