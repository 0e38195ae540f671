"""A solver as a program of its own: started, listened to, stopped.

It takes a file with an instance, tells how far it is as lines of JSON on standard error, ends with what it has when it
is asked to, and answers one object of JSON on standard output.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

CORES = 2
Tell = Callable[[dict[str, Any]], bool]
"""Hears of each batch of steps; when it answers False the solver is asked to end with what it has."""


class Failed(Exception):
    """The solver ended without an answer; what it said last."""


def heard(_said: dict[str, Any]) -> bool:
    """Let it go on."""
    return True


def solve_apart(
    module: str, instance: Mapping[str, Any], *limit: str, seed: int, more: tuple[str, ...] = (), tell: Tell = heard
) -> dict[str, Any]:
    """The answer of `python -m module` to an instance; `limit` is `--seconds S` or `--steps N`. Raises Failed."""
    workers = min(CORES, os.cpu_count() or 1) if "--seconds" in limit else 1  # a short run is over before others load
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "instance.json"
        file.write_text(json.dumps(instance), encoding="utf-8")
        options = ["--seed", str(seed), "--workers", str(workers), "--progress", *more]
        return _listen([sys.executable, "-m", module, str(file), *limit, *options], tell)


def _listen(command: list[str], tell: Tell) -> dict[str, Any]:
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as answer,
        subprocess.Popen(
            command, cwd=settings.BASE_DIR, stdout=answer, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as child,
    ):
        assert child.stderr is not None
        last = ""
        try:
            for line in child.stderr:
                last = line.strip()
                if last.startswith("{") and not tell(json.loads(last)):
                    child.terminate()
        except BaseException:
            child.kill()
            raise
        if child.wait() != 0:
            raise Failed(last)
        answer.seek(0)
        return dict(json.load(answer))
