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

Cell = Any  # a name that a set can hold
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
        """Whether more can be worked out on one of the sets; a trace below one, or a volume that is left, needs no
        closer look.
        """
        trace = self.projection.diagonal()[sets].sum(axis=1)
        near = np.flatnonzero(touched[sets].any(axis=1) & (trace > 1 - NOUGHT))
        sets, before = sets[near], before[near]
        left = np.eye(sets.shape[1]) - self.projection[sets[:, :, None], sets[:, None, :]]
        flat = np.linalg.det(left) < 1e3 * NOUGHT
        return bool(flat.any()) and bool((self._count(sets[flat]) > before[flat]).any())


def _with_room(kinds: _Kinds, shown: list[Cell], small: Sequence[Cell], told: Sequence[Cell]) -> list[Cell]:
    """The shown cells without those by which a small one could be put too near; the last go first."""
    outsider = Outsider([kinds.row_of[cell] for cell in (*told, *shown)], kinds.values)
    gone: set[int] = set()
    for cell in small:
        while (culprits := outsider.too_near(kinds.row_of[cell])) is not None:
            ours = [number for number in culprits if number >= len(told)]
            if not ours:
                break  # what was told before does it alone
            outsider.forget(max(ours))
            gone.add(max(ours) - len(told))
    return [cell for number, cell in enumerate(shown) if number not in gone]


class Outsider:
    """Somebody who knows the sums of some cells, and that no amount is negative: a linear program for each question."""

    def __init__(self, known: Sequence[Floats], values: Floats) -> None:
        self.values, self.known = values, known
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(values), len(known)
        lp.col_cost_, lp.col_lower_ = np.zeros(len(values)), np.zeros(len(values))
        lp.col_upper_ = np.full(len(values), highspy.kHighsInf)
        lp.row_lower_ = lp.row_upper_ = np.array([row @ values for row in known])
        where = [np.flatnonzero(row) for row in known]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, where)])
        lp.a_matrix_.index_ = np.concatenate([*where, np.zeros(0, dtype=np.int64)])
        lp.a_matrix_.value_ = np.ones(len(lp.a_matrix_.index_))
        self.model = highspy.Highs()
        self.model.silent()
        self.model.setOptionValue("threads", 1)
        self.model.setOptionValue("presolve", "off")  # each question begins where the last one ended
        self.model.passModel(lp)

    def forget(self, number: int) -> None:
        """Not to know one of the sums any more."""
        self.model.changeRowBounds(number, -highspy.kHighsInf, highspy.kHighsInf)

    def too_near(self, row: Floats) -> list[int] | None:
        """The numbers of the known cells that hold another within too narrow bounds; None when it has room."""
        value = float(row @ self.values)
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            most = sense == highspy.ObjSense.kMaximize
            bound, duals = self.bound(row, sense)
            room = bound - value * (1 + ROOM) if most else value * (1 - ROOM) - bound
            if room < -NOUGHT * max(1.0, value):
                return [number for number, dual in enumerate(duals) if abs(dual) > NOUGHT]
        return None

    def bound(self, row: Floats, sense: Any) -> tuple[float, Sequence[float]]:
        """The least or the most that a cell can be, and what each known cell does to it; infinite without a bound."""
        self.model.changeColsCost(len(row), np.arange(len(row), dtype=np.int32), row)
        self.model.changeObjectiveSense(sense)
        self.model.run()
        status = self.model.getModelStatus()
        if status == highspy.HighsModelStatus.kUnbounded:
            return float("inf"), [0.0] * len(self.known)
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"no bound was found: {status}")
        return float(self.model.getInfo().objective_function_value), list(self.model.getSolution().row_dual)
