"""Which free booths suit a wish best."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from booths.floorplan.geometry import Standing
from booths.floorplan.rect import SLACK, Rect

Stand = TypeVar("Stand", bound=Standing)


def best_fit(
    free: Iterable[Stand], count: int, *, joined: bool, dislike: Callable[[Stand], int] = lambda _stand: 0
) -> list[Stand]:
    """`count` booths with the least dislike together, by code where that is equal; none when there are too few.

    Joined booths stand side by side in one row: each touches the next along a whole side.
    """
    found = list(free)
    if not joined or count == 1:
        ranked = sorted(found, key=lambda stand: (dislike(stand), stand.code))
        return ranked[:count] if len(ranked) >= count else []
    return min(_windows(found, count), key=lambda row: (sum(map(dislike, row)), row[0].code), default=[])


def rows_of(stands: Iterable[Stand]) -> list[list[Stand]]:
    """Booths that touch, side by side from west to east and from north to south; one may stand in a row of each."""
    found = list(stands)
    across = _runs(found, lambda rect: (rect.y, rect.height, rect.x), _continues_across)
    down = _runs(found, lambda rect: (rect.x, rect.width, rect.y), _continues_down)
    return across + down


def _windows(stands: Sequence[Stand], count: int) -> Iterator[list[Stand]]:
    for row in rows_of(stands):
        for start in range(len(row) - count + 1):
            yield row[start : start + count]


def _runs(
    stands: Sequence[Stand], place: Callable[[Rect], tuple[float, float, float]], goes_on: Callable[[Rect, Rect], bool]
) -> list[list[Stand]]:
    runs: list[list[Stand]] = []
    for stand in sorted(stands, key=lambda stand: place(stand.rect)):
        if runs and goes_on(runs[-1][-1].rect, stand.rect):
            runs[-1].append(stand)
        else:
            runs.append([stand])
    return runs


def _continues_across(west: Rect, east: Rect) -> bool:
    return _same(west.right, east.x) and _same(west.y, east.y) and _same(west.height, east.height)


def _continues_down(north: Rect, south: Rect) -> bool:
    return _same(north.bottom, south.y) and _same(north.x, south.x) and _same(north.width, south.width)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= SLACK
