"""Kinds of column that say how to reach somebody: e-mail, phone, country, tax code."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import phonenumbers
from babel import Locale
from babel.core import get_global

from fairs.sheets.numerals import Notation
from fairs.sheets.refusals import CellCode, CellError
from fairs.sheets.table import Cell, written
from fairs.sheets.wording import fold

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.I | re.ASCII)
_PHONE_SEPARATOR = re.compile(r"[/;,]| - | hoặc | or ")
_TAX_CODE = re.compile(r"\d{10}(?:-\d{3})?|\d{12}", re.ASCII)
_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
_OTHER_NAMES = {
    "AE": ("UAE",),
    "AT": ("Áo",),
    "AU": ("Úc",),
    "BE": ("Bỉ",),
    "CI": ("Ivory Coast", "Bờ Biển Ngà"),
    "CZ": ("Czech Republic", "Cộng hòa Séc", "Tiệp Khắc"),
    "DK": ("Đan Mạch",),
    "EG": ("Ai Cập",),
    "GB": ("Anh", "Anh Quốc", "England", "Great Britain"),
    "HK": ("Hồng Kông", "Hong Kong"),
    "ID": ("Nam Dương",),
    "IN": ("Ấn Độ",),
    "IT": ("Ý",),
    "JP": ("Nhật",),
    "KR": ("Hàn", "Korea", "Republic of Korea", "Nam Hàn"),
    "LA": ("Laos", "Lào"),
    "MM": ("Burma", "Miến Điện"),
    "MO": ("Ma Cao", "Macau", "Macao"),
    "NL": ("Holland", "The Netherlands"),
    "RU": ("Nga", "Liên bang Nga", "Russian Federation"),
    "SE": ("Thụy Điển",),
    "CH": ("Thụy Sĩ",),
    "TR": ("Turkey",),
    "TW": ("Đài Bắc Trung Hoa", "Chinese Taipei"),
    "US": ("Mỹ", "USA", "U.S.A.", "United States of America", "Hợp chủng quốc Hoa Kỳ"),
    "VN": ("Vietnam", "Viet Nam"),
}


@dataclass(frozen=True, slots=True)
class Email:
    """An address in lower case. Refuses not_an_email, the likely address offered."""

    max_length: int = 254
    blank: str = ""

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        text = written(cell).lower()
        if len(text) > self.max_length:
            raise CellError(CellCode.TOO_LONG, limit=self.max_length, length=len(text))
        if not _EMAIL.fullmatch(text):
            likely = _likely_email(text)
            raise CellError(CellCode.NOT_AN_EMAIL, *([likely] if _EMAIL.fullmatch(likely) else []))
        return text


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in the form +84912345678; one without a country code belongs to `region`."""

    region: str = "VN"
    blank: str = ""

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        text = written(cell)
        number = _phone(text, self.region)
        if number:
            return number
        parts = [found for part in _PHONE_SEPARATOR.split(text) if (found := _phone(part, self.region))]
        if len(parts) > 1:
            raise CellError(CellCode.SEVERAL_PHONES, *parts)
        raise CellError(CellCode.NOT_A_PHONE)


@dataclass(frozen=True, slots=True)
class Country:
    """The ISO code of a country or territory named in Vietnamese, English or by its code.

    Refuses not_a_country, and as ambiguous_country what means two: MY is Malaysia's code and a bare Mỹ.
    """

    blank: str = ""

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        text = written(cell)
        found = _countries(text)
        if len(found) > 1:
            raise CellError(CellCode.AMBIGUOUS_COUNTRY, *(country_name(code) for code in sorted(found)))
        if not found:
            raise CellError(CellCode.NOT_A_COUNTRY, *_near_countries(text))
        return min(found)


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A Vietnamese tax code: 10 digits, 10-3 for a branch, or the 12 of a person."""

    blank: str = ""

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        text = re.sub(r"[ .]", "", written(cell)).replace("\N{EN DASH}", "-")
        if re.fullmatch(r"\d{13}", text, re.ASCII):
            text = f"{text[:10]}-{text[10:]}"
        if not _TAX_CODE.fullmatch(text):
            zero = "0" + text
            likely = zero if _TAX_CODE.fullmatch(zero) else ""
            raise CellError(*((CellCode.LOST_ZERO, likely) if likely else (CellCode.NOT_A_TAX_CODE,)))
        return text


def country_codes() -> set[str]:
    """The ISO codes of every country and territory that `Country` knows."""
    return set().union(*_directory()[0].values())


def country_name(code: str, language: str = "vi") -> str:
    """The name of a country or territory in a language."""
    return str(Locale(language).territories[code])


def _likely_email(text: str) -> str:
    text = text.removeprefix("mailto:").replace(",", ".").strip("<>;. ")
    return "".join(fold(char) if char.isalpha() else char for char in text if not char.isspace())


def _phone(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or re.search(r"[^\d\s().+-]", text):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _countries(text: str) -> set[str]:
    """Every country that the text may mean; without accents it may mean more of them."""
    codes, names, folded = _directory()
    found = set(names[text.casefold()]) if text.casefold() in names else set()
    if text.isupper() or text.islower():
        found |= codes.get(text.upper(), set())
    if text.isascii() or not found:
        found |= folded.get(fold(text), set())
    return found


def _near_countries(text: str) -> list[str]:
    folded = _directory()[2]
    near = get_close_matches(fold(text), folded, n=1, cutoff=0.8)
    return [country_name(code) for key in near for code in sorted(folded[key])]


@cache
def _directory() -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Countries by code, by name, by name without accents."""
    codes, names, folded = (defaultdict[str, set[str]](set) for _ in range(3))
    english, vietnamese = Locale("en").territories, Locale("vi").territories
    for code in map(str, vietnamese):
        if code in _NOT_COUNTRIES or not re.fullmatch(r"[A-Z]{2}", code):
            continue
        codes[code].add(code)
        for name in (english[code], vietnamese[code], *_OTHER_NAMES.get(code, ())):
            for part in (name, *re.split(r"\s*[()]", name)):
                names[part.casefold()].add(code)
                folded[fold(part)].add(code)
    for alias, targets in get_global("territory_aliases").items():
        if re.fullmatch(r"[A-Z]{2,3}", alias) and len(targets) == 1 and targets[0] in codes:
            codes[alias].add(targets[0])
    return dict(codes), dict(names), dict(folded)
