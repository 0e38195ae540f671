"""An instance made ready for solving: booths and exhibitors as numbers, every possible place with its worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from booths.allocation.canonical import canonical_order, in_order
from booths.allocation.instance import Booth, Exhibitor, Instance

Array: TypeAlias = npt.NDArray[np.float64]
Place = tuple[int, ...]
"""Booths given to one exhibitor, by number and in order; empty when it has none."""
Plan = list[Place]
"""The place of each exhibitor, by number."""
NOWHERE: Place = ()


@dataclass(frozen=True)
class Shape:
    """All runs of one length in one class: `runs` is an array of booth numbers, one run a line.

    `ends` are the booths before and after each run in its row, two a line; the number after the last booth stands for
    the end of the row.
    """

    runs: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    starting: dict[int, int] = field(repr=False)

    @classmethod
    def of(
        cls, runs: Sequence[Place], length: int, before: npt.NDArray[np.int64], after: npt.NDArray[np.int64]
    ) -> "Shape":
        array = np.array(runs, np.int64).reshape(-1, length)
        ends = np.stack([before[array[:, 0]], after[array[:, -1]]], axis=1)
        return cls(array, ends, {int(run[0]): number for number, run in enumerate(array)})

    @cached_property
    def places(self) -> list[Place]:
        return [tuple(run) for run in self.runs.tolist()]

    @cached_property
    def over(self) -> dict[int, list[int]]:
        """The runs that hold a booth."""
        found: dict[int, list[int]] = {}
        for number, place in enumerate(self.places):
            for booth in place:
                found.setdefault(booth, []).append(number)
        return found


class Problem:
    """Everything the steps of solving ask for, found once. Numbers are in canonical order."""

    def __init__(self, instance: Instance) -> None:
        order, people = canonical_order(instance)
        self.instance = instance
        self.weights = instance.weights
        self.booths: tuple[Booth, ...] = in_order(instance.booths, order)
        self.exhibitors: tuple[Exhibitor, ...] = in_order(instance.exhibitors, people)
        self.booth_number = {one.id: number for number, one in enumerate(self.booths)}
        self.number = {one.id: number for number, one in enumerate(self.exhibitors)}
        self.rows = [tuple(self.booth_number[booth] for booth in row) for row in instance.rows]
        self.near = self._near()
        self.fixed = self.by_number(instance.fixed)
        self.start = self.by_number(instance.start)
        self.closed = {self.booth_number[one] for one in instance.blocked}
        self.closed |= {booth for place in self.fixed.values() for booth in place}
        self._shapes: dict[tuple[str, int, str], Shape] = {}
        self._shares: dict[str, Array] = {}
        self.shapes = [self._shape(number) for number in range(len(self.exhibitors))]
        self.quality = np.array([one.quality for one in self.booths])
        self.corner = np.array([one.corner for one in self.booths], bool)
        self.wishes = self._wishes()
        self.values = [self._values(number) for number in range(len(self.exhibitors))]
        self.rivals = self._pairs_by_number(instance.rivals)
        self.together = [frozenset(self.number[one] for one in group) for group in instance.together]

    # ---- what stands where ----
    def _near(self) -> list[frozenset[int]]:
        near: list[set[int]] = [set() for _booth in self.booths]
        for a, b in self.instance.touching:
            one, two = self.booth_number[a], self.booth_number[b]
            near[one].add(two)
            near[two].add(one)
        return [frozenset(booths) for booths in near]

    def by_number(self, given: Mapping[str, Sequence[str]]) -> dict[int, Place]:
        at = {booth: (row, place) for row, booths in enumerate(self.rows) for place, booth in enumerate(booths)}
        return {
            self.number[key]: tuple(
                sorted((self.booth_number[one] for one in booths), key=lambda booth: at.get(booth, (-1, booth)))
            )
            for key, booths in given.items()
        }

    def _shape(self, number: int) -> Shape:
        if number in self.fixed:
            return Shape.of([self.fixed[number]], len(self.fixed[number]), *self._beside)
        one = self.exhibitors[number]
        group = one.group if self.instance.strict_zones and one.klass in self.instance.zoned else ""
        key = (one.klass, one.booths, group)
        if key not in self._shapes:
            self._shapes[key] = Shape.of(self._runs(*key), one.booths, *self._beside)
        return self._shapes[key]

    def _runs(self, klass: str, length: int, group: str) -> list[Place]:
        def fits(booth: int) -> bool:
            one = self.booths[booth]
            return one.klass == klass and booth not in self.closed and (not group or one.zone in (None, group))

        found = []
        for row in self.rows:
            good = [fits(booth) for booth in row]
            found += [
                row[start : start + length]
                for start in range(len(row) - length + 1)
                if all(good[start : start + length])
            ]
        return sorted(found)

    @cached_property
    def _beside(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The booth before and the one after each in its row; the number after the last at the end of a row."""
        end = len(self.booths)
        before, after = np.full(end, end), np.full(end, end)
        for row in self.rows:
            after[list(row[:-1])], before[list(row[1:])] = row[1:], row[:-1]
        return before, after

    @cached_property
    def joined(self) -> list[frozenset[int]]:
        """The booths that touch a booth or stand beside it in its row."""
        found = [set(near) for near in self.near]
        for row in self.rows:
            for left, right in pairwise(row):
                found[left].add(right)
                found[right].add(left)
        return [frozenset(booths) for booths in found]

    @cached_property
    def near_table(self) -> npt.NDArray[np.int64]:
        """The booths that touch each booth, one line a booth, filled up with the number after the last."""
        most = max(map(len, self.near), default=0) or 1
        rows = [sorted(near) + [len(self.booths)] * (most - len(near)) for near in self.near]
        return np.array(rows, np.int64).reshape(len(self.booths), most)

    # ---- what a place is worth to one exhibitor ----
    def _wishes(self) -> dict[int, dict[int, float]]:
        """Worth by booth; a wish for a zone counts for each of its booths."""
        found: dict[int, dict[int, float]] = {}
        for key, wishes in self.instance.wishes.items():
            mine = found.setdefault(self.number[key], {})
            for place, worth in wishes:
                for booth in self._named(place):
                    mine[booth] = mine.get(booth, 0.0) + worth
        return found

    def _named(self, place: str) -> Iterable[int]:
        if place in self.booth_number:
            return [self.booth_number[place]]
        return [number for number, booth in enumerate(self.booths) if booth.zone == place]

    def zone_share(self, number: int, place: Place) -> float:
        """The share of a place's booths that stand in a zone of the exhibitor's group."""
        one = self.exhibitors[number]
        if one.klass not in self.instance.zoned:
            return 1.0
        return sum(self.booths[booth].zone in (None, one.group) for booth in place) / len(place)

    def value(self, number: int, place: Place) -> float:
        """What a place is worth by itself, whoever stands around it."""
        shape = self.shapes[number]
        run = shape.starting.get(place[0])
        if run is not None and shape.places[run] == place:
            return float(self.values[number][run])
        return float(self._worth(number, np.array([place]))[0])

    def _values(self, number: int) -> npt.NDArray[np.float64]:
        return self._worth(number, self.shapes[number].runs)

    def _worth(self, number: int, runs: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        one, weights = self.exhibitors[number], self.weights
        corner = weights.corner_wanted if one.wants_corner else weights.corner_unwanted
        worth = weights.zone * self._zone_shares(one.klass, one.group)[runs].mean(axis=1)
        worth += weights.quality * (1 + weights.points * one.points) * self.quality[runs].mean(axis=1)
        worth += corner * self.corner[runs].any(axis=1)
        if number in self.wishes:
            wished = np.zeros(len(self.booths))
            for booth, value in self.wishes[number].items():
                wished[booth] = value
            worth += wished[runs].mean(axis=1)
        if weights.stay and number in self.start:
            worth += weights.stay * (np.sort(runs, axis=1) == sorted(self.start[number])).all(axis=1)
        return worth

    def _zone_shares(self, klass: str, group: str) -> Array:
        if klass not in self.instance.zoned:
            return np.ones(len(self.booths))
        if group not in self._shares:
            self._shares[group] = np.array([booth.zone in (None, group) for booth in self.booths], float)
        return self._shares[group]

    def nowhere(self, number: int) -> float:
        """What having no place costs."""
        one, weights = self.exhibitors[number], self.weights
        return weights.unplaced_booth * one.booths * (1 + weights.unplaced_points * one.points)

    # ---- who belongs to whom ----
    def _pairs_by_number(self, pairs: Iterable[tuple[str, str]]) -> list[frozenset[int]]:
        found: list[set[int]] = [set() for _one in self.exhibitors]
        for a, b in pairs:
            found[self.number[a]].add(self.number[b])
            found[self.number[b]].add(self.number[a])
        return [frozenset(one) for one in found]

    @cached_property
    def fellows(self) -> list[frozenset[int]]:
        """Those whom it gains by touching, for each exhibitor: of its village and class, or named as near."""
        groups: dict[tuple[str, str], list[int]] = {}
        for number, one in enumerate(self.exhibitors):
            if one.village is not None:
                groups.setdefault((one.village, one.klass), []).append(number)
        found = [set(near) for near in self._pairs_by_number(self.instance.near)]
        for members in groups.values():
            for number in members:
                found[number].update(members)
        return [frozenset(fellows - {number}) for number, fellows in enumerate(found)]

    @cached_property
    def blocks(self) -> list[list[frozenset[int]]]:
        """The groups that must stand in one block, for each exhibitor."""
        return [[group for group in self.together if number in group] for number in range(len(self.exhibitors))]

    def around(self, place: Place) -> set[int]:
        """The booths that touch a place."""
        return {near for booth in place for near in self.near[booth]}.difference(place)

    def runs_beside(self, place: Place, number: int) -> list[int]:
        """The runs of an exhibitor that touch a place without overlapping it."""
        shape, taken = self.shapes[number], set(place)
        runs = {run for booth in self.around(place) for run in shape.over.get(booth, ())}
        return [run for run in sorted(runs) if taken.isdisjoint(shape.places[run])]

    def zones_of(self, place: Place) -> set[str]:
        """The limited zones in which a place has a booth."""
        return {zone for booth in place if (zone := self.booths[booth].zone) and zone in self.instance.limits}

    def ids(self, place: Place) -> list[str]:
        return [self.booths[booth].id for booth in place]


def plan_of(problem: Problem, assignments: Mapping[str, Sequence[str]]) -> Plan:
    """The plan in an answer: the booths of each exhibitor by number, in the order of their row."""
    given = problem.by_number(assignments)
    return [given.get(number, NOWHERE) for number in range(len(problem.exhibitors))]


def given(problem: Problem, plan: Plan) -> dict[str, list[str]]:
    """The same the other way: the booths of each exhibitor that has a place, by ids."""
    return {problem.exhibitors[number].id: problem.ids(place) for number, place in enumerate(plan) if place}


def after_paying(problem: Problem, number: int, prices: Array) -> Array:
    """What each place leaves an exhibitor after paying for the booths."""
    return problem.values[number] - prices[problem.shapes[number].runs].sum(axis=1)
