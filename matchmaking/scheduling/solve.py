"""Making a timetable: the plain way at once, then what is best at all, then steps until the clock or their number ends.

HiGHS takes a moment to load: it is loaded where it is needed, so that the first timetable is there at once, in a
process of its own, as it hears of no stop. Nothing is answered that the package's own check does not accept.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from fairs.solving.apart import race
from fairs.solving.crew import Crew, crew
from matchmaking.scheduling import checking
from matchmaking.scheduling.evening import evened
from matchmaking.scheduling.greedy import greedy
from matchmaking.scheduling.grid import Flags, Grid, Ints
from matchmaking.scheduling.improve import Moves, Search, filled, first_placement, worth
from matchmaking.scheduling.negotiating import Bargain
from matchmaking.scheduling.problem import Problem

if TYPE_CHECKING:
    from matchmaking.scheduling.selection import Selection

BATCH = 4
"""Steps that start from the same timetable; fixed, so that the answer is the same for any number of workers."""
EXACT = 400
"""Up to so many meetings, all of them required, the exact mode takes over; not where steps are counted."""
SELECTING = 0.5
"""The part of the time that is left which choosing the meetings may take at most."""
SLACK = 0.3
"""So many seconds after that time a better choice is not waited for any more."""
OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"
CLOSE = 1e-6
Start = tuple[Ints, Flags]
"""What a batch starts from: the slots of the meetings, and which are wanted."""


@dataclass(frozen=True)
class Progress:
    """How far a run is; a bound is proven or None."""

    steps: int
    weight: float
    weight_bound: float | None
    min_share: float
    breaks: int
    breaks_bound: int | None
    seconds: float


@dataclass(frozen=True)
class Answer:
    """A timetable by the ids of the problem, what it is worth, and what no timetable could exceed.

    `min_share_bound` holds among timetables of the most weight, `breaks_bound` among those that reach that too.
    """

    status: str
    schedule: dict[str, int]
    unscheduled: list[str]
    weight: float
    weight_bound: float | None
    min_share: float
    breaks: int
    breaks_bound: int | None
    seconds: float
    steps: int
    min_share_bound: float | None = None
    seed: int = 0


@dataclass(frozen=True)
class Bounds:
    """What is proven so far."""

    weight: float | None = None
    share: float | None = None
    breaks: int | None = None


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    workers: int = 2,
    tell: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
    begun: float | None = None,
) -> Answer:
    """The best timetable found. `steps` alone makes a run repeatable; `seconds` and `stop` end it at the next batch.

    `begun` is the `time.monotonic` from which seconds count, when the caller has used some already. The answer of a run
    of N steps is the same for any number of workers.
    """
    return _Run(
        problem, seconds, steps, seed, workers, tell, stop, time.monotonic() if begun is None else begun
    ).answer()


class _Run:
    """One run, and the best timetable so far."""

    def __init__(
        self, problem: Problem, seconds: float | None, steps: int | None, seed: int, workers: int,
        tell: Callable[[Progress], None], stop: Callable[[], bool], begun: float,
    ) -> None:  # fmt: skip
        self.problem, self.seconds, self.steps, self.seed, self.workers = problem, seconds, steps, seed, workers
        self.tell, self.stop, self.begun = tell, stop, begun
        self.schedule = evened(problem, greedy(problem))
        self.sound = not checking.check(problem, self.schedule)
        self.bounds, self.made, self.infeasible = Bounds(), 0, False

    def seconds_left(self) -> float:
        return 0.0 if self.stop() else math.inf if self.seconds is None else self.seconds - self.used()

    def used(self) -> float:
        return time.monotonic() - self.begun

    def late(self) -> bool:
        return self.seconds_left() <= 0

    def answer(self) -> Answer:
        self._told()
        if self.steps == 0 or self.late():
            return self._answer()
        meetings = self.problem.meetings
        if self.steps is None and 0 < len(meetings) <= EXACT and all(one.must for one in meetings):
            self._exactly()
        else:
            self._fairly()
        return replace(self._answer(), status=INFEASIBLE) if self.infeasible else self._answer()

    def _exactly(self) -> None:
        """All meetings are held, so only breaks are in question: the fewest are proven."""
        from matchmaking.scheduling.exact import Exact, solve_exact

        def hear(exact: Exact) -> None:
            if exact.status == INFEASIBLE:
                self.schedule, self.sound, self.infeasible = {}, False, True
            else:
                self.bounds = Bounds(sum(one.weight for one in self.problem.meetings), 1.0, exact.breaks_bound)
                self._offer(exact.schedule)

        left = self.seconds_left()
        seconds = left if math.isfinite(left) else None
        hear(
            solve_exact(self.problem, seconds=seconds, seed=self.seed, workers=self.workers, tell=hear, stop=self.stop)
        )

    def _fairly(self) -> None:
        """The best selection, placed day by day, and its breaks taken out."""
        grid = Grid(self.problem)
        step = partial(_step, grid, self.seed)
        with crew(step, self.workers, loads="matchmaking.scheduling.improve") as batch:
            if not self._placed(grid, batch, by_day=False):
                self._placed(grid, batch, by_day=True)

    def _placed(self, grid: Grid, batch: Crew[Start, Moves], *, by_day: bool) -> bool:
        """Makes the best of the best selection. False where that does not fit into days, and was made without them."""
        wanted = self._selected(grid, by_day=by_day)
        if wanted is None or self.late():
            return True
        slots = first_placement(grid, wanted, self.seed, self.late)
        self._take(grid, slots, wanted)
        left_out = bool((wanted & (slots < 0)).any())
        if left_out and not by_day and not self._fits_into_days(grid, wanted) and not self.late():
            return False
        self._improve(grid, slots, wanted, batch)
        return True

    def _selected(self, grid: Grid, *, by_day: bool) -> Flags | None:
        """The best choice of meetings; None where time was too short for one, or no timetable is possible at all."""
        chosen: Flags | None = None
        until = time.monotonic() + SELECTING * self.seconds_left()

        def enough() -> bool:
            return self.late() or (chosen is not None and time.monotonic() > until + SLACK)

        with race([partial(_selecting, grid, until, by_day=by_day)], enough) as selections:
            for selection in selections:
                if selection.infeasible:
                    self.schedule, self.sound, self.infeasible = {}, False, True
                    return None
                chosen = selection.chosen
                self.bounds = Bounds(selection.weight_bound, selection.share_bound, selection.breaks_bound)
                self._told()
        return chosen

    def _fits_into_days(self, grid: Grid, wanted: Flags) -> bool:
        search = partial(_fitting, grid, wanted, time.monotonic() + self.seconds_left())
        with race([search], self.late) as found:
            return next(found, False)

    def _improve(self, grid: Grid, slots: Ints, wanted: Flags, batch: Crew[Start, Moves]) -> None:
        made = 0
        while (self.steps is None or made < self.steps) and not self.late() and not self._proven(grid, slots, wanted):
            numbers = range(made, made + BATCH if self.steps is None else min(made + BATCH, self.steps))
            found = batch((slots, wanted), numbers, self.late)
            if found is None:  # the clock came between: the batch does not count
                break
            slots = _joined(grid, slots, wanted, found)
            self.made = made = numbers.stop
            self._take(grid, slots, wanted)

    def _proven(self, grid: Grid, slots: Ints, wanted: Flags) -> bool:
        """Whether nothing better is possible."""
        now = worth(grid, slots, wanted)
        if now.missing > 0 or now.uneven:
            return False
        return "breaks" not in self.problem.objective or now.breaks <= (self.bounds.breaks or 0)

    def _take(self, grid: Grid, slots: Ints, wanted: Flags) -> None:
        """This timetable, with others in the place of those left out."""
        schedule = grid.schedule_of(filled(grid, slots) if (wanted & (slots < 0)).any() else slots)
        self._offer(evened(self.problem, schedule))

    def _offer(self, schedule: dict[str, int]) -> None:
        """A timetable counts where it is sound and as good as the one before."""
        sound = not checking.check(self.problem, schedule)
        if sound and (not self.sound or self._value(schedule) >= self._value(self.schedule)):
            self.schedule, self.sound = schedule, True
        self._told()

    def _value(self, schedule: dict[str, int]) -> tuple[float, ...]:
        value = {
            "weight": checking.weight(self.problem, schedule),
            "min_share": round(checking.min_share(self.problem, schedule), 9),
            "breaks": -checking.breaks(self.problem, schedule),
        }
        return tuple(
            value[one] for one in ("weight", "min_share", "breaks") if one in {"weight", *self.problem.objective}
        )

    def _told(self) -> None:
        now = self._answer()
        self.tell(
            Progress(self.made, now.weight, now.weight_bound, now.min_share, now.breaks, now.breaks_bound, now.seconds)
        )

    def _answer(self) -> Answer:
        schedule = self.schedule if self.sound else {}
        weight, share = checking.weight(self.problem, schedule), checking.min_share(self.problem, schedule)
        breaks, bounds = checking.breaks(self.problem, schedule), self.bounds
        most = bounds.weight is not None and weight >= bounds.weight - CLOSE
        fair = bounds.share is not None and share >= bounds.share - CLOSE
        least = bounds.breaks if most and (fair or "min_share" not in self.problem.objective) else None
        return Answer(
            status=UNKNOWN if not self.sound else OPTIMAL if least is not None and breaks <= least else FEASIBLE,
            schedule=schedule,
            unscheduled=self._left_out(schedule),
            weight=weight,
            weight_bound=bounds.weight,
            min_share=share,
            breaks=breaks,
            breaks_bound=least,
            seconds=self.used(),
            steps=self.made,
            min_share_bound=bounds.share if most else None,
            seed=self.seed,
        )

    def _left_out(self, schedule: dict[str, int]) -> list[str]:
        return [one.id for one in self.problem.meetings if one.id not in schedule]


def _selecting(grid: Grid, until: float, *, by_day: bool) -> Iterator["Selection"]:
    """In a process of its own, as what follows: HiGHS may look at no clock for seconds."""
    from matchmaking.scheduling.selection import select

    return select(grid, lambda: until - time.monotonic(), by_day=by_day)


def _fitting(grid: Grid, wanted: Flags, until: float) -> Iterator[bool]:
    from matchmaking.scheduling.selection import fits_into_days

    yield fits_into_days(grid, wanted, lambda: until - time.monotonic())


def _joined(grid: Grid, slots: Ints, wanted: Flags, found: Iterable[Moves]) -> Ints:
    """The moves of a batch one after the other, each as long as nobody gets in another's way and nothing gets worse."""
    before = worth(grid, slots, wanted)
    for moves in found:
        if moves:
            trial = slots.copy()
            trial[list(moves)] = list(moves.values())
            if not Bargain(grid, trial).clashing().any():
                now = worth(grid, trial, wanted)
                if now <= before:
                    slots, before = trial, now
    return slots


def _step(grid: Grid, seed: int, start: Start, number: int) -> Moves:
    slots, wanted = start
    return Search(grid, wanted, seed).step(slots, number)
