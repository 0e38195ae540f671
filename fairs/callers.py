"""From where a request comes, as the limits see it, and how often a link may be guessed from there."""

from ipaddress import ip_address
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from rest_framework.throttling import ScopedRateThrottle

from fairs.errors import TooMany

WRONG_AT_MOST = 20
WRONG_WITHIN = 10 * 60  # seconds


def address_of(request: Any) -> str | None:
    """The address of whoever asks, behind as many proxies as stand before us; None when it is no address."""
    told = ScopedRateThrottle().get_ident(request)
    try:
        return str(ip_address(told))
    except ValueError:
        return None


def refuse_guesses(request: Any, what: str) -> None:
    """Ask whoever has tried too many wrong links of a kind to wait (`too_many_wrong_links`)."""
    if cache.get(_tries(request, what), 0) >= WRONG_AT_MOST:
        raise TooMany("too_many_wrong_links", _("Too many wrong links. Wait ten minutes and open it again."))


def count_guess(request: Any, what: str) -> None:
    """Note a wrong link."""
    cache.add(_tries(request, what), 0, WRONG_WITHIN)
    cache.incr(_tries(request, what))


def _tries(request: Any, what: str) -> str:
    return f"{what}:{ScopedRateThrottle().get_ident(request)}"
