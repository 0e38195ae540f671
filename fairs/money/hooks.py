"""What others tell us of money: Stripe, SePay and VietQR.vn, each in its own shape, checked and then told on.

An address whose secret is not set does not exist. Whatever a message is about, the answer is never a fault of ours:
the line is written, or the sender is told why not. Nothing of a message, its headers or its secrets is logged.
"""

import hashlib
import hmac
import json
import logging
import re
import time
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from fairs import clock
from fairs.callers import asks_too_often
from fairs.errors import DomainError, Forbidden, Invalid, Refused, TooMany
from fairs.models import BankAccount, LineReport
from fairs.money.actions.card_events import receive_event
from fairs.money.actions.lines import Account, Booked, receive_lines
from fairs.money.actions.matching import match_lines
from fairs.money.stripe_client import Forged, is_configured, read_event
from fairs.sheets.wording import clean, fold

WINDOW = 300  # seconds in which a signed message counts
TOKEN_LIVES = 300  # seconds
Fields = Mapping[str, Any]
log = logging.getLogger("fairs.money.hooks")


class Hook(View):
    """One address of a service; POST only."""

    http_method_names = ["post"]
    largest = 64 * 1024  # bytes of a message

    @method_decorator(csrf_exempt)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open():
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            _count(request, "hook")
            body = _body(request, self.largest)
            if not self.is_genuine(request, body):
                _count(request, "hook_wrong")
                raise Forbidden("wrong_secret", _("This message does not show that it comes from the service."))
            return self.take(body)
        except DomainError as refusal:
            return self.refused(refusal)

    def is_open(self) -> bool:
        """Whether its secret is set."""
        raise NotImplementedError(f"{type(self).__name__} says it")

    def is_genuine(self, request: HttpRequest, body: bytes) -> bool:
        """Whether the message shows the secret."""
        raise NotImplementedError(f"{type(self).__name__} says it")

    def take(self, body: bytes) -> HttpResponse:
        """Do what the message is for."""
        raise NotImplementedError(f"{type(self).__name__} says it")

    def refused(self, refusal: DomainError) -> HttpResponse:
        """Tell the service why not, in its own shape."""
        raise NotImplementedError(f"{type(self).__name__} says it")


class Stripe(Hook):
    """An event of Stripe's. Only its signature opens the door; no rule of the fair makes it an error."""

    largest = 256 * 1024  # an event about a payment has some five thousand bytes

    def is_open(self) -> bool:
        return is_configured()

    def is_genuine(self, request: HttpRequest, body: bytes) -> bool:
        try:
            self.event = read_event(body, request.headers.get("Stripe-Signature", ""))
        except Forged:
            return False
        return True

    def take(self, body: bytes) -> HttpResponse:
        receive_event(self.event)
        return HttpResponse()

    def refused(self, refusal: DomainError) -> HttpResponse:
        return HttpResponse(status={"too_large": 413, "too_many": 429}.get(refusal.code, 400))


class SePay(Hook):
    """A movement as SePay tells it; by API key, or signed together with the time of the message."""

    def is_open(self) -> bool:
        return bool(settings.SEPAY_API_KEY or settings.SEPAY_SECRET)

    def is_genuine(self, request: HttpRequest, body: bytes) -> bool:
        """Where a secret for signatures is set, the key alone is not enough."""
        if settings.SEPAY_SECRET:
            return _is_signed(request, body)
        kind, _space, key = request.headers.get("Authorization", "").partition(" ")
        return kind.lower() == "apikey" and _same(key.strip(), settings.SEPAY_API_KEY)

    def take(self, body: bytes) -> HttpResponse:
        told = _fields(body)
        kind = _text(told, "transferType", "transfer_type").lower()
        sign = {"in": 1, "credit": 1, "out": -1, "debit": -1}.get(kind)
        if sign is None:
            raise Invalid("no_direction", _("The message does not say whether money came in or went out."))
        booked = Booked(
            _day(_text(told, "transactionDate", "transaction_date")),
            sign * abs(_amount(told, "transferAmount", "amount")),
            text=_whole_text(_text(told, "content", "description"), _text(told, "code", "payment_code")),
            transaction=_text(told, "referenceCode", "reference_code"),
            told_as=_needed(_text(told, "id", "transaction_id")),
        )
        numbers = [_text(told, "accountNumber", "account_number"), _text(told, "subAccount", "va")]
        tell(numbers, booked, source=LineReport.Source.SEPAY, bank=_text(told, "gateway"))
        return JsonResponse({"success": True})

    def refused(self, refusal: DomainError) -> HttpResponse:
        told = {"success": False, "code": refusal.code, "message": refusal.message}
        return JsonResponse(told, status=_status(refusal))


