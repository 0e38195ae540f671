"""The time of the fair, which a demonstration or a test may shift."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
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
    return _fixed.get() or _course().at(datetime.now(UTC))


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


@dataclass(frozen=True)
class Course:
    """How the clock of the fair runs: from a moment of its own at a real one on, and so many times as fast.

    Before the real moment it runs as any clock. Written "2018-10-19T08:00:00+07:00", which begins with the process, or
    with " since 2026-11-27T06:00:00+00:00 times 60", which is the same for all processes whenever they start.
    """

    begins: datetime
    since: datetime
    times: float = 1.0

    def at(self, real: datetime) -> datetime:
        """What the clock shows at a real moment."""
        passed = real - self.since
        return self.begins + (passed * self.times if real > self.since else passed)

    def real(self, shown: datetime) -> datetime:
        """The real moment at which the clock shows a moment that comes after its beginning."""
        return self.since + (shown - self.begins) / self.times

    @classmethod
    def read(cls, text: str) -> "Course":
        """As it is written; nothing is real time."""
        begins, _since, rest = text.partition(" since ")
        since, _times, times = rest.partition(" times ")
        real = datetime.fromisoformat(since) if since else datetime.now(UTC)
        return cls(datetime.fromisoformat(begins) if begins else real, real, float(times or 1))

    def __str__(self) -> str:
        return f"{self.begins.isoformat()} since {self.since.isoformat()} times {self.times:g}"


@cache
def _course() -> Course:
    """Decided once, when this process first asks."""
    return Course.read(settings.CHO_PHIEN_CLOCK)


def start_at(moment: datetime) -> None:
    """Let this process's clock run on from an aware moment."""
    settings.CHO_PHIEN_CLOCK = moment.isoformat()
    _course.cache_clear()


def follow(course: Course) -> None:
    """Let this process's clock run as those of others do."""
    settings.CHO_PHIEN_CLOCK = str(course)
    _course.cache_clear()
