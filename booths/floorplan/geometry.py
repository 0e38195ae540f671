"""Questions about booths on a floor: which sides are open, who stands next to whom, what collides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any, Protocol

from booths.floorplan.rect import SLACK, Rect, Side

AISLE = 2.0
"""Metres of clear ground in front of a side before it counts as open to an aisle."""

TURNS = ((Side.NORTH, Side.EAST), (Side.EAST, Side.SOUTH), (Side.SOUTH, Side.WEST), (Side.WEST, Side.NORTH))


class Standing(Protocol):
    """Anything with a code and a place."""

    @property
    def code(self) -> str: ...

    @property
    def rect(self) -> Rect: ...


def open_sides(booths: Iterable[Standing], hall: Rect, *, aisle: float = AISLE) -> dict[str, frozenset[Side]]:
    """For each booth the sides that face an aisle.

    A side is open when the ground before its whole length, `aisle` metres deep, is inside the hall and free
    of other booths; a service gap behind a wall row is too narrow to count.
    """
    standing = list(booths)
    around = nearby(standing, margin=aisle)
    return {
        booth.code: frozenset(
            side for side in Side if _is_clear(booth.rect.strip(side, aisle), hall, around[booth.code])
        )
        for booth in standing
    }


def is_corner(sides: Iterable[Side]) -> bool:
    """Whether two open sides meet at a corner; two opposite ones do not."""
    found = set(sides)
    return any(one in found and other in found for one, other in TURNS)


def neighbours(booths: Iterable[Standing]) -> dict[str, frozenset[str]]:
    """For each booth the codes of those that share an edge of at least half a metre with it; symmetric."""
    standing = list(booths)
    around = nearby(standing, margin=SLACK)
    return {
        booth.code: frozenset(other.code for other in around[booth.code] if booth.rect.shared_edge(other.rect) >= 0.5)
        for booth in standing
    }


def detached(booths: Iterable[Standing]) -> list[str]:
    """The codes of those that do not hang together with the largest part, sorted; none when all of them do.

    Booths hang together by the edges they share, one over the other. Of two parts of one size the one with the
    first code stays.
    """
    beside = neighbours(booths)
    parts: list[set[str]] = []
    for code in sorted(beside):
        if not any(code in part for part in parts):
            parts.append(_reached(code, beside))
    largest = max(parts, key=len, default=set())
    return sorted(beside.keys() - largest)


def overlaps(booths: Iterable[Standing]) -> list[tuple[str, str]]:
    """Pairs of codes that stand on the same ground, each pair once, sorted."""
    standing = list(booths)
    around = nearby(standing, margin=0.0)
    return sorted(
        (booth.code, other.code)
        for booth in standing
        for other in around[booth.code]
        if booth.code < other.code and booth.rect.overlaps(other.rect)
    )


def nearby(standing: Sequence[Standing], *, margin: float) -> dict[str, list[Any]]:
    """For each the others in the same part of the floor, at most some metres further than `margin` metres away.

    The parts are as large as most of the things are, so that neither many booths nor one long wall compare all pairs.
    """
    cell = median(max(booth.rect.width, booth.rect.height) for booth in standing) + margin if standing else 1.0
    cells: defaultdict[tuple[int, int], list[Standing]] = defaultdict(list)
    for booth in standing:
        for key in _cells(booth.rect, cell, 0.0):
            cells[key].append(booth)
    return {
        booth.code: list(
            {
                other.code: other
                for key in _cells(booth.rect, cell, margin)
                for other in cells.get(key, ())
                if other is not booth
            }.values()
        )
        for booth in standing
    }


def _reached(start: str, beside: dict[str, frozenset[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = beside[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found


def _is_clear(strip: Rect, hall: Rect, others: Sequence[Standing]) -> bool:
    return hall.contains(strip) and not any(strip.overlaps(other.rect) for other in others)


def _cells(rect: Rect, cell: float, margin: float) -> Iterator[tuple[int, int]]:
    reach = margin + SLACK
    for column in range(int((rect.x - reach) // cell), int((rect.right + reach) // cell) + 1):
        for row in range(int((rect.y - reach) // cell), int((rect.bottom + reach) // cell) + 1):
            yield column, row
