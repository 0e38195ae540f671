"""From where a request comes, as the limits see it, and how often something may be tried from there."""

from collections.abc import Callable
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.throttling import ScopedRateThrottle

from fairs.errors import TooMany

WRONG_AT_MOST = 20
WRONG_WITHIN = 10 * 60  # seconds
Found = TypeVar("Found")


def address_of(request: Any) -> str | None:
    """The address of whoever asks, behind as many proxies as stand before us; None when it is no address."""
    try:
        return str(ip_address(caller(request)))
    except ValueError:
        return None


def caller(request: Any) -> str:
    """By what the limits know whoever asks."""
    return ScopedRateThrottle().get_ident(request)


def asks_too_often(request: Any, scope: str) -> bool:
    """Whether an address has asked more often than the settings say for this scope; else this time is counted."""
    return not ScopedRateThrottle().allow_request(request, SimpleNamespace(throttle_scope=scope))  # type: ignore[arg-type]


def behind_link(
    request: Any, what: str, find: Callable[[], Found | None], *, wrong_at_most: int = WRONG_AT_MOST
) -> Found:
    """What a link leads to. A wrong one does not exist, and whoever has tried too many is asked to wait
    (`too_many_wrong_links`).
    """
    who = caller(request)
    if tries(what, who) >= wrong_at_most:
        raise TooMany("too_many_wrong_links", _("Too many wrong links. Wait ten minutes and open it again."))
    found = find()
    if found is None:
        count_try(what, who, within=WRONG_WITHIN)
        raise Http404
    return found


def tries(what: str, who: str) -> int:
    """How often somebody has tried something of late."""
    return int(cache.get(_key(what, who), 0))


def count_try(what: str, who: str, *, within: float) -> int:
    """Note one try more, and say how many there are; they are forgotten so many seconds after the first."""
    key = _key(what, who)
    if cache.add(key, 1, within):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # forgotten at this very moment
        cache.set(key, 1, within)
        return 1


def _key(what: str, who: str) -> str:
    return f"tries:{what}:{who}"
