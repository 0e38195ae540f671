"""The space draw: exhibitors in turn, each at the best place that is still free."""

from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from booths.allocation.problem import NOWHERE, Place, Plan, Problem
from booths.allocation.scoring import allowed, empty, owners

Mask: TypeAlias = npt.NDArray[np.bool_]
"""Which booths are taken."""
TRIED = 400
"""So many of the best free places are tried against the rules before an exhibitor is left without."""


def draw(problem: Problem) -> Plan:
    """A plan in which every place was the best free one by itself when its turn came.

    Turns go by booths wanted (the large ones find no room later), then points. Whoever gets more points has a turn no
    later and finds the same places free or more: by its own measure its place is never worse. Groups that stand
    together take their turns one after the other, at the first member's turn. Where the instance has places to start
    from, those who can keep theirs do, and only the others have turns.
    """
    plan = _begun(problem)
    owner = owners(plan)
    taken = np.zeros(len(problem.booths), bool)
    taken[list(problem.closed)] = True
    taken[list(owner)] = True
    for number in turns(problem):
        if plan[number]:
            continue
        place = best_place(problem, plan, number, owner, taken)
        plan[number] = place
        taken[list(place)] = True
        owner |= dict.fromkeys(place, number)
    return plan


def _begun(problem: Problem) -> Plan:
    """What is fixed, and of the places from which the instance starts those that break no rule."""
    plan = empty(problem)
    owner = owners(plan)
    for number in turns(problem):
        place = problem.start.get(number, NOWHERE)
        taken = any(booth in owner or booth in problem.closed for booth in place)
        if not place or taken or not suits(problem, number, place):
            continue
        if allowed(problem, plan, number, place, owner) is None:
            plan[number] = place
            owner |= dict.fromkeys(place, number)
    return plan


def suits(problem: Problem, number: int, place: Place) -> bool:
    """Whether a place is one of its runs, or of its class where it may stand apart."""
    run, one = problem.shapes[number].starting.get(place[0]), problem.exhibitors[number]
    if run is not None and problem.shapes[number].places[run] == place:
        return True
    return one.id in problem.instance.agreed_split and all(problem.booths[booth].klass == one.klass for booth in place)


def turns(problem: Problem) -> list[int]:
    """The exhibitors without a fixed place, in the order of their turns."""

    def rank(number: int) -> tuple[float, ...]:
        one = problem.exhibitors[number]
        return (-one.booths, -one.points, number)

    found: dict[int, None] = {}
    for number in sorted(range(len(problem.exhibitors)), key=rank):
        found[number] = None
        for group in problem.blocks[number]:
            found |= dict.fromkeys(sorted(group, key=rank))
    return [number for number in found if number not in problem.fixed]


def best_place(
    problem: Problem,
    plan: Plan,
    number: int,
    owner: dict[int, int],
    taken: Mask,
) -> Place:
    """The best free place that breaks no rule, of equals one that leaves no gap; nowhere when there is none."""
    shape = problem.shapes[number]
    free = np.flatnonzero(~taken[shape.runs].any(axis=1))
    if len(free):
        order = free[np.lexsort((-_snug(problem, number, taken)[free], -problem.values[number][free]))]
        for run in order[: TRIED if not problem.blocks[number] else None].tolist():
            place = shape.places[run]
            if allowed(problem, plan, number, place, owner) is None:
                return place
    if problem.exhibitors[number].id in problem.instance.agreed_split:
        return _in_pieces(problem, plan, number, owner, taken)
    return NOWHERE


def _snug(problem: Problem, number: int, taken: Mask) -> npt.NDArray[np.int64]:
    """On how many sides each run ends at a taken booth or at the end of its row."""
    full = np.append(taken, True)
    return full[problem.shapes[number].ends].sum(axis=1)


def _in_pieces(
    problem: Problem,
    plan: Plan,
    number: int,
    owner: dict[int, int],
    taken: Mask,
) -> Place:
    """For whoever agreed to stand apart: as few pieces as there can be, the largest first."""
    one = problem.exhibitors[number]
    klass = [booth for booth, known in enumerate(problem.booths) if known.klass == one.klass and not taken[booth]]
    pieces = _free_runs(problem, set(klass))
    for count in range(2, one.booths + 1):
        for chosen in combinations(sorted(pieces, key=lambda run: (-len(run), run))[:12], count):
            booths = tuple(booth for run in chosen for booth in run)[: one.booths]
            if len(booths) == one.booths and allowed(problem, plan, number, booths, owner) is None:
                return booths
    return NOWHERE


def _free_runs(problem: Problem, free: set[int]) -> list[Place]:
    found: list[Place] = []
    for row in problem.rows:
        run: list[int] = []
        for booth in [*row, -1]:
            if booth in free:
                run.append(booth)
            elif run:
                found.append(tuple(run))
                run = []
    return found
