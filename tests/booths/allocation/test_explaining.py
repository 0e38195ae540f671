"""Why each stands where it does: its terms add up to the total, and what it gave up was tried."""

import copy
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booths.allocation.explain import explain_all
from booths.allocation.greedy import draw
from booths.allocation.prices import CROWD
from booths.allocation.problem import Problem, plan_of
from booths.allocation.reading import read_instance
from booths.allocation.reasons import unplaced
from booths.allocation.scoring import fragments, total
from booths.allocation.solve import solve
from tests.booths.allocation.floors import floor, with_everything
from tests.booths.allocation.judge import judge
from tests.booths.allocation.test_moving import row_of

pytestmark = pytest.mark.once
few = settings(max_examples=6, deadline=None, derandomize=True)


def whys(instance, plan):
    return explain_all(read_instance(instance), plan)


def why_not(instance, plan):
    """The reasons of those without a place in a plan by ids."""
    problem = Problem(read_instance(instance))
    return unplaced(problem, plan_of(problem, plan))


def counted(instance, plan):
    """The total as the judge counts it, who shares no line with the solver."""
    people = {one["id"] for one in instance["exhibitors"]}
    return judge(instance, {"assignments": plan, "unplaced": dict.fromkeys(people - set(plan), "full")})[1]


def rated(*qualities):
    """What makes B1 and on worth so much."""
    return {"booths": [
        {"id": f"B{number}", "class": "domestic", "zone": "silk", "quality": quality, "corner": False}
        for number, quality in enumerate(qualities, 1)
    ]}  # fmt: skip


# ---- what a place is worth ----
@few
@given(st.integers(0, 10_000))
def test_the_terms_of_all_add_up_to_the_total(seed):
    instance = read_instance(with_everything(seed))
    answer = solve(instance, steps=4, seed=seed)
    problem = Problem(instance)
    plan = plan_of(problem, answer.assignments)
    terms = sum(sum(asdict(why.terms).values()) for why in explain_all(instance, answer.assignments).values())
    missing = sum(problem.nowhere(number) for number, place in enumerate(plan) if not place)
    lonely = problem.weights.fragment * len(fragments(problem, plan))
    assert terms + missing + lonely == pytest.approx(answer.objective, abs=1e-6)


def test_who_stands_best_gave_nothing_up():
    why = whys(row_of(1, **rated(9, 1, 1, 1, 1, 1)), {"a": ["B1"]})["a"]
    assert (why.better_places, why.places, why.better, why.fixed, why.fellows) == (0, 6, None, False, ())


def test_a_free_better_place_is_tried():
    better = whys(row_of(1, **rated(1, 1, 1, 1, 1, 5)), {"a": ["B1"]})["a"].better
    assert (better.booths, better.gain, better.holders, better.homeless) == (("B6",), 4, (), ())
    assert better.others == pytest.approx(-4)  # the plan would gain by it


def test_what_others_lose_is_the_difference_of_the_totals():
    instance = row_of(1, 1, **rated(9, 2, 1, 1, 1, 1))
    instance["exhibitors"][1] |= {"points": 50}
    plan = {"a": ["B2"], "b": ["B1"]}
    why = whys(instance, plan)["a"]
    better = why.better
    assert (why.better_places, better.booths, better.gain, better.holders) == (1, ("B1",), 7, ("b",))
    # The one who stood there found the place that was left free, so the plan would be the other way round.
    assert better.others == pytest.approx(counted(instance, plan) - counted(instance, {"a": ["B1"], "b": ["B2"]}))
    assert better.others == pytest.approx(7 * 0.04 * 50)
    assert (better.homeless, better.fewer_points, better.rule) == ((), (), False)


def test_who_has_fewer_points_at_the_better_place_is_named():
    instance = row_of(1, 1, **rated(9, 2, 1, 1, 1, 1))
    instance["exhibitors"][0] |= {"points": 5}
    assert whys(instance, {"a": ["B2"], "b": ["B1"]})["a"].better.fewer_points == ("b",)


def test_who_would_have_no_place_is_named():
    instance = row_of(1, 2, 3, **rated(1, 1, 9, 1, 1, 1))
    plan = {"a": ["B1"], "b": ["B2", "B3"], "c": ["B4", "B5", "B6"]}
    better = whys(instance, plan)["a"].better
    assert (better.booths, better.holders, better.homeless) == (("B3",), ("b",), ())  # B1 and B2 are left for it
    closed = instance | {"blocked": ["B2"]}
    plan = {"a": ["B1"], "b": ["B3", "B4"]}
    better = whys(closed | {"exhibitors": instance["exhibitors"][:2], "fixed": {}}, plan)["a"].better
    assert (better.booths, better.homeless) == (("B3",), ())
    full = row_of(1, 2, 2, blocked=["B2"], **rated(1, 1, 9, 1, 1, 1))
    plan = {"a": ["B1"], "b": ["B3", "B4"], "c": ["B5", "B6"]}
    better = whys(full, plan)["a"].better
    assert (better.booths, better.holders, better.homeless) == (("B3",), ("b",), ("b",))
    lost = counted(full, plan) - counted(full, {"a": ["B3"], "c": ["B5", "B6"]})
    assert better.others == pytest.approx(lost)


def test_a_rule_in_the_way_is_said():
    instance = row_of(1, 1, rivals=[["a", "b"]], **rated(1, 1, 1, 1, 9, 5))
    why = whys(instance, {"a": ["B1"], "b": ["B6"]})["a"]
    assert (why.better.booths, why.better.rule) == (("B5",), True)


