"""Why an exhibitor has no place: the first rule in the way, from the plan as it stands."""

from booths.allocation.problem import Place, Plan, Problem
from booths.allocation.scoring import allowed, owners

REASONS = {
    "class_too_small": "its class has fewer booths than it asks for",
    "no_run": "nowhere on the floor do so many booths of its class stand side by side",
    "full": "every run of so many booths of its class is given in part or whole",
    "rivals": "each free run touches one that it must not touch",
    "power": "each free run is in a zone without enough power left",
    "count": "each free run is in a zone that may hold no more exhibitors",
    "together": "no free run joins those that it must stand together with",
}
"""Code and meaning, from what nothing could change to what other places could."""
LAST = ("rivals", "power", "count", "together")


def unplaced(problem: Problem, plan: Plan) -> dict[str, str]:
    """The code of the reason for each exhibitor without a place, by id."""
    without = [number for number, place in enumerate(plan) if not place]
    return {problem.exhibitors[number].id: why_unplaced(problem, plan, number) for number in without}


def why_unplaced(problem: Problem, plan: Plan, number: int) -> str:
    """The code of REASONS for an exhibitor without a place."""
    one = problem.exhibitors[number]
    usable = [booth for booth, known in enumerate(problem.booths) if known.klass == one.klass]
    if len([booth for booth in usable if booth not in problem.closed]) < one.booths:
        return "class_too_small"
    places = problem.shapes[number].places
    if not places:
        return "no_run"
    owner = owners(plan)
    free: list[Place] = [place for place in places if not any(booth in owner for booth in place)]
    if not free:
        return "full"
    rules = {allowed(problem, plan, number, place, owner) for place in free}
    return next((rule for rule in LAST if rule in rules), "full")
