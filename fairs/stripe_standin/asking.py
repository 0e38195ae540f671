"""How Stripe is asked: fields in brackets become a tree; unknown names and wrong values are refused."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

LARGEST = 99_999_999
TEXT, NUMBER, ANY = "text", "number", "any"
METADATA: dict[str, Any] = {"*": TEXT}
SESSION: dict[str, Any] = {
    "mode": TEXT, "client_reference_id": TEXT, "success_url": TEXT, "cancel_url": TEXT, "expires_at": NUMBER,
    "locale": TEXT, "metadata": METADATA,
    "line_items": {
        "*": {
            "quantity": NUMBER,
            "price_data": {"currency": TEXT, "unit_amount": NUMBER, "product_data": {"name": TEXT}},
        }
    },
    "payment_intent_data": {"description": TEXT, "metadata": METADATA},
}  # fmt: skip
REFUND: dict[str, Any] = {"payment_intent": TEXT, "amount": NUMBER, "reason": TEXT, "metadata": METADATA}
LIST: dict[str, Any] = {"payment_intent": TEXT, "limit": NUMBER, "created": {"gte": NUMBER}, "starting_after": TEXT}
FIND: dict[str, Any] = {"expand": {"*": TEXT}}


class Refusal(Exception):
    """An answer in the shape of Stripe's errors."""

    def __init__(self, status: int, code: str, message: str, *, kind: str = "invalid_request_error", param: str = ""):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message, "param": param or None}}


def tree(encoded: str, shape: Mapping[str, Any]) -> dict[str, Any]:
    """The tree that `a[b][0]=c` stands for; refuses what is not in the shape."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        path = name.replace("]", "").split("[")
        place, kind = found, _kind(path, shape, name)
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = _value(value, kind, name)
    return found


def required(given: Mapping[str, Any], *names: str) -> None:
    """Refuse what lacks a name."""
    for name in names:
        if not given.get(name):
            raise Refusal(400, "parameter_missing", f"Missing required param: {name}.", param=name)


def _kind(path: list[str], shape: Any, name: str) -> str:
    for part in path:
        shape = (shape.get(part) or shape.get("*")) if isinstance(shape, Mapping) else None
    if not isinstance(shape, str):
        raise Refusal(400, "parameter_unknown", f"Received unknown parameter: {name}", param=name)
    return shape


def _value(value: str, kind: str, name: str) -> Any:
    if kind != NUMBER:
        return value
    if not value.lstrip("-").isdigit():
        raise Refusal(400, "parameter_invalid_integer", f"Invalid integer: {value}", param=name)
    return int(value)
