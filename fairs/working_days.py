"""Working days: pure counting, told which days are off and which weekend days are worked on instead."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Days off besides weekends, and weekend days on which people work for another day."""

    off: Set[date] = frozenset()
    worked: Set[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people work on the day."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def after(self, start: date, number: int) -> date:
        """The end of a term: the number-th working day after `start`, which does not count itself.

        With 0 it is `start`, or the next working day when nobody works on it.
        """
        day, left = start, number
        while left > 0 or not self.works(day):
            day += DAY
            left -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(start + DAY * number) for number in range(1, (end - start).days + 1))
