"""Moving one exhibitor by hand: who changes places with it, who has to look for another, and which rule forbids it."""

from collections.abc import Iterable
from dataclasses import dataclass

from booths.allocation.greedy import suits
from booths.allocation.problem import NOWHERE, Place, Plan, Problem
from booths.allocation.scoring import allowed, owners


class NotAllowed(Exception):
    """A rule forbids the move; `rule` is its code, `who` the exhibitor whom it is about."""

    def __init__(self, rule: str, who: str) -> None:
        super().__init__(rule, who)
        self.rule, self.who = rule, who


@dataclass(frozen=True)
class Moved:
    """The plan after a move; who changed places with whom it displaced; who has none any more."""

    plan: Plan
    swapped: tuple[str, ...] = ()
    homeless: tuple[str, ...] = ()


def move(problem: Problem, plan: Plan, who: str, booth: str) -> Moved:
    """Puts an exhibitor on the run that begins at a booth, or that ends there where none begins.

    One other that stands exactly on that run takes the place given up, if it is one for it; any others are without a
    place. Raises NotAllowed: `pinned` about who is fixed, it or whoever has the booth; `closed`, `no_run`, or a rule of
    `scoring.allowed` that the plan would break with those who moved where they then are.
    """
    number, start = problem.number[who], problem.booth_number[booth]
    owner = owners(plan)
    for one in (number, owner.get(start, number)):
        if one in problem.fixed:
            raise NotAllowed("pinned", problem.exhibitors[one].id)
    place, left = _run_at(problem, number, start), plan[number]
    holders = {owner[one] for one in place if one in owner} - {number}
    trial = [NOWHERE if other in holders else kept for other, kept in enumerate(plan)]
    swapped = [other for other in holders if left and plan[other] == place and suits(problem, other, left)]
    trial[number] = place
    for other in swapped:
        trial[other] = left
    _check(problem, trial, [number, *swapped])
    names = {other: problem.exhibitors[other].id for other in holders}
    return Moved(
        trial,
        swapped=tuple(names[other] for other in sorted(swapped)),
        homeless=tuple(names[other] for other in sorted(holders.difference(swapped))),
    )


def _run_at(problem: Problem, number: int, booth: int) -> Place:
    shape, who = problem.shapes[number], problem.exhibitors[number].id
    if booth in problem.closed:
        raise NotAllowed("closed", who)
    run = shape.starting.get(booth)
    if run is not None:
        return shape.places[run]
    ends = [place for place in (shape.places[run] for run in shape.over.get(booth, ())) if booth in place]
    if not ends:
        raise NotAllowed("no_run", who)
    return ends[0]


def _check(problem: Problem, plan: Plan, moved: Iterable[int]) -> None:
    owner = owners(plan)
    for number in moved:
        rule = allowed(problem, plan, number, plan[number], owner)
        if rule is not None:
            raise NotAllowed(rule, problem.exhibitors[number].id)
