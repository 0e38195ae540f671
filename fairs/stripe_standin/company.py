"""What the card company knows: sessions, payments, refunds, disputes, and what it tells about them."""

import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fairs.stripe_standin.asking import LARGEST, Refusal, required

OK, DECLINED, NO_MONEY = "4242424242424242", "4000000000000002", "4000000000009995"
SLOW_OK, SLOW_NO = "4000000000001000", "4000000000001999"  # numbers of our own: the bank takes its time
SHORTEST, LONGEST = 30 * 60, 24 * 3600
Thing = dict[str, Any]


class CardCompany:
    """The state of a card company; every deed of payers, banks and merchants is a method.

    `now` is its time in seconds. With `keep`, what it knows survives a restart in that file.
    """

    def __init__(
        self, *, key: str, signs_with: str, now: Callable[[], float] = time.time, keep: Path | None = None
    ) -> None:
        self.key, self.signs_with, self.now, self.keep = key, signs_with, now, keep
        self.address = self.hook = ""
        self.bank_takes: float | None = None  # seconds until a slow payment is decided; None: not by itself
        self.refunds_take_time = False
        self.lock = threading.RLock()
        self.known: dict[str, dict[str, Any]] = {
            "sessions": {}, "intents": {}, "refunds": {}, "disputes": {}, "answers": {}, "events": {}, "slow": {},
        }  # fmt: skip
        self.waiting: list[Thing] = []  # events that nobody has been told yet
        if keep and keep.exists():
            self.known |= json.loads(keep.read_text())

    @contextmanager
    def deed(self) -> Iterator[None]:
        """One at a time, and kept on disk before anybody hears of it."""
        with self.lock:
            yield
            if self.keep:
                new = self.keep.with_suffix(".new")
                new.write_text(json.dumps(self.known))
                new.replace(self.keep)

    # ---- what merchants ask ------------------------------------------------------------------------------

    def create_session(self, given: Mapping[str, Any]) -> Thing:
        """A page to pay on."""
        required(given, "mode", "line_items", "success_url")
        if given["mode"] != "payment":
            raise Refusal(400, "parameter_invalid", "This stand-in knows mode=payment only.", param="mode")
        item = given["line_items"]["0"]
        required(item, "quantity", "price_data")
        required(item["price_data"], "currency", "unit_amount", "product_data")
        total = int(item["price_data"]["unit_amount"]) * int(item["quantity"])
        if not 0 < total <= LARGEST:
            code = "amount_too_large" if total > 0 else "amount_too_small"
            raise Refusal(400, code, f"The amount {total} cannot be charged.", param="line_items")
        now, expires = int(self.now()), int(given.get("expires_at", self.now() + LONGEST))
        if not now + SHORTEST - 5 <= expires <= now + LONGEST + 5:
            sentence = "expires_at must be between 30 minutes and 24 hours from now."
            raise Refusal(400, "parameter_invalid", sentence, param="expires_at")
        pk = _id("cs_test")
        made = self.known["sessions"][pk] = {
            "id": pk, "object": "checkout.session", "livemode": False, "mode": "payment", "created": now,
            "expires_at": expires, "status": "open", "payment_status": "unpaid", "payment_intent": None,
            "amount_total": total, "amount_subtotal": total, "currency": item["price_data"]["currency"],
            "client_reference_id": given.get("client_reference_id"), "metadata": given.get("metadata", {}),
            "success_url": given["success_url"], "cancel_url": given.get("cancel_url"),
            "locale": given.get("locale", "auto"), "url": f"{self.address}/pay/{pk}",
        }  # fmt: skip
        made["x_title"] = item["price_data"]["product_data"]["name"]
        return _shown(made)

    def find_session(self, pk: str, *, whole: bool = False) -> Thing:
        """A session as it stands; with its payment told whole."""
        self.tick()
        session = self._found("sessions", pk)
        intent = session["payment_intent"]
        return _shown(session) | ({"payment_intent": self.known["intents"][intent]} if whole and intent else {})

    def expire_session(self, pk: str) -> Thing:
        """Close a page on which nobody paid."""
        session = self._found("sessions", pk)
        if session["status"] != "open":
            sentence = f"Only sessions that are open can be expired; this one is {session['status']}."
            raise Refusal(400, "resource_already_exists", sentence)
        self._expire(session)
        return _shown(session)

    def create_refund(self, given: Mapping[str, Any]) -> Thing:
        """Money back to the card."""
        required(given, "payment_intent")
        intent = self._found("intents", given["payment_intent"])
        if intent["status"] != "succeeded":
            raise Refusal(400, "charge_not_refundable", "This payment has not succeeded.")
        left = intent["amount"] - intent["x_refunded"]
        amount = int(given.get("amount", left))
        if not left:
            raise Refusal(400, "charge_already_refunded", "This charge has been refunded already.")
        if not 0 < amount <= left:
            raise Refusal(400, "amount_too_large", f"Refund amount ({amount}) is greater than what is left ({left}).")
        pk = _id("re")
        refund = self.known["refunds"][pk] = {
            "id": pk, "object": "refund", "amount": amount, "currency": intent["currency"],
            "payment_intent": intent["id"], "charge": intent["latest_charge"], "created": int(self.now()),
            "metadata": given.get("metadata", {}), "reason": given.get("reason"),
            "status": "pending" if self.refunds_take_time else "succeeded",
        }  # fmt: skip
        intent["x_refunded"] += amount
        self._tell("refund.created", refund)
        self._tell("charge.refunded", self._charge(intent))
        return dict(refund)

    def all_of(self, kind: str, asked: Mapping[str, Any]) -> Thing:
        """The refunds or disputes of a payment, or since a moment, the newest first, a page at a time."""
        intent, since = asked.get("payment_intent"), asked.get("created", {}).get("gte", 0)
        rows = [
            dict(one) for one in reversed(self.known[kind].values())
            if one["payment_intent"] == (intent or one["payment_intent"]) and one["created"] >= since
        ]  # fmt: skip
        after = next((n + 1 for n, one in enumerate(rows) if one["id"] == asked.get("starting_after")), 0)
        most = asked.get("limit", 10)
        page = rows[after : after + most]
        return {"object": "list", "data": page, "has_more": len(rows) > after + most, "url": f"/v1/{kind}"}

    # ---- what payers and banks do ------------------------------------------------------------------------

    def pay(self, pk: str, number: str) -> str:
        """Type a card number on the page: paid, slow, declined, or closed when it can be paid no more."""
        with self.deed():
            self.tick()
            session = self._found("sessions", pk)
            if session["status"] != "open":
                return "closed"
            if number not in (OK, SLOW_OK, SLOW_NO):
                return "declined"
            intent = self._new_intent(session, "succeeded" if number == OK else "processing")
            session |= {"status": "complete", "payment_intent": intent["id"], "url": None}
            if number == OK:
                session["payment_status"] = "paid"
            else:
                self.known["slow"][pk] = [number == SLOW_OK, self.now()]
            self._tell("checkout.session.completed", session)
            return "paid" if number == OK else "slow"

    def decide(self, pk: str, *, paid: bool) -> None:
        """The bank's late word about a slow payment."""
        with self.deed():
            self.known["slow"].pop(pk, None)
            session = self._found("sessions", pk)
            intent = self.known["intents"][session["payment_intent"]]
            intent["status"] = "succeeded" if paid else "requires_payment_method"
            session["payment_status"] = "paid" if paid else "unpaid"
            self._tell(f"checkout.session.async_payment_{'succeeded' if paid else 'failed'}", session)

    def end_refund(self, pk: str, *, arrived: bool) -> None:
        """The bank's word about a refund; one that did not arrive is with the merchant again."""
        with self.deed():
            refund = self._found("refunds", pk)
            if not arrived:
                self.known["intents"][refund["payment_intent"]]["x_refunded"] -= refund["amount"]
            refund["status"] = "succeeded" if arrived else "failed"
            self._tell("refund.updated", refund)
            if not arrived:
                self._tell("refund.failed", refund)

    def dispute(self, intent: str, *, amount: int = 0, status: str = "needs_response") -> Thing:
        """A payer complains; but for a mere question (warning_…) the money goes away at once."""
        with self.deed():
            whole = self._found("intents", intent)
            pk = _id("dp")
            made = self.known["disputes"][pk] = {
                "id": pk, "object": "dispute", "amount": amount or whole["amount"], "currency": whole["currency"],
                "payment_intent": intent, "charge": whole["latest_charge"], "status": status, "reason": "fraudulent",
                "created": int(self.now()),
            }  # fmt: skip
            self._tell("charge.dispute.created", made)
            return made

    def close_dispute(self, pk: str, *, won: bool) -> None:
        """The bank has decided for the merchant, or against."""
        with self.deed():
            found = self._found("disputes", pk)
            found["status"] = "won" if won else "lost"
            self._tell("charge.dispute.closed", found)

    def tick(self) -> None:
        """What happens by time alone."""
        with self.lock:
            for session in self.known["sessions"].values():
                if session["status"] == "open" and session["expires_at"] <= self.now():
                    self._expire(session)
            if self.bank_takes is not None:
                for pk, (paid, since) in list(self.known["slow"].items()):
                    if since + self.bank_takes <= self.now():
                        self.decide(pk, paid=paid)

    # ---- what it tells -------------------------------------------------------------------------------------

    def signature(self, body: bytes, *, at: float | None = None) -> str:
        """The header that says who sent this body, and when; by real time, as the receiver checks it."""
        moment = int(time.time() if at is None else at)
        signed = hmac.new(self.signs_with.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        return f"t={moment},v1={signed}"

    def _tell(self, kind: str, thing: Thing) -> None:
        pk = _id("evt")
        event = {
            "id": pk, "object": "event", "type": kind, "created": int(self.now()), "livemode": False,
            "api_version": "2026-10-28.endive", "pending_webhooks": 1, "request": None,
            "data": {"object": json.loads(json.dumps(_shown(thing)))},
        }  # fmt: skip
        self.known["events"][pk] = event
        self.waiting.append(event)

    def _expire(self, session: Thing) -> None:
        session |= {"status": "expired", "url": None}
        self._tell("checkout.session.expired", session)

    def _new_intent(self, session: Thing, status: str) -> Thing:
        pk = _id("pi")
        made: Thing = {
            "id": pk, "object": "payment_intent", "amount": session["amount_total"], "currency": session["currency"],
            "status": status, "latest_charge": _id("ch"), "metadata": session["metadata"], "x_refunded": 0,
        }  # fmt: skip
        self.known["intents"][pk] = made
        return made

    def _charge(self, intent: Thing) -> Thing:
        return {
            "id": intent["latest_charge"], "object": "charge", "amount": intent["amount"],
            "amount_refunded": intent["x_refunded"], "currency": intent["currency"], "payment_intent": intent["id"],
            "refunded": intent["x_refunded"] == intent["amount"],
        }  # fmt: skip

    def _found(self, kind: str, pk: str) -> Thing:
        found: Thing | None = self.known[kind].get(pk)
        if found is None:
            raise Refusal(404, "resource_missing", f"No such {kind.removesuffix('s')}: '{pk}'")
        return found


def _id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"


def _shown(thing: Thing) -> Thing:
    """Without what only the stand-in itself knows."""
    return {name: value for name, value in thing.items() if not name.startswith("x_")}
