"""One beat: every registered step, each on its own."""

import logging
import time

from django.core.cache import cache
from django.db import close_old_connections

from fairs.discovery import beats

log = logging.getLogger("fairs.heartbeat")
AGE_KEY = "heartbeat"


def beat() -> None:
    """Do every step; one that fails is logged and does not stop the others."""
    close_old_connections()
    for step in beats():
        try:
            step()
        except Exception:
            log.exception("a step of the heartbeat failed", extra={"facts": {"step": step.__name__}})
    cache.set(AGE_KEY, time.time(), timeout=None)


def age() -> float | None:
    """Seconds since the last beat, or None when there was none."""
    last = cache.get(AGE_KEY)
    return None if last is None else time.time() - last
