"""Owners placed one at a time in each other's way, until nobody is: negotiated congestion.

After PathFinder (McMurchie and Ebeling 1995), which routes wires so. Everyone takes its best slots at the prices of the
moment; what two want becomes dearer, for now and for good, until one of them does better elsewhere. Resources are the
seats of a participant at a slot, the tables of a slot, the meetings of a participant in a day, and the order of two.
"""

import random
from collections.abc import Callable, Iterable

import numpy as np

from matchmaking.scheduling.grid import NOT_HELD, Flags, Grid, Ints
from matchmaking.scheduling.placing import MOST, Days, place

GROWTH, DEAREST = 1.15, 1000.0
LASTING = 0.3
"""Of what a resource costs for being wanted too often in a round, so much stays."""


class Bargain:
    """The slots of all meetings that are to be held, at first with some in each other's way."""

    def __init__(self, grid: Grid, slots: Ints) -> None:
        self.grid, self.slots = grid, slots.copy()
        self.days = Days(grid.problem.days, grid.problem.slots)
        people, width = grid.there.shape
        self.seats = np.zeros((people, width), np.int64)
        self.tables = np.zeros(width, np.int64)
        self.daily = np.zeros((people, len(grid.problem.days)), np.int64)
        self.lasting_seats = np.zeros((people, width))
        self.lasting_tables = np.zeros(width)
        self.lasting_daily = np.zeros(self.daily.shape)
        self.lasting_order = np.zeros(len(grid.weight))
        self.price = 0.5
        self.break_cost = np.where(grid.counts, 1.0, 0.0)
        self._count(np.flatnonzero(self.slots >= 0), 1)

    def _count(self, meetings: Ints, change: int) -> None:
        grid, slots = self.grid, self.slots[meetings]
        np.add.at(self.tables, slots, change)
        for people in (grid.owner[meetings], grid.other[meetings]):
            np.add.at(self.seats, (people, slots), change)
            np.add.at(self.daily, (people, grid.day[slots]), change)

    # ---- what is in the way ----
    def clashing(self) -> Flags:
        """The meetings that are in the way of others, by meeting."""
        grid = self.grid
        held = np.flatnonzero(self.slots >= 0)
        slots, days = self.slots[held], grid.day[self.slots[held]]
        bad = self.tables[slots] > grid.tables
        for people in (grid.owner[held], grid.other[held]):
            bad |= self.seats[people, slots] > grid.capacity[people]
            bad |= self.daily[people, days] > grid.per_day[people]
        found = np.zeros(len(self.slots), bool)
        found[held] = bad
        for pair in grid.orders[self._disordered()]:
            found[pair] = True
        return found

    def _disordered(self) -> Flags:
        first, second = self.slots[self.grid.orders[:, 0]], self.slots[self.grid.orders[:, 1]]
        return (second >= 0) & ((first < 0) | (first >= second))

    def _clashes(self, owner: int) -> bool:
        grid, mine = self.grid, self.grid.owned[owner]
        mine = mine[self.slots[mine] >= 0]
        slots, other = self.slots[mine], grid.other[mine]
        return bool(
            (self.tables[slots] > grid.tables).any()
            or (self.seats[other, slots] > grid.capacity[other]).any()
            or (self.daily[other, grid.day[slots]] > grid.per_day[other]).any()
            or (self.seats[owner] > grid.capacity[owner]).any()
            or (self.daily[owner] > grid.per_day[owner]).any()
            or any(self._out_of_order(one) for one in mine.tolist())
        )

    def _out_of_order(self, one: int) -> bool:
        at = self.slots[one]
        return any(not 0 <= self.slots[key] < at for key in self.grid.earlier[one]) or any(
            0 <= self.slots[key] <= at for key in self.grid.later[one]
        )

    # ---- one owner ----
    def replace(self, owner: int, meetings: Ints, chance: random.Random | None = None) -> bool:
        """Puts an owner's meetings at their best slots, ten at a time at most. False where there is no way at all."""
        if len(meetings) > MOST:
            return self._in_parts(owner, meetings, chance)
        grid = self.grid
        moving = meetings[self.slots[meetings] >= 0]
        before = self.slots[meetings].copy()
        self._count(moving, -1)
        self.slots[meetings] = NOT_HELD
        costs = self._costs(owner, meetings)
        single = grid.capacity[owner] == 1
        held = self.seats[owner] > 0 if single else np.zeros(grid.problem.slots, bool)
        limit = int(grid.per_day[owner]) if single else grid.problem.slots
        break_cost = float(self.break_cost[owner]) if single else 0.0
        cost, found = place(costs, held, limit, break_cost, self.days, self._orders(meetings) if single else ())
        self.slots[meetings] = found if cost < np.inf else before
        self._count(meetings[self.slots[meetings] >= 0], 1)
        return cost < np.inf

    def squeeze(self, one: int) -> bool:
        """Puts a meeting where it is in nobody's way and makes the fewest breaks. False where there is no such slot."""
        grid, pair = self.grid, self.grid.pair[one]
        if any(self.slots[key] < 0 for key in grid.earlier[one]):
            return False
        room = grid.allowed[one] & (self.tables < grid.tables) & (self._order_costs(one) == 0)
        room &= (self.seats[pair] < grid.capacity[pair, np.newaxis]).all(axis=0)
        room &= (self.daily[pair] < grid.per_day[pair, np.newaxis]).all(axis=0)[grid.day]
        if not room.any():
            return False
        made = self._breaks_made(pair).sum(axis=0)
        self.slots[one] = int(np.argmin(np.where(room, made, np.inf)))
        self._count(np.array([one]), 1)
        return True

    def _orders(self, meetings: Ints) -> list[tuple[int, int]]:
        """Which of these must come before which, by their place in the list."""
        if not len(self.grid.orders):
            return []
        row = {one: number for number, one in enumerate(meetings.tolist())}
        return [(row[key], row[one]) for one in row for key in self.grid.earlier[one] if key in row]

    def _in_parts(self, owner: int, meetings: Ints, chance: random.Random | None) -> bool:
        order = meetings.tolist()
        if chance is not None:
            chance.shuffle(order)
        placed = self.slots[order] >= 0
        if placed.all():
            return self.replace(owner, np.array(order[:MOST]))
        done = True
        for start in range(0, len(order), MOST - 2):
            done &= self.replace(owner, np.array(order[start : start + MOST - 2]))
        return done

    def _costs(self, owner: int, meetings: Ints) -> np.ndarray:
        """What each slot costs each meeting; infinite where it is not allowed."""
        grid, others = self.grid, self.grid.other[meetings]
        costs = self.price * np.maximum(0, self.seats[others] + 1 - grid.capacity[others, np.newaxis])
        costs = costs + self.lasting_seats[others] + self.price * np.maximum(0, self.tables + 1 - grid.tables)
        costs += self.lasting_tables
        daily = self.price * np.maximum(0, self.daily[others] + 1 - grid.per_day[others, np.newaxis])
        costs += (daily + self.lasting_daily[others])[:, grid.day]
        if grid.capacity[owner] > 1:
            costs += self.price * np.maximum(0, self.seats[owner] + 1 - grid.capacity[owner])
            costs += (self.price * np.maximum(0, self.daily[owner] + 1 - grid.per_day[owner]))[grid.day]
        counted = grid.counts[others]
        if counted.any():
            costs[counted] += self._breaks_made(others[counted])
        for row, one in enumerate(meetings.tolist()):
            if grid.earlier[one] or grid.later[one]:
                costs[row] += self._order_costs(one)
        costs[~grid.allowed[meetings]] = np.inf
        return costs

    def _breaks_made(self, people: Ints) -> np.ndarray:
        """How many more breaks each of these would have for one more meeting at each slot."""
        busy, day = self.seats[people] > 0, self.grid.day
        before, after = np.zeros_like(busy), np.zeros_like(busy)
        before[:, 1:] = busy[:, :-1] & (day[1:] == day[:-1])
        after[:, :-1] = busy[:, 1:] & (day[1:] == day[:-1])
        begun = (self.daily[people] > 0)[:, day]
        made = np.where(busy | ~begun, 0, 1 - before.astype(int) - after)
        return made * self.break_cost[people, np.newaxis]

    def _order_costs(self, one: int) -> np.ndarray:
        grid = self.grid
        slots = np.arange(grid.problem.slots)
        wrong = np.zeros(len(slots), bool)
        for key in grid.earlier[one]:
            if self.slots[key] >= 0:
                wrong |= slots <= self.slots[key]
        for key in grid.later[one]:
            if self.slots[key] >= 0:
                wrong |= slots >= self.slots[key]
        return wrong * (self.price + self.lasting_order[one])

    # ---- rounds ----
    def round(self, owners: Iterable[int], chosen: Flags, chance: random.Random, late: Callable[[], bool]) -> int:
        """Places each of these owners that is in the way again; how many were."""
        moved = 0
        for owner in owners:
            mine = self.grid.owned[owner]
            mine = mine[chosen[mine]]
            if len(mine) and ((self.slots[mine] < 0).any() or self._clashes(owner)):
                self.replace(owner, mine, chance)
                moved += 1
                if late():
                    break
        return moved

    def dearer(self) -> None:
        """What is wanted too often becomes dearer, for now and for good."""
        grid = self.grid
        step = LASTING * self.price
        self.lasting_seats += step * np.maximum(0, self.seats - grid.capacity[:, np.newaxis])
        self.lasting_tables += step * np.sign(np.maximum(0, self.tables - grid.tables))
        self.lasting_daily += step * np.maximum(0, self.daily - grid.per_day[:, np.newaxis])
        self.lasting_order[np.unique(grid.orders[self._disordered()])] += step
        self.price = min(self.price * GROWTH, DEAREST)
