"""The time of the fair, which a demonstration or a test may shift."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


class Zoned(Protocol):
    """Anything that lives in a time zone: an edition."""

    @property
    def time_zone(self) -> str: ...


def now() -> datetime:
    """The aware moment by which every rule of the fair is judged."""
    return _fixed.get() or datetime.now(UTC) + _shift()


def today(edition: Zoned) -> date:
    """The day it is at the place of the fair."""
    return now().astimezone(ZoneInfo(edition.time_zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware moment, for this thread of work only."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


@cache
def _shift() -> timedelta:
    """How far this process runs from real time, decided once when it first asks."""
    if not settings.CHO_PHIEN_CLOCK:
        return timedelta(0)
    return datetime.fromisoformat(settings.CHO_PHIEN_CLOCK) - datetime.now(UTC)


def start_at(moment: datetime) -> None:
    """Let this process's clock run on from an aware moment."""
    settings.CHO_PHIEN_CLOCK = moment.isoformat()
    _shift.cache_clear()
