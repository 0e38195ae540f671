"""Facts that every fair in Vietnam starts from: provinces over time, craft villages, goods, materials, certificates."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Province:
    """A province-level unit while it stood. A code means nothing without a date: 15 was Yên Bái, is Lào Cai.

    kind is city or province; iso is the ISO 3166-2 code of the old unit ("" for the units since 2025);
    successor is the code of the unit it became part of ("" while it stands).
    """

    code: str
    name_vi: str
    name_en: str
    kind: str
    region: str
    iso: str
    valid_from: date
    valid_to: date | None
    successor: str

    def stood_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CraftVillage:
    """A craft village of Hanoi, with where it lay in 2018 and lies since 1 July 2025.

    commune_now and its code are empty where the conversion is open; certain is False where a fact of the row
    awaits a second source.
    """

    slug: str
    name_vi: str
    name_en: str
    craft_vi: str
    craft_en: str
    product_group: str
    commune_2018: str
    district_2018: str
    commune_now: str
    commune_code_now: str
    certain: bool


@dataclass(frozen=True, slots=True)
class ProductGroup:
    """A kind of goods; kind is core, related or technical, hs6 are six-digit examples (HS 2022)."""

    code: str
    name_vi: str
    name_en: str
    kind: str
    hs_headings: tuple[str, ...]
    hs6: tuple[str, ...]
    buyers_ask: str


@dataclass(frozen=True, slots=True)
class Material:
    """What crafts are made of; kind is plant, wood, ceramic, textile, animal, metal, mineral, paper or other."""

    code: str
    name_vi: str
    name_en: str
    kind: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What buyers ask a maker to prove, such as a label; kind is social, fair_trade, forest, material and so on."""

    code: str
    name_vi: str
    name_en: str
    kind: str


@cache
def _provinces() -> tuple[Province, ...]:
    return tuple(
        Province(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            kind=row["kind"],
            region=row["region"],
            iso=row["iso"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            successor=row["successor"],
        )
        for row in _rows("provinces.csv")
    )


def provinces(on: date | None = None) -> list[Province]:
    """All units, 63 until mid 2025 and 34 since, in order of date and code; or those of one day."""
    return [province for province in _provinces() if on is None or province.stood_on(on)]


@cache
def province_tiles() -> dict[tuple[str, date], tuple[int, int]]:
    """Column and row of each unit on a map of equal tiles, by its code and its first day."""
    return {
        (row["code"], date.fromisoformat(row["valid_from"])): (int(row["column"]), int(row["row"]))
        for row in _rows("province_tiles.csv")
    }


@cache
def country_tiles() -> dict[str, tuple[int, int]]:
    """Column and row of each country or territory on a map of equal tiles, by its code of two letters.

    Those where nobody lives for good have none.
    """
    return {row["code"]: (int(row["column"]), int(row["row"])) for row in _rows("country_tiles.csv")}


def craft_villages() -> list[CraftVillage]:
    """The villages of the list, in its own order."""
    return [
        CraftVillage(**{**row, "certain": row["certain"] == "yes"})  # type: ignore[arg-type]
        for row in _rows("craft_villages.csv")
    ]


def product_groups() -> list[ProductGroup]:
    """The 35 product groups, crafts first."""
    return [
        ProductGroup(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            kind=row["kind"],
            hs_headings=tuple(row["hs_headings"].split()),
            hs6=tuple(row["hs6"].split()),
            buyers_ask=row["buyers_ask"],
        )
        for row in _rows("product_groups.csv")
    ]


def holidays() -> list[dict[str, Any]]:
    """Public holidays of Viet Nam that are known by date, and the weekend days worked on for another."""
    rows = _rows("holidays.csv")
    return [row | {"date": date.fromisoformat(row["date"]), "works": row["works"] == "yes"} for row in rows]


def request_terms() -> list[dict[str, Any]]:
    """Within how many working days requests about one's own data are answered, with the law."""
    counts = ("acknowledge_days", "days", "extension_days")
    return [{**row, **{name: int(row[name]) for name in counts}} for row in _rows("request_terms.csv")]


def materials() -> list[Material]:
    """What crafts of the fair are made of, in the order in which forms offer it."""
    return [Material(**row) for row in _rows("materials.csv")]


def certificates() -> list[Certificate]:
    """What buyers of crafts ask for, those on people and forests first."""
    return [Certificate(**row) for row in _rows("certificates.csv")]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
