"""Searches in processes of their own: what they find is heard as it comes, and they end at once when they have to.

A solver cannot be interrupted while it thinks, so a search is ended by ending its process. A process also ends by
itself when the one that started it is gone.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Thread
from typing import TypeVar

News = TypeVar("News")
PULSE = 0.05
"""So often, in seconds, the clock and the wish to stop are looked at."""
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@contextmanager
def race(searches: Sequence[Callable[[], Iterator[News]]], late: Callable[[], bool]) -> Iterator[Iterator[News]]:
    """News of all searches as it comes, until one has ended or it is late; with the block their processes end."""
    processes = get_context("spawn")
    running: dict[Connection, SpawnProcess] = {}
    try:
        for search in searches:
            mine, theirs = processes.Pipe()
            process = processes.Process(target=_run, args=(search, theirs), daemon=True)
            process.start()
            theirs.close()
            running[mine] = process
        yield _news(running, late)
    finally:
        for connection, process in running.items():
            process.kill()
            process.join()
            connection.close()


def _news(running: dict[Connection, SpawnProcess], late: Callable[[], bool]) -> Iterator[News]:
    open_ones = set(running)
    while open_ones and not late():
        ready = wait(list(open_ones), timeout=PULSE)
        for connection in [one for one in open_ones if one in ready]:
            try:
                news: News | None = connection.recv()
            except (EOFError, OSError):
                open_ones.discard(connection)
                continue
            if news is None:
                return
            yield news


def _run(search: Callable[[], Iterator[News]], connection: Connection) -> None:
    """A search, in its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it decides
    _end_with_parent(connection)
    for news in search():
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
