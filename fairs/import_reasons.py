"""Why a sheet, or one of its cells, cannot be taken over: in words, with what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs.imports import ImportKind
from fairs.sheets import CellCode, SheetCode, SheetError
from fairs.templatetags.fair import number

SHEETS: dict[str, Any] = {
    SheetCode.EMPTY_FILE: gettext_lazy("The file is empty. Choose the one with your rows."),
    SheetCode.NO_ROWS: gettext_lazy("The file has headings and no row below them. Fill in at least one row."),
    SheetCode.WRONG_ENCODING: gettext_lazy(
        "The letters of this file cannot be read for certain (it looks like %(looks_like)s, line %(line)s). Save it as "
        "“CSV UTF-8” or as an Excel file (.xlsx), and upload that."
    ),
    SheetCode.TOO_LARGE: gettext_lazy("The file is larger than %(limit_mb)s MB. Divide it into several."),
    SheetCode.TOO_MANY_ROWS: gettext_lazy("The file has more than %(limit)s rows. Divide it into several."),
    SheetCode.TOO_MANY_COLUMNS: gettext_lazy(
        "Row %(row)s has more than %(limit)s columns. Keep the columns of the sample sheet."
    ),
    SheetCode.CELL_TOO_LONG: gettext_lazy(
        "The cell %(column)s%(row)s is longer than %(limit)s characters. Shorten it, or check that every row is a row."
    ),
    SheetCode.NOT_A_TABLE: gettext_lazy(
        "The file is damaged or is not a table. Open it in a spreadsheet, save it again, and upload that."
    ),
    SheetCode.UNKNOWN_FORMAT: gettext_lazy(
        "This is neither a CSV nor an Excel file (.xlsx). Open it in a spreadsheet and save it as one of them."
    ),
    SheetCode.PROTECTED: gettext_lazy("The file has a password. Save it without one, and upload that."),
    SheetCode.MACROS: gettext_lazy("The file carries macros. Save it as a plain Excel file (.xlsx), and upload that."),
}
CELLS: dict[str, Any] = {
    CellCode.REQUIRED: gettext_lazy("Fill this in, or skip the row."),
    CellCode.REPEATED: gettext_lazy("Row %(first)s says the same. Correct one of the two, or skip one."),
    CellCode.NO_HEADING: gettext_lazy(
        "“%(text)s” stands in column %(letter)s, which has no heading. Give the column a heading in the sheet and "
        "upload it again, or skip the row."
    ),
    CellCode.FORMULA: gettext_lazy("Here is a formula without a result: %(text)s. Write what it should say."),
    CellCode.FORMULA_ERROR: gettext_lazy("A formula failed here: %(text)s. Write what it should say."),
    CellCode.LOST_LETTERS: gettext_lazy("Letters were lost before the file came here. Write the text again."),
    CellCode.GARBLED: gettext_lazy("The accents are garbled. Is this what was meant?"),
    CellCode.TOO_LONG: gettext_lazy("%(length)s characters; at most %(limit)s fit. Shorten it."),
    CellCode.NOT_A_NUMBER: gettext_lazy("This is not a number. Write it in digits."),
    CellCode.AMBIGUOUS_NUMBER: gettext_lazy("This can be read in two ways. Which one is meant?"),
    CellCode.OTHER_NOTATION: gettext_lazy(
        "This number has its point and comma the other way round. Is this what you mean?"
    ),
    CellCode.OTHER_CURRENCY: gettext_lazy(
        "This is in %(found)s; the column is in %(expected)s. Write the amount in it."
    ),
    CellCode.NOT_WHOLE: gettext_lazy("Write a whole number."),
    CellCode.TOO_PRECISE: gettext_lazy("At most %(decimals)s digits after the decimal point."),
    CellCode.OUT_OF_RANGE: gettext_lazy("Write a number from %(minimum)s to %(maximum)s."),
    CellCode.NOT_A_DATE: gettext_lazy("This is not a date. Write it as 23/3/2018."),
    CellCode.NO_SUCH_DAY: gettext_lazy("There is no such day. Check the day and the month."),
    CellCode.MONTH_FIRST: gettext_lazy("The month seems to stand first. Write the day before the month."),
    CellCode.AMBIGUOUS_DATE: gettext_lazy(
        "Other rows write the month first, so this can be two days. Which one is it?"
    ),
    CellCode.SHORT_YEAR: gettext_lazy("Write the year with four digits."),
    CellCode.NOT_YES_OR_NO: gettext_lazy("Write yes or no, or leave it empty for no."),
    CellCode.NOT_A_CHOICE: gettext_lazy("“%(text)s” is not known here. Choose from the list."),
    CellCode.NOT_AN_EMAIL: gettext_lazy("This is not an e-mail address. It looks like name@example.org."),
    CellCode.NOT_A_PHONE: gettext_lazy(
        "This is not a telephone number. Write it in digits, from abroad with its country’s code, such as "
        "+33 1 23 45 67 89."
    ),
    CellCode.SEVERAL_PHONES: gettext_lazy("There are several numbers here. Keep one."),
    CellCode.NOT_A_COUNTRY: gettext_lazy("This country or territory is not known. Write its name or its two letters."),
    CellCode.AMBIGUOUS_COUNTRY: gettext_lazy("This can be two countries or territories. Which one do you mean?"),
    CellCode.NOT_A_TAX_CODE: gettext_lazy(
        "A tax code has 10 digits, or 13 for a branch. Correct it, or leave it empty for whoever has none."
    ),
    CellCode.LOST_ZERO: gettext_lazy("The 0 in front was lost in the spreadsheet. Is this what is meant?"),
}
NOTHING_MORE = gettext_lazy("This cannot be imported. Correct it, or skip the row.")


def sheet_sentence(error: SheetError) -> str:
    """Why the whole file cannot be read."""
    return str(SHEETS[error.code]) % _in_words(error.params)


def cell_sentence(kind: ImportKind, code: str, params: Mapping[str, Any], text: str) -> str:
    """Why a row or a cell with this text cannot be taken over."""
    if code == CellCode.OUT_OF_RANGE and None in (params.get("minimum"), params.get("maximum")):
        return _range(params)
    sentence = kind.says.get(code) or CELLS.get(code, NOTHING_MORE)
    return str(sentence) % ({"text": text} | _in_words(params))


def _range(params: Mapping[str, Any]) -> str:
    words = _in_words(params)
    if params.get("minimum") is not None:
        return _("Write a number from %(minimum)s upwards.") % words
    return _("Write a number up to %(maximum)s.") % words


def _in_words(params: Mapping[str, Any]) -> dict[str, str]:
    return {name: _word(value) for name, value in params.items()}


def _word(value: Any) -> str:
    return number(value) if isinstance(value, int) else "" if value is None else str(value)
