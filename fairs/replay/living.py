"""Living a script: every deed at its moment by the clock of the fair, one after the other for each who does them."""

import threading
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import close_old_connections

from fairs import clock
from fairs.replay.day import Day, Event

AT_ONCE = 24  # people whose deeds overlap
LOOK_EVERY = 0.02  # seconds
SAY_EVERY = 2.0  # seconds
FAULTS = "fault"  # whoever's name begins so waits for nobody


@dataclass
class Life:
    """A day as it is lived: until its script is done, so many seconds are over, or somebody stops it."""

    day: Day
    seconds: float
    say: Callable[[str], None]
    done: int = 0
    took: float = 0.0  # seconds
    late: list[float] = field(default_factory=list)  # real seconds between a deed's moment and its beginning
    _lanes: dict[str, deque[Event]] = field(default_factory=lambda: defaultdict(deque))
    _over: bool = False
    _busy: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def live(self) -> bool:
        """Whether all of it could be lived in time."""
        begun = time.time()
        ends, said = begun + self.seconds, 0.0
        with ThreadPoolExecutor(AT_ONCE) as people, ThreadPoolExecutor(4) as faults, self._until_the_end():
            while (self.day.left or self._busy) and time.time() < ends:
                while event := self.day.next(clock.now()):
                    self._begin(event, faults if event.who.startswith(FAULTS) else people)
                if time.monotonic() - said > SAY_EVERY:
                    said = time.monotonic()
                    self.say(f"{clock.now().astimezone(self.day.edition.zone):%H:%M}  {self.done} done, "
                             f"{self.day.left} to come, {len(self._busy)} under way")  # fmt: skip
                time.sleep(LOOK_EVERY)
            self.took = time.time() - begun
            return not self.day.left and not self._busy

    @contextmanager
    def _until_the_end(self) -> Iterator[None]:
        """However it ends, nobody begins anything new."""
        try:
            yield
        finally:
            self._over = True

    def _begin(self, event: Event, people: ThreadPoolExecutor) -> None:
        """Let whoever does it come to it; who is busy does it afterwards."""
        with self._lock:
            self._lanes[event.who].append(event)
            if event.who in self._busy:
                return
            self._busy.add(event.who)
        people.submit(self._go_on, event.who)

    def _go_on(self, who: str) -> None:
        while True:
            with self._lock:
                if self._over or not self._lanes[who]:
                    self._busy.discard(who)
                    break
                event = self._lanes[who].popleft()
            self.late.append(max(0.0, time.time() - clock.course().real(event.at).timestamp()))
            try:
                event.deed()
            except Exception:  # told at the end: the others go on with their day
                self.day.noted.complain(f"{event.who}, {event.what}: {traceback.format_exc(limit=-3)}")
            self.done += 1
        close_old_connections()
