"""One exhibitor moved by hand: who changes places with it, who is displaced, which rule forbids it."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booths.allocation import problem as problems
from booths.allocation.moves import NotAllowed, move
from booths.allocation.problem import Problem, plan_of
from booths.allocation.reading import read_instance
from booths.allocation.reasons import unplaced
from booths.allocation.solve import solve
from tests.booths.allocation.floors import WEIGHTS, with_everything
from tests.booths.allocation.judge import judge

pytestmark = pytest.mark.once
few = settings(max_examples=20, deadline=None, derandomize=True)


def row_of(*wanted, **more):
    """A row of six booths B1 to B6, and exhibitors a, b, ... that want so many."""
    booths = [f"B{number}" for number in range(1, 7)]
    return {
        "format": "booth-allocation/1",
        "booths": [{"id": key, "class": "domestic", "zone": "silk", "quality": 1, "corner": False} for key in booths],
        "rows": [booths],
        "touching": [list(pair) for pair in pairwise(booths)],
        "exhibitors": [
            {"id": key, "booths": count, "class": "domestic", "group": "silk", "power": 2, "points": 0,
             "wants_corner": False}
            for key, count in zip("abcdef", wanted, strict=False)
        ],
        "weights": dict(WEIGHTS),
    } | more  # fmt: skip


def moved(instance, plan, who, booth):
    """The plan after a move by ids, who changed places and who has none."""
    problem = Problem(read_instance(instance))
    after = move(problem, plan_of(problem, plan), who, booth)
    return problems.given(problem, after.plan), after.swapped, tuple(sorted(after.homeless))


def refused(instance, plan, who, booth):
    """The rule in the way, and whom it is about."""
    with pytest.raises(NotAllowed) as broken:
        moved(instance, plan, who, booth)
    return broken.value.rule, broken.value.who


def test_to_a_free_booth():
    assert moved(row_of(1, 1), {"a": ["B1"], "b": ["B2"]}, "a", "B6") == ({"a": ["B6"], "b": ["B2"]}, (), ())


def test_where_it_stands_already_nothing_changes():
    plan = {"a": ["B1", "B2"]}
    assert moved(row_of(2), plan, "a", "B1") == (plan, (), ())


def test_over_its_own_place():
    assert moved(row_of(2), {"a": ["B1", "B2"]}, "a", "B2") == ({"a": ["B2", "B3"]}, (), ())


def test_of_one_size_they_change_places():
    plan = {"a": ["B1", "B2"], "b": ["B4", "B5"]}
    assert moved(row_of(2, 2), plan, "a", "B4") == ({"a": ["B4", "B5"], "b": ["B1", "B2"]}, ("b",), ())


def test_who_stands_there_in_part_or_with_others_is_displaced():
    plan = {"a": ["B1", "B2"], "b": ["B4", "B5"], "c": ["B6"]}
    assert moved(row_of(2, 2, 1), plan, "a", "B5") == ({"a": ["B5", "B6"]}, (), ("b", "c"))
    assert moved(row_of(2, 2, 1), plan, "c", "B4") == ({"a": ["B1", "B2"], "c": ["B4"]}, (), ("b",))


def test_who_had_no_place_leaves_none_to_take():
    assert moved(row_of(1, 1), {"b": ["B2"]}, "a", "B2") == ({"a": ["B2"]}, (), ("b",))


def test_a_run_that_begins_nowhere_ends_at_the_booth():
    assert moved(row_of(3), {}, "a", "B6")[0] == {"a": ["B4", "B5", "B6"]}
    assert moved(row_of(3), {}, "a", "B5")[0] == {"a": ["B3", "B4", "B5"]}


def test_who_stands_apart_by_agreement_gives_up_all_of_it():
    instance = row_of(2, 2, agreed_split=["a"])
    plan = {"a": ["B1", "B3"], "b": ["B5", "B6"]}
    assert moved(instance, plan, "a", "B5") == ({"a": ["B5", "B6"]}, (), ("b",))


def test_a_blocked_booth_is_closed_and_a_run_over_it_is_none():
    instance = row_of(2, blocked=["B1", "B3"])
    assert refused(instance, {}, "a", "B3") == ("closed", "a")
    assert refused(instance, {}, "a", "B2") == ("no_run", "a")


def test_a_place_that_is_fixed_stays_whoever_wants_it():
    instance = row_of(1, 1, 2, fixed={"b": ["B2"]})
    plan = {"a": ["B1"], "b": ["B2"], "c": ["B5", "B6"]}
    assert refused(instance, plan, "a", "B2") == ("pinned", "b")
    assert refused(instance, plan, "b", "B4") == ("pinned", "b")
    assert refused(instance, plan, "c", "B1") == ("no_run", "c")


def test_rivals_for_the_one_that_moves_and_for_the_one_that_changes_places():
    instance = row_of(1, 1, 1, rivals=[["a", "c"]])
    plan = {"a": ["B1"], "b": ["B3"], "c": ["B5"]}
    assert refused(instance, plan, "a", "B4") == ("rivals", "a")
    plan = {"a": ["B1"], "b": ["B4"], "c": ["B5"]}
    assert refused(instance, plan, "b", "B1") == ("rivals", "a")
    plan = {"a": ["B1"], "c": ["B4"]}
    assert moved(instance, plan, "a", "B4") == ({"a": ["B4"], "c": ["B1"]}, ("c",), ())


@pytest.mark.parametrize(("limit", "rule"), [({"power": 2}, "power"), ({"count": 1}, "count")])
def test_what_a_zone_bears(limit, rule):
    instance = row_of(1, 1, limits={"tea": limit})
    for booth in instance["booths"][4:]:
        booth["zone"] = "tea"
    plan = {"a": ["B1"], "b": ["B5"]}
    assert refused(instance, plan, "a", "B6") == (rule, "a")
    assert moved(instance, plan, "a", "B5")[0] == {"a": ["B5"], "b": ["B1"]}


def test_a_block_hangs_together_after_the_move_not_in_between():
    instance = row_of(1, 1, 1, together=[["a", "b", "c"]])
    plan = {"a": ["B1"], "b": ["B2"], "c": ["B3"]}
    assert refused(instance, plan, "a", "B5") == ("together", "a")
    assert moved(instance, plan, "b", "B1")[0] == {"a": ["B2"], "b": ["B1"], "c": ["B3"]}


def test_strictly_nobody_is_sent_out_of_its_zone():
    instance = row_of(1, 1, strict_zones=True)
    instance["booths"][5]["zone"] = instance["exhibitors"][1]["group"] = "tea"
    instance["booths"][0]["zone"] = None
    assert refused(instance, {"a": ["B2"], "b": ["B6"]}, "b", "B2") == ("no_run", "b")
    assert moved(instance, {"a": ["B2"], "b": ["B1"]}, "a", "B1") == ({"a": ["B1"]}, (), ("b",))


@few
@given(st.integers(0, 10_000))
def test_a_move_breaks_no_rule_of_who_moved(seed):
    """The judge has nothing against the plan but blocks that the displaced have left in two parts."""
    chance, instance = random.Random(seed), with_everything(seed)
    answer = solve(read_instance(instance), steps=0)
    problem = Problem(read_instance(instance))
    for _try in range(20):
        who, booth = chance.choice(instance["exhibitors"])["id"], chance.choice(instance["booths"])["id"]
        try:
            after = move(problem, plan_of(problem, answer.assignments), who, booth)
        except NotAllowed:
            continue
        shown = {"assignments": problems.given(problem, after.plan), "unplaced": unplaced(problem, after.plan)}
        broken = [fault for fault in judge(instance, shown)[0] if "one block" not in fault]
        assert broken == []
        assert set(after.homeless) == set(shown["unplaced"]) - set(answer.unplaced)
