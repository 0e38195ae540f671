"""A timetable in which every meeting must be held, by numbers: who meets whom, and the slots each meeting can take.

The numbers come from what people and meetings are, never from their names or their order in the file (see `in_order`):
a file under other names is solved by the same steps, in the same time.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from matchmaking.scheduling.exact_order import in_order
from matchmaking.scheduling.problem import Meeting, Problem


@dataclass(frozen=True)
class Grid:
    """Meetings and people by number.

    `windows` are the slots a meeting can take, `earlier` pairs of meetings of which the first comes strictly before the
    second, `names` the ids of the meetings.
    """

    days: tuple[range, ...]
    tables: int | None
    spread: int | None
    between: tuple[tuple[int, int], ...]
    windows: tuple[frozenset[int], ...]
    earlier: tuple[tuple[int, int], ...]
    capacity: tuple[int, ...]
    per_day: tuple[int | None, ...]
    counted: tuple[bool, ...]
    names: tuple[str, ...]

    @cached_property
    def slots(self) -> tuple[int, ...]:
        return tuple(slot for day in self.days for slot in day)

    @cached_property
    def held(self) -> tuple[tuple[int, ...], ...]:
        """The meetings of each person."""
        found: list[list[int]] = [[] for _person in self.capacity]
        for meeting, pair in enumerate(self.between):
            for person in pair:
                found[person].append(meeting)
        return tuple(map(tuple, found))

    def at(self, person: int, slot: int) -> list[int]:
        """The meetings of a person that can be held at a slot."""
        return [meeting for meeting in self.held[person] if slot in self.windows[meeting]]

    def most_breaks(self, person: int) -> int:
        """A number of breaks that nobody with so many meetings can pass."""
        by_day = sum((len(day) - 1) // 2 for day in self.days)
        return max(0, min(by_day, len(self.held[person]) - 1))

    def breaks(self, at: list[int]) -> int:
        """The breaks of all who count in a timetable that gives each meeting its slot."""
        return sum(self.breaks_of(person, at) for person, counted in enumerate(self.counted) if counted)

    def breaks_of(self, person: int, at: list[int]) -> int:
        used = {at[meeting] for meeting in self.held[person]}
        return sum(max(0, _runs(used.intersection(day)) - 1) for day in self.days)


def _runs(slots: set[int]) -> int:
    return sum(slot - 1 not in slots for slot in slots)


def grid_of(problem: Problem, seed: int = 0) -> Grid | None:
    """The grid of a problem; None when some meeting has no slot or somebody too many meetings.

    Another seed numbers the same things in another order.
    """
    people, meetings = in_order(problem)
    if seed:
        Random(seed).shuffle(meetings)
    number = {one.id: place for place, one in enumerate(people)}
    place_of = {one.id: place for place, one in enumerate(meetings)}
    load = Counter(key for one in meetings for key in one.between)
    if any(one.max_total is not None and load[one.id] > one.max_total for one in people):
        return None
    grid = Grid(
        days=tuple(day for day in problem.days if day),
        tables=problem.tables,
        spread=problem.max_break_difference,
        between=tuple((number[one.between[0]], number[one.between[1]]) for one in meetings),
        windows=tuple(_window(problem, one) for one in meetings),
        earlier=tuple(sorted({(place_of[key], place) for place, one in enumerate(meetings) for key in one.after})),
        capacity=tuple(one.capacity for one in people),
        per_day=tuple(one.max_per_day for one in people),
        counted=tuple(one.count_breaks for one in people),
        names=tuple(one.id for one in meetings),
    )
    return _narrowed(grid)


def _window(problem: Problem, meeting: Meeting) -> frozenset[int]:
    """The slots open to a meeting by itself."""
    away = {one.id: one.unavailable for one in problem.participants if one.id in meeting.between}
    slots = {slot for day in problem.days for slot in day}.difference(*away.values())
    if meeting.session is not None:
        slots.intersection_update(problem.sessions[meeting.session])
    if meeting.fixed is not None:
        slots.intersection_update({meeting.fixed})
    return frozenset(slots)


def _narrowed(grid: Grid) -> Grid | None:
    """The grid without slots that the order of meetings, or meetings with one slot left, rule out; None when a meeting
    has no slot left."""
    windows = [set(window) for window in grid.windows]
    while True:
        before = sum(map(len, windows))
        for first, second in grid.earlier:
            if windows[first] and windows[second]:
                windows[second] -= set(range(min(windows[first]) + 1))
                windows[first] -= set(range(max(windows[second], default=0), max(windows[first]) + 1))
        _leave_full(grid, windows)
        if not all(windows):
            return None
        if sum(map(len, windows)) == before:
            return replace(grid, windows=tuple(map(frozenset, windows)))


def _leave_full(grid: Grid, windows: list[set[int]]) -> None:
    """Take from each meeting the slots at which one of its people, or the tables, are full of others."""
    settled = {meeting: next(iter(window)) for meeting, window in enumerate(windows) if len(window) == 1}
    taken = Counter((person, slot) for meeting, slot in settled.items() for person in grid.between[meeting])
    at_slot = Counter(settled.values())
    closed = {slot for slot, count in at_slot.items() if grid.tables is not None and count >= grid.tables}
    full = [
        closed | {s for p, s in taken if p == person and taken[p, s] >= many}
        for person, many in enumerate(grid.capacity)
    ]
    for meeting, window in enumerate(windows):
        if meeting not in settled:
            window.difference_update(*(full[person] for person in grid.between[meeting]))
