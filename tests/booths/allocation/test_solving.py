"""What the solver promises, on invented floors and before a judge that shares no line with it."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booths.allocation.greedy import draw
from booths.allocation.problem import Problem
from booths.allocation.reading import read_instance
from booths.allocation.scoring import total
from booths.allocation.solve import Answer, solve
from tests.booths.allocation.floors import floor, with_everything
from tests.booths.allocation.judge import judge

pytestmark = pytest.mark.once
few = settings(max_examples=8, deadline=None, derandomize=True)


def shown(answer: Answer) -> dict[str, Any]:
    return {"assignments": answer.assignments, "unplaced": answer.unplaced}


def accept(instance: dict[str, Any], answer: Answer) -> None:
    broken, counted = judge(instance, shown(answer))
    assert not broken
    assert answer.objective == pytest.approx(counted, abs=0.01)
    assert answer.objective >= answer.greedy - 1e-6
    assert answer.bound is None or answer.bound >= counted - 0.01


@few
@given(st.integers(0, 10_000))
def test_every_answer_is_accepted_by_the_judge(seed):
    instance = floor(seed)
    accept(instance, solve(read_instance(instance), steps=8, seed=seed))


@few
@given(st.integers(0, 10_000))
def test_and_with_all_the_rules_that_our_own_instances_carry(seed):
    instance = with_everything(seed)
    accept(instance, solve(read_instance(instance), steps=8, seed=seed))


@few
@given(st.integers(0, 10_000))
def test_and_where_a_zone_is_a_rule(seed):
    instance = floor(seed, filled=0.6) | {"strict_zones": True}
    accept(instance, solve(read_instance(instance), steps=4, seed=seed))


def test_the_judge_can_fail():
    instance = floor(1)
    answer = shown(solve(read_instance(instance), steps=0))
    first, second = [key for key, places in answer["assignments"].items() if len(places) == 1][:2]
    answer["assignments"][first] = answer["assignments"][second]
    assert judge(instance, answer)[0]


def test_steps_make_it_better_and_everybody_is_placed():
    instance = read_instance(floor(3, pairs=8, length=10, groups=5))
    answer = solve(instance, steps=40)
    assert not answer.unplaced
    assert answer.objective > answer.greedy * 1.01


def test_the_same_steps_give_the_same_answer_with_any_number_of_workers():
    instance = read_instance(floor(4, pairs=6))
    alone, two, again = (solve(instance, steps=11, seed=5, workers=workers) for workers in (1, 2, 1))
    assert alone.assignments == two.assignments == again.assignments
    assert (alone.objective, alone.bound, alone.steps) == (two.objective, two.bound, two.steps)
    assert solve(instance, steps=11, seed=6).assignments != alone.assignments


def test_a_run_that_was_stopped_is_repeated_by_its_steps():
    instance = read_instance(floor(4, pairs=6))
    told = []
    stopped = solve(instance, seed=2, tell=told.append, stop=lambda: bool(told and told[-1].steps >= 8))
    assert stopped.steps == 8
    assert solve(instance, seed=2, steps=8).assignments == stopped.assignments
    assert [progress.steps for progress in told] == [0, 0, 4, 8]


def test_out_of_time_at_once_the_draw_is_the_answer():
    instance = floor(2)
    answer = solve(read_instance(instance), stop=lambda: True)
    assert (answer.steps, answer.bound, answer.objective) == (0, None, answer.greedy)
    accept(instance, answer)


@few
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_ids_and_their_order_change_nothing(seed, chance):
    instance = floor(seed)
    other = renamed(instance, chance)
    mine, theirs = (solve(read_instance(one), steps=4, seed=1) for one in (instance, other))
    assert mine.greedy == pytest.approx(theirs.greedy, abs=1e-6)
    assert mine.objective == pytest.approx(theirs.objective, abs=1e-6)


def renamed(instance: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    def names(rows: list[dict[str, Any]], letter: str) -> dict[str, str]:
        numbers = chance.sample(range(10 * len(rows)), len(rows))
        return {one["id"]: f"{letter}{number}" for one, number in zip(rows, numbers, strict=True)}

    booth, who = names(instance["booths"], "b"), names(instance["exhibitors"], "x")

    def shuffled(rows: list[Any]) -> list[Any]:
        return chance.sample(rows, len(rows))

    return instance | {
        "booths": shuffled([one | {"id": booth[one["id"]]} for one in instance["booths"]]),
        "rows": shuffled([[booth[one] for one in row] for row in instance["rows"]]),
        "touching": shuffled([[booth[one] for one in shuffled(pair)] for pair in instance["touching"]]),
        "exhibitors": shuffled([one | {"id": who[one["id"]]} for one in instance["exhibitors"]]),
        "rivals": shuffled([[who[one] for one in pair] for pair in instance["rivals"]]),
    }


@few
@given(st.integers(0, 10_000), st.data())
def test_more_points_never_make_a_place_worse_in_the_draw(seed, data):
    instance = floor(seed)
    key = data.draw(st.sampled_from([one["id"] for one in instance["exhibitors"]]))
    more = data.draw(st.integers(1, 100))
    lifted = instance | {
        "exhibitors": [
            one | {"points": one["points"] + more} if one["id"] == key else one for one in instance["exhibitors"]
        ]
    }
    before, after = Problem(read_instance(instance)), Problem(read_instance(lifted))
    place_before = before.ids(draw(before)[before.number[key]])
    place_after = draw(after)[after.number[key]]
    if place_before:
        same = tuple(after.booth_number[booth] for booth in place_before)
        assert place_after
        assert after.value(after.number[key], place_after) >= after.value(after.number[key], same) - 1e-9


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"booths": 200}, "class_too_small"),
        ({"booths": 9}, "no_run"),
        ({"class": "sponsored"}, "class_too_small"),
    ],
)
def test_who_cannot_be_placed_is_told_which_rule_is_in_the_way(change, reason):
    instance = floor(1, filled=0.3)
    instance["exhibitors"].append(instance["exhibitors"][-1] | {"id": "late", "village": None} | change)
    answer = solve(read_instance(instance), steps=4)
    assert answer.unplaced == {"late": reason}
    accept(instance, answer)


def test_a_full_floor_a_rival_and_a_full_zone_are_named():
    instance = floor(1, pairs=1, length=2, filled=0)
    booths = [one["id"] for one in instance["booths"]]
    for one in instance["booths"]:
        one |= {"class": "domestic", "zone": "rattan"}
    person = {"booths": 1, "class": "domestic", "group": "rattan", "points": 5, "wants_corner": False, "village": None}
    instance["exhibitors"] = [person | {"id": key} for key in ("a", "b")]
    full = instance | {"blocked": booths[1:]}
    assert list(solve(read_instance(full), steps=2).unplaced.values()) == ["full"]
    rivals = instance | {"blocked": booths[2:], "rivals": [["a", "b"]], "fixed": {"a": [booths[0]]}}
    assert solve(read_instance(rivals), steps=2).unplaced == {"b": "rivals"}
    limited = instance | {"limits": {"rattan": {"count": 1}}, "fixed": {"a": [booths[0]]}}
    assert solve(read_instance(limited), steps=2).unplaced == {"b": "count"}


def test_on_a_floor_too_small_the_steps_prefer_who_has_more_points():
    instance = floor(1, pairs=1, length=3, filled=0)
    for one in instance["booths"]:
        one |= {"class": "domestic", "zone": "rattan"}
    person = {"class": "domestic", "group": "rattan", "wants_corner": False, "village": None}
    instance["exhibitors"] = [
        person | {"id": "many booths", "booths": 3, "points": 1},
        person | {"id": "more booths", "booths": 3, "points": 2},
        *(person | {"id": f"points {number}", "booths": 1, "points": 90} for number in range(3)),
    ]
    instance["weights"]["unplaced_points"] = 0.02
    drawn, answer = (solve(read_instance(instance), steps=steps) for steps in (0, 8))
    assert sorted(drawn.unplaced) == ["points 0", "points 1", "points 2"]
    assert sorted(answer.unplaced) == ["many booths"]
    accept(instance, answer)


def test_the_draw_is_what_its_own_steps_begin_from():
    problem = Problem(read_instance(floor(7)))
    assert solve(read_instance(floor(7)), steps=0).objective == pytest.approx(total(problem, draw(problem)))
