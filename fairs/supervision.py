"""Keeps a handful of programs running until it is told to stop."""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

log = logging.getLogger("fairs.supervision")

FIRST_PAUSE = 1.0  # seconds before a program that ended is started again; doubled each time it ends early
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds after which a program counts as running well
PATIENCE = 8.0  # seconds to end by itself before it is killed


class Child:
    """One program that is meant to run for ever."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]):
        self.name = name
        self._command = list(command)
        self._environment = dict(environment)
        self._pause = FIRST_PAUSE
        self._start_at = 0.0
        self._began = 0.0
        self._program: subprocess.Popen[bytes] | None = None

    @property
    def runs(self) -> bool:
        return self._program is not None and self._program.poll() is None

    def tend(self, now: float) -> None:
        """Start it when it does not run and its pause is over."""
        if self._program is not None and not self.runs:
            self._note_end(now)
        if self._program is None and now >= self._start_at:
            self._began = now
            self._program = subprocess.Popen(self._command, env=self._environment, start_new_session=True)
            _say(logging.INFO, "started", self.name, pid=self._program.pid)

    def signal(self, number: signal.Signals) -> None:
        """Reach it with everything it has started."""
        if self._program is not None and self.runs:
            os.killpg(self._program.pid, number)

    def _note_end(self, now: float) -> None:
        assert self._program is not None
        if now - self._began >= STEADY:
            self._pause = FIRST_PAUSE
        _say(logging.ERROR, "ended", self.name, status=self._program.returncode, again_in=self._pause)
        self._start_at = now + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self._program = None


def keep_running(children: Sequence[Child]) -> None:
    """Return after SIGTERM or SIGINT, when every child has ended; one that ends before is started again."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    while not told_to_stop.is_set():
        for child in children:
            child.tend(time.monotonic())
        told_to_stop.wait(0.2)
    _stop(children)


def _stop(children: Sequence[Child]) -> None:
    for child in children:
        child.signal(signal.SIGTERM)
    ends = time.monotonic() + PATIENCE
    while any(child.runs for child in children) and time.monotonic() < ends:
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)


def _say(level: int, event: str, name: str, **facts: float) -> None:
    log.log(level, "%s %s", name, event, extra={"facts": {"program": name, "event": event, **facts}})
