"""Dates written by people: the day stands before the month, or the year before both."""

import re
from datetime import date, datetime, timedelta

from fairs.sheets.refusals import CellCode, CellError
from fairs.sheets.table import Cell
from fairs.sheets.wording import fold

SERIALS = range(10_000, 80_000)
"""Day numbers of a spreadsheet that are believed to be dates: from 1927 to 2119."""

_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_VIETNAMESE = re.compile(r"(?:ngay)?(\d{1,2})thang(\d{1,2})(?:nam)?(\d{4})", re.ASCII)
_ENGLISH = re.compile(r"(\d{1,2})([a-z]+)(\d{4})", re.ASCII)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def read_date(cell: Cell) -> date:
    """The day in a cell: a date, the day number of a spreadsheet, or text such as 23/3/2018.

    Refuses not_a_date, no_such_day, month_first and short_year, the last two with the fix.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        return _serial_date(int(cell)) if _SERIAL.fullmatch(cell) else _written_date(cell)
    return _serial_date(cell)


def swapped(cell: Cell) -> date | None:
    """The day that an American would read in this text, if it is a day at all and another one."""
    match = _DAY_FIRST.fullmatch(cell) if isinstance(cell, str) else None
    if not match or match[1] == match[3]:
        return None
    try:
        return date(int(match[4]), int(match[1]), int(match[3]))
    except ValueError:
        return None


def is_month_first(cell: Cell) -> bool:
    """Whether the cell can only be read with the month before the day."""
    other = swapped(cell)
    return other is not None and other.day > 12


def _serial_date(cell: Cell) -> date:
    if not isinstance(cell, int | float) or not SERIALS.start <= cell < SERIALS.stop:
        raise CellError(CellCode.NOT_A_DATE)
    return _DAY_ZERO + timedelta(days=int(cell))


def _written_date(text: str) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _DAY_FIRST.fullmatch(text):
        return _day_first(match)
    if match := _VIETNAMESE.fullmatch(fold(text)):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _ENGLISH.fullmatch(fold(text)):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    raise CellError(CellCode.NOT_A_DATE)


def _day_first(match: re.Match[str]) -> date:
    day, mark, month, year = match.groups()
    if len(year) == 2:
        raise CellError(CellCode.SHORT_YEAR, *_long_years(int(day), int(month), int(year)))
    if is_month_first(match[0]):
        raise CellError(CellCode.MONTH_FIRST, f"{month}{mark}{day}{mark}{year}")
    return _day(int(year), int(month), int(day))


def _long_years(day: int, month: int, year: int) -> list[str]:
    offers = []
    for century in (2000, 1900):
        try:
            offers.append(date(century + year, month, day).isoformat())
        except ValueError:
            continue
    return offers


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(CellCode.NO_SUCH_DAY) from None


def _month(name: str) -> int:
    if name[:3] not in _MONTHS:
        raise CellError(CellCode.NOT_A_DATE)
    return _MONTHS.index(name[:3]) + 1
