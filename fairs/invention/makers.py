"""Where a maker works, what the trade is called there, how the address reads."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from fairs.invention.tables import pairs, rows
from fairs.invention.words import capitalised, unaccented
from fairs.reference import craft_villages, provinces

FAIR_DAY = date(2018, 10, 18)
HANOI = "01"
SOUTH = "70"
"""Codes from here on are southern provinces, where hamlets are ấp and alleys hẻm."""

OWN_WORD = ("Bản ", "Buôn ", "Phũm ", "Làng ")
"""Villages whose name already holds the word for village."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A village or ward with its trade, as it lay in October 2018. village is "" in a town ward."""

    province: str
    province_vi: str
    province_en: str
    village: str
    slug: str
    commune: str
    district: str
    group: str
    line: str
    families: tuple[str, ...]

    @property
    def place_vi(self) -> str:
        """For a sentence: làng Phú Vinh, Hà Nội."""
        if not self.village:
            return f"{self.district}, {self.province_vi}"
        word = "phố " if self.slug == "hang-bac" else "" if self.village.startswith(OWN_WORD) else "làng "
        name = self.village.replace("Bản ", "bản ", 1).replace("Buôn ", "buôn ", 1)
        return f"{word}{name}, {self.province_vi}"

    @property
    def place_en(self) -> str:
        if not self.village:
            return f"{_english_unit(self.district)}, {self.province_en}"
        word = "street" if self.slug == "hang-bac" else "village"
        return f"{unaccented(self.village)} {word}, {self.province_en}"


@cache
def workplaces(group: str) -> tuple[Workplace, ...]:
    """Every place known for goods of the group, Hanoi's villages first."""
    names = {province.code: province for province in provinces(FAIR_DAY)}
    lines = pairs("lines")
    hanoi = [
        Workplace(
            province=HANOI,
            province_vi=names[HANOI].name_vi,
            province_en=names[HANOI].name_en,
            village=village.name_vi,
            slug=village.slug,
            commune=village.commune_2018,
            district=village.district_2018,
            group=group,
            line=lines.get(village.slug, ""),
            families=(),
        )
        for village in craft_villages()
        if village.product_group == group
    ]
    others = [
        Workplace(
            province=code,
            province_vi="TP Hồ Chí Minh" if code == "79" else names[code].name_vi,
            province_en=names[code].name_en,
            village=village,
            slug="",
            commune=where.split(", ")[0],
            district=where.split(", ")[1],
            group=group,
            line=line,
            families=tuple(families.split()),
        )
        for code, village, where, known_for, line, families in rows("places")
        if known_for == group
    ]
    return tuple(hanoi + others)


def spread(rng: random.Random, group: str, count: int, used: Counter[str]) -> list[Workplace]:
    """`count` workplaces for makers of a group: about 45 in 100 in Hanoi, provinces seen least come first.

    `used` counts makers by province over all groups and is kept up to date.
    """
    known = workplaces(group)
    home = [place for place in known if place.province == HANOI]
    away = [place for place in known if place.province != HANOI]
    at_home = count if not away else 0 if not home else max(round(count * 0.445), count - 3 * len(away))
    chosen = [_least_used(rng, home, Counter()) for _ in range(at_home)]
    for _ in range(count - at_home):
        chosen.append(place := _least_used(rng, away, used))
        used[place.province] += 1
    used[HANOI] += at_home
    return chosen


def craft(rng: random.Random, place: Workplace) -> tuple[str, str, str]:
    """The trade as it stands in a Vietnamese name, in an English name and in an English sentence."""
    for line in (place.line, ""):
        for group, own, vi, en, sentence in rows("crafts"):
            if (group, own) == (place.group, line):
                return rng.choice(vi.split(";")), rng.choice(en.split(";")), sentence
    raise LookupError(f"no trade is named for {place.group}")


def address(rng: random.Random, place: Workplace) -> tuple[str, str]:
    """One postal line in Vietnamese and in English, in the words of the region."""
    street_vi, street_en = _street(rng, place)
    units = (place.commune, place.district)
    return (
        ", ".join((street_vi, *units, place.province_vi)),
        ", ".join((street_en, *(_english_unit(unit) for unit in units), place.province_en)),
    )


def _street(rng: random.Random, place: Workplace) -> tuple[str, str]:
    """House and lane in a ward; hamlet, village or both in a commune."""
    number = rng.randint(1, 9)
    southern = place.province >= SOUTH
    if place.commune.startswith(("phường", "thị trấn")) and not place.families:
        house, lane = rng.randint(4, 180), rng.randint(2, 90)
        if rng.random() < 0.6:
            return f"Số {house}, {'hẻm' if southern else 'ngõ'} {lane}", f"No. {house}, alley {lane}"
        return f"Số {house}, {'khu phố' if southern else 'tổ'} {number}", f"No. {house}, block {number}"
    hamlet = "Ấp" if southern else "Thôn"
    if not place.village or place.commune.endswith(f" {place.village}"):
        return f"{hamlet} {number}", f"Hamlet {number}"
    if place.village.startswith(OWN_WORD):
        return place.village, unaccented(place.village)
    village = place.village.removesuffix(" " + place.commune.split(" ", 1)[1])
    if southern or place.families:
        return f"{hamlet} {village}", f"{unaccented(village)} hamlet"
    return f"Xóm {number}, thôn {village}", f"{unaccented(village)} village"


def phone(rng: random.Random, province: str) -> str:
    """A landline after 2000, where no exchange hands out numbers, with the area code of the province."""
    area = pairs("area_codes")[province]
    digits = rng.randrange(10 ** (4 if len(area) == 2 else 3))
    return f"+84 {area} 2000 {digits:0{4 if len(area) == 2 else 3}d}"


def _least_used(rng: random.Random, places: Sequence[Workplace], used: Counter[str]) -> Workplace:
    least = min(used[place.province] for place in places)
    return rng.choice([place for place in places if used[place.province] == least])


UNITS = {
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "huyện": "district",
    "quận": "district",
    "thị xã": "town",
    "thành phố": "city",
}


def _english_unit(unit: str) -> str:
    """xã Phú Nghĩa: Phu Nghia commune; phường 7: Ward 7."""
    for word, english in UNITS.items():
        if unit.startswith(word + " "):
            name = unaccented(unit.removeprefix(word + " "))
            return f"{capitalised(english)} {name}" if name.isdigit() else f"{name} {english}"
    return unaccented(unit)
