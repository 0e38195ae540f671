"""Invented people: Vietnamese names in their own order, with a form of address."""

import random
from dataclasses import dataclass
from functools import cache

from fairs.invention.tables import rows
from fairs.invention.words import slug


@dataclass(frozen=True, slots=True)
class PersonIdea:
    """A person. sex is m or f; latin is the name in plain letters, original in its own script or ""."""

    full_name: str
    given_name: str
    family_name: str
    latin: str
    original: str
    sex: str
    address_vi: str
    address_en: str
    position_vi: str
    position_en: str
    email: str


def vietnamese(
    rng: random.Random, *, position: tuple[str, str], domain: str, families: tuple[str, ...] = ()
) -> PersonIdea:
    """One person with a natural name; `families` narrows the family names to those of a people or village."""
    sex = rng.choice("mf")
    family = rng.choice(families or _names("family"))
    full_name, given = _full_name(rng, family, sex, highland=bool(families))
    latin = slug(full_name).replace("-", " ").title()
    return PersonIdea(
        full_name=full_name,
        given_name=given,
        family_name=family,
        latin=latin,
        original="",
        sex=sex,
        address_vi="Ông" if sex == "m" else "Bà",
        address_en="Mr" if sex == "m" else "Ms",
        position_vi=position[0],
        position_en=position[1],
        email=f"{slug(given)}.{slug(family)}@{domain}",
    )


def couple(rng: random.Random, one: PersonIdea) -> str:
    """Husband and wife as a family workshop writes them on its sign, him first: Hùng Thảo."""
    while True:
        other = rng.choice(_names("given_f" if one.sex == "m" else "given_m"))
        if slug(other) != slug(one.given_name):
            return f"{one.given_name} {other}" if one.sex == "m" else f"{other} {one.given_name}"


def _full_name(rng: random.Random, family: str, sex: str, *, highland: bool) -> tuple[str, str]:
    """Family, middle and given name, none of them alike; Văn and Thị where minorities keep to them."""
    while True:
        middle = {"m": "Văn", "f": "Thị"}[sex] if highland else rng.choice(_names(f"middle_{sex}"))
        given = rng.choice(_names(f"given_{sex}"))
        if sex == "f" and middle == "Thị" and not highland and rng.random() < 0.45:
            middle = f"Thị {rng.choice(_names('middle_f')[4:])}"
        parts = f"{family} {middle} {given}".split()
        if len(set(parts)) == len(parts):
            return f"{family} {middle} {given}", given


@cache
def _names(kind: str) -> tuple[str, ...]:
    return next(tuple(names.split()) for found, names in rows("names_vi") if found == kind)
