"""Open data: what an edition tells everybody, as totals and tables that anybody may use.

Counts of booths, companies and visits are public. Values of contracts belong to their parties: only sums are told, and
only those that `fairs.suppression` lets through, held against every earlier version.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fairs import reports
from fairs.models import Company, Edition, Publication
from fairs.suppression import Amount, publishable
from fairs.templatetags.fair import country

WHOLE = ("all", "")  # the name of the total among the sums of values
FORMAT = "cho-phien.open-data/1"
TOTALS = [
    "B1.built", "B1.allocated", "B1.occupied", "B2.international", "B2.domestic", "B2.technical", "B3.area",
    "C1.companies", "C1.households", "C2.provinces", "C2.countries",
    "D1.registered", "D1.approved", "D1.attended", "D3.countries", "D4.entries", "D4.visitors",
    "E1.requested", "E1.accepted", "E1.held", "F1.count", "F2.count",
]  # fmt: skip
RULE = _(
    "Sums of contract values are shown in US dollars. A sum that rests on fewer than three companies of a side, or "
    "that would let such a sum be worked out from other figures or from an earlier version, is withheld."
)


Basis = Sequence[Mapping[str, Any]]
Version = tuple[Any, Basis]


@dataclass(frozen=True)
class Part:
    """One row of a table: its key for ever, its name in both languages, its number."""

    key: str
    name_vi: str
    name_en: str
    number: int


@dataclass(frozen=True)
class Counted:
    """A table that counts companies; its rows add up to the figure `whole` of the report, one of `TOTALS`."""

    key: str
    title: Any
    column: Any
    whole: str
    parts: Callable[[Edition], list[Part]]


@dataclass(frozen=True)
class Contract:
    """One amount behind the sums of values: a key of its own, US dollars, one company for each side, its parts."""

    key: str
    usd: Decimal
    companies: tuple[int, ...]
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Parting:
    """A way of parting values; `names` gives the names of parts by their keys, in Vietnamese and English."""

    key: str
    title: Any
    column: Any
    names: Callable[[set[str]], Mapping[str, tuple[str, str]]]


@dataclass(frozen=True)
class Worth:
    """Values of contracts; together they are the figure `whole` of the report."""

    whole: str
    contracts: Callable[[Edition], list[Contract]]
    partings: Sequence[Parting]


_counted: list[Counted] = []
_worths: list[Worth] = []


def declare(tables: Iterable[Counted] = (), worth: Worth | None = None) -> None:
    """From an app's open_data.py."""
    _counted.extend(tables)
    _worths.extend([worth] if worth else [])


def counted(key: str) -> Counted | None:
    """The table of counts of a key."""
    return next((one for one in _counted if one.key == key), None)


