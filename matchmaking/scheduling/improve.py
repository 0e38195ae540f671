"""From a selection to a timetable, and steps that take breaks out of it.

A step puts someone who has a break where it would have none, whoever is there already; those in its way look for other
slots, and so on, until nobody is in anybody's way (an ejection chain). What comes of it counts when it is better, or as
good and different. A step depends on the timetable, its number and the seed alone.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.grid import NOT_HELD, Flags, Grid, Ints
from matchmaking.scheduling.negotiating import Bargain

ROUNDS = 150
"""Rounds of the first placement at most."""
CHAIN, LINKS = 160, 40
"""Owners placed again in a step at most, and rounds of them."""
UNLOVED = 2
"""Breaks of one participant that are borne; more count as a fault of their own."""
Moves = dict[int, int]
"""Meetings with their new slots."""


@dataclass(frozen=True, order=True)
class Worth:
    """How far a timetable is from the best: smaller is better, the first difference decides."""

    missing: float
    uneven: int
    breaks: int
    unloved: int


def worth(grid: Grid, slots: Ints, wanted: Flags) -> Worth:
    """Of a timetable that breaks no rule, but perhaps that on the difference of breaks."""
    many = breaks_by_person(grid, slots)
    most = grid.problem.max_break_difference
    counted = many[grid.counts]
    uneven = 0 if most is None or not len(counted) else max(0, int(counted.max() - counted.min()) - most)
    return Worth(
        missing=round(float(grid.weight[wanted].sum() - grid.weight[slots >= 0].sum()), 6),
        uneven=uneven,
        breaks=int(many.sum()),
        unloved=int(np.maximum(0, many - UNLOVED).sum()),
    )


def breaks_by_person(grid: Grid, slots: Ints) -> Ints:
    """The breaks of each participant; none for those whose breaks do not count."""
    busy = np.zeros(grid.there.shape, bool)
    held = np.flatnonzero(slots >= 0)
    for people in (grid.owner[held], grid.other[held]):
        busy[people, slots[held]] = True
    found = np.zeros(len(busy), np.int64)
    for day in grid.problem.days:
        today = busy[:, day.start : day.stop]
        begins = today[:, 1:] & ~today[:, :-1]
        groups = begins.sum(axis=1) + today[:, :1].sum(axis=1)
        found += np.maximum(0, groups - 1)
    return np.where(grid.counts, found, 0)


def first_placement(grid: Grid, wanted: Flags, seed: int, late: Callable[[], bool]) -> Ints:
    """A timetable of the wanted meetings that breaks no rule; where it could not be had, some of them are left out."""
    chance = random.Random(f"{seed} first")
    bargain = Bargain(grid, np.full(len(grid.weight), NOT_HELD))
    owners = _by_freedom(grid, wanted)
    for _round in range(ROUNDS):
        bargain.round(owners, wanted, chance, late)
        clashing = bargain.clashing()
        if not clashing.any() or late():
            break
        bargain.dearer()
        owners = np.unique(grid.owner[clashing | (wanted & (bargain.slots < 0))]).tolist()
        chance.shuffle(owners)
    return without_clashes(grid, bargain.slots)


def _by_freedom(grid: Grid, wanted: Flags) -> list[int]:
    """The owners of wanted meetings, those with the fewest slots to spare first."""
    many = np.bincount(grid.owner[wanted], minlength=len(grid.person))
    spare = grid.there.sum(axis=1) - many
    return [who for who in np.argsort(spare, kind="stable").tolist() if many[who]]


def without_clashes(grid: Grid, slots: Ints) -> Ints:
    """The same without the least weighty of those in each other's way, until nobody is."""
    slots = slots.copy()
    while True:
        clashing = Bargain(grid, slots).clashing()
        if not clashing.any():
            return slots
        light = min(np.flatnonzero(clashing).tolist(), key=lambda one: (grid.must[one], grid.weight[one], one))
        slots[light] = NOT_HELD


def filled(grid: Grid, slots: Ints) -> Ints:
    """The same with whatever else there is room for, by weight, each where it makes the fewest breaks."""
    bargain = Bargain(grid, slots)
    total = bargain.daily.sum(axis=1)
    out = np.flatnonzero(slots < 0)
    for one in out[np.argsort(-grid.weight[out], kind="stable")].tolist():
        pair = grid.pair[one]
        if (total[pair] < grid.total[pair]).all() and bargain.squeeze(one):
            total[pair] += 1
    return bargain.slots


class Search:
    """Makes steps on one problem."""

    def __init__(self, grid: Grid, wanted: Flags, seed: int) -> None:
        self.grid, self.wanted, self.seed = grid, wanted, seed

    def step(self, slots: Ints, number: int) -> Moves:
        """The meetings that move; empty when the step found nothing as good."""
        chance = random.Random(f"{self.seed} {number}")
        before = worth(self.grid, slots, self.wanted)
        bargain = Bargain(self.grid, slots)
        targets = self._targets(bargain, slots, chance)
        if not targets:
            return {}
        bargain.price = chance.choice((0.3, 0.6, 1.0))
        bargain.break_cost[targets] *= 30
        chosen = self.wanted | (slots >= 0)
        if not self._chain(bargain, targets, chosen, chance):
            return {}
        after = worth(self.grid, bargain.slots, self.wanted)
        if after > before:
            return {}
        moved = np.flatnonzero(bargain.slots != slots).tolist()
        return {one: int(bargain.slots[one]) for one in moved}

    def _targets(self, bargain: Bargain, slots: Ints, chance: random.Random) -> list[int]:
        """Whose meetings are placed again first: those left out, else those with breaks."""
        grid = self.grid
        missing = np.unique(grid.owner[self.wanted & (slots < 0)]).tolist()
        broken = np.flatnonzero(breaks_by_person(grid, slots) > 0)
        owners = [who for who in broken.tolist() if len(grid.owned[who])]
        others = [who for who in broken.tolist() if not len(grid.owned[who])]
        pool = missing if missing and (chance.random() < 0.7 or not len(broken)) else owners + others
        if not pool:
            return []
        chosen = chance.sample(pool, min(len(pool), chance.choice((1, 1, 1, 2, 3))))
        found: dict[int, None] = {}
        for who in chosen:
            if len(grid.owned[who]):
                found[who] = None
            else:
                mine = np.flatnonzero((grid.other == who) & (slots >= 0))
                found |= dict.fromkeys(grid.owner[mine].tolist())
        return list(found)

    def _chain(self, bargain: Bargain, targets: list[int], chosen: Flags, chance: random.Random) -> bool:
        """Places the targets, then those in the way, until nobody is. False when it takes too long."""
        grid = self.grid
        for owner in targets:
            mine = grid.owned[owner]
            bargain.replace(owner, mine[chosen[mine]], chance)
        moved = len(targets)
        for _round in range(LINKS):
            clashing = bargain.clashing()
            if not clashing.any():
                return True
            owners = np.unique(grid.owner[clashing]).tolist()
            chance.shuffle(owners)
            moved += bargain.round(owners, chosen, chance, lambda: False)
            if moved > CHAIN:
                break
            bargain.dearer()
        return not bargain.clashing().any()
