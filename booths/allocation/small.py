"""The small problem of a step, solved exactly by CP-SAT: those who move find the best joint places, all others stay."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from booths.allocation.problem import NOWHERE, Place, Plan, Problem
from booths.allocation.scoring import beside, in_one_block, load, owners

BY_WORTH, BY_RETURN, JOINT = 6, 10, 6
"""Places an exhibitor may choose among: the best by worth, by what is left after paying, and beside each fellow."""
EFFORT = 0.05
"""CP-SAT's deterministic time; nearly all are solved to the end before it."""
SCALE = 1000
"""Worth in whole numbers for CP-SAT: thousandths."""


class Small:
    """The problem of those who move, while all others stay."""

    def __init__(
        self, problem: Problem, left: list[npt.NDArray[np.float64]], plan: Plan, moving: Iterable[int], seed: int
    ) -> None:
        self.problem, self.left, self.plan, self.moving, self.seed = problem, left, plan, list(moving), seed
        self.stay = [NOWHERE if number in set(self.moving) else place for number, place in enumerate(plan)]
        self.owner = owners(self.stay)
        self.model = cp_model.CpModel()
        self.taken: list[dict[Place, cp_model.IntVar]] = []
        self.worth: list[tuple[cp_model.IntVar, float]] = []

    def solve(self) -> dict[int, Place]:
        for number in self.moving:
            self._places(number)
        self._given_once()
        self._rivals()
        self._limits()
        self._villages()
        self._fragments()
        self.model.maximize(sum(round(worth * SCALE) * variable for variable, worth in self.worth))
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = 1
        parameters.max_deterministic_time = EFFORT
        parameters.random_seed = self.seed
        parameters.linearization_level = 2  # places are nearly a packing: the linear program all but solves it
        parameters.cp_model_probing_level = 0
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {}
        found = {}
        for number, taken in zip(self.moving, self.taken, strict=True):
            place = next((place for place, variable in taken.items() if solver.boolean_value(variable)), NOWHERE)
            if place != self.plan[number]:
                found[number] = place
        return found if self._blocks_hold(found) else {}

    def _places(self, number: int) -> None:
        """The places it may choose among, each with its worth counted from having none."""
        problem, now = self.problem, self.plan[number]
        worth = self.worths[number]
        kept = dict.fromkeys([now] if now else [])
        kept |= dict.fromkeys(sorted(worth, key=lambda place: (-worth[place], place))[:BY_WORTH])
        left = self._returns(number)
        kept |= dict.fromkeys(sorted(worth, key=lambda place: (-left[place], place))[:BY_RETURN])
        kept |= dict.fromkeys(self.beside_fellows.get(number, ()))
        taken = {place: self.model.new_bool_var("") for place in kept}
        nowhere = problem.nowhere(number)
        if now and all(self.plan[one] for one in self.moving):
            self.model.add_exactly_one(taken.values())
        else:  # somebody without a place may take over that of another, who costs less without
            self.model.add_at_most_one(taken.values())
        for place, variable in taken.items():
            self.model.add_hint(variable, place == now)
            self.worth.append((variable, worth[place] - nowhere))
        self.taken.append(taken)

    @cached_property
    def free(self) -> set[int]:
        return set(range(len(self.problem.booths))) - self.problem.closed - set(self.owner)

    @cached_property
    def worths(self) -> dict[int, dict[Place, float]]:
        """For each of those who move, every place it could take, with its worth and what fellows who stay add."""
        return {number: self._worths(number) for number in self.moving}

    def _worths(self, number: int) -> dict[Place, float]:
        problem, now, shape = self.problem, self.plan[number], self.problem.shapes[number]
        rivals = (self.stay[rival] for rival in problem.rivals[number])
        usable = self.free.difference(*(problem.around(place) for place in rivals))
        fellows = problem.fellows[number]
        worth: dict[Place, float] = {}
        for start in usable:
            run = shape.starting.get(start)
            if run is None:
                continue
            place = shape.places[run]
            if usable.issuperset(place):
                worth[place] = float(problem.values[number][run])
        if now and now not in worth:  # in pieces
            worth[now] = problem.value(number, now)
        if fellows:
            for place in worth:
                worth[place] += problem.weights.village * len(beside(problem, place, self.owner) & fellows)
        return worth

    def _returns(self, number: int) -> dict[Place, float]:
        """What each of these places leaves after paying."""
        shape, left, values = self.problem.shapes[number], self.left[number], self.problem.values[number]
        found = {}
        for place, worth in self.worths[number].items():
            run = shape.starting.get(place[0])
            paid = float(values[run] - left[run]) if run is not None else 0.0
            found[place] = worth - paid
        return found

    @cached_property
    def beside_fellows(self) -> dict[int, list[Place]]:
        """For those with fellows among the moving, the places of the best pairs that touch."""
        found: dict[int, list[Place]] = {}
        for one, two in self._moving_pairs(self.problem.fellows):
            first, second = self._returns(one), self._returns(two)
            by_booth: dict[int, list[Place]] = {}
            for place in second:
                for booth in place:
                    by_booth.setdefault(booth, []).append(place)
            pairs = []
            for place, left in first.items():
                others = {other for booth in self.problem.around(place) for other in by_booth.get(booth, ())}
                pairs += [(left + second[other], place, other) for other in others if not set(place) & set(other)]
            pairs.sort(key=lambda pair: (-pair[0], pair[1:]))
            for _left, place, other in pairs[:JOINT]:
                found.setdefault(one, []).append(place)
                found.setdefault(two, []).append(other)
        return found

    def _moving_pairs(self, of: list[frozenset[int]]) -> list[tuple[int, int]]:
        moving = set(self.moving)
        return [(a, b) for a in self.moving for b in sorted(of[a]) if b in moving and a < b]

    def _given_once(self) -> None:
        wanting: dict[int, list[cp_model.IntVar]] = {}
        for taken in self.taken:
            for place, variable in taken.items():
                for booth in place:
                    wanting.setdefault(booth, []).append(variable)
        for variables in wanting.values():
            self.model.add_at_most_one(variables)
        self.wanting = wanting

    def _by_booth(self, place: int) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for one in self.taken[place]:
            for booth in one:
                found.setdefault(booth, []).append(one)
        return found

    def _pairs(self, of: list[frozenset[int]]) -> list[tuple[int, int]]:
        at = {number: place for place, number in enumerate(self.moving)}
        return [(at[a], at[b]) for a, b in self._moving_pairs(of)]

    def _touching(self, place: Place, others: dict[int, list[Place]]) -> list[Place]:
        return sorted({other for booth in self.problem.around(place) for other in others.get(booth, ())})

    def _rivals(self) -> None:
        for one, two in self._pairs(self.problem.rivals):
            others = self._by_booth(two)
            for place, variable in self.taken[one].items():
                touching = self._touching(place, others)
                if touching:
                    self.model.add_at_most_one([variable, *(self.taken[two][other] for other in touching)])

    def _villages(self) -> None:
        if not self.problem.weights.village:
            return
        for one, two in self._pairs(self.problem.fellows):
            others = self._by_booth(two)
            near = {place: self._touching(place, others) for place in self.taken[one]}
            if not any(near.values()):
                continue
            together = self.model.new_bool_var("")
            ways = sorted({other for touching in near.values() for other in touching})
            self.model.add_bool_or([*(self.taken[two][other] for other in ways), together.negated()])
            for place, touching in near.items():
                self.model.add_bool_or(
                    [
                        together.negated(),
                        self.taken[one][place].negated(),
                        *(self.taken[two][other] for other in touching),
                    ]
                )
            self.worth.append((together, self.problem.weights.village))

    def _limits(self) -> None:
        for zone, limit in self.problem.instance.limits.items():
            power, count = load(self.problem, self.stay, zone)
            inside = [
                (variable, self.problem.exhibitors[number].power)
                for number, taken in zip(self.moving, self.taken, strict=True)
                for place, variable in taken.items()
                if zone in self.problem.zones_of(place)
            ]
            if not inside:
                continue
            if limit.count is not None:
                self.model.add(sum(variable for variable, _power in inside) <= limit.count - count)
            if limit.power is not None:
                left = int((limit.power - power) * SCALE + 1e-6)
                self.model.add(sum(round(power * SCALE) * variable for variable, power in inside) <= left)

    def _fragments(self) -> None:
        weight = self.problem.weights.fragment
        if not weight:
            return
        for row in self.problem.rows:
            for trio in zip(row, row[1:], row[2:], strict=False):
                if any(booth in self.wanting for booth in trio) and trio[1] not in self.problem.closed:
                    left, middle, right = (self._sold(booth) for booth in trio)
                    lonely = self.model.new_bool_var("")
                    self.model.add(lonely >= left + right - middle - 1)
                    self.worth.append((lonely, weight))

    def _sold(self, booth: int) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.sum(1 if booth in self.owner else 0, *self.wanting.get(booth, ()))

    def _blocks_hold(self, found: dict[int, Place]) -> bool:
        groups = {group for number in found for group in self.problem.blocks[number]}
        if not groups:
            return True
        trial = [found.get(number, place) for number, place in enumerate(self.plan)]
        return all(in_one_block(self.problem, trial, group) for group in groups)
