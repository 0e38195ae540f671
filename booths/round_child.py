"""The solver as a program of its own: started, listened to, stopped. What it says is docs/allocation.schema.json."""

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


class Failed(Exception):
    """The solver ended without an answer; what it said last."""


def allocate(
    instance: Mapping[str, Any],
    *limit: str,
    seed: int,
    explain: bool = True,
    tell: Callable[[dict[str, Any]], bool] = lambda progress: True,
) -> dict[str, Any]:
    """The answer to an instance, with reasons unless `explain` is false; `limit` is `--seconds S` or `--steps N`.

    `tell` hears of each batch of steps; when it answers False the solver is asked to end with what it has.
    Raises Failed.
    """
    workers = min(CORES, os.cpu_count() or 1) if "--seconds" in limit else 1  # a short run is over before others load
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "instance.json"
        file.write_text(json.dumps(instance), encoding="utf-8")
        options = ["--seed", str(seed), "--workers", str(workers), "--progress", *(["--explain"] if explain else [])]
        command = [sys.executable, "-m", "booths.allocation", str(file), *limit, *options]
        return _listen(command, tell)


def _listen(command: list[str], tell: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
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
