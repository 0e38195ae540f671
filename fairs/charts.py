"""A chart of columns as places in hundredths of its width and height."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BAR = 0.62  # of a column's width, shared by its bars
TICK = 0.78
LABEL = 11  # hundredths of the height that a number over a bar needs
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Column:
    """What stands over one label: a bar for each series, and the value of `before` as a line.

    None draws nothing. An `unfinished` column is still growing; `quiet` leaves the label out of the drawing.
    """

    label: Any
    values: Sequence[int | None]
    before: int | None = None
    unfinished: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Bar:
    """A rectangle, and where its value is written; `series` chooses the colour."""

    series: int
    x: float
    y: float
    width: float
    height: float
    value: int
    label_y: float

    @property
    def middle(self) -> float:
        """Where its value is centred."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Drawn:
    """A column in its place."""

    column: Column
    middle: float
    bars: list[Bar]
    tick: tuple[float, float, float] | None  # from x, to x, y


@dataclass(frozen=True)
class Chart:
    """Columns side by side over a few level lines."""

    columns: list[Drawn]
    levels: list[tuple[int, float]]  # value and height from the top
    crowded: bool  # too narrow for a number over each bar on a phone


def chart(columns: Sequence[Column]) -> Chart:
    """Place columns from left to right, the highest one below the uppermost line."""
    highest = max((value for column in columns for value in (*column.values, column.before) if value), default=0)
    step = _step(highest)
    top = step * max(1, -(-highest // step))
    width = 100 / max(1, len(columns))
    return Chart(
        [_place(column, number * width, width, top) for number, column in enumerate(columns)],
        [(level, 100 - level * 100 / top) for level in range(step, top + 1, step)],
        crowded=sum(len(column.values) for column in columns) > 10,
    )


def _step(highest: int) -> int:
    """The round distance of at most four lines up to the highest value."""
    scale = 1
    while True:
        for step in STEPS:
            if step * scale * 4 >= highest and float(step * scale).is_integer():
                return int(step * scale)
        scale *= 10


def _place(column: Column, left: float, width: float, top: int) -> Drawn:
    each = width * BAR / max(1, len(column.values))
    start = left + width * (1 - BAR) / 2
    middle, line = left + width / 2, 100 - (column.before or 0) * 100 / top
    bars = [
        _bar(number, value, start + number * each, each * 0.94, top, line if column.before else None)
        for number, value in enumerate(column.values)
        if value
    ]
    tick = (middle - width * TICK / 2, middle + width * TICK / 2, line) if column.before else None
    return Drawn(column, middle, bars, tick)


def _bar(series: int, value: int, x: float, width: float, top: int, line: float | None) -> Bar:
    """A bar; its number stands above a line that would cross it."""
    y = 100 - value * 100 / top
    crossed = line is not None and y - LABEL < line < y
    return Bar(series, x, y, width, 100 - y, value, line if crossed and line is not None else y)
