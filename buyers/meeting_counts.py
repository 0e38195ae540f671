"""How many meetings people had, told by the app above that knows meetings."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple


class Meetings(NamedTuple):
    """Of one person in an edition: those held, and those to which the exhibitor did not come."""

    held: int = 0
    excused: int = 0


Count = Callable[[Any, frozenset[int]], Mapping[int, Meetings]]
_counts: list[Count] = []


def add_meeting_counts(count: Count) -> Count:
    """From an app's counts.py: the meetings of some people (edition, person ids), by person."""
    _counts.append(count)
    return count


def meetings_of(edition: Any, people: Iterable[int]) -> dict[int, Meetings]:
    """The meetings of each of these people, nothing for those who had none."""
    among = frozenset(people)
    found = dict.fromkeys(among, Meetings())
    for count in _counts:
        for person, more in count(edition, among).items():
            had = found[person]
            found[person] = Meetings(had.held + more.held, had.excused + more.excused)
    return found
