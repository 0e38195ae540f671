"""Proving how few breaks there can be: is there a timetable with none, with one, with two …

Each question goes to a SAT solver; a no is a proof that there must be more, and the first yes is the answer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from matchmaking.scheduling.exact_clauses import Clauses
from matchmaking.scheduling.exact_grid import Grid
from matchmaking.scheduling.exact_model import Model

COUNTED = 12
"""So many breaks are counted at first; twice as many when that is not enough."""


@dataclass(frozen=True)
class Way:
    """How a search goes: a solver by PySAT's name, its options, whether any timetable is asked for first."""

    solver: str
    options: tuple[tuple[str, int], ...] = ()
    any_first: bool = False


@dataclass(frozen=True)
class News:
    """What a search has come to: a timetable, and so many breaks as there must be; neither when there is none."""

    at: tuple[int, ...] | None = None
    least: int | None = None


class Solver(Protocol):
    def add(self, rules: Sequence[list[int]]) -> None: ...

    def true_with(self, given: Sequence[int]) -> list[int] | None:
        """What is true when these literals are; None when they cannot be."""

    def none_at_all(self) -> bool:
        """After a no: whether it holds whatever is given."""


def search(grid: Grid, way: Way, open_solver: Callable[[Way], Solver]) -> Iterator[News]:
    """News until the last of them, which is either the best timetable or that there is none."""
    model = Model(grid)
    solver = open_solver(way)
    solver.add(model.clauses.rules)
    if way.any_first:
        true = solver.true_with(())
        if true is None:
            yield News()
            return
        yield News(at=tuple(model.timetable(true)))
    total: list[int] = []
    levels = [level for levels in model.levels for level in levels]
    for least in range(len(levels) + 1):
        if least >= len(total) < len(levels):
            total = _counted(model.clauses, levels, max(COUNTED, 2 * least), solver)
        true = solver.true_with([-total[least]] if least < len(total) else [])
        if true is not None:
            yield News(at=tuple(model.timetable(true)), least=least)
            return
        if solver.none_at_all():
            break
        yield News(least=least + 1)
    yield News()


def _counted(clauses: Clauses, levels: Sequence[int], most: int, solver: Solver) -> list[int]:
    known = len(clauses.rules)
    total = clauses.counted(levels, most)
    solver.add(clauses.rules[known:])
    return total
