"""Runs stages side by side on the slots there are."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.services import ROOT
from tests.suite.stages import OUTPUT, Command, Stage

SLOTS = 2


@dataclass(frozen=True)
class Outcome:
    """How a stage ended; `log` holds everything its commands said."""

    stage: Stage
    passed: bool
    seconds: float
    log: Path


class RunningStage:
    """A stage under way: its commands one after the other, the later ones even when an earlier one failed."""

    def __init__(self, stage: Stage, environment: Mapping[str, str]):
        self.stage = stage
        self.began = time.monotonic()
        self.log = OUTPUT / f"{stage.name}.log"
        self._environment = {**environment, **stage.environment}
        self._waiting = list(stage.commands)
        self._passed = True
        self._output: IO[bytes] = self.log.open("wb")
        self._program = self._start(self._waiting.pop(0))

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def is_over(self) -> bool:
        """Looks once; starts the next command when the last one has ended."""
        status = self._program.poll()
        if status is None:
            return False
        self._passed = self._passed and status == 0
        if self._waiting:
            self._program = self._start(self._waiting.pop(0))
            return False
        self._output.close()
        return True

    def outcome(self) -> Outcome:
        return Outcome(self.stage, self._passed, self.seconds, self.log)

    def stop(self) -> None:
        """Ends the command that runs, with everything it has started."""
        if self._program.poll() is None:
            os.killpg(self._program.pid, signal.SIGTERM)
            self._program.wait()

    def _start(self, command: Command) -> subprocess.Popen:
        return subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=self._output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip


def run(stages: list[Stage], environment: Mapping[str, str]) -> Iterator[Outcome | list[RunningStage]]:
    """Starts each stage as soon as its slots are free, in the order given; yields outcomes as they come and, several
    times a second, what is under way. Leaving the loop early stops everything."""
    waiting = list(stages)
    running: list[RunningStage] = []
    try:
        while waiting or running:
            for stage in [stage for stage in waiting if _fits(stage, running)][:1]:
                waiting.remove(stage)
                running.append(RunningStage(stage, environment))
            for over in [stage for stage in running if stage.is_over()]:
                running.remove(over)
                yield over.outcome()
            yield running
            time.sleep(0.1)
    finally:
        for left in running:
            left.stop()


def _fits(stage: Stage, running: list[RunningStage]) -> bool:
    return sum(other.stage.slots for other in running) + stage.slots <= SLOTS
