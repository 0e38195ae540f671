"""Steps made by this process alone, or shared among several that have what they need from the beginning."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from multiprocessing import forkserver, get_context
from typing import Any, TypeAlias, TypeVar

Start = TypeVar("Start")
Moves = TypeVar("Moves")
Crew: TypeAlias = Callable[[Start, range, Callable[[], bool]], list[Moves] | None]
"""Makes the steps of these numbers from one start; None when it got late meanwhile."""


@contextmanager
def crew(step: Callable[[Start, int], Moves], workers: int, *, loads: str) -> Iterator[Crew[Start, Moves]]:
    """So many workers, forked from a process that loads a module meanwhile; each gets a `step` of its own."""
    if workers <= 1:
        yield partial(_alone, step)
        return
    processes = get_context("forkserver")
    processes.set_forkserver_preload([loads])
    forkserver.ensure_running()
    pool = ProcessPoolExecutor(workers, processes, initializer=_begin, initargs=(step,))
    try:
        yield partial(_shared, pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(
    step: Callable[[Start, int], Moves], start: Start, numbers: range, late: Callable[[], bool]
) -> list[Moves] | None:
    found = []
    for number in numbers:
        if late():
            return None
        found.append(step(start, number))
    return found


def _shared(pool: ProcessPoolExecutor, start: Any, numbers: range, late: Callable[[], bool]) -> list[Any] | None:
    asked: list[Future[Any]] = [pool.submit(_make, start, number) for number in numbers]
    while wait(asked, timeout=0.1).not_done:
        if late():
            return None
    return [one.result() for one in asked]


_step: Callable[[Any, int], Any] | None = None


def _begin(step: Callable[[Any, int], Any]) -> None:
    """What this process makes."""
    global _step
    _step = step


def _make(start: Any, number: int) -> Any:
    assert _step is not None
    return _step(start, number)
