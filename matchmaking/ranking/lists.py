"""Whom each importer is shown: the best first, and among them some whom hardly anybody would see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchmaking.ranking.facts import Exhibitor, Importer
from matchmaking.ranking.scoring import Array
from matchmaking.ranking.terms import Terms

CLOSED = -1.0  # a pair that is not proposed


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
    order = _order(exhibitors, scored)
    taken = np.zeros(scored.shape, bool)
    np.put_along_axis(taken, order[:, : terms.own], True, axis=1)
    taken &= scored > CLOSED
    lifted, below = _lift(importers, exhibitors, scored, taken, terms)
    ids = np.array([one.id for one in exhibitors])
    lists = {
        importer.id: fill_list(exhibitors, scored[line], terms, frozenset(ids[lifted[line]].tolist()))
        for line, importer in enumerate(importers)
    }
    return Lists(lists, below)


def fill_list(
    exhibitors: Sequence[Exhibitor], score: Array, terms: Terms, lifted: frozenset[int] = frozenset()
) -> tuple[Listed, ...]:
    """One importer's list by score: their best, whom the floor lifts onto it, and the next best for what is left."""
    order = [column for column in _order(exhibitors, score[None, :])[0].tolist() if score[column] > CLOSED]
    chosen = set(order[: terms.own])
    raised = [column for column in order if exhibitors[column].id in lifted and column not in chosen]
    chosen.update(raised)
    room = max(0, terms.listed - len(chosen))
    chosen.update([column for column in order if column not in chosen][:room])
    return tuple(
        Listed(exhibitors[column].id, round(float(score[column])), column in raised)
        for column in order
        if column in chosen
    )


def _order(exhibitors: Sequence[Exhibitor], scored: Array) -> npt.NDArray[np.int64]:
    """The columns of each line, the best score first and of equals the lower id."""
    ids = np.array([one.id for one in exhibitors])
    by_id = np.argsort(ids, kind="stable")
    return by_id[np.argsort(-scored[:, by_id], axis=1, kind="stable")]


def _lift(
    importers: Sequence[Importer],
    exhibitors: Sequence[Exhibitor],
    scored: Array,
    taken: npt.NDArray[np.bool_],
    terms: Terms,
) -> tuple[npt.NDArray[np.bool_], tuple[int, ...]]:
    """Which pairs the floor adds, and who stays below it."""
    lifted = np.zeros(scored.shape, bool)
    room = np.full(len(importers), min(terms.reserved, terms.listed))
    seen = taken.sum(axis=0)
    ids = [one.id for one in exhibitors]
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
    return lifted, tuple(sorted(ids[column] for column in np.flatnonzero(seen < terms.floor).tolist()))
