"""Numbers written by people: read only when they can be read in one way."""

import re
from decimal import Decimal
from enum import StrEnum

from fairs.sheets.refusals import CellCode, CellError


class Notation(StrEnum):
    """How the numbers of a sheet are declared to be written."""

    VIETNAMESE = "vi"  # 1.234,5
    ENGLISH = "en"  # 1,234.5

    @property
    def mark(self) -> str:
        return "," if self is Notation.VIETNAMESE else "."


_GROUPED = r"[1-9]\d{{0,2}}(?:\{group}\d{{3}})+|[1-9]\d{{0,2}}(?: \d{{3}})+|\d+"
_WRITTEN = {
    Notation.VIETNAMESE: re.compile(rf"(-?)({_GROUPED.format(group='.')})?(?:,(\d+))?", re.ASCII),
    Notation.ENGLISH: re.compile(rf"(-?)({_GROUPED.format(group=',')})?(?:\.(\d+))?", re.ASCII),
}
_CURRENCIES = {
    "đ": "VND",
    "₫": "VND",
    "vnđ": "VND",
    "vnd": "VND",
    "đồng": "VND",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_CURRENCIES, key=len, reverse=True))
_AMOUNT = re.compile(rf"([+-]?) ?({_UNIT})? ?([+-]?)([\d., ]*\d) ?({_UNIT})?", re.ASCII | re.IGNORECASE)


def read_number(text: str, notation: Notation | None = None, currency: str = "") -> Decimal:
    """The number in cleaned text. A unit of money may stand on either side, of `currency` if one is given.

    Without a declared notation 1.234 is refused as ambiguous_number, both readings offered; with one, what
    only the other can write is refused as other_notation. Also refuses not_a_number and other_currency.
    """
    digits, found = _parts(text)
    readings = {each: value for each in Notation if (value := _reading(digits, each)) is not None}
    if not readings:
        raise CellError(CellCode.NOT_A_NUMBER)
    if currency and found not in ("", currency):
        raise CellError(CellCode.OTHER_CURRENCY, expected=currency, found=found)
    return _chosen(readings, notation)


def write_number(value: Decimal, notation: Notation | None = None) -> str:
    """The number without grouping, written so that `read_number` under the same notation gives it back."""
    digits = f"{value:f}"
    if notation is None and re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", digits):
        digits += "0"  # four decimals cannot be taken for thousands
    return digits.replace(".", notation.mark) if notation else digits


def _parts(text: str) -> tuple[str, str]:
    """The digits with sign and marks, and the ISO code of the currency or nothing."""
    match = _AMOUNT.fullmatch(text.replace("\N{MINUS SIGN}", "-"))
    if not match:
        raise CellError(CellCode.NOT_A_NUMBER)
    outer, before, inner, digits, after = match.groups()
    if (outer and inner) or (before and after):
        raise CellError(CellCode.NOT_A_NUMBER)
    sign = (outer + inner).replace("+", "")
    return sign + digits, _CURRENCIES.get((before or after or "").lower(), "")


def _reading(digits: str, notation: Notation) -> Decimal | None:
    match = _WRITTEN[notation].fullmatch(digits)
    if not match:
        return None
    sign, whole, fraction = match.groups()
    whole = re.sub(r"[., ]", "", whole or "0")
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else sign + whole)


def _chosen(readings: dict[Notation, Decimal], notation: Notation | None) -> Decimal:
    if notation in readings:
        return readings[notation]
    values = tuple(readings.values())
    if notation:
        raise CellError(CellCode.OTHER_NOTATION, write_number(values[0], notation), reading=values[0])
    if len(set(values)) > 1:
        raise CellError(CellCode.AMBIGUOUS_NUMBER, *map(write_number, values), readings=values)
    return values[0]
