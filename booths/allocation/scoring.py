"""The total of a plan and its terms; which rules a plan breaks."""

from collections.abc import Iterable
from dataclasses import dataclass

from booths.allocation.problem import NOWHERE, Place, Plan, Problem


@dataclass(frozen=True)
class Terms:
    """What one exhibitor's place adds to the total; each village pair counts half for either."""

    zone: float
    quality: float
    corner: float
    wishes: float
    village: float
    stay: float


def total(problem: Problem, plan: Plan) -> float:
    """The objective as docs/allocation.md defines it."""
    placed = sum(problem.value(number, place) for number, place in enumerate(plan) if place)
    missing = sum(problem.nowhere(number) for number, place in enumerate(plan) if not place)
    weights = problem.weights
    lonely = len(fragments(problem, plan)) if weights.fragment else 0
    return placed + missing + weights.village * village_pairs(problem, plan) + weights.fragment * lonely


def owners(plan: Plan) -> dict[int, int]:
    """Who has each booth that is given."""
    return {booth: number for number, place in enumerate(plan) for booth in place}


def beside(problem: Problem, place: Place, owner: dict[int, int]) -> set[int]:
    """The exhibitors that touch a place."""
    return {owner[booth] for booth in problem.around(place) if booth in owner}


def village_pairs(problem: Problem, plan: Plan) -> int:
    """Pairs of one village and class, or named as near, that touch."""
    owner = owners(plan)
    touching = (
        len(beside(problem, place, owner) & problem.fellows[number])
        for number, place in enumerate(plan)
        if place and problem.fellows[number]
    )
    return sum(touching) // 2


def fragments(problem: Problem, plan: Plan) -> list[int]:
    """Unsold booths alone between two sold ones of the same row."""
    owner = owners(plan)
    return [
        middle
        for row in problem.rows
        for left, middle, right in zip(row, row[1:], row[2:], strict=False)
        if middle not in owner and middle not in problem.closed and left in owner and right in owner
    ]


def terms(problem: Problem, plan: Plan, number: int) -> Terms:
    """The terms of one exhibitor that has a place."""
    place, one, weights = plan[number], problem.exhibitors[number], problem.weights
    corner = weights.corner_wanted if one.wants_corner else weights.corner_unwanted
    wished = problem.wishes.get(number, {})
    fellows = beside(problem, place, owners(plan)) & problem.fellows[number]
    return Terms(
        zone=weights.zone * problem.zone_share(number, place),
        quality=weights.quality
        * (1 + weights.points * one.points)
        * sum(problem.booths[booth].quality for booth in place)
        / len(place),
        corner=corner * any(problem.booths[booth].corner for booth in place),
        wishes=sum(wished.get(booth, 0.0) for booth in place) / len(place),
        village=weights.village * len(fellows) / 2,
        stay=weights.stay * (number in problem.start and sorted(problem.start[number]) == sorted(place)),
    )


def in_one_block(problem: Problem, plan: Plan, group: Iterable[int]) -> bool:
    """Whether the places of a group hang together: by booths that touch or stand side by side."""
    booths = {booth for number in group for booth in plan[number]}
    waiting = sorted(booths)[:1]
    reached = set(waiting)
    while waiting:
        found = (problem.joined[waiting.pop()] & booths) - reached
        reached |= found
        waiting += found
    return reached == booths


def load(problem: Problem, plan: Plan, zone: str, without: Iterable[int] = ()) -> tuple[float, int]:
    """Kilowatts and exhibitors in a zone; an exhibitor in two zones counts wholly in both."""
    left_out = set(without)
    inside = [
        problem.exhibitors[number]
        for number, place in enumerate(plan)
        if place and number not in left_out and zone in problem.zones_of(place)
    ]
    return sum(one.power for one in inside), len(inside)


def allowed(problem: Problem, plan: Plan, number: int, place: Place, owner: dict[int, int]) -> str | None:
    """The rule in the way of giving a free place to an exhibitor while all others stay; None when there is none."""
    if problem.rivals[number] and beside(problem, place, owner) & problem.rivals[number]:
        return "rivals"
    for zone in problem.zones_of(place):
        limit = problem.instance.limits[zone]
        power, count = load(problem, plan, zone, without=[number])
        if limit.power is not None and power + problem.exhibitors[number].power > limit.power + 1e-9:
            return "power"
        if limit.count is not None and count + 1 > limit.count:
            return "count"
    for group in problem.blocks[number]:
        trial = list(plan)
        trial[number] = place
        if not in_one_block(problem, trial, group):
            return "together"
    return None


def empty(problem: Problem) -> Plan:
    """Only what is fixed has a place."""
    return [problem.fixed.get(number, NOWHERE) for number in range(len(problem.exhibitors))]


def is_allowed(problem: Problem, plan: Plan, moved: Iterable[int]) -> bool:
    """Whether a plan breaks no rule, when only these have moved since one that broke none."""
    given = [booth for place in plan for booth in place]
    if len(given) != len(set(given)):
        return False
    owner = owners(plan)
    return all(not plan[number] or allowed(problem, plan, number, plan[number], owner) is None for number in moved)
