"""How long the exact mode takes to prove the fewest breaks, beside MaxSAT as published, on the same invented forums.

    ./run python -m tests.benchmarks.exact_timetables [--seconds 120] [--seeds 1 2 3] [FILE.json ...]

Beside it: RC2 of PySAT on CaDiCaL with the clauses of Bofill and others (JAIR 74, 2022), a soft one for each slot at
which a break can end, and with both of their implied constraints. Seconds are of the clock, processes and all.
"""

import argparse
import json
import time
from collections.abc import Iterator
from itertools import combinations
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from matchmaking.scheduling.exact import solve_exact
from matchmaking.scheduling.exact_clauses import Clauses
from matchmaking.scheduling.exact_grid import Grid, grid_of
from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.reading import read_problem
from tests.matchmaking.scheduling.forums import forum

SHAPES = (
    {"people": 45, "slots": 10, "meetings": 180},
    {"people": 70, "slots": 21, "meetings": 160},
    {"people": 78, "slots": 22, "meetings": 300},
)


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.exact_timetables")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seeds", nargs="*", type=int, default=[1, 2])
    arguments = parser.parse_args()
    print("forum                        people meetings   status breaks bound      s   RC2 s  its breaks")
    sums = [0.0, 0.0]
    for name, problem in _problems(arguments.files, arguments.seeds):
        begun = time.monotonic()
        answer = solve_exact(problem, seconds=arguments.seconds)
        ours = time.monotonic() - begun
        theirs, breaks = _beside(problem, arguments.seconds)
        sums = [sums[0] + ours, sums[1] + theirs]
        print(
            f"{name:<28}{len(problem.participants):>7}{len(problem.meetings):>9}{answer.status:>11}"
            f"{_shown(answer.breaks):>5}{_shown(answer.breaks_bound):>6}{ours:>8.1f}{theirs:>8.1f}  {_shown(breaks)}",
            flush=True,
        )
    print(f"{'all':<66}{sums[0]:>8.1f}{sums[1]:>8.1f}")


def _shown(number: int | None) -> str:
    return "-" if number is None else str(number)


def _problems(files: list[Path], seeds: list[int]) -> Iterator[tuple[str, Problem]]:
    for path in files:
        yield path.stem, read_problem(json.loads(path.read_text(encoding="utf-8")))
    for shape in () if files else SHAPES:
        for seed in seeds:
            yield f"{shape['slots']} slots, seed {seed}", forum(seed, **shape)


def _beside(problem: Problem, seconds: float) -> tuple[float, int | None]:
    context = get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_published, args=(problem, theirs), daemon=True)
    begun = time.monotonic()
    process.start()
    theirs.close()
    try:
        breaks = mine.recv() if mine.poll(seconds) else None
    except EOFError:
        breaks = None
    took = time.monotonic() - begun
    process.kill()
    process.join()
    return took, breaks


def _published(problem: Problem, connection: Connection) -> None:
    """The fewest breaks by RC2; None where there is no timetable."""
    from pysat.examples.rc2 import RC2
    from pysat.formula import WCNF

    grid = grid_of(problem)
    if grid is None:
        connection.send(None)
        return
    clauses, soft = _clauses(grid)
    formula = WCNF()
    formula.extend(clauses.rules)
    formula.extend([[-end] for end in soft], weights=[1] * len(soft))
    with RC2(formula, solver="cd15", adapt=True) as solver:
        connection.send(solver.cost if solver.compute() else None)


def _clauses(grid: Grid) -> tuple[Clauses, list[int]]:
    """The rules, and the literals of slots at which a break ends."""
    clauses, soft = Clauses(), list[int]()
    at = [{slot: clauses.new() for slot in sorted(window)} for window in grid.windows]
    for slots in at:
        clauses.add(*slots.values())
        clauses.at_most(1, list(slots.values()))
    for first, second in grid.earlier:
        clauses.rules += [[-a, -b] for s, a in at[first].items() for t, b in at[second].items() if t <= s]
    used = []
    for held in grid.held:
        here = {slot: [at[meeting][slot] for meeting in held if slot in at[meeting]] for slot in grid.slots}
        for literals in here.values():
            clauses.rules += [[-a, -b] for a, b in combinations(literals, 2)]
        mine = {slot: clauses.either(literals) for slot, literals in here.items()}
        clauses.at_most(len(held), list(mine.values()))  # the first implied constraint
        clauses.at_least(len(held), list(mine.values()))
        used.append(mine)
        ends = [end for day in grid.days for end in _ends(clauses, mine, day)]
        if grid.spread is not None:  # somebody has no break in all of these
            clauses.at_most(grid.spread, ends)
        soft += ends
    for slot in grid.slots:
        if grid.tables is not None:
            clauses.at_most(grid.tables, [slots[slot] for slots in at if slot in slots])
            clauses.at_most(2 * grid.tables, [mine[slot] for mine in used])  # the second
    return clauses, soft


def _ends(clauses: Clauses, used: dict[int, int], day: range) -> Iterator[int]:
    begun: int | None = None
    for slot in day:
        if begun is not None:
            end = clauses.new()
            clauses.add(end, -used[slot], used[slot - 1], -begun)
            yield end
        begun = used[slot] if begun is None else clauses.either([begun, used[slot]])


if __name__ == "__main__":
    main()
