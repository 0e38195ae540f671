"""How good allocations are, beside the draw and the proven bound of the same floor.

    ./run python -m tests.benchmarks.allocation [--seconds 10 60] [--workers 2] [--steps N] [FILE.json ...]

Without files, on invented floors: two of 650 booths, one of them with pins, and one of 6,500. Each line is a run of the
command line; its answer is checked by the tests' own judge. A bound is there where prices could be found in time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.booths.allocation.floors import floor
from tests.booths.allocation.judge import judge

HALL = {"pairs": 13, "length": 25, "groups": 5, "villages": 75}
TEN_HALLS = {"pairs": 65, "length": 50, "groups": 5, "villages": 750}


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.allocation")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", nargs="*", type=float, default=[10.0])
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    print("floor                        booths asking seconds draw s  ratio  bound  steps  faults")
    for made in map(_read, arguments.files) if arguments.files else _invented():
        for seconds in arguments.seconds:
            _measure(made, seconds, arguments.workers)


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _invented() -> Iterator[dict[str, Any]]:
    yield floor(1, **HALL)
    yield _pinned(floor(2, **HALL))
    yield {**floor(3, **TEN_HALLS), "name": "ten halls"}


def _pinned(made: dict[str, Any]) -> dict[str, Any]:
    """Every tenth exhibitor stands where the draw put it, as after an officer's decisions."""
    answer, _progress = _run(made, 0.0, 1)
    keep = [one["id"] for one in made["exhibitors"] if one["id"] in answer["assignments"]][::10]
    return {**made, "name": "pinned", "fixed": {key: answer["assignments"][key] for key in keep}}


def _measure(made: dict[str, Any], seconds: float, workers: int) -> None:
    answer, progress = _run(made, seconds, workers)
    faults, found = judge(made, answer)
    bound = f"{answer['bound'] / answer['greedy']:.3f}" if answer["bound"] else "-"
    print(
        f"{made['name']:<28}{len(made['booths']):>7}{len(made['exhibitors']):>7}{seconds:>8.0f}"
        f"{progress[0]['seconds']:>7.2f}{found / answer['greedy']:>7.4f}{bound:>7}{answer['steps']:>7}"
        f"  {faults or 'none'}, {len(answer['unplaced'])} without a place"
    )


def _run(made: dict[str, Any], seconds: float, workers: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(made, file)
        file.flush()
        limit = ["--seconds", str(seconds)] if seconds else ["--steps", "0"]
        options = ["--progress", "--workers", str(workers), *limit]
        command = [sys.executable, "-m", "booths.allocation", file.name, *options]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(done.stdout), [json.loads(line) for line in done.stderr.splitlines()]


if __name__ == "__main__":
    main()
