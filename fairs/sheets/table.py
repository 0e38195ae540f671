"""A table as it stands in a file: one line of headings with numbered rows below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fairs.sheets.refusals import SheetCode, SheetError
from fairs.sheets.wording import clean

MAX_ROWS = 25_000
MAX_COLUMNS = 100
MAX_CELL = 5_000
MAX_BLANK = 1_000
"""A spreadsheet may keep a million blank lines below the table; they are not read to the end."""
PREFACE = 20
"""Headings are looked for in so many filled lines: letterheads and titles may stand above them."""


class Formula(str):
    """A formula whose result the file does not hold. It is shown, never calculated."""


Cell = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with at least one row; `title` names the worksheet it was found on."""

    headers: list[str]
    rows: list[Row]
    title: str = ""


def shape(lines: Iterable[Sequence[Cell]], title: str = "") -> Sheet:
    """The table in these lines, blank ones left out; it ends at a thousand blank ones on end.

    The headings are the first line that fills more than half as many cells as the fullest of the top lines.
    Refuses empty_file, no_rows, too_many_rows, too_many_columns and cell_too_long.
    """
    filled = _filled(lines)
    if not filled:
        raise SheetError(SheetCode.EMPTY_FILE)
    top = _heading_index(filled[:PREFACE])
    rows = filled[top + 1 :]
    if not rows:
        raise SheetError(SheetCode.NO_ROWS)
    if len(rows) > MAX_ROWS:
        raise SheetError(SheetCode.TOO_MANY_ROWS, limit=MAX_ROWS)
    return Sheet([clean(written(cell)) for cell in filled[top].cells], rows, title)


def written(cell: Cell) -> str:
    """The cell as a person would type it; dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def letter(position: int) -> str:
    """The name of a column as a spreadsheet shows it: 0 is A, 26 is AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _filled(lines: Iterable[Sequence[Cell]]) -> list[Row]:
    filled: list[Row] = []
    last = 0
    for number, line in enumerate(lines, start=1):
        if number - last > MAX_BLANK:
            break
        cells = _without_blank_end(line)
        if cells:
            last = number
            _check_cells(number, cells)
            filled.append(Row(number, cells))
        if len(filled) > PREFACE + MAX_ROWS:
            raise SheetError(SheetCode.TOO_MANY_ROWS, limit=MAX_ROWS)
    return filled


def _without_blank_end(line: Sequence[Cell]) -> tuple[Cell, ...]:
    end = len(line)
    while end and _is_blank(line[end - 1]):
        end -= 1
    return tuple(line[:end])


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _check_cells(number: int, cells: tuple[Cell, ...]) -> None:
    if len(cells) > MAX_COLUMNS:
        raise SheetError(SheetCode.TOO_MANY_COLUMNS, limit=MAX_COLUMNS, row=number)
    for position, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > MAX_CELL:
            raise SheetError(SheetCode.CELL_TOO_LONG, limit=MAX_CELL, row=number, column=letter(position))


def _heading_index(top: list[Row]) -> int:
    counts = [sum(not _is_blank(cell) for cell in row.cells) for row in top]
    return next(index for index, count in enumerate(counts) if count * 2 > max(counts))
