"""The script of a day: who does what when, drawn up from one seed and from the edition's own rows."""

import hashlib
import heapq
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from rest_framework.authtoken.models import Token

from fairs.models import Edition, Person
from fairs.replay.asking import Answer, Noted, Site

Deed = Callable[[], object]
BACKEND = "django.contrib.auth.backends.ModelBackend"
REFUSALS = frozenset({"too_many_unknown"})


@dataclass(order=True)
class Event:
    """At a moment of the fair somebody (a gate, a person, a fault) does a thing; what they do comes one by one."""

    at: datetime
    number: int
    who: str
    what: str
    deed: Deed = field(compare=False)


@dataclass
class Day:
    """One day of an edition: its script, the site it is lived on, and what the site said yes to."""

    edition: Edition
    date: Any
    site: Site
    seed: int = 2018
    part: int = 1
    speed: float = 60
    noted: Noted = field(default_factory=Noted)
    known: dict[str, Any] = field(default_factory=dict)  # what one deed leaves to another
    facts: list[str] = field(default_factory=list)  # what the table tells beside its numbers
    faults: list[str] = field(default_factory=list)  # what went wrong on purpose
    ends: list[Deed] = field(default_factory=list)  # what must be done however the day ends
    _events: list[Event] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def many(self, number: int) -> int:
        """How many there are of what the whole fair has so many of; at least one."""
        return max(1, number // self.part)

    def chance(self, name: str) -> Random:
        """A source of chance of its own, the same every time."""
        return Random(f"{self.seed}/{name}")

    def key(self, *what: object) -> str:
        """The key of a deed, 32 digits, the same every time."""
        return hashlib.blake2b("/".join(map(str, (self.seed, *what))).encode(), digest_size=16).hexdigest()

    def hour(self, clock_time: str) -> datetime:
        """A moment of the day, such as hour("09:30")."""
        return datetime.combine(self.date, time.fromisoformat(clock_time), self.edition.zone)

    def between(self, chance: Random, begins: str, ends: str) -> datetime:
        """Some moment between two."""
        return self.hour(begins) + (self.hour(ends) - self.hour(begins)) * chance.random()

    def at(self, moment: datetime, who: str, what: str, deed: Deed) -> None:
        """Put a deed into the script; also while it is lived."""
        with self._lock:
            heapq.heappush(self._events, Event(moment, next(self._order), who, what, deed))

    def soon(self, after: Event | datetime, minutes: float) -> datetime:
        """So many minutes of the fair later."""
        return (after if isinstance(after, datetime) else after.at) + timedelta(minutes=minutes)

    def next(self, now: datetime) -> Event | None:
        """The next deed that is due."""
        with self._lock:
            return heapq.heappop(self._events) if self._events and self._events[0].at <= now else None

    @property
    def left(self) -> int:
        """How many deeds are still to come."""
        return len(self._events)

    @property
    def script(self) -> list[tuple[str, str, str]]:
        """Moment, who and what of everything to come."""
        return [(f"{one.at:%H:%M:%S.%f}", one.who, one.what) for one in sorted(self._events)]

    # ---- what people do ------------------------------------------------------------------------------------

    def ask(self, kind: str, path: str, body: Any = None, *, by: Any, refusals: frozenset[str] = REFUSALS) -> Answer:
        """Let a person's program send something, or fetch it without a body; complain of an answer nobody foresaw."""
        method = "GET" if body is None else "POST"
        answer = self.site.ask(kind, method, f"/api/v1/{path}", body, headers={"Authorization": f"Token {by}"})
        return self.expect(kind, path, answer, refusals)

    def look(self, kind: str, path: str, *, cookie: str = "") -> Answer:
        """Let a browser open a page."""
        answer = self.site.ask(kind, "GET", path, headers={"Cookie": cookie} if cookie else {})
        return self.expect(kind, path, answer, frozenset())

    def expect(self, kind: str, path: str, answer: Answer, refusals: frozenset[str]) -> Answer:
        """Complain of an answer nobody foresaw."""
        if not answer.good and answer.code not in refusals:
            self.noted.complain(f"{kind}: {path} was answered {answer.status} {answer.code} {answer.body[:160]!r}")
        return answer

    def token(self, person: Person) -> str:
        """The key of a person's program."""
        return str(Token.objects.get_or_create(user=person)[0].key)

    def cookie(self, person: Person) -> str:
        """The cookie of a browser in which a person has signed in."""
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        return f"sessionid={session.session_key}"


Part = Callable[[Day], None]
_parts: list[tuple[int, Part]] = []


def happens(order: int) -> Callable[[Part], Part]:
    """From an app's replay.py: makes ready what a part of the day needs, and puts it into the script.

    It works as the desk does the evening before: through the actions. The clock stands at that moment.
    """

    def register(part: Part) -> Part:
        _parts.append((order, part))
        return part

    return register


def draw_up(day: Day) -> None:
    """Put all parts into the script, in their order."""
    for _order, part in sorted(_parts, key=lambda pair: pair[0]):
        part(day)
