"""What a column holds, each kind with the one way to read its cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Protocol

from fairs.sheets.days import read_date
from fairs.sheets.numerals import Notation, read_number, write_number
from fairs.sheets.refusals import CellCode, CellError
from fairs.sheets.table import Cell, written
from fairs.sheets.wording import fold

Value = str | int | Decimal | bool | date | tuple[str, ...] | None
LARGEST = Decimal(10) ** 15
"""Beyond this a spreadsheet no longer keeps every digit."""


class Kind(Protocol):
    """Reads a filled, cleaned cell or refuses it by CellError; `blank` is the value of an empty one."""

    @property
    def blank(self) -> Value: ...

    def read(self, cell: Cell, notation: Notation | None = None) -> Value: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words, kept whole: too_long is refused, never cut."""

    max_length: int = 300
    blank: str = ""

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        text = written(cell)
        if len(text) > self.max_length:
            raise CellError(CellCode.TOO_LONG, limit=self.max_length, length=len(text))
        return text


@dataclass(frozen=True, slots=True)
class Number:
    """A Decimal, of money when a currency is given.

    Refuses too_precise and out_of_range beside what `read_number` refuses.
    """

    decimals: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""
    blank: None = None

    def read(self, cell: Cell, notation: Notation | None = None) -> Decimal:
        value = _within(_number(cell, notation, self.currency), self.minimum, self.maximum)
        if self.decimals is not None and value != round(value, self.decimals):
            suggestion = write_number(round(value, self.decimals), notation)
            raise CellError(CellCode.TOO_PRECISE, suggestion, decimals=self.decimals)
        return value


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, of which 1.234 has only one reading. Refuses not_whole and out_of_range besides."""

    minimum: int | None = None
    maximum: int | None = None
    blank: None = None

    def read(self, cell: Cell, notation: Notation | None = None) -> int:
        value = self._whole(cell, notation)
        return int(_within(value, _decimal(self.minimum), _decimal(self.maximum)))

    def _whole(self, cell: Cell, notation: Notation | None) -> Decimal:
        try:
            value = _number(cell, notation)
        except CellError as refusal:
            wholes = [each for each in refusal.params.get("readings", ()) if _is_whole(each)]
            if len(wholes) != 1:
                raise
            value = wholes[0]
        if not _is_whole(value):
            raise CellError(CellCode.NOT_WHOLE)
        return value


@dataclass(frozen=True, slots=True)
class Date:
    """A day. Refuses what `read_date` refuses."""

    blank: None = None

    def read(self, cell: Cell, notation: Notation | None = None) -> date:
        return read_date(cell)


@dataclass(frozen=True, slots=True)
class YesNo:
    """A mark for yes or no; an empty cell is no."""

    blank: bool = False

    def read(self, cell: Cell, notation: Notation | None = None) -> bool:
        text = written(cell)
        answer = _ANSWERS.get(fold(text) or text)
        if answer is None:
            raise CellError(CellCode.NOT_YES_OR_NO)
        return answer


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, each found by any of its titles or by itself. Refuses not_a_choice."""

    titles: Mapping[str, tuple[str, ...]]
    blank: str = ""
    _values: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values = {fold(str(word)): value for value, words in self.titles.items() for word in (*words, value)}
        object.__setattr__(self, "_values", values)

    @property
    def words(self) -> list[str]:
        """Every title and value as it is written."""
        return [str(word) for value, words in self.titles.items() for word in (*words, value)]

    def knows(self, text: str) -> bool:
        """Whether the text names one of the values."""
        return fold(text) in self._values

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        key = fold(written(cell))
        if key not in self._values:
            near = get_close_matches(key, self._values, n=1, cutoff=0.75)
            choices = [str(words[0]) for words in self.titles.values()]
            raise CellError(CellCode.NOT_A_CHOICE, *(self._title(each) for each in near), choices=choices)
        return self._values[key]

    def _title(self, key: str) -> str:
        return str(self.titles[self._values[key]][0])


@dataclass(frozen=True, slots=True)
class Choices:
    """Several of a few values, parted by a comma, semicolon, stroke or line; a title may hold commas itself.

    Refuses not_a_choice, and offers the cell with the nearest title in the wrong one's place.
    """

    titles: Mapping[str, tuple[str, ...]]
    blank: tuple[str, ...] = ()

    def read(self, cell: Cell, notation: Notation | None = None) -> tuple[str, ...]:
        one = Choice(self.titles)
        most = max((len(_parts(title)) for title in one.words), default=1)
        parts = _parts(written(cell))
        found: list[str] = []
        while parts:
            length = next((n for n in range(min(most, len(parts)), 0, -1) if one.knows(" ".join(parts[:n]))), 0)
            if not length:
                raise self._refusal(one, written(cell), parts[0].strip())
            found.append(one.read(" ".join(parts[:length])))
            del parts[:length]
        return tuple(dict.fromkeys(found))

    def _refusal(self, one: Choice, whole: str, part: str) -> CellError:
        try:
            one.read(part)
        except CellError as refusal:
            offers = (whole.replace(part, offer) for offer in refusal.suggestions)
            return CellError(CellCode.NOT_A_CHOICE, *offers, **refusal.params, text=part)
        raise AssertionError(part)


_PARTED = re.compile(r"[,;/|\n]| và | and | & ")
_ANSWERS = {
    **dict.fromkeys(("co", "x", "yes", "y", "true", "1", "dung", "v", "✓", "✔", "☑"), True),
    **dict.fromkeys(("khong", "ko", "k", "no", "n", "false", "0", "sai", "-", "☐"), False),
}


def _parts(text: str) -> list[str]:
    return [part for part in _PARTED.split(text) if part.strip()]


def _number(cell: Cell, notation: Notation | None, currency: str = "") -> Decimal:
    if isinstance(cell, str):
        return read_number(cell, notation, currency)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise CellError(CellCode.NOT_A_NUMBER)
    value = Decimal(f"{cell:.15g}" if isinstance(cell, float) else cell)  # a spreadsheet keeps 15 digits
    if not value.is_finite():
        raise CellError(CellCode.NOT_A_NUMBER)
    return value


def _within(value: Decimal, minimum: Decimal | None, maximum: Decimal | None) -> Decimal:
    least = -LARGEST if minimum is None else minimum
    most = LARGEST if maximum is None else maximum
    if not least <= value <= most:
        raise CellError(CellCode.OUT_OF_RANGE, minimum=minimum, maximum=maximum)
    return value


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _decimal(limit: int | None) -> Decimal | None:
    return None if limit is None else Decimal(limit)
