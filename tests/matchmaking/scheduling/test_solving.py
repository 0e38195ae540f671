"""What the solver promises, on invented fairs and before a judge that shares no line with it."""

import random
import time
from collections.abc import Iterator
from multiprocessing import active_children
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.scheduling import checking
from matchmaking.scheduling import solve as module
from matchmaking.scheduling.greedy import greedy
from matchmaking.scheduling.grid import Grid
from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.selection import Selection, select
from matchmaking.scheduling.solve import Answer, solve
from tests.matchmaking.scheduling.fairs import fair, pinned, renamed
from tests.matchmaking.scheduling.forums import forum
from tests.matchmaking.scheduling.judge import judge

pytestmark = pytest.mark.once
few = settings(max_examples=8, deadline=None, derandomize=True)


def accept(made: dict[str, Any], answer: Answer) -> None:
    faults, counted = judge(made, answer.schedule)
    assert not faults
    assert answer.weight == counted["weight"]
    assert answer.breaks == counted["breaks"]
    assert answer.min_share == pytest.approx(counted["min_share"])
    assert answer.weight_bound is None or answer.weight_bound >= answer.weight - 1e-6
    assert answer.min_share_bound is None or answer.min_share_bound >= answer.min_share - 1e-6
    assert answer.breaks_bound is None or answer.breaks_bound <= answer.breaks
    assert set(answer.unscheduled) == {one["id"] for one in made["meetings"]} - set(answer.schedule)


def run(made: dict[str, Any], *, steps: int = 8, seed: int = 0, workers: int = 1) -> Answer:
    return solve(read_problem(made), steps=steps, seed=seed, workers=workers)


@few
@given(st.integers(0, 10_000), st.sampled_from([None, 2, 4]))
def test_every_answer_is_accepted_by_the_judge(seed, tables):
    made = fair(seed, tables=tables)
    accept(made, run(made, seed=seed))


@few
@given(st.integers(0, 10_000))
def test_and_with_all_that_an_instance_can_carry(seed):
    made = pinned(seed)
    accept(made, run(made, seed=seed))


@few
@given(st.integers(0, 10_000))
def test_and_where_nobody_is_an_importer_and_everybodys_breaks_count(seed):
    made = fair(seed, importers=8, exhibitors=8)
    for one in made["participants"]:
        one.pop("kind")
        one["count_breaks"] = True
    accept(made, run(made, seed=seed))


def test_on_a_full_fair_nothing_is_lost_and_breaks_go():
    made = fair(5, importers=40, exhibitors=16, tables=10)
    problem = read_problem(made)
    plain = greedy(problem)
    answer = run(made, steps=60)
    accept(made, answer)
    assert answer.weight == answer.weight_bound >= checking.weight(problem, plain)
    assert answer.min_share == pytest.approx(answer.min_share_bound)
    assert answer.breaks <= 0.1 * checking.breaks(problem, plain)


def test_what_is_optimal_has_met_its_bounds():
    answer = run(fair(1, importers=6), steps=40)
    assert (answer.status, answer.breaks) == ("optimal", answer.breaks_bound)
    assert answer.weight == answer.weight_bound


def test_the_same_steps_give_the_same_answer_with_any_number_of_workers():
    made = pinned(4, importers=30, exhibitors=10)
    alone, two, again = (run(made, steps=7, seed=5, workers=workers) for workers in (1, 2, 1))
    assert alone.schedule == two.schedule == again.schedule
    assert (alone.weight_bound, alone.steps) == (two.weight_bound, two.steps)


def test_out_of_time_at_once_the_plain_timetable_is_the_answer():
    made = fair(2)
    answer = solve(read_problem(made), stop=lambda: True)
    assert (answer.status, answer.steps, answer.weight_bound) == ("feasible", 0, None)
    assert answer.schedule == greedy(read_problem(made))
    accept(made, answer)


def asleep(*_given: Any, **_more: Any) -> Iterator[Selection]:
    """As HiGHS at times: it neither says a word nor hears one."""
    time.sleep(120)
    yield from ()


def asleep_over_a_better_one(grid: Grid, _until: float, *, by_day: bool) -> Iterator[Selection]:
    yield next(select(grid, by_day=by_day))
    yield from asleep()


def test_who_stops_does_not_wait_for_a_solver_that_thinks(monkeypatch):
    monkeypatch.setattr(module, "_selecting", asleep)
    problem, begun = read_problem(fair(1)), time.monotonic()
    answer = solve(problem, workers=1, stop=lambda: time.monotonic() > begun + 1)
    assert answer.schedule == greedy(problem)
    assert 1 < time.monotonic() - begun < 60
    assert not active_children()


def test_nor_is_a_better_choice_waited_for_when_its_time_is_up(monkeypatch):
    monkeypatch.setattr(module, "_selecting", asleep_over_a_better_one)
    monkeypatch.setattr(module, "SELECTING", 0.01)
    made = fair(1)
    problem, begun = read_problem(made), time.monotonic()
    answer = solve(problem, workers=1, seconds=100)
    accept(made, answer)
    assert answer.weight == answer.weight_bound
    assert answer.breaks < checking.breaks(problem, greedy(problem))
    assert time.monotonic() - begun < 60


