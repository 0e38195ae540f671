"""The closed list of reasons for which an uploaded sheet, or one of its cells, is refused.

This package never words a reason: the caller translates each code with its params.
"""

from enum import StrEnum
from typing import Any


class SheetCode(StrEnum):
    """Why a whole file cannot be read. Params stand behind each code."""

    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    WRONG_ENCODING = "wrong_encoding"  # looks_like ("windows-1258", "windows-1252", "utf-16"), line
    TOO_LARGE = "too_large"  # limit_mb
    TOO_MANY_ROWS = "too_many_rows"  # limit
    TOO_MANY_COLUMNS = "too_many_columns"  # limit, row
    CELL_TOO_LONG = "cell_too_long"  # limit, row, column (a letter, as a spreadsheet shows it)
    NOT_A_TABLE = "not_a_table"  # line (0 when it is not known)
    UNKNOWN_FORMAT = "unknown_format"
    PROTECTED = "protected"
    MACROS = "macros"


class CellCode(StrEnum):
    """Why one cell or one row cannot be taken over. Params stand behind each code."""

    REQUIRED = "required"
    REPEATED = "repeated"  # first: number of the row that holds the same value
    NO_HEADING = "no_heading"  # letter, text: a filled cell in a column without a heading
    FORMULA = "formula"  # text: a formula that was never calculated
    FORMULA_ERROR = "formula_error"  # text: #REF! and its kin
    LOST_LETTERS = "lost_letters"  # letters were already replaced by U+FFFD in the file
    GARBLED = "garbled"  # UTF-8 that was once read as Windows-1252
    TOO_LONG = "too_long"  # limit, length
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"  # readings: two Decimals
    OTHER_NOTATION = "other_notation"  # reading: Decimal
    OTHER_CURRENCY = "other_currency"  # expected, found: ISO codes
    NOT_WHOLE = "not_whole"
    TOO_PRECISE = "too_precise"  # decimals
    OUT_OF_RANGE = "out_of_range"  # minimum, maximum: Decimals or None
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    MONTH_FIRST = "month_first"
    AMBIGUOUS_DATE = "ambiguous_date"  # readings: two dates
    SHORT_YEAR = "short_year"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_CHOICE = "not_a_choice"  # choices: the titles to choose from
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    SEVERAL_PHONES = "several_phones"
    NOT_A_COUNTRY = "not_a_country"
    AMBIGUOUS_COUNTRY = "ambiguous_country"
    NOT_A_TAX_CODE = "not_a_tax_code"
    LOST_ZERO = "lost_zero"  # a spreadsheet took a code for a number


class SheetError(Exception):
    """A file that cannot be read as a table."""

    def __init__(self, code: SheetCode, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class CellError(Exception):
    """A cell that cannot be taken over; each suggestion, written into the cell instead, is accepted."""

    def __init__(self, code: CellCode, *suggestions: str, **params: Any) -> None:
        super().__init__(code, suggestions, params)
        self.code = code
        self.suggestions = suggestions
        self.params = params
