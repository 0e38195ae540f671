"""The timetable with every meeting and provably the fewest breaks.

A SAT solver is asked whether there is a timetable with no break, with one, with two …: a no proves that there must be
more, so the first yes is the best there is. Two searches race, and the first proof ends both.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fairs.solving.apart import race
from matchmaking.scheduling import checking
from matchmaking.scheduling.exact_grid import Grid, grid_of
from matchmaking.scheduling.exact_news import News
from matchmaking.scheduling.exact_searches import searches
from matchmaking.scheduling.problem import Problem

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"


@dataclass(frozen=True)
class Exact:
    """A timetable, its breaks, and the number below which no timetable stays.

    `schedule` is empty and `breaks` None where none was found (unknown) or none exists (infeasible).
    """

    status: str = UNKNOWN
    schedule: dict[str, int] = field(default_factory=dict)
    breaks: int | None = None
    breaks_bound: int | None = None


def solve_exact(
    problem: Problem,
    *,
    seconds: float | None = None,
    seed: int = 0,
    workers: int = 2,
    tell: Callable[[Exact], None] = lambda exact: None,
    stop: Callable[[], bool] = lambda: False,
) -> Exact:
    """The best timetable of a problem in which every meeting must be held; what is known of it when time is up.

    `tell` hears of each better timetable and each better bound. `workers` searches run at once, in their own processes.
    """
    begun = time.monotonic()

    def late() -> bool:
        return stop() or (seconds is not None and time.monotonic() - begun >= seconds)

    grid = grid_of(problem, seed)
    if grid is None:
        return Exact(INFEASIBLE)
    best = Exact(breaks_bound=0)
    with race(searches(grid, max(1, workers)), late) as found:
        for news in found:
            if news == News():
                return Exact(INFEASIBLE)
            better = _with(problem, grid, best, news)
            if better != best:
                best = better
                tell(best)
            if best.status == OPTIMAL:
                break
    return best


def _with(problem: Problem, grid: Grid, best: Exact, news: News) -> Exact:
    """What is known after some news. A timetable counts only if the package's own check finds nothing against it."""
    bound = max(best.breaks_bound or 0, news.least or 0)
    if news.at is not None:
        schedule = dict(zip(grid.names, news.at, strict=True))
        breaks = checking.breaks(problem, schedule)
        if (best.breaks is None or breaks < best.breaks) and not checking.check(problem, schedule):
            best = replace(best, schedule=schedule, breaks=breaks)
    if best.breaks is None:
        return replace(best, breaks_bound=bound)
    return replace(best, status=OPTIMAL if best.breaks <= bound else FEASIBLE, breaks_bound=bound)