@settings(few, max_examples=4)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_names_and_their_order_change_no_weight(seed, chance: random.Random):
    made = pinned(seed)
    other = renamed(made, chance)
    mine, theirs = run(made), run(other)
    accept(other, theirs)
    assert (mine.weight, mine.weight_bound) == (theirs.weight, theirs.weight_bound)
    assert mine.min_share == pytest.approx(theirs.min_share)


def test_where_every_meeting_is_required_the_fewest_breaks_are_proven():
    problem = forum(2, people=18, slots=8, meetings=40)
    held, told = len(problem.meetings), []
    answer = solve(problem, seconds=20, workers=1, tell=told.append)
    assert checking.check(problem, answer.schedule) == []
    assert (answer.status, answer.unscheduled, answer.breaks) == ("optimal", [], answer.breaks_bound)
    assert (answer.weight, answer.weight_bound, told[-1].breaks) == (held, held, answer.breaks)


def test_required_meetings_without_room_are_infeasible():
    made = fair(1)
    one = made["meetings"][0]
    one["required"] = True
    next(who for who in made["participants"] if who["id"] == one["between"][1])["unavailable"] = list(range(48))
    answer = run(made)
    assert (answer.status, answer.schedule) == ("infeasible", {})


def test_two_pins_in_one_place_are_infeasible():
    made = fair(1)
    mine = [one for one in made["meetings"] if "b1" in one["between"]]
    people = {one["id"]: one for one in made["participants"]}
    for one in made["participants"]:
        one["unavailable"] = []
    for one in mine[:2]:
        one["fixed"] = 20
    assert run(made).status == "infeasible"
    people["b1"]["capacity"] = 2
    answer = run(made)
    accept(made, answer)
    assert [answer.schedule[one["id"]] for one in mine[:2]] == [20, 20]


def test_a_gap_between_pins_that_nothing_can_fill_is_a_break_that_nobody_can_avoid():
    made = fair(1, importers=6, asked=(8, 10))
    for one in made["participants"]:
        one["unavailable"] = []
    first, second = [one for one in made["meetings"] if "b1" in one["between"]][:2]
    first["fixed"], second["fixed"] = 16, 30
    answer = run(made, steps=40)
    accept(made, answer)
    assert (answer.status, answer.breaks, answer.breaks_bound) == ("optimal", 1, 1)


def test_one_who_waits_for_what_is_not_held_is_not_held_either():
    made = fair(1)
    first, second = made["meetings"][:2]
    second["after"] = [first["id"]]
    first["session"] = "never"
    made["sessions"] = {"never": [0, 0]}
    answer = run(made)
    accept(made, answer)
    assert not {first["id"], second["id"]} & set(answer.schedule)


def test_a_bound_knows_of_days_where_a_placement_fails_for_want_of_them():
    made = fair(1, importers=4, exhibitors=9)
    for one in made["participants"]:
        one["unavailable"] = list(range(16, 48)) if one["kind"] == "importer" else []
    seller = {"id": "wanted", "kind": "exhibitor", "max_per_day": 2, "count_breaks": False}
    made["participants"].append(seller)
    made["meetings"] = [
        {"id": f"x{number}", "between": [f"b{number}", "wanted"], "weight": number + 1} for number in range(4)
    ]
    answer = run(made)
    accept(made, answer)
    assert (answer.weight, answer.weight_bound, answer.status) == (7, 7, "optimal")


def test_weights_need_not_be_whole():
    made = fair(6, tables=3)
    for one in made["meetings"]:
        one["weight"] /= 4
    answer = run(made)
    accept(made, answer)
    assert answer.weight == pytest.approx(answer.weight_bound)


def test_a_fair_where_nothing_was_asked():
    made = fair(1) | {"meetings": []}
    answer = run(made)
    assert (answer.status, answer.weight, answer.min_share, answer.breaks) == ("optimal", 0, 1, 0)


@few
@given(st.integers(0, 10_000), st.integers(0, 2))
def test_the_plain_timetable_is_sound_where_breaks_must_be_even(seed, difference):
    made = pinned(seed, exhibitors=20, importers=20) | {"max_break_difference": difference}
    for one in made["meetings"]:
        one.pop("fixed", None)
    answer = run(made, steps=0)
    accept(made, answer)
    assert answer.status == "feasible"


def test_the_judge_and_the_check_can_fail():
    made = pinned(1)
    problem = read_problem(made)
    schedule = run(made).schedule
    first, second = [one["id"] for one in made["meetings"] if one["between"][0] == "b0" and one["id"] in schedule][:2]
    schedule[first] = schedule[second]
    assert judge(made, schedule)[0]
    assert checking.check(problem, schedule)
