"""Rows of booths laid out from a few numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from booths.floorplan.rect import Point, Rect


@dataclass(frozen=True, slots=True)
class Numbering:
    """How places get their codes: `prefix`, then a running number of at least `digits` digits.

    By rows counts left to right, then down; by columns counts down, then right. Numbers of `skip` are left out.
    """

    prefix: str
    start: int = 1
    digits: int = 3
    order: Literal["rows", "columns"] = "rows"
    skip: frozenset[int] = frozenset()

    def code(self, index: int) -> str:
        number = self.start + index
        for left_out in sorted(self.skip):
            number += self.start <= left_out <= number
        return f"{self.prefix}{number:0{self.digits}d}"


@dataclass(frozen=True, slots=True)
class Place:
    """A numbered piece of ground that a booth can stand on."""

    code: str
    rect: Rect


def lay_block(
    origin: Point,
    *,
    rows: int,
    columns: int,
    size: tuple[float, float] = (3.0, 3.0),
    aisle: float = 0.0,
    numbering: Numbering,
    cross_after: tuple[int, ...] = (),
    cross_aisle: float = 3.0,
) -> list[Place]:
    """Lays rows x columns places of `size` (width, depth) from the top left `origin`, in order of code.

    With an `aisle` (metres) columns stand back to back in pairs with that walkway between two pairs; without
    one they stand side by side. `cross_after` names the rows, counted from 1, below which a cross aisle runs.
    Refuses fewer than one row or column, or a size that is not positive, with ValueError.
    """
    width, depth = size
    if rows < 1 or columns < 1 or width <= 0 or depth <= 0 or aisle < 0 or cross_aisle < 0:
        raise ValueError("a block needs at least one row, one column, and a size above zero")
    paired = tuple(range(2, columns, 2)) if aisle else ()
    lefts = _starts(columns, width, paired, aisle)
    tops = _starts(rows, depth, cross_after, cross_aisle)
    return [
        Place(numbering.code(index), Rect(origin.x + lefts[column], origin.y + tops[row], width, depth))
        for index, (row, column) in enumerate(_walk(rows, columns, numbering.order))
    ]


def _starts(count: int, length: float, gaps_after: tuple[int, ...], gap: float) -> list[float]:
    """Where each of `count` things of `length` begins when a gap follows some of them (counted from 1)."""
    return [at * length + gap * sum(1 for after in gaps_after if after <= at) for at in range(count)]


def _walk(rows: int, columns: int, order: str) -> Iterator[tuple[int, int]]:
    if order == "rows":
        return ((row, column) for row in range(rows) for column in range(columns))
    return ((row, column) for column in range(columns) for row in range(rows))