class VietQrToken(Hook):
    """VietQR.vn signs in here with the name and password that we gave it, and gets a token for five minutes."""

    def is_open(self) -> bool:
        return _vietqr_is_open()

    def is_genuine(self, request: HttpRequest, body: bytes) -> bool:
        kind, _space, encoded = request.headers.get("Authorization", "").partition(" ")
        try:
            given = b64decode(encoded, validate=True).decode() if kind.lower() == "basic" else ""
        except ValueError:
            given = ""
        return _same(given, f"{settings.VIETQR_USERNAME}:{settings.VIETQR_PASSWORD}")

    def take(self, body: bytes) -> HttpResponse:
        token = _signer().sign(_stamp())
        return JsonResponse({"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_LIVES})

    def refused(self, refusal: DomainError) -> HttpResponse:
        return _vietqr_refusal(refusal)


class VietQrSync(Hook):
    """A movement as VietQR.vn tells it.

    Its field `sign` is the merchant's own, given when a code is made by its API and sent back; we make codes ourselves,
    so there is none to check, and the token is what shows who speaks.
    """

    def is_open(self) -> bool:
        return _vietqr_is_open()

    def is_genuine(self, request: HttpRequest, body: bytes) -> bool:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        try:
            stamp = _signer().unsign(token.strip(), max_age=TOKEN_LIVES)
        except signing.BadSignature:
            return False
        return kind.lower() == "bearer" and _same(stamp, _stamp())

    def take(self, body: bytes) -> HttpResponse:
        told = {name.lower(): value for name, value in _fields(body).items()}
        sign = {"C": 1, "D": -1}.get(_text(told, "transtype").upper())
        if sign is None:
            raise Invalid("no_direction", _("The message does not say whether money came in or went out."))
        booked = Booked(
            _day(_text(told, "transactiontime", "valuedate")),
            sign * abs(_amount(told, "amount")),
            text=_whole_text(_text(told, "content"), _text(told, "orderid")),
            transaction=_text(told, "referencenumber"),
            told_as=_needed(_text(told, "transactionid") or _text(told, "referencenumber")),
        )
        line = tell([_text(told, "bankaccount"), _text(told, "va")], booked, source=LineReport.Source.VIETQR)
        return JsonResponse(
            {"error": False, "errorReason": None, "toastMessage": None, "object": {"reftransactionid": str(line)}}
        )

    def refused(self, refusal: DomainError) -> HttpResponse:
        return _vietqr_refusal(refusal)


def tell(numbers: list[str], booked: Booked, *, source: str, bank: str = "") -> int:
    """Write what a service tells of an account and match it; answers the key of its line, the same each time.

    Refuses with `unknown_account`: a movement of an account that no edition is paid to is not ours to keep.
    """
    account = _account(numbers, bank)
    known = Account(account.bin, account.number)
    received = receive_lines(known, [booked], edition=account.edition, source=source, by=None)
    try:
        match_lines(known)
    except Exception:  # the line is here; the next heartbeat matches it
        log.exception("new lines were not matched", extra={"facts": {"source": source}})
    return [*received.new, *received.known][0]


def _account(numbers: list[str], bank: str) -> BankAccount:
    """The account with one of the numbers; of several banks the one that is named, of several editions the latest."""
    plain = [re.sub(r"[^0-9A-Za-z]", "", number).upper() for number in numbers if number]
    found = list(
        BankAccount.objects.filter(number__in=plain).select_related("edition").order_by("-edition__opens_on", "-pk")
    )
    if len({one.bin for one in found}) > 1:
        found = [one for one in found if bank and _is_named(one, bank)]
    if len({one.bin for one in found}) != 1:
        raise Refused("unknown_account", _("No edition is paid to this account."))
    return found[0]


def _is_named(account: BankAccount, bank: str) -> bool:
    one, other = sorted((fold(account.bank_name), fold(bank)), key=len)
    return bool(one) and one in other


# ---- what a message says -----------------------------------------------------------------------------------------


def _body(request: HttpRequest, largest: int) -> bytes:
    """The message, not more of it than is allowed."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > largest:
        raise Invalid("too_large", _("The message is too large."))
    body = request.read(largest + 1)
    if len(body) > largest:
        raise Invalid("too_large", _("The message is too large."))
    return body


def _fields(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Invalid("not_json", _("The message is no JSON object."))
    return told


def _text(told: Fields, *names: str) -> str:
    """The first of the fields that says something, as text."""
    for name in names:
        value = told.get(name)
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool) and str(value).strip():
            return clean(str(value))[:500]
    return ""


def _needed(name: str) -> str:
    if not name:
        raise Invalid("no_id", _("The message does not name its transaction."))
    return name[:140]


def _amount(told: Fields, *names: str) -> Decimal:
    try:
        amount = Decimal(_text(told, *names))
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not 0 < abs(amount) < 10**15 or amount != round(amount, 2):
        raise Invalid("no_amount", _("The message does not say how much money moved."))
    return amount


def _day(text: str) -> date:
    """The day at the place of the bank, of a day, a moment, or seconds or milliseconds since 1970; else today's."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if not text:
        return clock.now().astimezone(zone).date()
    try:
        if text.isdecimal():
            seconds = int(text) / 1000 if len(text) > 11 else int(text)
            return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(zone) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError, OSError):
        raise Invalid("no_day", _("The message does not say when money moved.")) from None


def _whole_text(text: str, code: str) -> str:
    """The text with the code that the service found in it, or was given for it, where it is not in there."""
    return text if fold(code) in fold(text) else f"{text} {code}"


# ---- who speaks --------------------------------------------------------------------------------------------------


def _is_signed(request: HttpRequest, body: bytes) -> bool:
    """HMAC-SHA256 over the seconds of the message, a dot and its body; neither older nor newer than the window.

    By the computer's own time, since it is that of the wire: a demonstration's clock may stand in another year.
    """
    stamp = request.headers.get("X-SePay-Timestamp", "")
    if not (stamp.isdecimal() and len(stamp) < 12 and abs(time.time() - int(stamp)) <= WINDOW):
        return False
    signature = hmac.new(settings.SEPAY_SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return _same(request.headers.get("X-SePay-Signature", ""), f"sha256={signature}")


def _same(given: str, secret: str) -> bool:
    """Whether they are the same, in a time that tells nothing of how far they are."""
    return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="fairs.money.hooks.vietqr")


def _stamp() -> str:
    """What a token holds: who it is for, so that a new password ends it."""
    return hashlib.sha256(f"{settings.VIETQR_USERNAME}:{settings.VIETQR_PASSWORD}".encode()).hexdigest()[:32]


def _vietqr_is_open() -> bool:
    return bool(settings.VIETQR_USERNAME and settings.VIETQR_PASSWORD)


def _vietqr_refusal(refusal: DomainError) -> HttpResponse:
    told = {"error": True, "errorReason": refusal.code, "toastMessage": refusal.message, "object": None}
    return JsonResponse(told, status=_status(refusal))


def _status(refusal: DomainError) -> int:
    """What the service is answered: never a fault of ours; 401 for who does not show the secret."""
    return {"wrong_secret": 401, "too_large": 413, "unknown_account": 422}.get(refusal.code, refusal.status)


def _count(request: HttpRequest, scope: str) -> None:
    """Let an address ask as often as the settings say."""
    if asks_too_often(request, scope):
        raise TooMany("too_many", _("Too many messages. Wait a minute."))
