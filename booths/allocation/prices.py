"""Prices of booths, and the bound that they prove.

A linear relaxation: each exhibitor takes one place at most, each booth is given once, and two of one village that touch
add their bonus. Its dual gives each booth a price. Whatever the prices are (never negative), no plan is worth more than
all prices together and, for each exhibitor or village, the most it can get after paying: weak duality, as in Lagrangian
relaxation (Geoffrion 1974). So the bound holds even though the relaxation knows only the places that matter.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

import highspy
import numpy as np
import numpy.typing as npt

from booths.allocation.problem import Array, Problem, after_paying

FIRST = 40
"""Places of an exhibitor in the first round: the best by themselves."""
MORE = 60
"""Places of an exhibitor added in a round, the ones that would pay best."""
ROUNDS = 8
NEAR_BEST = 40.0
"""Places and pairs that lose so much at most beside the best are looked at: a little over what a pair brings."""
LARGE = 400_000
"""Beyond so many places in all, prices are not sought: the first answer comes before they would be known."""
CROWD = 12
"""Who has so many fellows has them counted, not told apart: each pair's bonus counts half for either."""
PRIMAL = 4
"""The solver's number for the primal simplex."""
Runs: TypeAlias = npt.NDArray[np.int64]
Indices: TypeAlias = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Priced:
    """Prices by booth, and what no plan can exceed; None where that was not asked for."""

    prices: Array
    bound: float | None


def find_prices(
    problem: Problem, seconds_left: Callable[[], float] = lambda: math.inf, *, prove: bool = True
) -> Priced | None:
    """Prices without neighbours, by column generation: quickly there.

    None when time was up before the first, or when the floor is too large.
    """
    if sum(map(len, problem.values)) > LARGE or not problem.exhibitors:
        return None
    relaxation = Relaxation(problem)
    duals: Duals | None = None
    places = [np.sort(np.argsort(-values, kind="stable")[:FIRST]) for values in problem.values]
    relaxation.know(places)
    for _round in range(ROUNDS):
        better = relaxation.solve(seconds_left())
        if better is None:
            break
        duals = better
        missing = [
            _missing(problem, number, duals.prices, duals.left[number], known) for number, known in enumerate(places)
        ]
        if not any(map(len, missing)):
            break
        relaxation.know(missing)
        places = [np.union1d(known, more) for known, more in zip(places, missing, strict=True)]
    if duals is None:
        return None
    return Priced(duals.prices, bound_of(problem, duals.prices) if prove else None)


def with_pairs(problem: Problem, priced: Priced, seconds_left: Callable[[], float] = lambda: math.inf) -> Priced:
    """Prices that know of the pairs of one village, from those that do not; the same where there is nothing to know."""
    if not problem.weights.village > 0 or not any(known_fellows(problem)):
        return priced
    good, pairs = good_pairs(problem, priced.prices)
    relaxation = Relaxation(problem)
    relaxation.know(good)
    relaxation.know_pairs(pairs)
    duals = relaxation.solve(seconds_left(), "ipm")
    if duals is None:
        return priced
    if priced.bound is None:
        return Priced(duals.prices, None)
    return Priced(duals.prices, min(priced.bound, bound_of(problem, duals.prices, duals.near)))


def good_pairs(problem: Problem, prices: Array) -> tuple[list[Runs], "list[Pair]"]:
    """The places of each exhibitor that lose little beside its best, and the pairs of fellows' places that do so."""
    lost = [_lost(problem, number, prices) for number in range(len(problem.exhibitors))]
    good = [np.flatnonzero(one <= NEAR_BEST) for one in lost]
    return good, list(_pairs(problem, good, lost))


def _lost(problem: Problem, number: int, prices: Array) -> Array:
    left = after_paying(problem, number, prices)
    return left.max(initial=-np.inf) - left


def _missing(problem: Problem, number: int, prices: Array, paid: float, known: Runs) -> Runs:
    left = after_paying(problem, number, prices)
    better = np.setdiff1d(np.flatnonzero(left > paid + 1e-6), known)
    return better[np.argsort(-left[better], kind="stable")[:MORE]]


def known_fellows(problem: Problem) -> list[frozenset[int]]:
    """The fellows of each exhibitor, without pairs of which either has a crowd of them."""
    crowds = {number for number, fellows in enumerate(problem.fellows) if len(fellows) >= CROWD}
    return [frozenset() if number in crowds else fellows - crowds for number, fellows in enumerate(problem.fellows)]


def _touching_at_most(problem: Problem, number: int) -> npt.NDArray[np.int64]:
    """How many others can touch each of its places, at most."""
    runs = problem.shapes[number].runs
    near = problem.near_table[runs].reshape(len(runs), -1)
    own = (near[:, :, np.newaxis] == runs[:, np.newaxis, :]).any(axis=2)
    return ((near < len(problem.booths)) & ~own).sum(axis=1)


