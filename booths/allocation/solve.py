"""Solving an instance: the draw, then steps in batches, until the clock or the count of steps says stop.

HiGHS and OR-Tools take seconds to load: they are loaded where they are needed, so that the draw is there at once. The
workers are forked from one process that loads OR-Tools while prices are sought.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booths.allocation.greedy import draw
from booths.allocation.instance import Instance
from booths.allocation.problem import Array, Place, Plan, Problem, given
from booths.allocation.reasons import unplaced
from booths.allocation.scoring import is_allowed, total
from fairs.solving.crew import Crew, crew

if TYPE_CHECKING:
    from booths.allocation.improve import Search
    from booths.allocation.prices import Priced

BATCH = 4
"""Steps that start from the same plan; fixed, so that the answer is the same for any number of workers."""
SWITCH = 400
"""After so many steps prices that know of villages are sought: they take seconds, and lead further."""
PATIENCE, WIDEST = 10, 3
"""After so many batches without anything better the steps grow by a level, up to the last."""
Moves = dict[int, Place]
Start = tuple[Array | None, Plan, int]
"""What a batch starts from: prices, plan, level."""


@dataclass(frozen=True)
class Progress:
    """How far a run is; `greedy` is what the draw was worth."""

    steps: int
    objective: float
    bound: float | None
    seconds: float
    greedy: float


@dataclass(frozen=True)
class Answer:
    """A plan by the ids of the instance; why others have none; what it is worth and at most could be."""

    assignments: dict[str, list[str]]
    unplaced: dict[str, str]
    objective: float
    greedy: float
    bound: float | None
    steps: int
    seconds: float
    seed: int = 0


def solve(
    instance: Instance,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    workers: int = 1,
    tell: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
    begun: float | None = None,
) -> Answer:
    """The best plan found. `steps` alone makes a run repeatable; `seconds` and `stop` end it at the next batch.

    `begun` is the `time.monotonic` from which seconds count, when the caller has used some already. The answer of a run
    of N steps is the same for any number of workers, and is that of a run that was stopped after N steps with the same
    seed.
    """
    begun = time.monotonic() if begun is None else begun

    def seconds_left() -> float:
        return 0.0 if stop() else math.inf if seconds is None else seconds - (time.monotonic() - begun)

    problem = Problem(instance)
    plan = draw(problem)
    greedy = worth = total(problem, plan)
    tell(Progress(0, worth, None, time.monotonic() - begun, greedy))
    made, priced = 0, None
    if steps != 0 and seconds_left() > 0:
        with crew(_Stepping(problem, seed), workers, loads="booths.allocation.improve") as batch:
            from booths.allocation.prices import find_prices

            # From a plan the total counts staying too: a bound would say nothing of other plans, and costs time.
            priced = find_prices(problem, seconds_left, prove=not problem.start)
            tell(Progress(0, worth, priced.bound if priced else None, time.monotonic() - begun, greedy))
            for now in _steps(problem, plan, priced, steps, batch, seconds_left):
                made, plan, worth, priced = now
                tell(Progress(made, worth, priced.bound if priced else None, time.monotonic() - begun, greedy))
    return _answer(problem, plan, greedy, priced, made, time.monotonic() - begun, seed)


def _steps(
    problem: Problem,
    plan: Plan,
    priced: "Priced | None",
    steps: int | None,
    batch: Crew[Start, Moves],
    seconds_left: Callable[[], float],
) -> Iterator[tuple[int, Plan, float, "Priced | None"]]:
    """After each batch: the number of steps made, the plan, its worth, and what is known of prices."""
    worth, made, idle = total(problem, plan), 0, 0

    def late() -> bool:
        return seconds_left() <= 0

    while (steps is None or made < steps) and not late():
        if made == SWITCH and priced:
            from booths.allocation.prices import with_pairs

            priced = with_pairs(problem, priced, seconds_left)
            if late():  # perhaps without them: a run of more steps would go on with them
                return
        numbers = range(made, made + BATCH if steps is None else min(made + BATCH, steps))
        found = batch((priced.prices if priced else None, plan, min(idle // PATIENCE, WIDEST)), numbers, late)
        if found is None:  # the clock came between: the batch does not count
            return
        before = worth
        plan, worth = _joined(problem, plan, worth, found)
        idle = idle + 1 if worth <= before else 0
        made = numbers.stop
        yield made, plan, worth, priced


def _joined(problem: Problem, plan: Plan, worth: float, found: Iterable[Moves]) -> tuple[Plan, float]:
    """The moves of a batch one after the other, each as long as it still fits and makes the plan better."""
    for moves in found:
        if not moves:
            continue
        trial = [moves.get(number, place) for number, place in enumerate(plan)]
        if is_allowed(problem, trial, moves):
            now = total(problem, trial)
            if now > worth + 1e-9:
                plan, worth = trial, now
    return plan, worth


class _Stepping:
    """Makes steps; the search for some prices is kept until other prices come."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.seed = problem, seed
        self.search: Search | None = None

    def __call__(self, start: Start, number: int) -> Moves:
        prices, plan, level = start
        if self.search is None or not self.search.goes_by(prices):
            from booths.allocation.improve import Search

            self.search = Search(self.problem, prices, self.seed)
        return self.search.step(plan, number, level)


def _answer(
    problem: Problem, plan: Plan, greedy: float, priced: "Priced | None", steps: int, seconds: float, seed: int
) -> Answer:
    return Answer(
        assignments=given(problem, plan),
        unplaced=unplaced(problem, plan),
        objective=total(problem, plan),
        greedy=greedy,
        bound=priced.bound if priced else None,
        steps=steps,
        seconds=seconds,
        seed=seed,
    )
