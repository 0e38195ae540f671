"""Statements of any bank: which column says what, how its days and numbers are written, what is no movement."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fairs.sheets import CellCode, CellError, Column, Kind, Notation, Row, Sheet, SheetCode, SheetError, Text, fold
from fairs.sheets import read as read_sheet
from fairs.sheets.days import read_date
from fairs.sheets.kinds import Value
from fairs.sheets.numerals import read_number
from fairs.sheets.table import Cell, written
from fairs.sheets.wording import clean

TITLES: Mapping[str, tuple[str, ...]] = {
    "booked_on": (
        "Ngày giao dịch", "Transaction date", "Ngày hạch toán", "Ngày GD", "Ngày ghi sổ", "Posting date",
        "Ngày hiệu lực", "Value date", "Thời gian giao dịch", "Thời gian", "Ngày", "Date", "Day",
    ),
    "transaction": (
        "Số tham chiếu", "Reference", "Mã giao dịch", "Số giao dịch", "Số bút toán", "Số chứng từ", "Số CT",
        "Transaction number", "Transaction ID", "Ref no", "Doc no", "Trace", "FT",
    ),
    "credit": (
        "Số tiền ghi có", "Credit amount", "Phát sinh có", "Ghi có", "Tiền vào", "Money in", "Credit", "Deposit", "Có",
    ),
    "debit": (
        "Số tiền ghi nợ", "Debit amount", "Phát sinh nợ", "Ghi nợ", "Tiền ra", "Money out", "Debit", "Withdrawal", "Nợ",
    ),
    "amount": ("Số tiền giao dịch", "Transaction amount", "Số tiền", "Amount"),
    "balance": ("Số dư lũy kế", "Running balance", "Số dư", "Balance"),
    "text": (
        "Nội dung giao dịch", "Transaction details", "Nội dung chuyển khoản", "Nội dung", "Diễn giải", "Mô tả",
        "Description", "Details", "Remarks", "Narrative",
    ),
    "payer": (
        "Tên người chuyển", "Payer name", "Người chuyển", "Tên tài khoản đối ứng", "Tên đối ứng", "Đơn vị chuyển",
        "Đối tác", "Remitter", "Counterparty", "Payer",
    ),
    "currency": ("Loại tiền", "Currency", "Đơn vị tiền tệ", "Ccy"),
}  # fmt: skip
NAMES = tuple(TITLES)
_TIME = re.compile(r"\s*\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M|Z)?\b", re.IGNORECASE)
_LIKE_A_DAY = re.compile(r"\d{1,4}\s*[/.\-]\s*\d|\d{1,2}\s*th[aá]ng|\d{1,2}[ \-]?[A-Za-z]{3}", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{2})")
_THREE_PARTS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{2,4})")
_NOTHING = {"", "-", "–", "—"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as banks write it: the hour beside it is left away, and a year of two digits is of this century."""

    blank: None = None

    def read(self, cell: Cell, notation: Notation | None = None) -> date:
        return read_date(_without_hour(cell))


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as banks write it: a dash is nothing, brackets and a sign at the end are minus."""

    blank: None = None

    def read(self, cell: Cell, notation: Notation | None = None) -> Decimal | None:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            raise CellError(CellCode.NOT_A_NUMBER)
        if not isinstance(cell, str):
            return Decimal(f"{cell:.15g}" if isinstance(cell, float) else cell)
        text = cell.strip()
        if text in _NOTHING:
            return None
        minus = text.startswith("(") and text.endswith(")")
        text = text[1:-1].strip() if minus else text
        if text.endswith("-"):
            minus, text = True, text[:-1].strip()
        value = read_number(text, notation)
        return -value if minus else value


_KINDS: dict[str, Kind] = {
    "booked_on": Day(),
    "transaction": Text(200),
    "text": Text(2_000),
    "payer": Text(300),
    "currency": Text(10),
}


def columns(titles: Mapping[str, tuple[str, ...]] = TITLES) -> list[Column]:
    """What a statement may say."""
    return [Column(name, titles[name], _KINDS.get(name, Sum()), required=name == "booked_on") for name in NAMES]


def read(data: bytes, *, filename: str) -> Sheet:
    """A bank's file. Where it is in an old code page it is read in the likeliest one.

    What matters, references, days and amounts, is the same in all; of a name an accent may be wrong.
    """
    try:
        return read_sheet(data, filename=filename)
    except SheetError as refusal:
        guess = {"windows-1258": "cp1258", "windows-1252": "cp1252", "utf-16": "utf-16"}
        encoding = guess.get(str(refusal.params.get("looks_like")), "")
        if refusal.code != SheetCode.WRONG_ENCODING or not encoding:
            raise
        return read_sheet(data.decode(encoding, errors="replace").encode(), filename=filename)


def digest(headers: Sequence[str]) -> str:
    """By what a heading row is known again: its words, whatever their accents, case and spaces."""
    return hashlib.sha256("|".join(map(fold, headers)).encode()).hexdigest()


def guess(headers: Sequence[str]) -> dict[str, int]:
    """Which column says what, as far as the words of its heading tell; the longest words that fit decide."""
    fitting = sorted(
        (
            (-len(fold(title)) - 100 * (fold(title) == fold(header)), place, name)
            for place, header in enumerate(headers)
            for name, titles in TITLES.items()
            for title in titles
            if _fits(title, header)
        )
    )
    found: dict[str, int] = {}
    for _length, place, name in fitting:
        if name not in found and place not in found.values():
            found[name] = place
    if "credit" in found:
        found.pop("amount", None)
    return {name: found[name] for name in NAMES if name in found}


def _fits(title: str, header: str) -> bool:
    words, meant = fold(header), fold(title)
    return meant in words if len(meant) > 3 else any(meant == fold(word) for word in re.split(r"[\W_]+", header))


def arranged(sheet: Sheet, places: Mapping[str, int]) -> Sheet:
    """The sheet with these columns alone, under their names; days are made plain where the whole column tells how."""
    american = "booked_on" in places and _is_american(sheet, places["booked_on"])
    rows = [
        Row(row.number, tuple(_cell(row, place, name == "booked_on" and american) for name, place in places.items()))
        for row in sheet.rows
    ]
    return Sheet(list(places), rows, sheet.title)


def no_movements(sheet: Sheet) -> list[int]:
    """The numbers of the rows of an arranged sheet that name no day: totals, balances carried, the rest of a text."""
    place = sheet.headers.index("booked_on")
    return [row.number for row in sheet.rows if not _names_a_day(row.cells[place])]


def notation_of(sheet: Sheet) -> Notation | None:
    """How the numbers of an arranged sheet are written; no currency has three decimals, so 500.000 is half a million.

    None when the numbers do not agree.
    """
    votes = set()
    for name in ("credit", "debit", "amount", "balance"):
        if name in sheet.headers:
            place = sheet.headers.index(name)
            votes |= {_vote(row.cells[place]) for row in sheet.rows} - {None}
    return votes.pop() if len(votes) == 1 else None


def _vote(cell: Cell) -> Notation | None:
    if not isinstance(cell, str):
        return None
    marks = [mark for mark in cell if mark in ".,"]
    if not marks:
        return None
    after = len(re.sub(r"\D", "", cell[cell.rindex(marks[-1]) :]))
    if len(set(marks)) == 2:
        decimal = marks[-1]
    elif len(marks) > 1 or after == 3:
        decimal = "," if marks[0] == "." else "."
    else:
        decimal = marks[0]
    return Notation.VIETNAMESE if decimal == "," else Notation.ENGLISH


def _cell(row: Row, place: int, american: bool) -> Cell:
    cell = row.cells[place] if place < len(row.cells) else None
    if american and isinstance(cell, str) and (parts := _THREE_PARTS.match(cell.strip())):
        month, mark, day, year = parts.groups()
        return f"{day}{mark}{month}{mark}{year}"
    return cell


def _is_american(sheet: Sheet, place: int) -> bool:
    """Whether the month stands first in a column of days: some can only be read so, and none otherwise."""
    parts = [_THREE_PARTS.match(clean(written(_cell(row, place, False)))) for row in sheet.rows]
    firsts = [(int(found[1]), int(found[3])) for found in parts if found]
    return any(second > 12 for _first, second in firsts) and all(first <= 12 for first, _second in firsts)


def _names_a_day(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_LIKE_A_DAY.search(cell)) or bool(re.fullmatch(r"\d{5}", cell.strip()))
    return cell is not None


def _without_hour(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = re.sub(r"(?<=\d)T(?=\d{1,2}:)", " ", cell.strip())
    text = clean(_TIME.sub("", text))
    short = _SHORT_YEAR.fullmatch(text)
    return f"{short[1]}{short[2]}{short[3]}{short[2]}20{short[4]}" if short else text


def moved(values: Mapping[str, Value]) -> Decimal:
    """What a row says moved: in less out, whatever the sign with which the bank writes what went out."""
    amount = _sum(values, "amount")
    return amount + abs(_sum(values, "credit")) - abs(_sum(values, "debit"))


def _sum(values: Mapping[str, Value], name: str) -> Decimal:
    value = values.get(name)
    return value if isinstance(value, Decimal) else Decimal(0)
