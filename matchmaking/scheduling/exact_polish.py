"""Fewer breaks step by step: all but a part of a timetable stays, and a SAT solver is asked for a better part.

A part is the meetings of a few people around one with a break, or what is held in a stretch of the day. It grows while
the answer is a clear no, and shrinks when the solver gives up.
"""

from collections.abc import Iterator
from random import Random

from matchmaking.scheduling.exact_grid import Grid
from matchmaking.scheduling.exact_model import Model
from matchmaking.scheduling.exact_news import News

FIRST_PART, SMALLEST, LARGEST = 0.3, 0.1, 0.95
"""The share of meetings that may move."""
GROWS, SHRINKS = 1.03, 0.97
EFFORT, PATIENCE = 700, 10
"""Conflicts until the solver gives up; so many more after each step in vain."""


def polish(grid: Grid, seed: int = 0) -> Iterator[News]:
    """Better and better timetables, without end until there is no break; a proof only that there is none at all."""
    from pysat.solvers import Glucose4

    model = Model(grid)
    total = model.total()
    with Glucose4(bootstrap_with=model.clauses.rules) as solver:
        if not solver.solve():
            yield News()
            return
        parts = _Parts(grid, Random(seed))
        at = model.timetable(solver.get_model())
        best, vain, fewer = grid.breaks(at), 0, 1
        free: set[int] = set()
        yield News(at=tuple(at))
        while best:
            free = free if fewer > 1 else parts.next(at)
            stays = [slots[at[meeting]] for meeting, slots in enumerate(model.at) if meeting not in free]
            solver.conf_budget(EFFORT + PATIENCE * vain)
            answer = solver.solve_limited(assumptions=[*stays, -total[best - fewer]])
            if answer:
                at, vain = model.timetable(solver.get_model()), 0
                best = grid.breaks(at)
                fewer = min(2 * fewer, max(1, best // 2))
                yield News(at=tuple(at))
            elif fewer > 1:
                fewer = 1
            else:
                vain += 1
                parts.share *= SHRINKS if answer is None else GROWS
        yield News(at=tuple(at), least=0)


class _Parts:
    """What may move next."""

    def __init__(self, grid: Grid, luck: Random) -> None:
        self.grid, self.luck, self.share = grid, luck, FIRST_PART
        self.meets: list[set[int]] = [set() for _person in grid.held]
        for one, other in grid.between:
            self.meets[one].add(other)
            self.meets[other].add(one)

    def next(self, at: list[int]) -> set[int]:
        self.share = min(LARGEST, max(SMALLEST, self.share))
        people = range(len(self.grid.held))
        broken = [person for person in people if self.grid.counted[person] and self.grid.breaks_of(person, at)]
        if self.luck.random() < 0.5:
            return self._around(broken)
        return self._stretch(at) | set(self.grid.held[self.luck.choice(broken)])

    def _around(self, broken: list[int]) -> set[int]:
        chosen = [self.luck.choice(broken)]
        free, wanted = set(self.grid.held[chosen[0]]), self.share * len(self.grid.between)
        while len(free) < wanted:
            near = sorted({one for person in chosen for one in self.meets[person]}.difference(chosen))
            others = broken if self.luck.random() < 0.3 else near or broken
            one = self.luck.choice(others)
            if one in chosen and not near:
                break
            chosen.append(one)
            free.update(self.grid.held[one])
        return free

    def _stretch(self, at: list[int]) -> set[int]:
        slots = self.grid.slots
        span = min(len(slots), max(2, int(len(slots) * 1.2 * self.share)))
        first = self.luck.randrange(len(slots) - span + 1)
        inside = set(slots[first : first + span])
        return {meeting for meeting, slot in enumerate(at) if slot in inside}
