"""Whether an importer did what hosting asks: a rule that knows neither a database nor a language."""

from enum import StrEnum
from typing import NamedTuple


class Why(StrEnum):
    """What was not reached."""

    NEVER_CAME = "never_came"
    FEW_DAYS = "few_days"
    FEW_MEETINGS = "few_meetings"


class Asked(NamedTuple):
    """What the contract asks: meetings in all, days with an entry."""

    meetings: int
    days: int


class Shown(NamedTuple):
    """What is counted: meetings held, booked ones that the exhibitor missed, days with an entry."""

    held: int
    excused: int
    days: int

    @property
    def meetings(self) -> int:
        """A seller's absence never counts against the buyer."""
        return self.held + self.excused


class Reason(NamedTuple):
    """One thing that was not reached, with how much there is and how much was asked."""

    why: Why
    has: int
    asked: int


def shortfalls(asked: Asked, shown: Shown) -> tuple[Reason, ...]:
    """Everything that was not reached; nothing means fulfilled.

    Whoever never came is told that alone. Where no day is asked, having meetings is enough.
    """
    if not shown.days and not shown.meetings and (asked.days or asked.meetings):
        return (Reason(Why.NEVER_CAME, 0, asked.days),)
    found = []
    if shown.days < asked.days:
        found.append(Reason(Why.FEW_DAYS, shown.days, asked.days))
    if shown.meetings < asked.meetings:
        found.append(Reason(Why.FEW_MEETINGS, shown.meetings, asked.meetings))
    return tuple(found)
