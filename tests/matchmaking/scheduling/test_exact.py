"""The exact mode against trying every timetable; under other names; stopped; without any timetable."""

import time
from dataclasses import replace
from itertools import product
from multiprocessing import active_children
from random import Random

import pytest

from matchmaking.scheduling import checking
from matchmaking.scheduling.exact import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, Exact, solve_exact
from matchmaking.scheduling.exact_grid import Grid, grid_of
from matchmaking.scheduling.exact_search import News, Way, search
from matchmaking.scheduling.exact_solvers import CpSat, open_solver
from matchmaking.scheduling.problem import Meeting, Participant, Problem
from tests.matchmaking.scheduling.forums import forum

WAY = Way("cadical153", any_first=True)


def tiny(seed: int) -> Problem:
    """A few people with all the rules there are, each in some of the files."""
    luck = Random(seed)
    slots = luck.choice((4, 5, 6))
    days = luck.choice(((range(slots),), (range(slots // 2), range(slots // 2, slots)), (range(slots - 1),)))
    people = [
        Participant(
            id=f"p{number}",
            unavailable=frozenset(slot for slot in range(slots) if luck.random() < 0.1),
            capacity=luck.choice((1, 1, 1, 2)) if seed % 3 == 0 else 1,
            max_per_day=luck.choice((None, None, 2)),
            count_breaks=luck.random() < 0.9,
        )
        for number in range(luck.choice((3, 4, 5)))
    ]
    pairs = [(one.id, two.id) for place, one in enumerate(people) for two in people[:place]]
    meetings = [
        Meeting(
            id=f"m{number}",
            between=pair,
            required=True,
            session="late" if luck.random() < 0.1 else None,
            fixed=luck.randrange(slots) if luck.random() < 0.05 else None,
            after=(f"m{number - 1}",) if number and luck.random() < 0.15 else (),
        )
        for number, pair in enumerate(luck.sample(pairs, min(len(pairs), luck.choice((3, 4, 5)))))
    ]
    return Problem(
        slots=slots,
        days=days,
        participants=tuple(people),
        meetings=tuple(meetings),
        sessions={"late": range(slots // 2, slots)},
        tables=luck.choice((None, 1, 2)),
        max_break_difference=luck.choice((None, 0, 1, 2)),
    )


def fewest(problem: Problem) -> int | None:
    """By trying every timetable."""
    best = None
    for slots in product(range(problem.slots), repeat=len(problem.meetings)):
        schedule = {one.id: slot for one, slot in zip(problem.meetings, slots, strict=True)}
        breaks = checking.breaks(problem, schedule)
        if (best is None or breaks < best) and not checking.check(problem, schedule):
            best = breaks
    return best


def last(grid: Grid | None, solver=open_solver, way: Way = WAY) -> News:
    return News() if grid is None else list(search(grid, way, solver))[-1]


def found(problem: Problem, news: News) -> int | None:
    """The breaks of a timetable that must be sound and as good as it is said to be."""
    if news.at is None:
        return None
    grid = grid_of(problem)
    assert grid is not None
    schedule = dict(zip(grid.names, news.at, strict=True))
    assert not checking.check(problem, schedule)
    assert checking.breaks(problem, schedule) == news.least
    return news.least


@pytest.mark.parametrize("seed", range(60))
def test_as_few_breaks_as_by_trying_everything(seed):
    problem = tiny(seed)
    assert found(problem, last(grid_of(problem))) == fewest(problem)


@pytest.mark.parametrize("seed", range(6))
def test_cp_sat_says_the_same(seed):
    problem = tiny(seed)
    assert found(problem, last(grid_of(problem), lambda way: CpSat())) == fewest(problem)


def renamed(problem: Problem, seed: int) -> Problem:
    """The same things under other names and in another order."""
    luck = Random(seed)
    keys = [one.id for one in (*problem.participants, *problem.meetings)]
    name = dict(zip(keys, luck.sample([f"x{number}" for number in range(len(keys))], len(keys)), strict=True))
    people = [replace(one, id=name[one.id]) for one in problem.participants]
    meetings = [
        replace(
            one,
            id=name[one.id],
            between=tuple(luck.sample([name[key] for key in one.between], 2)),
            after=tuple(name[key] for key in one.after),
        )
        for one in problem.meetings
    ]
    return replace(
        problem,
        participants=tuple(luck.sample(people, len(people))),
        meetings=tuple(luck.sample(meetings, len(meetings))),
    )


def test_other_names_and_another_order_are_the_same_work():
    problem = forum(1, people=14, slots=8, meetings=40)
    one, other = grid_of(problem), grid_of(renamed(problem, 5))
    assert one is not None
    assert other is not None
    assert [set(pair) for pair in one.between] == [set(pair) for pair in other.between]
    assert one.windows == other.windows
    assert last(one) == last(other)


def test_two_searches_prove_the_fewest_breaks():
    problem = forum(2, people=16, slots=8, meetings=44)
    heard: list[Exact] = []
    answer = solve_exact(problem, seconds=60, tell=heard.append)
    assert answer.status == OPTIMAL
    assert answer.breaks == answer.breaks_bound == checking.breaks(problem, answer.schedule)
    assert not checking.check(problem, answer.schedule)
    assert heard[-1] == answer
    assert solve_exact(renamed(problem, 3), workers=1).breaks == answer.breaks


def test_no_timetable_is_told():
    people = (Participant("a"), Participant("b"), Participant("c"))
    pairs = (("a", "b"), ("b", "c"), ("a", "c"))
    meetings = tuple(Meeting("".join(pair), pair, required=True) for pair in pairs)
    problem = Problem(slots=2, days=(range(2),), participants=people, meetings=meetings)
    assert solve_exact(problem) == Exact(INFEASIBLE)
    assert solve_exact(replace(problem, slots=3, days=(range(3),))).status == OPTIMAL
    assert solve_exact(replace(problem, meetings=(replace(meetings[0], after=("ab",)),))).status == INFEASIBLE


def test_who_stops_gets_what_is_known_and_leaves_no_process():
    problem = forum(3, people=60, slots=22, meetings=280)
    begun = time.monotonic()
    answer = solve_exact(problem, stop=lambda: time.monotonic() > begun + 0.3)
    assert answer.status in (UNKNOWN, FEASIBLE, OPTIMAL)
    assert time.monotonic() - begun < 10
    assert not active_children()
