"""Whom each importer is shown: the best first, and among them some whom hardly anybody would see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from matchmaking.ranking.facts import Exhibitor, Importer
from matchmaking.ranking.scoring import Array
from matchmaking.ranking.terms import Terms

CLOSED = -1.0  # a pair that is not proposed
Numbers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Listed:
    """An exhibitor on an importer's list; `lifted` when the exposure floor brought it there."""

    exhibitor: int
    score: int
    lifted: bool = False


@dataclass(frozen=True)
class Lists:
    """The list of each importer by id, and the exhibitors for whom the floor could not be kept."""

    of: Mapping[int, tuple[Listed, ...]]
    below_floor: tuple[int, ...]


def fill_lists(importers: Sequence[Importer], exhibitors: Sequence[Exhibitor], scored: Array, terms: Terms) -> Lists:
    """Each importer's list: their best, less `reserved` places, with which the exposure floor is kept; then the next.

    Exhibitors that stand in fewer than `floor` lists are lifted in turn, the least seen first and of equals the one
    with the lower id, each onto the list with a reserved place left where it scores best (of equals the lower id of the
    importer). So the same data always give the same lists. Pairs scored CLOSED are on none.
    """
    ids = _ids(exhibitors)
    order = _order(ids, scored)
    taken = np.zeros(scored.shape, bool)
    np.put_along_axis(taken, order[:, : terms.own], True, axis=1)
    taken &= scored > CLOSED
    lifted, below = _lift(importers, ids, scored, taken, terms)
    lists = {
        importer.id: _fill(ids, scored[line], order[line], terms, np.flatnonzero(lifted[line]).tolist())
        for line, importer in enumerate(importers)
    }
    return Lists(lists, below)


def fill_list(
    exhibitors: Sequence[Exhibitor], score: Array, terms: Terms, lifted: frozenset[int] = frozenset()
) -> tuple[Listed, ...]:
    """One importer's list by score: their best, whom the floor lifts onto it, and the next best for what is left."""
    ids = _ids(exhibitors)
    return _fill(ids, score, _order(ids, score[None, :])[0], terms, np.flatnonzero(np.isin(ids, list(lifted))).tolist())


def _fill(ids: Numbers, score: Array, order: Numbers, terms: Terms, lifted: Sequence[int]) -> tuple[Listed, ...]:
    """The columns of `order`, the best first, as a list; `lifted` are columns that come onto it in any case."""
    possible: list[int] = order[score[order] > CLOSED].tolist()
    own = possible[: terms.own]
    raised = {column for column in lifted if score[column] > CLOSED} - set(own)
    room = max(0, terms.listed - len(own) - len(raised))
    more = [column for column in possible[len(own) : len(own) + room + len(raised)] if column not in raised][:room]
    shown = sorted({*own, *raised, *more}, key=lambda column: (-score[column], ids[column]))
    return tuple(Listed(int(ids[column]), round(float(score[column])), column in raised) for column in shown)


def _ids(exhibitors: Sequence[Exhibitor]) -> Numbers:
    return np.array([one.id for one in exhibitors], np.int64)


def _order(ids: Numbers, scored: Array) -> Numbers:
    """The columns of each line, the best score first and of equals the lower id."""
    by_id = np.argsort(ids, kind="stable")
    return by_id[np.argsort(-scored[:, by_id], axis=1, kind="stable")]


def _lift(
    importers: Sequence[Importer], ids: Numbers, scored: Array, taken: npt.NDArray[np.bool_], terms: Terms
) -> tuple[npt.NDArray[np.bool_], tuple[int, ...]]:
    """Which pairs the floor adds, and who stays below it."""
    lifted = np.zeros(scored.shape, bool)
    room = np.full(len(importers), min(terms.reserved, terms.listed))
    seen = taken.sum(axis=0)
    importer_ids = np.array([one.id for one in importers])
    stuck: set[int] = set()
    while waiting := [column for column in np.flatnonzero(seen < terms.floor).tolist() if column not in stuck]:
        for column in sorted(waiting, key=lambda column: (seen[column], ids[column])):
            free = np.flatnonzero((room > 0) & ~taken[:, column] & ~lifted[:, column] & (scored[:, column] > CLOSED))
            if not len(free):
                stuck.add(column)
                continue
            line = free[np.lexsort((importer_ids[free], -scored[free, column]))[0]]
            lifted[line, column] = True
            room[line] -= 1
            seen[column] += 1
    return lifted, tuple(sorted(ids[seen < terms.floor].tolist()))
