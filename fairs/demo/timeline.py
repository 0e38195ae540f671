"""What happens when: events on the fair's own calendar, lived in order with the clock stopped at each."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.db import transaction

from fairs import clock

Deed = Callable[[], object]
BATCH = 40  # deeds a transaction: fewer commits, and the pages of a running server never wait long for the lock


@dataclass
class Timeline:
    """A queue of deeds by time up to an end; a deed may plan further ones, and what lies beyond the end is dropped."""

    end: datetime
    _queue: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    done: int = 0

    def at(self, moment: datetime, deed: Deed) -> None:
        """Plan a deed; two at the same moment happen in the order in which they were planned."""
        if moment <= self.end:
            heapq.heappush(self._queue, (moment, next(self._order), deed))

    def live(self) -> Iterator[float]:
        """Do everything in order; yield the part done, from 0 to 1, after each batch."""
        while self._queue:
            with transaction.atomic():
                for _nth in range(min(BATCH, len(self._queue))):
                    moment, _planned, deed = heapq.heappop(self._queue)
                    with clock.at(moment):
                        deed()
                    self.done += 1
            yield self.done / (self.done + len(self._queue))
        yield 1.0
