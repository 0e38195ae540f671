"""Invented goods: drawn from patterns of what is truly made, group by group."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from fairs.invention.tables import rows, sections
from fairs.invention.words import chosen

UNITS_EN = {
    "chiếc": "piece",
    "bộ": "set",
    "mét": "metre",
    "đôi": "pair",
    "bức": "picture",
    "kg": "kg",
    "hộp": "box",
    "cuốn": "book",
    "pho": "statue",
    "chuỗi": "string",
    "tờ": "sheet",
    "bó": "bunch",
    "cành": "stem",
    "chai": "bottle",
    "túi": "bag",
    "m³": "m³",
    "gói": "package",
    "mẫu": "sample",
    "lô": "lot",
    "công": "container",
    "chuyến": "trip",
}


@dataclass(frozen=True, slots=True)
class ProductIdea:
    """One article. Prices are US$ a unit FOB, moq and capacity_month are units, lead_days end at the port.

    hs6 is six digits of HS 2022, "" for a service.
    """

    name_vi: str
    name_en: str
    group: str
    hs6: str
    materials_vi: str
    materials_en: str
    unit_vi: str
    unit_en: str
    moq: int
    capacity_month: int
    lead_days: int
    price_low: Decimal
    price_high: Decimal
    new_design: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to name and price an article; line marks what only some makers make."""

    group: str
    hs6: str
    low: float
    high: float
    moq: int
    unit: str
    materials: tuple[str, ...]
    name_vi: str
    name_en: str
    line: str


@cache
def patterns() -> tuple[Pattern, ...]:
    return tuple(
        Pattern(
            group=group,
            hs6=hs6,
            low=float(price.split("-")[0]),
            high=float(price.split("-")[1]),
            moq=int(moq),
            unit=unit,
            materials=tuple(materials.split("+")) if materials else (),
            name_vi=name_vi,
            name_en=name_en,
            line=line,
        )
        for group, lines in sections("products").items()
        for hs6, price, moq, unit, materials, name_vi, name_en, line in lines
    )


def assortment(
    rng: random.Random, group: str, line: str, count: int, *, is_taken: Callable[[str], bool]
) -> list[ProductIdea]:
    """Up to `count` articles of one maker, no pattern twice; avoids names that are taken where it can.

    A maker with a special line shows that line; others never do.
    """
    own = [pattern for pattern in patterns() if pattern.group == group and pattern.line == line]
    usual = [pattern for pattern in patterns() if pattern.group == group and not pattern.line]
    drawn = rng.sample(own, min(count, len(own)))
    if line and len(drawn) < count and len(own) < 3:
        drawn += rng.sample(usual, min(count - len(drawn), len(usual)))
    return [_article(rng, pattern, is_taken) for pattern in drawn]


def _article(rng: random.Random, pattern: Pattern, is_taken: Callable[[str], bool]) -> ProductIdea:
    name_vi, name_en = _free_name(rng, pattern, is_taken)
    low, high = _price_band(rng, pattern)
    return ProductIdea(
        name_vi=name_vi,
        name_en=name_en,
        group=pattern.group,
        hs6=pattern.hs6,
        materials_vi=", ".join(_materials()[code][0] for code in pattern.materials),
        materials_en=", ".join(_materials()[code][1] for code in pattern.materials),
        unit_vi=pattern.unit,
        unit_en=UNITS_EN[pattern.unit],
        moq=pattern.moq,
        capacity_month=pattern.moq * rng.randint(3, 14),
        lead_days=rng.choice((20, 25, 30, 30, 35, 40, 45, 45, 60, 75)),
        price_low=low,
        price_high=high,
        new_design=rng.random() < 0.3,
    )


def _free_name(rng: random.Random, pattern: Pattern, is_taken: Callable[[str], bool]) -> tuple[str, str]:
    """A name in both languages that no other maker uses, with a finish added where needed and known."""
    finishes = [(vi, en) for group, vi, en in rows("finishes") if group == pattern.group]
    for attempt in range(24):
        name_vi, name_en = chosen(rng, (pattern.name_vi, pattern.name_en))
        if attempt >= 4 and finishes:
            finish_vi, finish_en = rng.choice(finishes)
            name_vi, name_en = f"{name_vi}, {finish_vi}", f"{name_en}, {finish_en}"
        if not is_taken(name_vi):
            break
    return name_vi, name_en


def _price_band(rng: random.Random, pattern: Pattern) -> tuple[Decimal, Decimal]:
    """A band inside the pattern's, the upper end a quarter to nine tenths above the lower."""
    low = pattern.low + (pattern.high - pattern.low) * rng.random() * 0.5
    high = min(pattern.high, low * (1.25 + 0.65 * rng.random()))
    return _rounded(low), max(_rounded(high), _rounded(low))


def _rounded(price: float) -> Decimal:
    """To ten cents below US$20, to half a dollar below 100, to whole dollars above."""
    step = Decimal("0.1") if price < 20 else Decimal("0.5") if price < 100 else Decimal(1)
    return max(step, (Decimal(f"{price:.4f}") / step).quantize(Decimal(1)) * step).quantize(Decimal("0.01"))


@cache
def _materials() -> dict[str, tuple[str, str]]:
    return {code: (vi, en) for code, vi, en in rows("materials")}
