"""A series through the years: what was recorded of earlier editions together, beside what is known of each one since.

A recorded total covers a period and says nothing of single editions, so the two are never added up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from fairs import clock, open_data, reports
from fairs.headlines import CAME, CONTRACTS, COUNTRIES, EXHIBITORS
from fairs.models import Edition, PastResult, Publication, Series
from fairs.templatetags.fair import language
from fairs.text import fold

Number = Decimal | int | None
HELD = ""
FIGURES = {
    HELD: _("Fairs held"),
    EXHIBITORS.figure: EXHIBITORS.label,
    "C2.provinces": _("Provinces of exhibitors, as at the time of the fair"),
    CAME.figure: CAME.label,
    COUNTRIES.figure: COUNTRIES.label,
    CONTRACTS.figure: CONTRACTS.label,
    "F1.value_usd": _("Contracts, in US dollars"),
}
UNITS = {"F1.value_usd": "USD"}
ADDED = (HELD, EXHIBITORS.figure, CAME.figure, CONTRACTS.figure, "F1.value_usd")  # turns; provinces would count twice
COMPANIES = {EXHIBITORS.figure: "company", CAME.figure: "pk"}  # the column of a figure's rows that names a company
PROVINCES = {"then": "exhibitors-by-province", "now": "exhibitors-by-province-now"}


@dataclass(frozen=True)
class Known:
    """What may be said of one edition: its figures, None where nothing is recorded, those withheld, its provinces."""

    edition: Edition
    figures: Mapping[str, Number]
    withheld: frozenset[str] = frozenset()
    provinces: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # name and number by key
    companies: Mapping[str, frozenset[int]] = field(default_factory=dict)  # those behind a figure, where they are known
    version: int | None = None
    measured: bool = False

    @property
    def silent(self) -> bool:
        """Whether nothing is known of it: neither measured nor published."""
        return not self.measured and self.version is None


@dataclass(frozen=True)
class Row:
    """A figure: what was recorded of the period, and the number of each edition in their order."""

    key: str
    label: Any
    recorded: PastResult | None
    cells: list[tuple[Known, Number]]

    @property
    def unit(self) -> str:
        """The currency, empty for a count."""
        return UNITS.get(self.key, "")

    @property
    def turns(self) -> Number:
        """What the editions come to together, when several are known: who came to three counts three times."""
        numbers = [number for _known, number in self.cells if number is not None]
        return sum(numbers) if self.key in ADDED and len(numbers) > 1 else None

    @property
    def each_once(self) -> int | None:
        """How many companies these turns are, when every edition that counts names them."""
        known = [one.companies.get(self.key) for one, number in self.cells if number is not None]
        if self.turns is None or None in known:
            return None
        return len(frozenset().union(*(ids for ids in known if ids)))


def measured(edition: Edition, when: str) -> Known:
    """An edition as the report measures it now."""
    table = open_data.counted(PROVINCES[when])
    parts = table.parts(edition) if table else []
    found = open_data.measured(FIGURES, edition)
    return Known(
        edition,
        {HELD: _held(edition)} | {name: one.value for name, one in found.items()},
        provinces={one.key: (one.name_vi if language() == "vi" else one.name_en, one.number) for one in parts},
        companies={name: _companies(name, column, edition) for name, column in COMPANIES.items()},
        measured=True,
    )


def published(edition: Edition, of: Publication | None, when: str) -> Known:
    """An edition as the newest version of its open data tells it; nothing while there is none."""
    content = of.content if of else {"totals": [], "tables": []}
    totals = {one["figure"]: one for one in content["totals"]}
    rows: list[dict[str, Any]] = next(
        (table["rows"] for table in content["tables"] if table["key"] == PROVINCES[when]), []
    )
    told = {name: Decimal(one["value"]) for name, one in totals.items() if one["value"] is not None}
    return Known(
        edition,
        {HELD: _held(edition)} | {name: told.get(name) for name in FIGURES if name},
        frozenset(name for name, one in totals.items() if one["withheld"]),
        {row["key"]: (row["name"][language()], int(row["value"])) for row in rows},
        version=of.number if of else None,
    )


def newest(editions: Sequence[Edition]) -> dict[int, Publication]:
    """The newest version of each edition, by its key."""
    every = Publication.objects.filter(edition__in=[one.pk for one in editions]).defer("basis")
    return {one.edition_id: one for one in every.order_by("number")}


def rows(series: Series, known: Sequence[Known]) -> list[Row]:
    """Every figure, recorded and known."""
    recorded = {one.figure: one for one in series.past_results.exclude(period="").order_by("-order")}
    return [
        Row(key, label, recorded.get(key), [(one, one.figures.get(key)) for one in known])
        for key, label in FIGURES.items()
    ]


@dataclass(frozen=True)
class Provinces:
    """Exhibitors by province through the editions, with their sums."""

    rows: list[tuple[str, list[int | None]]]
    totals: list[int | None]
    wrong: list[Edition]  # of which the provinces do not make the exhibitors


def provinces(known: Sequence[Known]) -> Provinces:
    """The provinces of all editions by name; one that stood at two times under one name is two rows."""
    names = {key: name for one in known for key, (name, _number) in one.provinces.items()}
    rows = [
        (name, [None if one.silent else one.provinces.get(key, ("", 0))[1] for one in known])
        for key, name in _in_order(names)
    ]
    totals = [None if one.silent else sum(number for _name, number in one.provinces.values()) for one in known]
    said = [one.figures.get(EXHIBITORS.figure) for one in known]
    wrong = [one.edition for one, total, figure in zip(known, totals, said, strict=True) if figure not in (None, total)]
    return Provinces(rows, totals, wrong)


def _in_order(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """By name, as an index has it: Bắc Ninh before Bình Định; those without a province last.

    A name that two units bore says since when each stood.
    """
    several = [name for name in names.values() if list(names.values()).count(name) > 1]
    said = {
        key: f"{name} ({key.partition('@')[2][:4]}–)" if name in several and "@" in key else name
        for key, name in names.items()
    }
    return sorted(said.items(), key=lambda pair: ("@" not in pair[0], fold(pair[1])))


def _companies(name: str, column: str, edition: Edition) -> frozenset[int]:
    """The companies behind a figure of the report."""
    known = reports.find(name)
    rows: Any = known[1].rows(edition).order_by() if known else None  # type: ignore[union-attr]
    return frozenset(rows.values_list(column, flat=True)) if rows is not None else frozenset()


def _held(edition: Edition) -> int | None:
    """One, once it has opened."""
    return 1 if edition.opens_on <= clock.today(edition) else None
