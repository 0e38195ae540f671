"""Invented importers: 640 companies of 40 countries and territories, each with the person who comes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from fairs.invention.people import PersonIdea
from fairs.invention.tables import rows
from fairs.invention.words import apportioned, capitalised, latin_slug

OPENING = date(2018, 10, 18)
HOSTED = {"full": 40, "semi": 50, "appointment": 30}
"""Of 640: flight share, hotel and transfer; hotel and transfer; transfer and badge."""

VOLUMES = {"under_100k": 30, "100k_500k": 34, "500k_2m": 22, "2m_10m": 11, "over_10m": 3}
PRICE_BANDS = {"low": 18, "middle": 46, "upper": 28, "luxury": 8}
ORDER_SIZES = {"trial": 26, "pallets": 34, "container": 29, "containers": 11}


@dataclass(frozen=True, slots=True)
class ImporterIdea:
    """A company and its buyer as they register.

    key is unique; country is ISO alpha-2; volume is what is bought a year in US$ (keys of VOLUMES); hosted is
    full, semi, appointment or "" for an importer who pays everything; languages go from best to least.
    """

    key: str
    name: str
    country: str
    city: str
    website: str
    phone: str
    contact: PersonIdea
    groups: tuple[str, ...]
    volume: str
    price_band: str
    order_size: str
    hosted: str
    interest: str
    languages: tuple[str, ...]
    currency: str
    first_visit: bool
    arrival: date
    departure: date


@dataclass(frozen=True, slots=True)
class _Country:
    code: str
    weight: int
    pools: tuple[str, ...]
    languages: tuple[str, ...]
    phone: str
    cities: tuple[str, ...]
    currency: str


def importers(seed: int, count: int = 640) -> list[ImporterIdea]:
    """`count` importers, the same for the same seed and count, in the order in which they registered."""
    rng = random.Random(f"importers {seed} {count}")
    shares = apportioned(count, [country.weight for country in _countries()])
    homes = [country for country, share in zip(_countries(), shares, strict=True) for _ in range(share)]
    rng.shuffle(homes)
    grades = _grades(rng, count)
    taken: set[str] = set()
    return [_importer(rng, country, grade, taken) for country, grade in zip(homes, grades, strict=True)]


def _importer(rng: random.Random, country: _Country, hosted: str, taken: set[str]) -> ImporterIdea:
    pool = rng.choice(country.pools)
    city = rng.choice(country.cities)
    name, founder = _firm(rng, country, pool, city, taken)
    key = latin_slug(name)
    taken.add(key)
    groups, interest = _wishes(rng)
    contact = _person(rng, pool, f"{key}.example", founder)
    arrival = OPENING + timedelta(days=rng.choices((-2, -1, 0, 1), (18, 52, 22, 8))[0])
    stay = rng.choices((2, 3, 4, 5, 6, 8), (12, 24, 28, 20, 10, 6))[0]
    return ImporterIdea(
        key=key,
        name=name,
        country=country.code,
        city=city,
        website=f"https://{key}.example",
        phone=_dialled(rng, country.phone),
        contact=contact,
        groups=groups,
        volume=_weighted(rng, VOLUMES),
        price_band=_weighted(rng, PRICE_BANDS),
        order_size=_weighted(rng, ORDER_SIZES),
        hosted=hosted,
        interest=interest,
        languages=country.languages,
        currency=country.currency,
        first_visit=rng.random() < 0.58,
        arrival=arrival,
        departure=arrival + timedelta(days=stay),
    )


def _grades(rng: random.Random, count: int) -> list[str]:
    """Who is hosted how, 120 of 640, shuffled."""
    ordinary = 640 - sum(HOSTED.values())
    shares = apportioned(count, [*HOSTED.values(), ordinary])
    grades = [grade for grade, share in zip((*HOSTED, ""), shares, strict=True) for _ in range(share)]
    rng.shuffle(grades)
    return grades


def _firm(
    rng: random.Random, country: _Country, pool: str, city: str, taken: set[str]
) -> tuple[str, tuple[str, str] | None]:
    """A company name in the country's manner that nobody has, with the family in it.

    A city tells two apart when names run short.
    """
    patterns, words = _styles()[country.code if country.code in _styles() else pool]
    for attempt in range(400):
        pattern = rng.choice(patterns)
        family = rng.choice(_names(pool, "family"))
        shown = capitalised(_plain(family[0]))
        name = pattern.format(family=shown, word=rng.choice(words), city=city)
        if attempt >= 60:
            name = f"{name} ({city})"
        if attempt >= 120:
            name = f"{name} {rng.randint(2, 999)}"
        if latin_slug(name) not in taken:
            return name, family if "{family}" in pattern else None
    raise LookupError(f"no free company name is left in {country.code}")


def _person(rng: random.Random, pool: str, domain: str, founder: tuple[str, str] | None) -> PersonIdea:
    """A buyer, named in Latin letters and, where it differs, in the own script and its order.

    An owner bears the name over the door.
    """
    sex = rng.choice("mf")
    title = rng.choices([row[1] for row in rows("titles")], [int(row[0]) for row in rows("titles")])[0]
    family, own_family = rng.choice(_names(pool, "family"))
    if founder and title in ("Owner", "Founder"):
        family, own_family = founder
    given, own_given = rng.choice(_names(pool, sex))
    family, given = _plain(family), _plain(given)
    if pool == "ru" and sex == "f":
        family, own_family = f"{family}a", f"{own_family}а"
    elif pool in ("pl", "cs") and sex == "f":
        family = _feminine(family)
    family_first = pool == "ko" or pool.startswith("zh")
    together = pool == "ja" or family_first
    own = f"{own_family} {own_given}" if pool == "ja" else own_family + own_given if together else ""
    if own_family and not together:
        own = f"{own_given} {own_family}"
    full_name = f"{family} {given}" if family_first else f"{given} {family}"
    return PersonIdea(
        full_name=full_name,
        given_name=given,
        family_name=family,
        latin=full_name,
        original=own,
        sex=sex,
        address_vi="Ông" if sex == "m" else "Bà",
        address_en="Mr" if sex == "m" else "Ms",
        position_vi="",
        position_en=title,
        email=f"{latin_slug(given)}.{latin_slug(family)}@{domain}",
    )


def _feminine(family: str) -> str:
    """A Polish or Czech family name as a woman bears it."""
    for ending, hers in (("ski", "ska"), ("cki", "cka"), ("ák", "áková"), ("ek", "ková")):
        if family.endswith(ending):
            return family.removesuffix(ending) + hers
    return family


def _wishes(rng: random.Random) -> tuple[tuple[str, ...], str]:
    """One to four product groups, and a line about the first of them."""
    table = rows("buyers")
    groups: list[str] = []
    for _ in range(rng.choices((1, 2, 3, 4), (20, 38, 28, 14))[0]):
        left = [row for row in table if row[0] not in groups]
        groups.append(rng.choices([row[0] for row in left], [int(row[1]) for row in left])[0])
    lines = next(row[2] for row in table if row[0] == groups[0])
    return tuple(groups), rng.choice(lines.split(";"))


def _dialled(rng: random.Random, pattern: str) -> str:
    """A number of the pattern; the American area codes are real ones, the rest is set aside for fiction."""
    if "+1 ###" in pattern:
        pattern = pattern.replace("###", rng.choice(("212", "310", "312", "404", "206", "503", "617")), 1)
    return "".join(str(rng.randrange(10)) if mark == "#" else mark for mark in pattern)


def _weighted(rng: random.Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


@cache
def _countries() -> tuple[_Country, ...]:
    return tuple(
        _Country(
            code=code,
            weight=int(weight),
            pools=tuple(pools.split()),
            languages=tuple(languages.split()),
            phone=phone,
            cities=tuple(_plain(city) for city in cities.split()),
            currency=currency,
        )
        for code, weight, pools, languages, phone, cities, currency in rows("countries")
    )


@cache
def _styles() -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    return {
        style: (patterns.split(";"), [_plain(word) for word in words.split()])
        for style, patterns, words in rows("firms")
    }


@cache
def _names(pool: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Names of a pool with their own script, "" where Latin is the own script."""
    line = next(row[2] for row in rows("names_world") if row[:2] == (pool, kind))
    pairs = (name.partition("=") for name in line.split())
    return tuple((latin, own) for latin, _, own in pairs)


def _plain(name: str) -> str:
    return name.replace("_", " ")
