"""`python -m booths.allocation FILE.json`, with the options of `--help`: one JSON object on standard output.

Exit status 2: the file is no instance; the sentence on standard error names the place in it and the reason.
"""

import time

BEGUN = time.monotonic()  # before the libraries are loaded: that takes a second, which --seconds counts too

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from dataclasses import asdict  # noqa: E402

from booths.allocation.explain import explain_all  # noqa: E402
from booths.allocation.reading import BadInstance, read_instance  # noqa: E402
from booths.allocation.solve import BATCH, Answer, Progress, solve  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    stopped = False

    def stop(*_signal: object) -> None:
        nonlocal stopped
        stopped = True

    try:
        with open(options.file, encoding="utf-8") as file:
            instance = read_instance(json.load(file))
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
        instance,
        seconds=options.seconds,
        steps=options.steps,
        seed=options.seed,
        workers=options.workers,
        tell=_tell if options.progress else lambda progress: None,
        stop=lambda: stopped,
        begun=BEGUN,
    )
    shown = _shown(answer)
    if options.explain:
        shown["why"] = {key: asdict(why) for key, why in explain_all(instance, answer.assignments).items()}
    sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m booths.allocation", description="Allocate booths to exhibitors.")
    parser.add_argument("file", help="an instance, booth-allocation/1")
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--seconds", type=_positive, help="stop by the clock; 10 unless --steps is given")
    limit.add_argument("--steps", type=_count, help="stop after so many steps: the same answer every time")
    parser.add_argument("--seed", type=int, default=0)
    cores = min(BATCH, os.cpu_count() or 1)
    parser.add_argument(
        "--workers", type=_workers, default=cores, help=f"processes, {cores} here; changes the time, never the answer"
    )
    parser.add_argument("--progress", action="store_true", help="one JSON line a batch on standard error")
    parser.add_argument("--explain", action="store_true", help="for each place, what it is worth and what it gave up")
    options = parser.parse_args(arguments)
    if options.seconds is None and options.steps is None:
        options.seconds = 10.0
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
    return {
        "assignments": answer.assignments,
        "unplaced": answer.unplaced,
        "objective": round(answer.objective, 4),
        "greedy": round(answer.greedy, 4),
        "bound": None if answer.bound is None else round(answer.bound + 5e-5, 4),
        "seconds": round(answer.seconds, 3),
        "steps": answer.steps,
        "seed": answer.seed,
    }


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