def test_a_fixed_place_is_not_tried_and_fellows_are_named():
    instance = row_of(1, 1, 1, near=[["a", "b"]], fixed={"a": ["B2"]}, **rated(9, 1, 1, 1, 1, 1))
    found = whys(instance, {"a": ["B2"], "b": ["B3"], "c": ["B1"]})
    assert (found["a"].fixed, found["a"].better, found["a"].fellows) == (True, None, ("b",))
    assert (found["b"].fellows, found["b"].terms.village, found["c"].fellows) == (("a",), 15, ())


# ---- keys of the instance that rounds use ----
def test_the_draw_begins_from_where_they_start():
    start = {"a": ["B4"], "b": ["B2"]}
    problem = Problem(read_instance(row_of(1, 1, 1, start=start, **rated(9, 1, 1, 1, 1, 1))))
    plan = draw(problem)
    found = {one.id: problem.ids(place) for one, place in zip(problem.exhibitors, plan, strict=True)}
    assert found == start | {"c": ["B1"]}


@pytest.mark.parametrize(
    "more",
    [
        {"blocked": ["B4"]}, {"rivals": [["a", "b"]]}, {"limits": {"silk": {"count": 1}}}, {"fixed": {"c": ["B4"]}},
        {"fixed": {"c": ["B3"]}, "rivals": [["a", "c"]]},
    ],
)  # fmt: skip
def test_a_start_that_breaks_a_rule_is_given_up(more):
    instance = row_of(1, 1, 1, start={"a": ["B4"], "b": ["B5"]}, **more)
    answer = solve(read_instance(instance), steps=0)
    faults, _total = judge(instance, {"assignments": answer.assignments, "unplaced": answer.unplaced})
    assert faults == []
    assert answer.assignments.get("a") != ["B4"] or answer.assignments.get("b") != ["B5"]


def test_who_may_stay_moves_only_for_more_than_staying_is_worth():
    instance = row_of(1, start={"a": ["B1"]}, **rated(1, 1, 1, 1, 1, 9))
    for stay, place in ((0, "B6"), (5, "B6"), (12, "B1")):
        asked = copy.deepcopy(instance)
        asked["weights"]["stay"] = stay
        answer = solve(read_instance(asked), steps=8)
        assert answer.assignments == {"a": [place]}
        assert answer.objective == pytest.approx(counted(asked, answer.assignments))


def test_near_is_worth_as_much_as_one_village_whatever_the_class():
    instance = row_of(1, 1, near=[["a", "b"]])
    instance["exhibitors"][1]["class"] = "foreign"
    instance["booths"][5]["class"] = "foreign"
    answer = solve(read_instance(instance), steps=8)
    assert answer.assignments == {"a": ["B5"], "b": ["B6"]}
    alone = counted(instance | {"near": []}, answer.assignments)
    assert counted(instance, answer.assignments) - alone == pytest.approx(30)


def test_zones_count_in_the_classes_that_are_named():
    instance = row_of(1)
    instance["exhibitors"][0]["group"] = "tea"
    problem = Problem(read_instance(instance))
    elsewhere = Problem(read_instance(instance | {"zoned": ["foreign"]}))
    assert [total(one, plan_of(one, {"a": ["B1"]})) for one in (problem, elsewhere)] == [1, 101]


def test_who_has_no_place_counts_for_more_with_more_points():
    instance = row_of(1, 2)
    instance["exhibitors"][1]["points"] = 10
    without = counted(instance, {"a": ["B1"]})
    instance["weights"]["unplaced_points"] = 0.02
    problem = Problem(read_instance(instance))
    assert total(problem, plan_of(problem, {"a": ["B1"]})) == pytest.approx(counted(instance, {"a": ["B1"]}))
    assert counted(instance, {"a": ["B1"]}) - without == pytest.approx(-2 * 1000 * 0.2)


def test_of_those_who_want_as_many_the_one_with_most_points_has_its_turn_first():
    instance = row_of(1, 1, 1, blocked=["B2", "B3", "B4", "B5", "B6"])
    instance["exhibitors"][2]["points"] = 10
    assert solve(read_instance(instance), steps=4).assignments == {"c": ["B1"]}


@few
@given(st.integers(0, 10_000))
def test_a_friend_outside_a_large_village_leaves_the_bound_proven(seed):
    instance = floor(seed)
    *village, friend, other = [one for one in instance["exhibitors"] if one["class"] == "domestic"]
    for one in village:
        one["village"] = "v1"
    friend["village"] = other["village"] = None
    instance["near"] = [[friend["id"], village[0]["id"]], [friend["id"], other["id"]]]
    answer = solve(read_instance(instance), steps=4, seed=seed)
    assert len(village) > CROWD
    assert answer.bound is not None
    assert answer.bound >= counted(instance, answer.assignments) - 0.01


# ---- why some have no place ----
def test_without_power_enough():
    instance = row_of(1, 1, limits={"silk": {"power": 3}})
    assert why_not(instance, {"a": ["B1"]}) == {"b": "power"}
    assert set(solve(read_instance(instance), steps=4).unplaced.values()) == {"power"}


def test_away_from_its_group():
    instance = row_of(1, 1, 4, together=[["a", "b"]], blocked=["B2"])
    assert why_not(instance, {"a": ["B1"], "c": ["B3", "B4", "B5", "B6"]}) == {"b": "full"}
    assert why_not(instance, {"a": ["B1"]}) == {"b": "together", "c": "full"}
