"""From where a request comes, as the limits see it."""

from ipaddress import ip_address
from typing import Any

from rest_framework.throttling import ScopedRateThrottle


def address_of(request: Any) -> str | None:
    """The address of whoever asks, behind as many proxies as stand before us; None when it is no address."""
    told = ScopedRateThrottle().get_ident(request)
    try:
        return str(ip_address(told))
    except ValueError:
        return None
