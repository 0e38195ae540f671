"""The searches of the exact mode: what one finds or proves counts for all of them."""

from collections.abc import Callable, Iterator
from functools import partial

from matchmaking.scheduling.exact_grid import Grid
from matchmaking.scheduling.exact_news import News
from matchmaking.scheduling.exact_polish import polish
from matchmaking.scheduling.exact_search import Way, search
from matchmaking.scheduling.exact_solvers import has_pysat, open_solver

CLIMBS = Way("cadical195", (("phase", 0),))
CLIMBS_ALONE = Way("cadical153", any_first=True)


def searches(grid: Grid, number: int) -> list[Callable[[], Iterator[News]]]:
    """One alone seeks a timetable first, and proves then; of several the first proves, and the others polish theirs."""
    if number == 1 or not has_pysat():
        return [partial(search, grid, way=CLIMBS_ALONE, open_solver=open_solver)]
    proves = partial(search, grid, way=CLIMBS, open_solver=open_solver)
    return [proves, *(partial(polish, grid, seed=seed) for seed in range(number - 1))]
