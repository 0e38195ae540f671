"""Proving how good any plan can be, without haste: `python -m booths.allocation.proof FILE.json [--seconds S]`.

Prints the best bound after each round of the linear relaxation with pairs of one village. A round adds the pairs whose
bonus the prices do not yet cover (column and row generation); where none is left, no pair need be lifted and the bound
is the relaxation's own value. A floor of 650 booths takes some minutes: a run of the solver has no time for that.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from booths.allocation.prices import (
    Duals,
    Pair,
    Relaxation,
    bound_of,
    find_prices,
    good_pairs,
    known_fellows,
    said_by,
)
from booths.allocation.problem import Array, Problem, after_paying
from booths.allocation.reading import read_instance

UNCOVERED = 0.05
"""Points that a pair may lack before it is added."""
ADDED_PAIRS, ADDED_PLACES = 150, 15
"""Added in a round at most, for each pair of fellows and for each exhibitor."""


@dataclass(frozen=True)
class Touching:
    """The runs of two fellows that touch without overlapping, side by side in two arrays."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]


def prove(problem: Problem, seconds_left: Callable[[], float] = lambda: math.inf) -> Iterator[float]:
    """Better and better bounds: no plan is worth more than any of them."""
    priced = find_prices(problem, seconds_left)
    if priced is None or priced.bound is None:
        return
    best = priced.bound
    yield best
    touching = dict(_touching(problem))
    good, pairs = good_pairs(problem, priced.prices)
    known, wanted = [set(runs.tolist()) for runs in good], set(pairs)
    while (duals := _solved(problem, known, wanted, seconds_left())) is not None:
        best = min(best, bound_of(problem, duals.prices, duals.near))
        yield best
        more = set(_uncovered(problem, duals, touching)) - wanted
        for number, runs in enumerate(known):
            runs.update(_better_places(problem, number, duals, runs))
        for one, run, two, other in more:
            known[one].add(run)
            known[two].add(other)
        if not more:
            return
        wanted |= more


def _solved(problem: Problem, known: list[set[int]], pairs: set[Pair], seconds: float) -> Duals | None:
    relaxation = Relaxation(problem)
    relaxation.know([np.array(sorted(runs), np.int64) for runs in known])
    relaxation.know_pairs(sorted(pairs))
    return relaxation.solve(seconds, "ipm")


def _touching(problem: Problem) -> Iterator[tuple[tuple[int, int], Touching]]:
    for one, fellows in enumerate(known_fellows(problem)):
        for two in sorted(fellows):
            if one < two:
                places = problem.shapes[one].places
                found = [(run, other) for run, place in enumerate(places) for other in problem.runs_beside(place, two)]
                runs = np.array(found, np.int64).reshape(-1, 2)
                yield (one, two), Touching(runs[:, 0], runs[:, 1])


def _counted(problem: Problem, number: int, duals: Duals) -> Array:
    """What each place leaves, with what nearness is said to be worth at it."""
    counted = after_paying(problem, number, duals.prices)
    for fellow in known_fellows(problem)[number]:
        counted = counted + said_by(problem, duals.near, number, fellow)
    return counted


def _uncovered(problem: Problem, duals: Duals, touching: dict[tuple[int, int], Touching]) -> Iterator[Pair]:
    """The pairs that lack most, where what a place falls short of the best may be said for nothing."""
    fellows, bonus = known_fellows(problem), problem.weights.village
    spare = {
        number: np.maximum(0.0, duals.left[number] - _counted(problem, number, duals)) / len(fellows[number])
        for number in range(len(problem.exhibitors))
        if fellows[number]
    }
    for (one, two), runs in touching.items():
        mine = np.minimum(bonus, said_by(problem, duals.near, one, two) + spare[one])
        theirs = np.minimum(bonus, said_by(problem, duals.near, two, one) + spare[two])
        lacking = bonus - mine[runs.first] - theirs[runs.second]
        worst = np.flatnonzero(lacking > UNCOVERED)
        for pair in worst[np.argsort(-lacking[worst], kind="stable")][:ADDED_PAIRS].tolist():
            yield one, int(runs.first[pair]), two, int(runs.second[pair])


def _better_places(problem: Problem, number: int, duals: Duals, known: set[int]) -> list[int]:
    counted = _counted(problem, number, duals)
    best = np.argsort(-counted, kind="stable")[:ADDED_PLACES].tolist()
    return [run for run in best if counted[run] > duals.left[number] + 1e-3 and run not in known]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m booths.allocation.proof", description="Prove a bound.")
    parser.add_argument("file")
    parser.add_argument("--seconds", type=float, default=math.inf)
    options = parser.parse_args()
    with open(options.file, encoding="utf-8") as file:
        problem = Problem(read_instance(json.load(file)))
    begun = time.monotonic()
    for bound in prove(problem, lambda: options.seconds - (time.monotonic() - begun)):
        shown = {"bound": round(bound + 5e-5, 4), "seconds": round(time.monotonic() - begun, 1)}
        sys.stdout.write(json.dumps(shown) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