Pair = tuple[int, int, int, int]
"""An exhibitor and its run, a fellow and its run; the runs touch."""


def _pairs(problem: Problem, good: list[Runs], lost: list[Array]) -> Iterator[Pair]:
    for one, fellows in enumerate(known_fellows(problem)):
        for two in sorted(fellows):
            if one < two:
                yield from _pairs_of(problem, one, two, good, lost)


def _pairs_of(problem: Problem, one: int, two: int, good: list[Runs], lost: list[Array]) -> Iterator[Pair]:
    known = set(good[two].tolist())
    for run in good[one].tolist():
        for other in problem.runs_beside(problem.shapes[one].places[run], two):
            if other in known and lost[one][run] + lost[two][other] <= NEAR_BEST:
                yield one, run, two, other


@dataclass(frozen=True)
class Duals:
    """Prices by booth; what each exhibitor is left with; what nearness counts by exhibitor, fellow and run."""

    prices: Array
    left: Array
    near: dict[tuple[int, int, int], float] = field(default_factory=dict)


class Relaxation:
    """The linear program over some places of each exhibitor and some pairs of them; more places can be added."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.people = problem, len(problem.exhibitors)
        self.nowhere = np.array([problem.nowhere(number) for number in range(self.people)])
        self.column: dict[tuple[int, int], int] = {}
        self.line: dict[tuple[int, int, int], int] = {}
        self.model = highspy.Highs()
        self.model.silent()
        self.model.setOptionValue("threads", 1)
        self.model.setOptionValue("run_crossover", "off")  # prices need no corner of the polytope
        self.model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._add_lines(1.0, [[] for _line in range(self.people + len(problem.booths))])

    def know(self, places: Iterable[Runs]) -> None:
        """More places, by exhibitor."""
        worth: list[float] = []
        lines: list[list[int]] = []
        for number, runs in enumerate(places):
            for run in runs.tolist():
                self.column[number, run] = len(self.column)
                worth.append(float(self.problem.values[number][run] - self.nowhere[number]))
                lines.append([number, *(self.people + booth for booth in self.problem.shapes[number].places[run])])
        self._add_columns(worth, lines)

    def know_pairs(self, pairs: Iterable[Pair]) -> None:
        """Pairs of known places; a pair is there only as far as both of its places are. After the last place."""
        first = self.people + len(self.problem.booths)
        places: list[list[int]] = []
        lines: list[list[int]] = []
        for one, run, two, other in pairs:
            lines.append([])
            for key, chosen in (((one, two, run), (one, run)), ((two, one, other), (two, other))):
                if key not in self.line:
                    self.line[key] = first + len(places)
                    places.append([self.column[chosen]])
                lines[-1].append(self.line[key])
        self._add_lines(0.0, places, -1.0)
        self._add_columns([self.problem.weights.village] * len(lines), lines)

    def _add_lines(self, most: float, columns: list[list[int]], number: float = 1.0) -> None:
        count = len(columns)
        self.model.addRows(count, np.full(count, -highspy.kHighsInf), np.full(count, most), *_sparse(columns, number))

    def _add_columns(self, worth: list[float], lines: list[list[int]]) -> None:
        count = len(worth)
        self.model.addCols(
            count, np.array(worth), np.zeros(count), np.full(count, highspy.kHighsInf), *_sparse(lines, 1.0)
        )

    def solve(self, seconds: float, method: str = "simplex") -> Duals | None:
        """The dual values; None when the time was too short. By simplex it goes on from the last solution."""
        if seconds <= 0:
            return None
        self.model.setOptionValue("solver", method)
        if seconds < math.inf:
            self.model.setOptionValue("time_limit", self.model.getRunTime() + seconds)
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        self.model.setOptionValue("simplex_strategy", PRIMAL)  # places added later leave the solution allowed
        dual = np.maximum(0.0, np.array(self.model.getSolution().row_dual))
        near = {key: float(dual[line]) for key, line in self.line.items()}
        booths = dual[self.people : self.people + len(self.problem.booths)]
        return Duals(booths, dual[: self.people] + self.nowhere, near)


def _sparse(lines: list[list[int]], number: float) -> tuple[int, Indices, Indices, Array]:
    """The same number at some places of each line, as the solver takes it: count, where lines start, where, what."""
    where = np.array([one for line in lines for one in line], dtype=np.int32)
    starts = np.cumsum([0, *map(len, lines[:-1])], dtype=np.int32) if lines else np.zeros(0, dtype=np.int32)
    return len(where), starts, where, np.full(len(where), number)


Near: TypeAlias = Mapping[tuple[int, int, int], float]


def bound_of(problem: Problem, prices: Array, near: Near = MappingProxyType({})) -> float:
    """What no plan can exceed, for any prices and any `near` that are not negative.

    Each exhibitor gets the place that leaves it most after paying, counting what nearness to each fellow is said to be
    worth at it (`near`: by exhibitor, fellow and run). That covers a pair's bonus when the two numbers of any touching
    places of the pair reach it; where they do not, the first one's is lifted here until they do.
    """
    said, known = _said(problem, prices, near), known_fellows(problem)
    bound = float(prices.sum()) + max(0.0, problem.weights.fragment) * len(problem.booths)
    for number in range(len(problem.exhibitors)):
        one = problem.exhibitors[number]
        most = after_paying(problem, number, prices)
        for fellow in known[number]:
            most = most + said[number, fellow]
        crowd = problem.fellows[number] - known[number]
        if crowd and problem.weights.village > 0:
            touching = np.minimum(len(crowd), _touching_at_most(problem, number))
            most = most + problem.weights.village / 2 * touching
        best = float(most.max(initial=problem.nowhere(number)))
        if one.id in problem.instance.agreed_split:
            best = max(best, _in_pieces_at_most(problem, number, prices))
        bound += best
    return bound


def said_by(problem: Problem, near: Near, one: int, two: int) -> Array:
    """What nearness to a fellow is said to be worth at each place of an exhibitor."""
    said = np.zeros(len(problem.values[one]))
    for run in range(len(said)):
        said[run] = near.get((one, two, run), 0.0)
    return said


Said = dict[tuple[int, int], Array]
"""For an exhibitor and a fellow, what nearness counts at each run of the first."""


def _said(problem: Problem, prices: Array, near: Near) -> Said:
    known = known_fellows(problem)
    pairs = ((one, two) for one, fellows in enumerate(known) for two in sorted(fellows))
    said = {(one, two): np.zeros(len(problem.values[one])) for one, two in pairs}
    if problem.weights.village <= 0:
        return said
    for one, two in said:
        said[one, two] = said_by(problem, near, one, two)
    for one, fellows in enumerate(known):
        if fellows:
            _say_for_nothing(problem, one, fellows, prices, said)
    for one, two in said:
        if one < two:
            _lift(problem, one, two, said)
    return said


def _say_for_nothing(problem: Problem, one: int, fellows: frozenset[int], prices: Array, said: Said) -> None:
    """What a place falls short of the best may be said without lifting the best; `fellows` are those without crowds."""
    counted = after_paying(problem, one, prices) + sum(said[one, two] for two in fellows)
    short = (counted.max(initial=-np.inf) - counted) / len(fellows)
    for two in fellows:
        said[one, two] = np.minimum(said[one, two] + short, problem.weights.village)


def _lift(problem: Problem, one: int, two: int, said: Said) -> None:
    """Say more at the first one's places until any touching pair of places reaches the bonus."""
    mine, theirs, bonus = said[one, two], said[two, one], problem.weights.village
    if {problem.exhibitors[one].id, problem.exhibitors[two].id} & problem.instance.agreed_split:
        mine[:] = bonus
        return
    first, second = problem.shapes[one], problem.shapes[two]
    least = np.full(len(problem.booths) + 1, np.inf)  # the last stands for no booth
    for column in second.runs.T:
        np.minimum.at(least, column, theirs)
    if not len(first.runs):
        return
    wanting = mine + least[problem.near_table[first.runs]].min(axis=(1, 2)) < bonus - 1e-9
    for run in np.flatnonzero(wanting).tolist():
        apart = [theirs[other] for other in problem.runs_beside(first.places[run], two)]
        mine[run] = max(mine[run], bonus - min(apart, default=bonus))


def _in_pieces_at_most(problem: Problem, number: int, prices: Array) -> float:
    """For whoever may stand apart: each booth's own worth is at most its share of the best."""
    one, weights = problem.exhibitors[number], problem.weights
    usable = [known.klass == one.klass for known in problem.booths]
    worth = weights.quality * (1 + weights.points * one.points) * problem.quality + max(0.0, weights.zone)
    for booth, value in problem.wishes.get(number, {}).items():
        worth[booth] += max(0.0, value)
    each = np.sort(np.where(usable, worth / one.booths - prices, -np.inf))[-one.booths :]
    nearness = max(0.0, weights.village) * len(problem.fellows[number])
    more = max(0.0, weights.corner_wanted, weights.corner_unwanted) + max(0.0, weights.stay)
    return float(each.sum()) + more + nearness
