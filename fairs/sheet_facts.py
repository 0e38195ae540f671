"""Kinds of column whose values are facts of the fair: provinces, craft villages, product groups."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fairs.models import CraftVillage, ProductGroup, Province
from fairs.sheets import Cell, CellCode, CellError, Choice, Choices, Notation, Text, fold
from fairs.sheets.table import written
from fairs.templatetags.fair import language

# By the code of the statistics office: what people write instead of the full name.
SHORT_NAMES = {
    "01": ("HN",),
    "46": ("Huế", "TT Huế", "Hue"),
    "77": ("Vũng Tàu", "BR-VT", "BRVT"),
    "79": ("HCM", "TPHCM", "TP HCM", "Sài Gòn", "Saigon"),
}


@dataclass(frozen=True, slots=True)
class OfItsTime:
    """A province of one day by its code. Refuses not_a_choice, with what stood then for a name of another time."""

    then: Choice
    others: Mapping[str, tuple[str, ...]]
    blank: str = ""

    @property
    def titles(self) -> Mapping[str, tuple[str, ...]]:
        return self.then.titles

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        try:
            return self.then.read(cell)
        except CellError as refusal:
            offers = self.others.get(fold(written(cell)), refusal.suggestions)
            raise CellError(CellCode.NOT_A_CHOICE, *offers, **refusal.params) from None


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the known values, or the text itself where the list does not have it."""

    known: Choice
    text: Text
    blank: str = ""

    def read(self, cell: Cell, notation: Notation | None = None) -> str:
        text = self.text.read(cell)
        return self.known.read(text) if self.known.knows(text) else text


def provinces(day: date) -> OfItsTime:
    """The provinces of a day."""
    stood = {province.pk: province for province in Province.objects.on(day)}
    others: dict[str, tuple[str, ...]] = {}
    for province in Province.objects.exclude(pk__in=stood).prefetch_related("predecessors"):
        kin = [province.successor_id, *(earlier.pk for earlier in province.predecessors.all())]
        offers = tuple(in_both(stood[pk])[0] for pk in kin if pk in stood)
        others |= {fold(title): offers for title in _province_titles(province)} if offers else {}
    return OfItsTime(Choice({one.code: _province_titles(one) for one in stood.values()}), others)


def craft_villages() -> Listed:
    """The craft villages of the list by their short names; a title that two of them share finds neither."""
    titles = {village.slug: _village_titles(village) for village in CraftVillage.objects.all()}
    shared = Counter(key for names in titles.values() for key in {fold(name) for name in names})
    sole = {slug: tuple(name for name in names if shared[fold(name)] == 1) or (slug,) for slug, names in titles.items()}
    return Listed(Choice(sole), Text(300))


def product_groups() -> Choices:
    """The product groups by their codes."""
    return Choices({group.code: in_both(group) for group in ProductGroup.objects.all()})


def in_both(thing: Any) -> tuple[str, str]:
    """Its names, the reader's language first."""
    names = (thing.name_vi, thing.name_en or thing.name_vi)
    return names if language() == "vi" else (names[1], names[0])


def one_of(things: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """Titles of things with a code and names in both languages."""
    return {thing.code: in_both(thing) for thing in things}


def _province_titles(province: Province) -> tuple[str, ...]:
    vi, en = province.name_vi, province.name_en
    if province.kind == "city":
        kinds = (f"Thành phố {vi}", f"TP {vi}", f"{en} City")
    else:
        kinds = (f"Tỉnh {vi}", f"T {vi}", f"{en} Province")
    return (*in_both(province), *kinds, *SHORT_NAMES.get(province.code, ()))


def _village_titles(village: CraftVillage) -> tuple[str, ...]:
    name = village.name_vi
    return (name, f"Làng {name}", f"Làng nghề {name}", f"{village.craft_vi} {name}", f"Làng {village.craft_vi} {name}")
