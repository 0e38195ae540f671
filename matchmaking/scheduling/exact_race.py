"""Two searches at once, each in a process of its own; what one finds or proves counts for all of them.

A solver cannot be interrupted while it thinks, so a search is ended by ending its process. A process also ends by
itself when the one that started it is gone.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Thread

from matchmaking.scheduling.exact_grid import Grid
from matchmaking.scheduling.exact_search import News, Way, search
from matchmaking.scheduling.exact_solvers import open_solver

WAYS = (
    Way("cadical195", (("phase", 0),)),
    Way("cadical153", any_first=True),
)
PULSE = 0.05
"""So often, in seconds, the clock and the wish to stop are looked at."""
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def race(grid: Grid, searches: int, late: Callable[[], bool]) -> Iterator[News]:
    """News of all searches as it comes, until one has ended or it is late."""
    context = get_context("spawn")
    running: dict[Connection, SpawnProcess] = {}
    try:
        for way in WAYS[-searches:]:
            mine, theirs = context.Pipe()
            process = context.Process(target=_run, args=(grid, way, theirs), daemon=True)
            process.start()
            theirs.close()
            running[mine] = process
        yield from _news(running, late)
    finally:
        for connection, process in running.items():
            process.kill()
            process.join()
            connection.close()


def _news(running: dict[Connection, SpawnProcess], late: Callable[[], bool]) -> Iterator[News]:
    open_ones = set(running)
    while open_ones and not late():
        for connection in wait(list(open_ones), timeout=PULSE):
            try:
                news = connection.recv()  # type: ignore[union-attr]
            except (EOFError, OSError):
                open_ones.discard(connection)  # type: ignore[arg-type]
                continue
            if news is None:
                return
            yield news


def _run(grid: Grid, way: Way, connection: Connection) -> None:
    """A search, in its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it decides
    _end_with_parent(connection)
    for news in search(grid, way, open_solver):
        connection.send(news)
    connection.send(None)


def _end_with_parent(connection: Connection) -> None:
    """At once where Linux sees to it; elsewhere as soon as the solver lets other threads run."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    Thread(target=_watch, args=(connection,), daemon=True).start()


def _watch(connection: Connection) -> None:
    with suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)
