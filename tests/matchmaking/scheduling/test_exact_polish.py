"""Polishing: every timetable is sound and better than the one before; and sides share no meeting."""

import pytest

from matchmaking.scheduling import checking
from matchmaking.scheduling.exact import OPTIMAL, solve_exact
from matchmaking.scheduling.exact_grid import grid_of
from matchmaking.scheduling.exact_news import News
from matchmaking.scheduling.exact_sides import two_sides
from tests.matchmaking.scheduling.forums import forum
from tests.matchmaking.scheduling.test_exact import last, tiny


def test_nobody_of_a_side_meets_another_of_it():
    grid = grid_of(forum(4, people=30, slots=10, meetings=100))
    assert grid is not None
    sides = two_sides(grid)
    assert set(sides[0]).isdisjoint(sides[1])
    for side in sides:
        assert side
        assert not any(set(pair) <= set(side) for pair in grid.between)


def test_every_timetable_is_sound_and_better_than_the_one_before():
    pytest.importorskip("pysat", reason="CP-SAT does not polish")
    from matchmaking.scheduling.exact_polish import polish

    problem = forum(5, people=16, slots=8, meetings=36, spare=1.5)
    answer = solve_exact(problem, workers=1)
    assert answer.status == OPTIMAL
    grid, before = grid_of(problem), None
    assert grid is not None
    for news in polish(grid):
        assert news.at is not None
        schedule = dict(zip(grid.names, news.at, strict=True))
        assert not checking.check(problem, schedule)
        breaks = checking.breaks(problem, schedule)
        assert before is None or breaks < before or news.least == breaks == 0
        before = breaks
        if breaks == answer.breaks:
            break


def test_polishing_tells_that_there_is_no_timetable():
    pytest.importorskip("pysat", reason="CP-SAT does not polish")
    from matchmaking.scheduling.exact_polish import polish

    grids = [grid for seed in range(30) if (grid := grid_of(tiny(seed)))]
    nothing = [grid for grid in grids if last(grid) == News()]
    assert nothing
    assert all(list(polish(grid)) == [News()] for grid in nothing)
