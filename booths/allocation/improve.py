"""One step of the search: some exhibitors give up their places and find the best joint ones again, exactly.

A large neighbourhood search (Shaw 1998): a step begins with something that could be better (a place, or two of one
village apart), gives up the booths that this needs, and goes on with those who stood in the way. A step depends on the
plan, its number and the seed alone.
"""

import random

import numpy as np

from booths.allocation.problem import Array, Place, Plan, Problem, after_paying
from booths.allocation.scoring import beside, owners
from booths.allocation.small import Small

LEAST, MOST = 12, 22
"""Exhibitors of a step."""
WIDER = 4
"""So many more for each level: steps grow when small ones find nothing more."""
LOOKED_AT = 120
"""Places of an exhibitor among which a place beside a fellow is looked for."""
SITES = 30
"""Joint places kept for a pair of fellows."""


class Search:
    """Makes steps on one problem."""

    def __init__(self, problem: Problem, prices: Array | None, seed: int) -> None:
        self.problem, self.seed, self.prices = problem, seed, prices
        prices = np.zeros(len(problem.booths)) if prices is None else prices
        self.left = [after_paying(problem, number, prices) for number in range(len(problem.exhibitors))]
        self.best = [float(left.max(initial=-1e9)) for left in self.left]
        self.wanted = [np.argsort(-left, kind="stable")[:LOOKED_AT].tolist() for left in self.left]
        self.movable = [number for number in range(len(problem.exhibitors)) if number not in problem.fixed]
        self._sites: dict[tuple[int, int], list[tuple[Place, Place]]] = {}

    def goes_by(self, prices: Array | None) -> bool:
        """Whether it was begun with these prices."""
        return prices is self.prices or np.array_equal(prices, self.prices)  # type: ignore[arg-type]

    def step(self, plan: Plan, number: int, level: int = 0) -> dict[int, Place]:
        """The exhibitors that move, with their new places; empty when the step found nothing better."""
        chance = random.Random(f"{self.seed} {number}")
        moving = self.choose(plan, chance, level)
        return Small(self.problem, self.left, plan, moving, chance.randrange(2**31)).solve() if moving else {}

    def choose(self, plan: Plan, chance: random.Random, level: int = 0) -> list[int]:
        """Some exhibitors that could do better together."""
        owner = owners(plan)
        size = min(chance.randint(LEAST, MOST) + WIDER * level, len(self.movable))
        chosen: dict[int, None] = {}
        waiting: list[int] = []
        while len(chosen) < size:
            if not waiting:
                waiting = self._begin(plan, owner, chance, chosen)
            one = waiting.pop(0)
            if one in chosen or one in self.problem.fixed:
                continue
            chosen[one] = None
            for block in self.problem.blocks[one]:
                waiting += sorted(block)
            if chance.random() < 0.5:
                waiting += self._owners_of(self._wish(one, chance), owner)
            if chance.random() < 0.5:
                waiting += self._would_follow(plan, one, chance)
        return sorted(chosen)

    # ---- with whom a step begins ----
    def _begin(self, plan: Plan, owner: dict[int, int], chance: random.Random, chosen: dict[int, None]) -> list[int]:
        rest = [number for number in self.movable if number not in chosen]
        hopes = [self._hope(plan, number, owner) for number in rest]
        one = chance.choices(rest, hopes)[0]
        fellows = sorted(self.problem.fellows[one])
        way = chance.random()
        if fellows and way < 0.4:
            fellow = chance.choice(fellows)
            sites = self.sites(min(one, fellow), max(one, fellow))
            if sites:
                site = sites[min(int(chance.expovariate(1 / 8)), len(sites) - 1)]
                return [one, fellow, *self._owners_of(site[0] + site[1], owner)]
        elif fellows and way < 0.8:
            beside_it = self._beside(one, plan[chance.choice(fellows)])
            if beside_it:
                place = beside_it[min(int(chance.expovariate(1 / 4)), len(beside_it) - 1)]
                return [one, *self._owners_of(place, owner), *self._would_follow(plan, one, chance)]
        elif plan[one] and way < 0.9:
            return [one, *sorted(beside(self.problem, plan[one], owner))]
        return [one]

    def _beside(self, number: int, place: Place) -> list[Place]:
        """Its places that touch one, the best first."""
        left, runs = self.left[number], self.problem.runs_beside(place, number)
        return [self.problem.shapes[number].places[run] for run in sorted(runs, key=lambda run: (-left[run], run))]

    def _would_follow(self, plan: Plan, number: int, chance: random.Random) -> list[int]:
        """One of those that would gain most by taking its place over."""
        place = plan[number]
        if not place:
            return []
        gains = []
        for other in self.movable:
            run = self.problem.shapes[other].starting.get(place[0])
            if run is not None and other != number and plan[other] and plan[other] != place:
                gains.append((self._now(other, plan[other]) - float(self.left[other][run]), other))
        gains.sort()
        return [gains[min(int(chance.expovariate(1 / 4)), len(gains) - 1)][1]] if gains else []

    def _hope(self, plan: Plan, number: int, owner: dict[int, int]) -> float:
        """What it could gain, roughly."""
        place = plan[number]
        if not place:
            return 1000.0
        fellows = self.problem.fellows[number]
        missed = len(fellows) - len(beside(self.problem, place, owner) & fellows) if fellows else 0
        lost = self.best[number] - self._now(number, place)
        return 1.0 + min(max(0.0, lost), 100.0) + self.problem.weights.village * min(missed, 2) / 2

    def _now(self, number: int, place: Place) -> float:
        run = self.problem.shapes[number].starting.get(place[0])
        return float(self.left[number][run]) if run is not None else -1e9

    # ---- what it would need ----
    def _wish(self, number: int, chance: random.Random) -> Place:
        runs = self.wanted[number]
        if not runs:
            return ()
        run = runs[min(int(chance.expovariate(1 / 6)), len(runs) - 1)]
        return self.problem.shapes[number].places[run]

    def _owners_of(self, place: Place, owner: dict[int, int]) -> list[int]:
        return sorted({owner[booth] for booth in place if booth in owner})

    def sites(self, one: int, two: int) -> list[tuple[Place, Place]]:
        """The best touching places of two fellows, by what is left after paying."""
        if (one, two) not in self._sites:
            self._sites[one, two] = self._find_sites(one, two)
        return self._sites[one, two]

    def _find_sites(self, one: int, two: int) -> list[tuple[Place, Place]]:
        problem = self.problem
        first, second = problem.shapes[one], problem.shapes[two]
        found = []
        for run in self.wanted[one]:
            place = first.places[run]
            for other in problem.runs_beside(place, two):
                found.append((float(self.left[one][run] + self.left[two][other]), place, second.places[other]))
        found.sort(key=lambda site: (-site[0], site[1:]))
        return [(place, other) for _left, place, other in found[:SITES]]
