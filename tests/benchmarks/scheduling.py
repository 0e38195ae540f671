"""How good timetables are, beside the plain way and the proven bounds of the same fair.

    ./run python -m tests.benchmarks.scheduling [--seconds 30] [--workers 2] [--seeds 1 2] [FILE.json ...]

Without files, on invented fairs of three days of 16 slots: 120 exhibitors and 120 importers at booths, the same with
400 importers, at 60 tables too, 650 exhibitors and 400 importers at 60 tables (full), and one with pins, sessions,
order and exhibitors that receive two at once. Each line is a run of the command line; its answer is judged by the
tests' own judge. "bound" is when the weight's bound was proven, "all" when the run was over. The line after it: forty
changes of that timetable repaired, each by itself (a cancellation, an importer three slots late, a pin, an exhibitor
away for half a day).
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from matchmaking.scheduling import checking
from matchmaking.scheduling.greedy import greedy
from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.repair import repair
from tests.matchmaking.scheduling.fairs import fair, pinned
from tests.matchmaking.scheduling.judge import judge


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scheduling")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", nargs="*", type=int, default=[1])
    arguments = parser.parse_args()
    print("fair, asked, held; then reached (plain, bound): weight, min share, breaks")
    for made in map(_read, arguments.files) if arguments.files else _invented(arguments.seeds):
        _measure(made, arguments.seconds, arguments.workers)


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _invented(seeds: Iterable[int]) -> Iterator[dict[str, Any]]:
    for seed in seeds:
        for exhibitors, importers, tables in (
            (120, 120, None),
            (120, 400, None),
            (120, 400, 60),
            (650, 120, None),
            (650, 400, None),
            (650, 400, 60),
        ):
            made = fair(seed, exhibitors=exhibitors, importers=importers, tables=tables)
            yield made | {"name": f"s{exhibitors}-b{importers}-{f't{tables}' if tables else 'booth'} {seed}"}
        yield pinned(seed, exhibitors=120, importers=120) | {"name": f"s120-b120 pinned {seed}"}


def _measure(made: dict[str, Any], seconds: float, workers: int) -> None:
    problem = read_problem(made)
    plain = greedy(problem)
    answer, told = _run(made, seconds, workers)
    faults, counted = judge(made, answer["schedule"])
    proven = next((one["seconds"] for one in told if one["weight_bound"] == counted["weight"]), None)
    share, least = checking.min_share(problem, plain), checking.breaks(problem, plain)
    print(
        f"{made['name']:<26}{len(made['meetings']):>7}{len(answer['schedule']):>7} "
        f"{counted['weight']} ({checking.weight(problem, plain)}, {answer['weight_bound']})  "
        f"{counted['min_share']:.4f} ({share:.4f}, {answer['min_share_bound'] or 0:.4f})  "
        f"{counted['breaks']} ({least}, {answer['breaks_bound']}), {counted['most_breaks']} of one  "
        f"{answer['status']}, bound {proven or 0:.1f} s, all {answer['seconds']:.1f} s, {answer['steps']} steps, "
        f"faults: {faults or 'none'}",
        flush=True,
    )
    _repairs(problem, answer["schedule"])


def _repairs(problem: Problem, schedule: dict[str, int]) -> None:
    seconds, others, moved, faults, lost = [], [], [], 0, 0.0
    for number in range(40):
        changed = _changed(problem, schedule, random.Random(number), number % 4)
        begun = time.monotonic()
        repaired = repair(changed, schedule)
        seconds.append(time.monotonic() - begun)
        others.append(len(repaired.others))
        moved.append(len(repaired.moved))
        broken = checking.check(replace(changed, max_break_difference=None), repaired.schedule)
        faults += any(not one.endswith("is required") for one in broken)  # two pins may have met
        lost += checking.weight(problem, schedule) - checking.weight(changed, repaired.schedule)
    print(
        f"    repaired: {sorted(seconds)[20]:.2f} s, longest {max(seconds):.2f} s; moved {sum(moved) / 40:.1f} each,"
        f" others {max(others)} at most; weight lost {lost / 40:.1f} each; faults: {faults or 'none'}",
        flush=True,
    )


def _changed(problem: Problem, schedule: dict[str, int], chance: random.Random, kind: int) -> Problem:
    held = [one for one in problem.meetings if one.id in schedule and not one.must]
    one = chance.choice(held)
    importer, exhibitor = one.between
    if kind == 0:
        return replace(problem, meetings=tuple(other for other in problem.meetings if other is not one))
    if kind == 1:
        first = min(schedule[other.id] for other in held if importer in other.between)
        return _away(problem, importer, range(first, first + 3))
    if kind == 2:
        away = frozenset[int]().union(*(who.unavailable for who in problem.participants if who.id in one.between))
        slot = chance.choice([slot for day in problem.days for slot in day if slot not in away])
        pinned_one = replace(one, fixed=slot, session=None, after=())
        return replace(problem, meetings=tuple(pinned_one if other is one else other for other in problem.meetings))
    return _away(problem, exhibitor, range(16, 24))


def _away(problem: Problem, who: str, slots: range) -> Problem:
    people = (
        replace(one, unavailable=one.unavailable | set(slots)) if one.id == who else one for one in problem.participants
    )
    return replace(problem, participants=tuple(people))


def _run(made: dict[str, Any], seconds: float, workers: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(made, file)
        file.flush()
        options = ["--seconds", str(seconds), "--workers", str(workers), "--progress"]
        command = [sys.executable, "-m", "matchmaking.scheduling", file.name, *options]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(done.stdout), [json.loads(line) for line in done.stderr.splitlines()]


if __name__ == "__main__":
    main()
