"""`python -m matchmaking.scheduling FILE.json`, with the options of `--help`: one JSON object on standard output.

Exit status 2: the file is no instance; the sentence on standard error names the place in it and the reason.
"""

import time

BEGUN = time.monotonic()  # before the libraries are loaded: that takes a moment, which --seconds counts too

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from dataclasses import asdict  # noqa: E402

from matchmaking.scheduling.reading import BadInstance, read_problem  # noqa: E402
from matchmaking.scheduling.solve import BATCH, Answer, Progress, solve  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    stopped = False

    def stop(*_signal: object) -> None:
        nonlocal stopped
        stopped = True

    try:
        with open(options.file, encoding="utf-8") as file:
            problem = read_problem(json.load(file))
    except OSError as fault:
        return _refuse(f"{options.file}: {fault.strerror}")
    except (UnicodeDecodeError, RecursionError):
        return _refuse("$: is no JSON in UTF-8")
    except json.JSONDecodeError as fault:
        return _refuse(f"$: is no JSON: {fault}")
    except BadInstance as fault:
        return _refuse(str(fault))
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    answer = solve(
        problem,
        seconds=options.seconds,
        steps=options.steps,
        seed=options.seed,
        workers=options.workers,
        tell=_tell if options.progress else lambda progress: None,
        stop=lambda: stopped,
        begun=BEGUN,
    )
    sys.stdout.write(json.dumps(_shown(answer), ensure_ascii=False) + "\n")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m matchmaking.scheduling", description="Make a timetable of meetings."
    )
    parser.add_argument("file", help="an instance, meeting-schedule/1")
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--seconds", type=_positive, help="stop by the clock; 30 unless --steps is given")
    limit.add_argument("--steps", type=_count, help="stop after so many steps: the same answer every time")
    parser.add_argument("--seed", type=int, default=0)
    cores = min(BATCH, os.cpu_count() or 1)
    parser.add_argument(
        "--workers", type=_workers, default=cores, help=f"processes, {cores} here; changes the time, never the answer"
    )
    parser.add_argument("--progress", action="store_true", help="one JSON line a batch on standard error")
    options = parser.parse_args(arguments)
    if options.seconds is None and options.steps is None:
        options.seconds = 30.0
    return options


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 86400:
        raise argparse.ArgumentTypeError("must be above 0, a day at most")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value


def _workers(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 64:
        raise argparse.ArgumentTypeError("must be from 1 to 64")
    return value


def _tell(progress: Progress) -> None:
    sys.stderr.write(json.dumps(asdict(progress)) + "\n")
    sys.stderr.flush()


def _shown(answer: Answer) -> dict[str, object]:
    return asdict(answer) | {"min_share": round(answer.min_share, 6), "seconds": round(answer.seconds, 3)}


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
