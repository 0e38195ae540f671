"""Lists written as files that a spreadsheet opens without ever executing what is in them."""

import csv
import re
from collections.abc import Iterable, Sequence
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
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="1F3A5F")
_HEAD_ALIGNMENT = Alignment(wrap_text=True, vertical="center")


def to_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one worksheet: headings from the columns' first titles, one value for each column a row.

    Numbers and dates stay numbers and dates; a moment keeps the wall clock it carries. Text stays text.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_worksheet_title(title))
    _lay_out(sheet, columns)
    sheet.append([_heading(sheet, column) for column in columns])
    formats = [_number_format(column.kind) for column in columns]
    for row in rows:
        sheet.append([_cell(sheet, value, form) for value, form in zip(row, formats, strict=True)])
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


def _worksheet_title(title: str) -> str:
    """What Excel allows: 31 characters, none of []:*?/\\, no apostrophe at either end."""
    return re.sub(r"[\[\]:*?/\\]", " ", str(title))[:31].strip("' ") or "1"


def _lay_out(sheet: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
    sheet.freeze_panes = "A2"
    for position, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = _width(column)


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
