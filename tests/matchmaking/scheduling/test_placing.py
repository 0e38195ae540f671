"""One owner's meetings placed together: as cheap as trying every way."""

import itertools
import random

import numpy as np
import pytest

from matchmaking.scheduling.placing import Days, place

pytestmark = pytest.mark.once
DAYS = (range(4), range(5, 8))
WIDTH = 9


def breaks(slots):
    runs = [sorted(slot for slot in slots if slot in day) for day in DAYS]
    return sum(two - one > 1 for run in runs for one, two in itertools.pairwise(run))


def cheapest(costs, held, limit, break_cost, orders):
    opened = [slot for day in DAYS for slot in day if not held[slot]]
    best = np.inf
    for slots in itertools.permutations(opened, len(costs)):
        every = [*slots, *np.flatnonzero(held).tolist()]
        in_order = all(slots[first] < slots[second] for first, second in orders)
        if in_order and all(sum(slot in day for slot in every) <= limit for day in DAYS):
            best = min(best, sum(costs[range(len(costs)), slots]) + break_cost * breaks(every))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_no_way_is_cheaper(seed):
    chance = random.Random(seed)
    count = chance.randint(1, 4)
    costs = np.array([[chance.choice((0.0, 1.0, 2.5, np.inf)) for _slot in range(WIDTH)] for _one in range(count)])
    held = np.array([chance.random() < 0.15 for _slot in range(WIDTH)])
    held[[4, 8]] = False
    limit, break_cost = chance.choice((2, 3, 9)), chance.choice((0.0, 1.0, 30.0))
    orders = [tuple(chance.sample(range(count), 2))] if count > 1 and chance.random() < 0.5 else []
    cost, slots = place(costs, held, limit, break_cost, Days(DAYS, WIDTH), orders)
    assert cost == pytest.approx(cheapest(costs, held, limit, break_cost, orders))
    if cost < np.inf:
        every = [*slots.tolist(), *np.flatnonzero(held).tolist()]
        assert len(set(every)) == len(every)
        assert all(slots[first] < slots[second] for first, second in orders)
        assert costs[range(count), slots].sum() + break_cost * breaks(every) == pytest.approx(cost)
