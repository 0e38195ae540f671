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

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from booths.allocation.problem import Array, Problem, after_paying

FIRST = 40
"""Places of an exhibitor in the first round: the best by themselves."""
MORE = 12
"""Places of an exhibitor added in a round, the ones that would pay best."""
ROUNDS = 4
NEAR_BEST = 40.0
"""Places and pairs that lose so much at most beside the best are looked at: a little over what a pair brings."""
LARGE = 400_000
"""Beyond so many places in all, prices are not sought: the first answer comes before they would be known."""
SOLVED = 0
Runs: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Priced:
    """Prices by booth, and what no plan can exceed."""

    prices: Array
    bound: float


def find_prices(problem: Problem, seconds_left: Callable[[], float] = lambda: math.inf) -> Priced | None:
    """The prices that prove most; None when time was up before the first, or when the floor is too large."""
    if sum(map(len, problem.values)) > LARGE or not problem.exhibitors:
        return None
    best: Priced | None = None
    for duals in _better_and_better(problem, seconds_left):
        bound = bound_of(problem, duals.prices, duals.near)
        if best is None or bound < best.bound:
            best = Priced(duals.prices, bound)
    return best


def _better_and_better(problem: Problem, seconds_left: Callable[[], float]) -> Iterator["_Duals"]:
    """First without neighbours, by column generation; then with the pairs of one village."""
    places = [np.sort(np.argsort(-values, kind="stable")[:FIRST]) for values in problem.values]
    prices = np.zeros(len(problem.booths))
    for _round in range(ROUNDS):
        duals = _Relaxation(problem, places).solve(seconds_left())
        if duals is None:
            return
        yield duals
        prices = duals.prices
        missing = [_missing(problem, number, prices, duals.left[number], known) for number, known in enumerate(places)]
        if not any(map(len, missing)):
            break
        places = [np.union1d(known, more) for known, more in zip(places, missing, strict=True)]
    if not problem.weights.village > 0 or not any(problem.fellows):
        return
    lost = [_lost(problem, number, prices) for number in range(len(problem.exhibitors))]
    good = [np.flatnonzero(one <= NEAR_BEST) for one in lost]
    duals = _Relaxation(problem, good, list(_pairs(problem, good, lost))).solve(seconds_left())
    if duals is not None:
        yield duals


def _lost(problem: Problem, number: int, prices: Array) -> Array:
    left = after_paying(problem, number, prices)
    return left.max(initial=-np.inf) - left


def _missing(problem: Problem, number: int, prices: Array, paid: float, known: Runs) -> Runs:
    left = after_paying(problem, number, prices)
    better = np.setdiff1d(np.flatnonzero(left > paid + 1e-6), known)
    return better[np.argsort(-left[better], kind="stable")[:MORE]]


Pair = tuple[int, int, int, int]
"""An exhibitor and its run, a fellow and its run; the runs touch."""


def _pairs(problem: Problem, good: list[Runs], lost: list[Array]) -> Iterator[Pair]:
    for one, fellows in enumerate(problem.fellows):
        for two in sorted(fellows):
            if one < two:
                yield from _pairs_of(problem, one, two, good, lost)


def _pairs_of(problem: Problem, one: int, two: int, good: list[Runs], lost: list[Array]) -> Iterator[Pair]:
    first, second = problem.shapes[one], problem.shapes[two]
    known = set(good[two].tolist())
    for run in good[one].tolist():
        place = first.places[run]
        for other in sorted({other for booth in problem.around(place) for other in second.over.get(booth, ())} & known):
            if lost[one][run] + lost[two][other] <= NEAR_BEST and not set(second.places[other]) & set(place):
                yield one, run, two, other


@dataclass
class _Rows:
    """Lines of a sparse matrix, as they are found."""

    lines: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def put(self, line: int, column: int, number: float = 1.0) -> None:
        self.lines.append(line)
        self.columns.append(column)
        self.numbers.append(number)


@dataclass(frozen=True)
class _Duals:
    """Prices by booth; what each exhibitor is left with; what nearness counts by exhibitor, fellow and run."""

    prices: Array
    left: Array
    near: dict[tuple[int, int, int], float] = field(default_factory=dict)


