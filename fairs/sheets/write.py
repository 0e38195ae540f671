"""Lists written as files that a spreadsheet opens without ever executing what is in them."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from fairs.sheets.columns import Column
from fairs.sheets.contacts import Country, Email, Phone, TaxCode
from fairs.sheets.kinds import Date, Integer, Kind, Number, YesNo
from fairs.sheets.numerals import write_number
from fairs.sheets.wording import escape_cell

_NARROW = (Integer, Number, Date, YesNo, Phone, TaxCode, Country)
_TITLE_FONT = Font(bold=True, size=14)
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="4A180F")
_HEAD_ALIGNMENT = Alignment(wrap_text=True, vertical="center")


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet to be written: a title line and other lines may stand above the headings, rows below them."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    preface: Sequence[str] = ()


def to_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one worksheet: headings from the columns' first titles, one value for each column a row."""
    return to_workbook([Page(title, columns, rows)])


def to_workbook(pages: Iterable[Page]) -> bytes:
    """A workbook of several worksheets in their order; a title used twice gets a number.

    Numbers and dates stay numbers and dates; a moment keeps the wall clock it carries. Text stays text.
    """
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for page in pages:
        _write(book.create_sheet(_free_title(page.title, taken)), page)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def to_csv(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark; ISO dates, plain numbers, text escaped by `escape_cell`."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([escape_cell(str(column.titles[0])) for column in columns])
    writer.writerows([_plain(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _write(sheet: WriteOnlyWorksheet, page: Page) -> None:
    _lay_out(sheet, page)
    for line in _preface(sheet, page.preface):
        sheet.append(line)
    sheet.append([_heading(sheet, column) for column in page.columns])
    formats = [_number_format(column.kind) for column in page.columns]
    for row in page.rows:
        sheet.append([_cell(sheet, value, form) for value, form in zip(row, formats, strict=True)])


def _free_title(title: str, taken: set[str]) -> str:
    """A title no other worksheet has, whatever its case, as Excel wants it."""
    free = whole = _worksheet_title(title)
    number = 1
    while free.casefold() in taken:
        number += 1
        free = f"{whole[:27]} {number}"
    taken.add(free.casefold())
    return free


def _worksheet_title(title: str) -> str:
    """What Excel allows: 31 characters, none of []:*?/\\, no apostrophe at either end."""
    return re.sub(r"[\[\]:*?/\\]", " ", str(title))[:31].strip("' ") or "1"


def _lay_out(sheet: WriteOnlyWorksheet, page: Page) -> None:
    above = len(page.preface) + 1 if page.preface else 0
    sheet.freeze_panes = f"A{above + 2}"
    for position, column in enumerate(page.columns, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = _width(column)


def _preface(sheet: WriteOnlyWorksheet, lines: Sequence[str]) -> Iterator[list[Cell]]:
    """The lines above the headings, the first one as a title, with a blank line after the last."""
    for number, line in enumerate(lines):
        cell = _text_cell(sheet, line)
        if number == 0:
            cell.font = _TITLE_FONT
        yield [cell]
    if lines:
        yield []


def _width(column: Column) -> int:
    floor = 14 if isinstance(column.kind, _NARROW) else 28 if isinstance(column.kind, Email) else 32
    return min(max(floor, len(str(column.titles[0])) + 2), 48)


def _heading(sheet: WriteOnlyWorksheet, column: Column) -> Cell:
    cell = _text_cell(sheet, str(column.titles[0]))
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_ALIGNMENT
    return cell


def _number_format(kind: Kind) -> str:
    if isinstance(kind, Integer) or (isinstance(kind, Number) and kind.decimals == 0):
        return "#,##0"
    if isinstance(kind, Number):
        return "#,##0." + "0" * (kind.decimals or 2)
    return "General"


def _cell(sheet: WriteOnlyWorksheet, value: object, number_format: str) -> Cell | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return _typed_cell(sheet, value.replace(tzinfo=None), "dd/mm/yyyy hh:mm")
    if isinstance(value, date):
        return _typed_cell(sheet, value, "dd/mm/yyyy")
    if isinstance(value, bool | int | float | Decimal):
        return _typed_cell(sheet, value, number_format)
    return _text_cell(sheet, str(value))


def _typed_cell(sheet: WriteOnlyWorksheet, value: object, number_format: str) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """Text that stays text even when somebody edits the cell, whatever sign it begins with."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.quotePrefix = escape_cell(text) != text
    return cell


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        return write_number(Decimal(str(value)))
    return escape_cell(str(value))
