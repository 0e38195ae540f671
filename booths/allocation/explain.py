"""Why an exhibitor stands where it does, from the terms of the total: what its place is worth, and what it gave up.

What it gave up is tried, not guessed: it is put where it would be best off by itself, those who stand there look for
other places, and the two totals are compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from booths.allocation.greedy import best_place
from booths.allocation.instance import Instance
from booths.allocation.problem import NOWHERE, Place, Plan, Problem, plan_of
from booths.allocation.scoring import Terms, beside, is_allowed, owners, terms, total


@dataclass(frozen=True)
class Better:
    """The place that would be worth most to one exhibitor by itself, and what came of trying it.

    `gain` is what the place is worth more to it; `others` what the plan as a whole would lose with it there, after the
    `holders` found the best places left (negative: nothing); `homeless` those of them that found none. `rule` is true
    where a rule is in the way whatever the others do.
    """

    booths: tuple[str, ...]
    gain: float
    holders: tuple[str, ...]
    fewer_points: tuple[str, ...]
    others: float
    homeless: tuple[str, ...]
    rule: bool


@dataclass(frozen=True)
class Why:
    """The terms of a place; how many places would be worth more to it by itself, of how many; the best of those."""

    terms: Terms
    better_places: int
    places: int
    fellows: tuple[str, ...]
    fixed: bool
    better: Better | None


def explain_all(instance: Instance, assignments: Mapping[str, Sequence[str]]) -> dict[str, Why]:
    """Why, for each exhibitor that has a place in an answer, by id."""
    problem = Problem(instance)
    plan = plan_of(problem, assignments)
    worth = total(problem, plan)
    placed = [number for number, place in enumerate(plan) if place]
    return {problem.exhibitors[number].id: explain(problem, plan, number, worth) for number in placed}


def explain(problem: Problem, plan: Plan, number: int, worth: float) -> Why:
    """Why an exhibitor that has a place stands there; `worth` is the total of the plan."""
    place, values = plan[number], problem.values[number]
    own = problem.value(number, place)
    above = int((values > own + 1e-9).sum())
    fixed = number in problem.fixed
    near = beside(problem, place, owners(plan)) & problem.fellows[number]
    return Why(
        terms=terms(problem, plan, number),
        better_places=above,
        places=len(values),
        fellows=_names(problem, near),
        fixed=fixed,
        better=_tried(problem, plan, number, own, worth) if above and not fixed else None,
    )


def _tried(problem: Problem, plan: Plan, number: int, own: float, worth: float) -> Better:
    run = int(np.argmax(problem.values[number]))
    place = problem.shapes[number].places[run]
    owner = owners(plan)
    holders = sorted({owner[booth] for booth in place if booth in owner} - {number})
    trial = _with(problem, plan, number, place, holders)
    mine = problem.exhibitors[number].points
    return Better(
        booths=tuple(problem.ids(place)),
        gain=float(problem.values[number][run]) - own,
        holders=_names(problem, holders),
        fewer_points=_names(problem, [one for one in holders if problem.exhibitors[one].points < mine]),
        others=worth - total(problem, trial),
        homeless=_names(problem, [one for one in holders if not trial[one]]),
        rule=not is_allowed(problem, trial, [number, *holders]),
    )


def _with(problem: Problem, plan: Plan, number: int, place: Place, holders: list[int]) -> Plan:
    """The plan with one exhibitor at a place, and those who stood there at the best places then left."""
    trial = list(plan)
    for one in holders:
        trial[one] = NOWHERE
    trial[number] = place
    owner = owners(trial)
    taken = np.zeros(len(problem.booths), bool)
    taken[[*problem.closed, *owner]] = True
    for one in sorted(holders, key=lambda one: (-problem.exhibitors[one].points, one)):
        trial[one] = best_place(problem, trial, one, owner, taken)
        taken[list(trial[one])] = True
        owner |= dict.fromkeys(trial[one], one)
    return trial


def _names(problem: Problem, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(problem.exhibitors[number].id for number in sorted(numbers))