class _Relaxation:
    """The linear program over some places of each exhibitor and some pairs of them."""

    def __init__(self, problem: Problem, places: list[Runs], pairs: Iterable[Pair] = ()) -> None:
        self.problem = problem
        self.rows, self.worth, self.most = _Rows(), list[float](), [1.0] * (len(places) + len(problem.booths))
        self.column: dict[tuple[int, int], int] = {}
        for number, runs in enumerate(places):
            nowhere = problem.weights.unplaced_booth * problem.exhibitors[number].booths
            for run in runs.tolist():
                column = self.column[number, run] = len(self.worth)
                self.worth.append(float(problem.values[number][run]) - nowhere)
                self.rows.put(number, column)
                for booth in problem.shapes[number].places[run]:
                    self.rows.put(len(places) + booth, column)
        line = self.line = dict[tuple[int, int, int], int]()
        for one, run, two, other in pairs:  # the pair is there only as far as both of its places are
            column = len(self.worth)
            self.worth.append(problem.weights.village)
            for key, chosen in (((one, two, run), (one, run)), ((two, one, other), (two, other))):
                if key not in line:
                    line[key] = len(self.most)
                    self.most.append(0.0)
                    self.rows.put(line[key], self.column[chosen], -1.0)
                self.rows.put(line[key], column)

    def solve(self, seconds: float) -> "_Duals | None":
        """The dual values; None when the time was too short."""
        if seconds <= 0:
            return None
        if not self.worth:
            return _Duals(np.zeros(len(self.problem.booths)), self._nowhere(), {})
        shape = (len(self.most), len(self.worth))
        matrix = csr_matrix((self.rows.numbers, (self.rows.lines, self.rows.columns)), shape)
        method = "highs-ds" if len(self.worth) < 20_000 and len(self.most) < 3_000 else "highs-ipm"
        limit = {"time_limit": seconds} if seconds < math.inf else {}
        answer = linprog(
            -np.array(self.worth), A_ub=matrix, b_ub=self.most, bounds=(0, None), method=method, options=limit
        )
        if answer.status != SOLVED:
            return None
        dual = np.maximum(0.0, -answer.ineqlin.marginals)
        people = len(self.problem.exhibitors)
        near = {key: float(dual[line]) for key, line in self.line.items()}
        return _Duals(dual[people : people + len(self.problem.booths)], dual[:people] + self._nowhere(), near)

    def _nowhere(self) -> Array:
        return np.array([self.problem.weights.unplaced_booth * one.booths for one in self.problem.exhibitors])


Near: TypeAlias = Mapping[tuple[int, int, int], float]


def bound_of(problem: Problem, prices: Array, near: Near = MappingProxyType({})) -> float:
    """What no plan can exceed, for any prices and any `near` that are not negative.

    Each exhibitor gets the place that leaves it most after paying, counting what nearness to each fellow is said to be
    worth at it (`near`: by exhibitor, fellow and run). That covers a pair's bonus when the two numbers of any touching
    places of the pair reach it; where they do not, the first one's is lifted here until they do.
    """
    said = _said(problem, prices, near)
    bound = float(prices.sum())
    for number in range(len(problem.exhibitors)):
        one = problem.exhibitors[number]
        most = after_paying(problem, number, prices)
        for fellow in problem.fellows[number]:
            most = most + said[number, fellow]
        best = float(most.max(initial=problem.weights.unplaced_booth * one.booths))
        if one.id in problem.instance.agreed_split:
            best = max(best, _in_pieces_at_most(problem, number, prices))
        bound += best
    return bound


Said = dict[tuple[int, int], Array]
"""For an exhibitor and a fellow, what nearness counts at each run of the first."""


def _said(problem: Problem, prices: Array, near: Near) -> Said:
    pairs = ((one, two) for one, fellows in enumerate(problem.fellows) for two in sorted(fellows))
    said = {(one, two): np.zeros(len(problem.values[one])) for one, two in pairs}
    if problem.weights.village <= 0:
        return said
    for (one, two, run), worth in near.items():
        said[one, two][run] = worth
    for one, fellows in enumerate(problem.fellows):
        if fellows:
            _say_for_nothing(problem, one, prices, said)
    for one, two in said:
        if one < two:
            _lift(problem, one, two, said)
    return said


def _say_for_nothing(problem: Problem, one: int, prices: Array, said: Said) -> None:
    """What a place falls short of the best may be said without lifting the best."""
    fellows = problem.fellows[one]
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
        place = set(first.places[run])
        others = {other for booth in problem.around(first.places[run]) for other in second.over.get(booth, ())}
        apart = [theirs[other] for other in others if not place.intersection(second.places[other])]
        mine[run] = max(mine[run], bonus - min(apart, default=bonus))


def _in_pieces_at_most(problem: Problem, number: int, prices: Array) -> float:
    """For whoever may stand apart: each booth's own worth is at most its share of the best."""
    one, weights = problem.exhibitors[number], problem.weights
    usable = [known.klass == one.klass for known in problem.booths]
    worth = weights.quality * (1 + weights.points * one.points) * problem.quality + max(0.0, weights.zone)
    for booth, value in problem.wishes.get(number, {}).items():
        worth[booth] += max(0.0, value)
    each = np.sort(np.where(usable, worth / one.booths - prices, -np.inf))[-one.booths :]
    return float(each.sum()) + max(0.0, weights.corner_wanted, weights.corner_unwanted)
