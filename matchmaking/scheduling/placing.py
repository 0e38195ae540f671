"""All meetings of one owner at their best slots together, exactly: a dynamic program over sets of its meetings.

In each day, slot by slot, the cheapest way to have held any set of the meetings so far is kept for three cases: nothing
held yet today, the last slot in use, or idle since the last. Going on after being idle is a break. Then the sets of the
days are put together (a min-plus subset convolution). For n meetings that is n·2ⁿ steps a slot and 3ⁿ for a day.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from matchmaking.scheduling.grid import Flags, Floats, Ints

Orders: TypeAlias = Sequence[tuple[int, int]]
MOST = 10
"""Meetings placed together; an owner that has more keeps some of them where they are."""


class Days:
    """The slots of the days side by side, the shorter ones filled up with a slot that is never open."""

    def __init__(self, days: tuple[range, ...], slots: int) -> None:
        longest = max(map(len, days), default=0)
        self.columns = np.full((len(days), longest), slots)
        for number, day in enumerate(days):
            self.columns[number, : len(day)] = day


def place(
    costs: Floats, held: Flags, limit: int, break_cost: float, days: Days, orders: Orders = ()
) -> tuple[float, Ints]:
    """The cost, and the slot of each meeting (one a row of `costs`); the cost is infinite when there is no way.

    `held` are slots in use by meetings that stay; `limit` is how many meetings a day may have, those included; of two
    rows in `orders` the first comes earlier.
    """
    count = len(costs)
    padded = np.concatenate([costs, np.full((count, 1), np.inf)], axis=1)[:, days.columns]
    padded[:, np.append(held, False)[days.columns]] = np.inf
    used = np.append(held, False)[days.columns]
    block, gap, ready, fresh = _through(padded, used, break_cost, orders)
    ends = np.minimum(np.minimum(block[-1], gap[-1]), fresh[-1])
    sizes = _sizes(count)
    for day in range(len(ends)):
        ends[day, sizes > limit - int(used[day].sum())] = np.inf
    cost, sets = _together(ends, orders)
    slots = np.full(count, -1)
    if cost < np.inf:
        for day, chosen in enumerate(sets):
            _back(padded, used, (block, gap, ready, fresh), day, chosen, break_cost, days, slots, orders)
    return cost, slots


Tables = tuple[Floats, Floats, Floats, Floats]


def _through(costs: Floats, used: Flags, break_cost: float, orders: Orders) -> Tables:
    """For each slot, day and set: the least cost with the slot in use, idle since a meeting, before it, and unbegun."""
    count, days, length = costs.shape
    block, gap, ready, fresh = (np.full((length + 1, days, 1 << count), np.inf) for _table in range(4))
    fresh[0, :, 0] = 0.0
    too_late = {first: np.zeros(1 << count) for first, _second in orders}
    for first, second in orders:
        too_late[first][_holding(count, second)] = np.inf
    possible = np.any(costs < np.inf, axis=1)
    for slot in range(length):
        now = ready[slot]
        np.add(gap[slot], break_cost, out=now)
        np.minimum(now, block[slot], out=now)
        np.minimum(now, fresh[slot], out=now)
        np.minimum(gap[slot], block[slot], out=gap[slot + 1])
        fresh[slot + 1] = fresh[slot]
        after = block[slot + 1]
        for one in range(count):
            if possible[one, slot]:
                price = costs[one, :, slot]
                shape = (days, 1 << (count - 1 - one), 2, 1 << one)
                before = now + too_late[one] if one in too_late else now
                target, source = after.reshape(shape)[:, :, 1], before.reshape(shape)[:, :, 0]
                np.minimum(target, source + price[:, np.newaxis, np.newaxis], out=target)
        if used[:, slot].any():
            taken = used[:, slot]
            after[taken], gap[slot + 1, taken], fresh[slot + 1, taken] = now[taken], np.inf, np.inf
    return block, gap, ready, fresh


def _together(ends: Floats, orders: Orders) -> tuple[float, list[int]]:
    """The cheapest way to divide all meetings among the days: its cost, and the set of each day."""
    full = ends.shape[1] - 1
    sums: list[Floats] = []
    for day in ends[:-1] if len(ends) > 1 else ends:
        sums.append(_convolved(sums[-1], day) if sums else day.copy())
        for first, second in orders:
            sums[-1][_holding(ends.shape[1].bit_length() - 1, second, without=first)] = np.inf
    sets, left = [], full
    cost = float(sums[-1][full])
    if len(ends) > 1:
        every = np.arange(full + 1)
        ways = sums[-1] + ends[-1][full ^ every]
        left = int(np.argmin(ways))
        cost = float(ways[left])
        sets.append(full ^ left)
        for day in range(len(ends) - 2, 0, -1):
            parts = _subsets(left)
            best = int(parts[np.argmin(sums[day - 1][parts] + ends[day][left ^ parts])])
            sets.append(left ^ best)
            left = best
    sets.append(left)
    return cost, sets[::-1]


def _convolved(one: Floats, two: Floats) -> Floats:
    inside, rest, starts = _pairs(len(one))
    return np.minimum.reduceat(one[inside] + two[rest], starts)


@lru_cache(maxsize=16)
def _pairs(size: int) -> tuple[Ints, Ints, Ints]:
    """All sets with all their subsets: the subset, what it leaves, and where each set begins."""
    subsets = [_subsets(whole) for whole in range(size)]
    inside = np.concatenate(subsets)
    lengths = np.array([len(parts) for parts in subsets])
    rest = np.repeat(np.arange(size), lengths) ^ inside
    return inside, rest, np.concatenate([[0], np.cumsum(lengths)[:-1]])


def _subsets(whole: int) -> Ints:
    parts = np.zeros(1, np.int64)
    bit = 1
    while bit <= whole:
        if whole & bit:
            parts = np.concatenate([parts, parts | bit])
        bit <<= 1
    return parts


def _holding(count: int, one: int, *, without: int | None = None) -> Flags:
    """Of all sets of so many meetings, those that hold one, without another."""
    sets = np.arange(1 << count)
    found = (sets >> one & 1) == 1
    return found if without is None else found & ((sets >> without & 1) == 0)


@lru_cache(maxsize=16)
def _sizes(count: int) -> npt.NDArray[np.int64]:
    return np.array([whole.bit_count() for whole in range(1 << count)])


def _back(
    costs: Floats,
    used: Flags,
    tables: Tables,
    day: int,
    chosen: int,
    break_cost: float,
    days: Days,
    slots: Ints,
    orders: Orders,
) -> None:
    """Writes down where the meetings of one day's set are held, from the last slot back to the first."""
    block, gap, ready, fresh = tables
    slot = costs.shape[2]
    case = _least(block[slot, day, chosen], gap[slot, day, chosen], fresh[slot, day, chosen])
    while case != UNBEGUN and slot > 0:
        slot -= 1
        if case == IDLE:
            case = IN_USE if block[slot, day, chosen] <= gap[slot, day, chosen] else IDLE
            continue
        if not used[day, slot]:
            one = _last(costs[:, day, slot], ready[slot, day], chosen, orders)
            slots[one] = days.columns[day, slot]
            chosen ^= 1 << one
        case = _least(block[slot, day, chosen], gap[slot, day, chosen] + break_cost, fresh[slot, day, chosen])


IN_USE, IDLE, UNBEGUN = range(3)


def _least(block: float, gap: float, fresh: float) -> int:
    return min((block, IN_USE), (gap, IDLE), (fresh, UNBEGUN))[1]


def _last(costs: Floats, before: Floats, chosen: int, orders: Orders) -> int:
    """The meeting of a set that was held last, at a slot with these costs."""
    early = {first for first, second in orders if chosen >> second & 1}
    members = [one for one in range(len(costs)) if chosen >> one & 1 and one not in early]
    return min(members, key=lambda one: float(costs[one] + before[chosen ^ (1 << one)]))
