"""The command line of a solver: a file in, one JSON object on standard output.

Exit status 2: the file is no instance; the sentence on standard error names the place in it and the reason.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from fairs.solving.instances import BadInstance

Options = argparse.Namespace
ENDING = (signal.SIGINT, signal.SIGTERM)


def options_of(module: str, does: str, form: str, *, seconds: float, batch: int) -> argparse.ArgumentParser:
    """What every solver is asked: `seconds` is how long it takes when nothing is said, `batch` the steps at once."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=does)
    parser.set_defaults(usual=seconds)
    parser.add_argument("file", help=f"an instance, {form}")
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--seconds", type=_positive, help=f"stop by the clock; {seconds:g} unless --steps is given")
    limit.add_argument("--steps", type=_count, help="stop after so many steps: the same answer every time")
    parser.add_argument("--seed", type=int, default=0)
    cores = min(batch, os.cpu_count() or 1)
    parser.add_argument(
        "--workers", type=_workers, default=cores, help=f"processes, {cores} here; changes the time, never the answer"
    )
    parser.add_argument("--progress", action="store_true", help="one JSON line a batch on standard error")
    return parser


def run(
    options: Options,
    read: Callable[[Any], Any],
    solve: Callable[..., Any],
    shown: Callable[[Any, Any], dict[str, Any]],
    begun: float,
) -> int:
    """Read, solve, print what `shown` makes of the instance and its answer; a signal ends it with what there is.

    A signal that comes once there is an answer changes nothing any more: not even while Python ends, when a handler of
    ours would no longer be called and the process would die of the signal.
    """
    stopped = False

    def stop(*_signal: object) -> None:
        nonlocal stopped
        stopped = True

    try:
        with open(options.file, encoding="utf-8") as file:
            instance = read(json.load(file))
    except OSError as fault:
        return _refuse(f"{options.file}: {fault.strerror}")
    except (UnicodeDecodeError, RecursionError):
        return _refuse("$: is no JSON in UTF-8")
    except json.JSONDecodeError as fault:
        return _refuse(f"$: is no JSON: {fault}")
    except BadInstance as fault:
        return _refuse(str(fault))
    for name in ENDING:
        signal.signal(name, stop)
    answer = solve(
        instance,
        seconds=options.usual if options.seconds is None and options.steps is None else options.seconds,
        steps=options.steps,
        seed=options.seed,
        workers=options.workers,
        tell=_tell if options.progress else lambda progress: None,
        stop=lambda: stopped,
        begun=begun,
    )
    for name in ENDING:
        signal.signal(name, signal.SIG_IGN)
    sys.stdout.write(json.dumps(shown(instance, answer), ensure_ascii=False) + "\n")
    return 0


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


def _tell(progress: Any) -> None:
    sys.stderr.write(json.dumps(asdict(progress)) + "\n")
    sys.stderr.flush()


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 2