def draft(edition: Edition, earlier: Sequence[Publication]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What may be told now, beside the earlier versions; and the amounts behind it, which nobody outside sees."""
    basis = _basis(edition)
    shown = _shown(edition, [*_versions(earlier), (0, basis)], earlier)
    content = {
        "format": FORMAT,
        "edition": _edition(edition),
        "licence": {"name": settings.OPEN_DATA_LICENCE, "url": settings.OPEN_DATA_LICENCE_URL},
        "rule": both(RULE),
        "totals": [*_totals(edition), *(_total_worth(worth, basis, shown) for worth in _worths)],
        "tables": [
            *(_counted_table(table, edition) for table in _counted),
            *(_worth_table(worth, parting, basis, shown) for worth in _worths for parting in worth.partings),
        ],
    }
    return content, basis


def amounts_to_tell(edition: Edition) -> list[dict[str, Any]] | None:
    """The amounts behind the worth of contracts when the press may be told it beside all that was told before; else
    None.
    """
    earlier, basis = edition.publications.order_by("number"), _basis(edition)
    shown = _shown(edition, _versions(earlier), earlier, press=basis)
    return basis if WHOLE in shown else None


def contradictions(edition: Edition, content: Mapping[str, Any], basis: Sequence[Mapping[str, Any]]) -> list[str]:
    """The figures of the report that the tables do not add up to."""
    said = {one["figure"]: one["value"] for one in content["totals"] if one["figure"] in TOTALS}
    counts = [table for table in content["tables"] if not table["unit"]]
    wrong = [
        table["of"] for table in counts if str(sum(int(row["value"]) for row in table["rows"])) != said[table["of"]]
    ]
    made = sum((Decimal(one["usd"]) for one in basis), Decimal(0))
    found = measured([worth.whole for worth in _worths], edition)
    return wrong + [name for name, one in found.items() if one.value != made]


def file_of(publication: Publication) -> bytes:
    """The JSON file of a version, the same bytes for ever."""
    return written(publication.content)


def written(content: Mapping[str, Any]) -> bytes:
    """Content as a file: UTF-8, keys in order."""
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the file."""
    return sha256(written(content)).hexdigest()


def both(words: Any) -> dict[str, str]:
    """A sentence in both languages."""
    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = str(words)
    return said


def country_names(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Countries and territories by their code, in Vietnamese and English."""
    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = {code: country(code) for code in codes}
    return {code: (said["vi"][code], said["en"][code]) for code in said["vi"]}


def measured(names: Iterable[str], edition: Edition) -> dict[str, reports.Amount]:
    """Figures of the report measured now, by name, without those of which nothing is recorded."""
    figures = {name: known[1] for name in names if (known := reports.find(name))}
    found = reports.amounts(figures.values(), edition)
    return {name: found[figure][0] for name, figure in figures.items()}


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "slug": edition.slug,
        "name": {"vi": edition.name_vi, "en": edition.name_en},
        "series": edition.series.slug,
        "opens_on": edition.opens_on.isoformat(),
        "closes_on": edition.closes_on.isoformat(),
    }


def _totals(edition: Edition) -> list[dict[str, Any]]:
    """The counts that are public, of the lines that are recorded."""
    return [_total(name, one.unit, str(one.value)) for name, one in measured(TOTALS, edition).items()]


def _total(name: str, unit: str, value: str | None) -> dict[str, Any]:
    known = reports.find(name)
    assert known is not None
    line, figure = known
    return {
        "figure": name, "line": both(line.title), "label": both(figure.label), "note": both(line.note), "unit": unit,
        "value": value, "withheld": value is None,
    }  # fmt: skip


def _counted_table(table: Counted, edition: Edition) -> dict[str, Any]:
    rows = [_row(one.key, (one.name_vi, one.name_en), str(one.number)) for one in table.parts(edition)]
    return _table(table.key, table.title, table.column, table.whole, "", rows)


def _worth_table(worth: Worth, parting: Parting, basis: Sequence[Any], shown: set[Any]) -> dict[str, Any]:
    sums: dict[str, Decimal] = {}
    for one in basis:
        part = one["parts"][parting.key]
        sums[part] = sums.get(part, Decimal(0)) + Decimal(one["usd"])
    names = parting.names(set(sums))
    rows = [
        _row(part, names.get(part, (part, part)), str(value) if (parting.key, part) in shown else None)
        for part, value in sums.items()
    ]
    return _table(f"value-by-{parting.key}", parting.title, parting.column, worth.whole, "USD", rows)


def _total_worth(worth: Worth, basis: Sequence[Any], shown: set[Any]) -> dict[str, Any]:
    value = sum((Decimal(one["usd"]) for one in basis), Decimal(0))
    return _total(worth.whole, "USD", str(value) if WHOLE in shown else None)


def _row(key: str, names: tuple[str, str], value: str | None) -> dict[str, Any]:
    return {"key": key, "name": {"vi": names[0], "en": names[1]}, "value": value, "withheld": value is None}


def _table(key: str, title: Any, column: Any, of: str, unit: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows by their names: an order by size would tell what is withheld."""
    rows.sort(key=lambda row: (row["name"]["en"], row["key"]))
    return {"key": key, "title": both(title), "column": both(column), "of": of, "unit": unit, "rows": rows}


def _kept(one: Contract) -> dict[str, Any]:
    return {"key": one.key, "usd": str(one.usd), "companies": list(one.companies), "parts": dict(one.parts)}


def _basis(edition: Edition) -> list[dict[str, Any]]:
    return [_kept(one) for worth in _worths for one in worth.contracts(edition)]


def _versions(earlier: Iterable[Publication]) -> list[Version]:
    return [(one.number, one.basis) for one in earlier]


def _shown(
    edition: Edition, versions: Sequence[Version], earlier: Iterable[Publication], *, press: Basis | None = None
) -> set[tuple[str, str]]:
    """The sums of values that may be told now, number 0: the total as ("all", ""), the parts as (parting, part).

    The press is told the total alone, when a report is signed (`press`).
    """
    versions_then = edition.signed_reports.values_list("number", "basis")
    signed = [(f"signed {number}", basis) for number, basis in versions_then if basis is not None]
    told: set[Any] = {(one.number, *cell) for one in earlier for cell in _told(one.content)}
    told |= {(name, *WHOLE) for name, _basis in signed}
    amounts = _amounts(versions, signed if press is None else [*signed, (0, press)])
    sizes: dict[Any, int] = {}
    for one in amounts:
        for cell in one.cells:
            sizes[cell] = sizes.get(cell, 0) + 1
    now = {(0, *WHOLE), *(cell for cell in sizes if cell[0] == 0)}
    wanted = sorted(now, key=lambda cell: (cell[1] != "all", -sizes.get(cell, 0), cell))
    return {(cell[1], cell[2]) for cell in publishable(amounts, wanted, told)}


def _told(content: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The sums of values that a version told."""
    sums = {worth.whole for worth in _worths}
    if any(total["figure"] in sums and not total["withheld"] for total in content["totals"]):
        yield WHOLE
    for table in content["tables"]:
        if table["unit"]:
            yield from (
                (table["key"].removeprefix("value-by-"), row["key"]) for row in table["rows"] if not row["withheld"]
            )


def _amounts(versions: Sequence[Version], totals: Sequence[Version] = ()) -> list[Amount]:
    """Each amount once, with the cells of every version, and of every total, in which it stood the same."""
    heirs = dict(Company.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    found: dict[Any, set[Any]] = {}
    for number, rows, parted in [*((*one, True) for one in versions), *((*one, False) for one in totals)]:
        for row in rows:
            companies = tuple(_standing(company, heirs) for company in row["companies"])
            same = (row["key"], row["usd"], companies, tuple(sorted(row["parts"].items())))
            cells = {(number, *part) for part in row["parts"].items()} if parted else set()
            found.setdefault(same, set()).update({(number, *WHOLE), *cells})
    return [Amount(Decimal(same[1]), same[2], frozenset(cells)) for same, cells in found.items()]


def _standing(company: int, heirs: Mapping[int, int]) -> int:
    """The company that a merged one became."""
    while company in heirs:
        company = heirs[company]
    return company
