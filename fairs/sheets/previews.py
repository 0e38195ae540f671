"""A rehearsal of an import: every row as it would be taken over, every fault with its reason."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fairs.sheets.columns import Column, Matching, match
from fairs.sheets.days import is_month_first, read_date, swapped
from fairs.sheets.kinds import Date, Value
from fairs.sheets.numerals import Notation
from fairs.sheets.refusals import CellCode, CellError
from fairs.sheets.table import Cell, Formula, Row, Sheet, letter, written
from fairs.sheets.wording import clean, ungarbled

_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason against a row, or against one column of it. Any suggestion, written there, settles it."""

    column: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row with its values, what was written in each cell, and what stands against taking it over."""

    number: int
    values: dict[str, Value]
    texts: dict[str, str]
    problems: list[Problem]
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole sheet rehearsed; only a preview that `is_ready` may be committed."""

    rows: list[PreviewRow]
    matching: Matching

    @property
    def missing(self) -> list[Column]:
        """Required columns that the sheet does not have."""
        return [column for column in self.matching.missing if column.required]

    @property
    def faulty(self) -> list[PreviewRow]:
        return [row for row in self.rows if row.problems and not row.skipped]

    @property
    def sound(self) -> list[PreviewRow]:
        return [row for row in self.rows if not row.problems and not row.skipped]

    @property
    def is_ready(self) -> bool:
        """Whether all that is not skipped can be taken over, without a fault or a doubt about the headings."""
        return bool(self.sound) and not (self.faulty or self.missing or self.matching.repeated)


Check = Callable[[Mapping[str, Value]], Iterable[Problem]]
Corrections = Mapping[int, Mapping[str, str]]


def preview(
    sheet: Sheet,
    columns: Sequence[Column],
    *,
    check: Check | None = None,
    notation: Notation | None = None,
    corrections: Corrections | None = None,
    skip: Collection[int] = (),
) -> Preview:
    """Read every row of the sheet; nothing is raised, each fault becomes a Problem of its row.

    `corrections` replaces cells by row number and column name, `skip` leaves rows out by their number, and
    `check` is asked about each row that is well-formed in itself, as soon as the sheet has every column it needs.
    """
    matching = match(sheet.headers, columns)
    reader = _Reader(sheet, [column for column in columns if column.name in matching.positions], matching, notation)
    rows = [reader.row(row, (corrections or {}).get(row.number, {}), row.number in skip) for row in sheet.rows]
    for column in columns:
        if column.unique:
            _mark_repeated(rows, column.name)
    found = Preview(rows, matching)
    if check and not found.missing:
        for row in rows:
            if not row.problems and not row.skipped:
                row.problems.extend(check(row.values))
    return found


class _Reader:
    """Reads rows with what only the whole sheet can tell: where columns stand, which dates are American."""

    def __init__(self, sheet: Sheet, columns: list[Column], matching: Matching, notation: Notation | None) -> None:
        self.headers = sheet.headers
        self.columns = [(column, matching.positions[column.name]) for column in columns]
        self.notation = notation
        self.american = {
            column.name
            for column, position in self.columns
            if isinstance(column.kind, Date) and _has_month_first(sheet, position)
        }

    def row(self, row: Row, corrected: Mapping[str, str], skipped: bool) -> PreviewRow:
        result = PreviewRow(row.number, {}, {}, self._headless(row), skipped)
        for column, position in self.columns:
            cell = _cell(row, position)
            result.texts[column.name] = corrected.get(column.name, clean(written(cell)))
            try:
                if column.name in corrected:
                    result.values[column.name] = self._value(column, clean(corrected[column.name]))
                else:
                    result.values[column.name] = self._original(column, cell)
            except CellError as refusal:
                result.problems.append(Problem(column.name, refusal.code, refusal.params, refusal.suggestions))
        return result

    def _headless(self, row: Row) -> list[Problem]:
        return [
            Problem("", CellCode.NO_HEADING, {"letter": letter(position), "text": text})
            for position, cell in enumerate(row.cells)
            if (position >= len(self.headers) or not self.headers[position]) and (text := clean(written(cell)))
        ]

    def _original(self, column: Column, cell: Cell) -> Value:
        tidy = _tidy(cell)
        value = self._value(column, tidy)
        if column.name in self.american and (other := swapped(tidy)):
            readings = (read_date(tidy), other)
            offers = (reading.isoformat() for reading in readings)
            raise CellError(CellCode.AMBIGUOUS_DATE, *offers, readings=readings)
        return value

    def _value(self, column: Column, cell: Cell) -> Value:
        if cell not in (None, ""):
            return column.kind.read(cell, self.notation)
        if column.required:
            raise CellError(CellCode.REQUIRED)
        return column.kind.blank


def _cell(row: Row, position: int) -> Cell:
    return row.cells[position] if position < len(row.cells) else None


def _has_month_first(sheet: Sheet, position: int) -> bool:
    return any(is_month_first(clean(written(_cell(row, position)))) for row in sheet.rows)


def _tidy(cell: Cell) -> Cell:
    """The cell with its text cleaned. Refuses formula, formula_error, lost_letters and garbled."""
    if not isinstance(cell, str):
        return cell
    if isinstance(cell, Formula):
        raise CellError(CellCode.FORMULA, text=str(cell))
    if cell in _ERRORS:
        raise CellError(CellCode.FORMULA_ERROR, text=cell)
    if "\ufffd" in cell:
        raise CellError(CellCode.LOST_LETTERS)
    if (whole := ungarbled(cell)) != cell:
        raise CellError(CellCode.GARBLED, clean(whole))
    return clean(cell)


def _mark_repeated(rows: list[PreviewRow], name: str) -> None:
    """Every row but the first that holds the same value; blanks never repeat."""
    first: dict[object, int] = {}
    for row in rows:
        value = row.values.get(name)
        if row.skipped or value in (None, ""):
            continue
        number = first.setdefault(value.casefold() if isinstance(value, str) else value, row.number)
        if number != row.number:
            row.problems.append(Problem(name, CellCode.REPEATED, {"first": number}))
