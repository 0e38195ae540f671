"""Bounds: no plan is worth more, however they come about."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booths.allocation.prices import bound_of, find_prices, with_pairs
from booths.allocation.problem import Problem
from booths.allocation.proof import prove
from booths.allocation.reading import read_instance
from booths.allocation.solve import solve
from tests.booths.allocation.floors import floor, with_everything

pytestmark = pytest.mark.once
few = settings(max_examples=4, deadline=None, derandomize=True)


@few
@given(st.integers(0, 10_000), st.sampled_from([floor, with_everything]))
def test_bounds_get_better_and_no_plan_is_worth_more(seed, kind):
    instance = read_instance(kind(seed, pairs=4, length=5))
    bounds = list(itertools.islice(prove(Problem(instance)), 5))
    assert bounds == sorted(bounds, reverse=True)
    assert solve(instance, steps=16, seed=seed).objective <= bounds[-1] + 1e-6


def test_any_prices_prove_a_bound():
    problem = Problem(read_instance(floor(5)))
    priced = find_prices(problem)
    assert bound_of(problem, 2 * priced.prices) >= priced.bound - 1e-6
    assert bound_of(problem, 0 * priced.prices) >= priced.bound - 1e-6
    assert with_pairs(problem, priced).bound <= priced.bound + 1e-6


def test_where_all_is_covered_the_bound_is_reached_by_a_plan():
    made = floor(9, pairs=2, length=5, filled=0.5, villages=1)
    for one in made["exhibitors"]:
        one["village"] = None
    instance = read_instance(made)
    *_others, bound = prove(Problem(instance))
    assert solve(instance, steps=40).objective == pytest.approx(bound, rel=0.01)


def test_out_of_time_there_is_no_bound():
    assert list(prove(Problem(read_instance(floor(1))), lambda: 0.0)) == []
