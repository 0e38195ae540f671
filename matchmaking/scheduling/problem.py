"""What is to be scheduled: slots in days, the people, and the meetings that were asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

IMPORTER, EXHIBITOR = "importer", "exhibitor"
OBJECTIVE = ("weight", "min_share", "breaks")
"""What counts, in this order: more weight, then more for the importer worst off, then fewer breaks."""


@dataclass(frozen=True, slots=True)
class Participant:
    """One who meets others; `capacity` is how many meetings it can hold at once, None of a limit is no limit."""

    id: str
    kind: str = ""
    unavailable: frozenset[int] = frozenset()
    capacity: int = 1
    max_per_day: int | None = None
    max_total: int | None = None
    count_breaks: bool = True


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two who should meet; `after` are meetings that must be held in strictly earlier slots."""

    id: str
    between: tuple[str, str]
    weight: float | int = 1
    required: bool = False
    session: str | None = None
    fixed: int | None = None
    after: tuple[str, ...] = ()

    @property
    def must(self) -> bool:
        """Whether a timetable without it breaks a rule: what is fixed is required too."""
        return self.required or self.fixed is not None


@dataclass(frozen=True)
class Problem:
    """One timetable to be made. Names are ids; every id named exists; slots are numbered from 0."""

    slots: int
    days: tuple[range, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    sessions: Mapping[str, range] = field(default_factory=dict)
    tables: int | None = None
    max_break_difference: int | None = None
    objective: tuple[str, ...] = OBJECTIVE
