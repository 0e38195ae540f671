"""Which cells of published tables may be shown, so that nothing that can be worked out rests on too few companies.

A cell is a sum of amounts; an amount belongs to the companies of a contract, one for each side, and stands in many
cells at once: a row, a column, a total, the same table of an earlier day. Two promises hold for all that is shown
together with all that was shown before, whatever is added or subtracted:

1. no figure rests on fewer than `FEWEST` companies of a side, for then one of them could read the other;
2. nobody can put a withheld cell of so few companies nearer than `ROOM` of its amount, above or below.

Cells are tried in the order given, and one that would break a promise is withheld, so margins come first and what is
withheld beside a small cell (the complementary suppression) is what matters least. Pure: amounts in, names of cells
out.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import highspy
import numpy as np

FEWEST = 3
ROOM = 0.1  # of the amount of a withheld cell
NOUGHT = 1e-7

Cell = Hashable
Floats = np.ndarray[Any, np.dtype[np.float64]]
Sets = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Amount:
    """A sum of one contract: its companies, one for each side in the same order, and the cells it stands in."""

    value: Decimal | int | float
    companies: tuple[Hashable, ...]
    cells: frozenset[Cell]


def too_few(amounts: Iterable[Amount]) -> bool:
    """Whether amounts come from fewer companies of a side than a figure may rest on."""
    sides = list(zip(*(one.companies for one in amounts), strict=True))
    return any(len(set(side)) < FEWEST for side in sides)


def publishable(amounts: Sequence[Amount], wanted: Sequence[Cell], told: Collection[Cell] = ()) -> set[Cell]:
    """Those of the wanted cells that may be shown, beside all that was `told` before; the first matter most.

    A cell without any amount holds nothing of anybody and is shown. Small cells of which the amounts speak and that
    were not told keep their room too, such as those withheld on an earlier day.
    """
    kinds = _Kinds(amounts)
    small = [cell for cell, inside in kinds.amounts_of.items() if too_few(inside)]
    known = _Known(kinds, kinds.distinct(cell for cell in told if cell in kinds.amounts_of))
    empty = [cell for cell in wanted if cell not in kinds.amounts_of]
    few = set(small)
    shown = [cell for cell in wanted if cell in kinds.amounts_of and cell not in few and known.take(cell)]
    guarded = kinds.distinct(cell for cell in small if cell not in told)
    return {*empty, *_with_room(kinds, shown, guarded, known.told)}


class _Kinds:
    """Amounts that stand in exactly the same cells, added up: nobody outside can tell them apart."""

    def __init__(self, amounts: Sequence[Amount]) -> None:
        self.amounts_of: dict[Cell, list[Amount]] = {}
        for one in amounts:
            for cell in one.cells:
                self.amounts_of.setdefault(cell, []).append(one)
        number = {cells: n for n, cells in enumerate(dict.fromkeys(one.cells for one in amounts))}
        self.values = np.zeros(len(number))
        self.members: list[list[set[Hashable]]] = [[] for _ in number]
        for one in amounts:
            kind = number[one.cells]
            self.values[kind] += float(one.value)
            sides = self.members[kind] or [set() for _ in one.companies]
            for side, company in zip(sides, one.companies, strict=True):
                side.add(company)
            self.members[kind] = sides
        self.row_of = {cell: np.zeros(len(number)) for cell in self.amounts_of}
        for cells, kind in number.items():
            for cell in cells:
                self.row_of[cell][kind] = 1.0
        self.few = [few for side in range(self._sides) for few in self._few(side)]

    def distinct(self, cells: Iterable[Cell]) -> list[Cell]:
        """Cells without those that hold the same amounts as another."""
        return list({self.row_of[cell].tobytes(): cell for cell in cells}.values())

    @property
    def _sides(self) -> int:
        return len(self.members[0]) if self.members else 0

    def _few(self, side: int) -> list[list[int]]:
        """For each set of companies that is too small, the kinds that rest on nobody else."""
        alone: dict[Hashable, list[int]] = {}
        together: dict[frozenset[Hashable], list[int]] = {}
        for kind, sides in enumerate(self.members):
            if len(sides[side]) == 1:
                alone.setdefault(next(iter(sides[side])), []).append(kind)
            elif len(sides[side]) < FEWEST:
                together.setdefault(frozenset(sides[side]), []).append(kind)
        names = sorted({*alone, *(name for pair in together for name in pair)}, key=repr)
        pairs = [(one, other) for n, one in enumerate(names) for other in names[n + 1 :]] or [
            (one, one) for one in names
        ]
        return [
            sorted({*alone.get(one, ()), *alone.get(other, ()), *together.get(frozenset((one, other)), ())})
            for one, other in pairs
        ]


class _Known:
    """All that can be worked out from the cells told so far: the space of their rows, and its projection.

    Something that rests on a few kinds alone can be worked out when the projection, cut down to these kinds, keeps a
    vector as long as it was: an eigenvalue of one for each such figure. What was told before cannot be taken back, so
    only more of them counts.
    """

    def __init__(self, kinds: _Kinds, told: Sequence[Cell]) -> None:
        self.kinds, self.told = kinds, list(told)
        self.space = np.zeros((0, len(kinds.values)))
        self.projection = np.zeros((len(kinds.values), len(kinds.values)))
        for cell in told:
            self._add(self._new_in(cell))
        self.few = self._by_size()
        self.open = [self._count(sets) for sets in self.few]

    def take(self, cell: Cell) -> bool:
        """Add a cell, unless with it something could be worked out that rests on too few companies."""
        direction = self._new_in(cell)
        if direction is None:
            return True
        earlier = self.projection
        self._add(direction)
        touched = np.abs(direction) > NOUGHT
        if any(self._reveals(sets, touched, before) for sets, before in zip(self.few, self.open, strict=True)):
            self.space, self.projection = self.space[:-1], earlier
            return False
        return True

    def _new_in(self, cell: Cell) -> Floats | None:
        """What the row of a cell adds to the space, of length one; None when it could be worked out already."""
        rest = self.kinds.row_of[cell]
        size = np.linalg.norm(rest)
        for _twice in range(2):  # once more, for what rounding left
            rest = rest - self.space.T @ (self.space @ rest)
        left = np.linalg.norm(rest)
        return None if left <= NOUGHT * size else rest / left

    def _add(self, direction: Floats | None) -> None:
        if direction is not None:
            self.space = np.vstack([self.space, direction])
            self.projection = self.projection + np.outer(direction, direction)

    def _by_size(self) -> list[Sets]:
        """The small sets of kinds, those of one size in one table."""
        ordered = sorted((few for few in {tuple(one) for one in self.kinds.few} if few), key=len)
        return [np.array(list(sets)) for _size, sets in groupby(ordered, key=len)]

    def _count(self, sets: Sets) -> Sets:
        """How many figures, independent of each other, can be worked out that rest on each of the sets alone."""
        cut = self.projection[sets[:, :, None], sets[:, None, :]]
        counts: Sets = (np.linalg.eigvalsh(cut) > 1 - NOUGHT).sum(axis=1)
        return counts

    def _reveals(self, sets: Sets, touched: np.ndarray[Any, Any], before: Sets) -> bool:
        """Whether more can be worked out on one of the sets; a trace below one needs no closer look."""
        trace = self.projection.diagonal()[sets].sum(axis=1)
        near = touched[sets].any(axis=1) & (trace > 1 - NOUGHT)
        return bool(near.any()) and bool((self._count(sets[near]) > before[near]).any())


def _with_room(kinds: _Kinds, shown: list[Cell], small: Sequence[Cell], told: Sequence[Cell]) -> list[Cell]:
    """The shown cells without those by which a small one could be put too near; the last go first."""
    for cell in small:
        while (culprits := _too_near(kinds, cell, [*told, *shown])) is not None:
            ours = [one for one in shown if one in culprits]
            if not ours:
                break  # what was told before does it alone
            shown = [one for one in shown if one != ours[-1]]
    return shown


def _too_near(kinds: _Kinds, cell: Cell, known: Sequence[Cell]) -> set[Cell] | None:
    """The known cells that hold a small one in too narrow bounds; None when it has room on both sides."""
    value = float(kinds.row_of[cell] @ kinds.values)
    rows = [one for one in known if one in kinds.row_of]
    for sense, allowed in ((highspy.ObjSense.kMinimize, 1 - ROOM), (highspy.ObjSense.kMaximize, 1 + ROOM)):
        bound, duals = bounds_of(kinds.row_of[cell], [kinds.row_of[one] for one in rows], kinds.values, sense)
        room = bound - value * allowed if sense == highspy.ObjSense.kMaximize else value * allowed - bound
        if room < -NOUGHT * max(1.0, value):
            return {one for one, dual in zip(rows, duals, strict=True) if abs(dual) > NOUGHT}
    return None


def bounds_of(row: Floats, known: Sequence[Floats], values: Floats, sense: Any) -> tuple[float, Sequence[float]]:
    """How small or large a cell could be, no amount being negative, when the sums of other cells are known; and what
    each of them does to it. Without a bound it is infinite.
    """
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_, lp.sense_ = len(row), len(known), sense
    lp.col_cost_ = row
    lp.col_lower_, lp.col_upper_ = np.zeros(len(row)), np.full(len(row), highspy.kHighsInf)
    sums = np.array([one @ values for one in known])
    lp.row_lower_ = lp.row_upper_ = sums
    columns = [np.flatnonzero(one) for one in known]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, columns)])
    lp.a_matrix_.index_ = np.concatenate([*columns, np.zeros(0, dtype=int)]).astype(int)
    lp.a_matrix_.value_ = np.ones(len(lp.a_matrix_.index_))
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("threads", 1)
    model.passModel(lp)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return float("inf") if sense == highspy.ObjSense.kMaximize else 0.0, [0.0] * len(known)
    return float(model.getInfo().objective_function_value), list(model.getSolution().row_dual)
