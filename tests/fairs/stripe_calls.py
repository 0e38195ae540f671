"""Checks what is asked of Stripe against the types that its own client declares for each call."""

import collections.abc
import types
import typing
from typing import Any, Literal, NotRequired, Required, get_args, get_origin

import pytest
import typing_extensions
from stripe._dispute_service import DisputeService
from stripe._refund_service import RefundService
from stripe._request_options import RequestOptions
from stripe.checkout._session_service import SessionService
from stripe.params import DisputeListParams, RefundCreateParams, RefundListParams
from stripe.params.checkout import SessionCreateParams, SessionExpireParams, SessionRetrieveParams

CALLS: list[tuple[type, str, Any]] = [
    (SessionService, "create", SessionCreateParams),
    (SessionService, "retrieve", SessionRetrieveParams),
    (SessionService, "expire", SessionExpireParams),
    (RefundService, "create", RefundCreateParams),
    (RefundService, "list", RefundListParams),
    (DisputeService, "list", DisputeListParams),
]
NAMES = {"Mapping": typing.Mapping, "StripeContext": Any}  # that the client's own modules leave to type checkers
WRAPPERS = (NotRequired, Required, typing_extensions.NotRequired, typing_extensions.Required)


def faults(value: Any, kind: Any, place: str = "") -> list[str]:
    """What is wrong with a value by a declared type: unknown names, missing ones, wrong types, unknown words."""
    origin = get_origin(kind)
    if typing_extensions.is_typeddict(kind):
        return _faults_of_names(value, kind, place)
    if any(origin is one for one in WRAPPERS):
        return faults(value, get_args(kind)[0], place)
    if origin in (typing.Union, types.UnionType):
        return _faults_of_choice(value, get_args(kind), place)
    if origin in (list, collections.abc.Sequence):
        if not isinstance(value, list):
            return [f"{place}: {value!r} is no list"]
        return [fault for n, one in enumerate(value) for fault in faults(one, get_args(kind)[0], f"{place}[{n}]")]
    if origin in (dict, collections.abc.Mapping):
        if not isinstance(value, dict):
            return [f"{place}: {value!r} is no mapping"]
        return [fault for name, one in value.items() for fault in faults(one, get_args(kind)[1], f"{place}[{name}]")]
    if origin is Literal:
        return [] if value in get_args(kind) else [f"{place}: {value!r} is none of {get_args(kind)}"]
    if kind is type(None):
        return [] if value is None else [f"{place}: {value!r} is something"]
    right = kind is Any or (isinstance(kind, type) and type(value) is kind)
    return [] if right else [f"{place}: {value!r} is no {kind}"]


def _faults_of_names(value: Any, kind: Any, place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place}: {value!r} is no mapping"]
    known = typing_extensions.get_type_hints(kind, localns=NAMES, include_extras=True)
    if kind is not RequestOptions:  # the client lets its older calls take both in one
        known = {name: hint for name, hint in known.items() if name not in RequestOptions.__annotations__}
    optional = {name for name, hint in known.items() if _origin(hint) in WRAPPERS[::2]}
    found = [f"{place}.{name}: unknown" for name in sorted(set(value) - set(known))]
    found += [f"{place}.{name}: missing" for name in sorted(set(known) - optional - set(value))]
    return found + [
        fault for name, one in value.items() if name in known for fault in faults(one, known[name], f"{place}.{name}")
    ]


def _origin(kind: Any) -> Any:
    """What is wrapped around a type; the checker of types knows too few of them."""
    return get_origin(kind)


def _faults_of_choice(value: Any, kinds: tuple[Any, ...], place: str) -> list[str]:
    """The client writes `Literal[…] | str` for words, so that new ones pass; the words it knows are meant."""
    words = [kind for kind in kinds if get_origin(kind) is Literal]
    if any(get_args(kind) != ("",) for kind in words):
        kinds = tuple(kind for kind in kinds if kind is not str)
    found = [faults(value, kind, place) for kind in kinds]
    return [] if [] in found else min(found, key=len)


@pytest.fixture
def checked_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every call of this test is checked; the names of the calls so far."""
    made: list[str] = []

    def watch(service: type, name: str, kind: Any) -> None:
        real = getattr(service, name)

        def call(self: Any, *given: Any) -> Any:
            rest = list(given) if not given or not isinstance(given[0], str) else list(given[1:])
            params, options = [*rest, None, None][:2]
            wrong = faults(params or {}, kind, name) + faults(options or {}, RequestOptions, "options")
            assert not wrong, "\n".join(wrong)
            made.append(f"{service.__name__}.{name}")
            return real(self, *given)

        monkeypatch.setattr(service, name, call)

    for service, name, kind in CALLS:
        watch(service, name, kind)
    return made
