"""The time of the fair, which a demonstration or a test may shift."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
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
    return _fixed.get() or course().at(datetime.now(UTC))


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

    Written "2018-10-19T08:00:00+07:00", which begins with the process, or with " since 2026-11-27T06:00:00+00:00 times
    60", which is the same for all processes whenever they start. A file may stand for the real moment, which somebody
    writes into it when everything is ready: until then the clock stands still.
    """

    begins: datetime
    since: datetime | None
    times: float = 1.0

    def at(self, real: datetime) -> datetime:
        """What the clock shows at a real moment."""
        if self.since is None or (self.times != 1 and real < self.since):
            return self.begins
        return self.begins + (real - self.since) * self.times

    def real(self, shown: datetime) -> datetime:
        """The real moment at which the clock shows a moment that comes after its beginning; it runs by then."""
        assert self.since
        return self.since + (shown - self.begins) / self.times

    @classmethod
    def read(cls, text: str) -> "Course":
        """As it is written; nothing is real time."""
        begins, _since, rest = text.partition(" since ")
        since, _times, times = rest.partition(" times ")
        real = _since_when(since)
        return cls(datetime.fromisoformat(begins) if begins else real or datetime.now(UTC), real, float(times or 1))


def _since_when(text: str) -> datetime | None:
    if not text.startswith("/"):
        return datetime.fromisoformat(text) if text else datetime.now(UTC)
    try:
        return datetime.fromisoformat(Path(text).read_text())
    except FileNotFoundError:
        return None


_known: Course | None = None


def course() -> Course:
    """That of this process, decided once when it first asks; one that stands still is asked for again."""
    global _known
    if _known is None or _known.since is None:
        _known = Course.read(settings.CHO_PHIEN_CLOCK)
    return _known


def start_at(moment: datetime) -> None:
    """Let this process's clock run on from an aware moment."""
    follow(moment.isoformat())


def follow(written: str) -> None:
    """Let this process's clock run by a course as it is written."""
    global _known
    settings.CHO_PHIEN_CLOCK, _known = written, None
