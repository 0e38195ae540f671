"""The score of every importer with every exhibitor at once, in hundredths."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from matchmaking.ranking.facts import EARLIER, ORDERS, PRICES, SCANNED, WISHED, Exhibitor, Importer, Ties
from matchmaking.ranking.fitting import best, order_fit, price_fit
from matchmaking.ranking.terms import BESIDE, COMPARED, Terms

Array: TypeAlias = npt.NDArray[np.float32]
UNKNOWN = np.nan
POINTS: Mapping[str, Mapping[str, float]] = {"earlier": EARLIER, "wishes": WISHED, "scans": SCANNED}


@dataclass(frozen=True)
class Shares:
    """How well each importer (a line) and each exhibitor (a column) fit by each criterion, from 0 to 1.

    Not a number where a side says nothing; `asked` is false on the lines of importers who ask for no certificate.
    """

    compared: Mapping[str, Array]
    beside: Mapping[str, Array]
    asked: npt.NDArray[np.bool_]


def shares(importers: Sequence[Importer], exhibitors: Sequence[Exhibitor], ties: Ties, *, on: date) -> Shares:
    """Everything that does not hang on weights; certificates are those valid on the day."""
    held = [one.held(on) for one in exhibitors]
    compared = {
        "groups": _overlap([one.groups for one in importers], [one.made for one in exhibitors]),
        "materials": _overlap([one.materials for one in importers], [one.materials for one in exhibitors]),
        "order": _by_goods(importers, exhibitors, tuple(ORDERS), lambda one: one.order, order_fit),
        "price": _by_goods(
            importers, exhibitors, PRICES, lambda one: one.price, lambda band, goods: price_fit(band, goods.price)
        ),
        "certificates": _all_of([one.certificates for one in importers], held),
        "markets": _any_of([one.markets for one in importers], [one.markets for one in exhibitors]),
        "languages": _any_of([one.languages for one in importers], [one.languages for one in exhibitors]),
    }
    asked = np.array([bool(one.certificates) for one in importers], bool)
    return Shares(compared, _beside(importers, exhibitors, ties), asked)


def scores(found: Shares, terms: Sequence[Terms], *, by_importer: bool = True) -> Array:
    """The score of each pair, 0 to 100, by the terms of each importer, or else of each exhibitor.

    The weighted mean of the criteria by which two sides are compared, where what nobody said counts `unknown`; what
    speaks for a pair beside that adds its weight as a share of theirs, up to 100 in all.
    """

    def across(row: Array) -> Array:
        return row[:, None] if by_importer else row[None, :]

    unknown = across(np.array([one.unknown / 100 for one in terms], np.float32))
    total: Any = 0.0
    worth: Any = 0.0
    for name in COMPARED:
        weight: Any = across(np.array([one.weights[name] for one in terms], np.float32))
        share = found.compared[name]
        if name == "certificates":
            weight = weight * found.asked[:, None]
        total = total + weight * np.where(np.isnan(share), unknown, share)
        worth = worth + weight
    for name in BESIDE:
        total = total + across(np.array([one.weights[name] for one in terms], np.float32)) * found.beside[name]
    return np.minimum(100 * total / np.maximum(worth, 1), 100).astype(np.float32)


def _ticked(rows: Sequence[frozenset[str]], codes: Mapping[str, int]) -> Array:
    """A line for each row with a one for each code it has."""
    ticked = np.zeros((len(rows), len(codes)), np.float32)
    for line, row in enumerate(rows):
        ticked[line, [codes[code] for code in row]] = 1
    return ticked


def _common(wanted: Sequence[frozenset[str]], offered: Sequence[frozenset[str]]) -> Array:
    """How many codes each two have in common."""
    codes = {code: number for number, code in enumerate(sorted(frozenset().union(*wanted, *offered)))}
    return _ticked(wanted, codes) @ _ticked(offered, codes).T


def _lengths(rows: Sequence[frozenset[str]]) -> Array:
    return np.array([len(row) for row in rows], np.float32)


def _silent(wanted: Sequence[frozenset[str]], offered: Sequence[frozenset[str]], share: Array) -> Array:
    """Not a number wherever one of the two lists is empty."""
    share[_lengths(wanted) == 0, :] = UNKNOWN
    share[:, _lengths(offered) == 0] = UNKNOWN
    return share


def _overlap(wanted: Sequence[frozenset[str]], offered: Sequence[frozenset[str]]) -> Array:
    shorter = np.minimum(_lengths(wanted)[:, None], _lengths(offered)[None, :])
    return _silent(wanted, offered, _common(wanted, offered) / np.maximum(shorter, 1))


def _any_of(wanted: Sequence[frozenset[str]], offered: Sequence[frozenset[str]]) -> Array:
    return _silent(wanted, offered, (_common(wanted, offered) > 0).astype(np.float32))


def _all_of(wanted: Sequence[frozenset[str]], held: Sequence[frozenset[str]]) -> Array:
    return _common(wanted, held) / np.maximum(_lengths(wanted)[:, None], 1)


def _by_goods(
    importers: Sequence[Importer],
    exhibitors: Sequence[Exhibitor],
    values: Sequence[str],
    said: Callable[[Importer], str],
    fit: Callable[[str, Any], float | None],
) -> Array:
    """The best of the goods that are looked for, or of all goods where an exhibitor has none of those."""
    groups = {code: number for number, code in enumerate(sorted({g.group for one in exhibitors for g in one.goods}))}
    known = _best_by_group(exhibitors, groups, values, fit)
    has = np.zeros((len(exhibitors), len(groups)), bool)
    for line, one in enumerate(exhibitors):
        has[line, [groups[goods.group] for goods in one.goods]] = True
    share = np.full((len(importers), len(exhibitors)), UNKNOWN, np.float32)
    for line, importer in enumerate(importers):
        if said(importer) not in values or not groups:
            continue
        fits = known[values.index(said(importer))]
        wanted = [groups[code] for code in importer.groups if code in groups]
        among = has[:, wanted].any(axis=1)
        own = fits[:, wanted].max(axis=1, initial=-1)
        share[line] = np.where(among, own, fits.max(axis=1, initial=-1))
    share[share < 0] = UNKNOWN
    return share


def _best_by_group(
    exhibitors: Sequence[Exhibitor],
    groups: Mapping[str, int],
    values: Sequence[str],
    fit: Callable[[str, Any], float | None],
) -> Array:
    """For each value, exhibitor and group the best fit of its goods; -1 where nothing is known."""
    known = np.full((len(values), len(exhibitors), len(groups)), -1, np.float32)
    for line, one in enumerate(exhibitors):
        for goods in one.goods:
            at = groups[goods.group]
            for number, value in enumerate(values):
                known[number, line, at] = best([float(known[number, line, at]), fit(value, goods)])
    return known


def _beside(importers: Sequence[Importer], exhibitors: Sequence[Exhibitor], ties: Ties) -> Mapping[str, Array]:
    lines = {one.id: number for number, one in enumerate(importers)}
    columns = {one.id: number for number, one in enumerate(exhibitors)}
    found = {name: np.zeros((len(importers), len(exhibitors)), np.float32) for name in POINTS}
    for (importer, exhibitor), kinds in ties.items():
        if importer in lines and exhibitor in columns:
            for name, points in POINTS.items():
                at = lines[importer], columns[exhibitor]
                found[name][at] = max((points[kind] for kind in kinds if kind in points), default=0.0)
    return found
