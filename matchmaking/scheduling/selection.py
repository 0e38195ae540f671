"""Which meetings are held: the most weight, then the most for the importer worst off, then the fewest breaks forced.

Integer programs over people and days, solved by HiGHS. A timetable keeps all their rules, so what they prove holds for
every timetable: no more weight, no greater smallest share at that weight, no fewer breaks at both. First without days:
these are all but network problems, solved at once; if what they choose fits into days, nothing is lost by it.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.grid import NO_LIMIT, Flags, Floats, Grid, Ints
from matchmaking.scheduling.program import INFEASIBLE, SOLVED, Program, Solved

CLOSE = 1e-6
MOST_SHARES = 100_000
"""So many different shares are told apart at most."""
UNITS = (1, 2, 4, 5, 10, 20, 100, 1000)
"""Weights are counted in the first of these parts of one in which all are whole."""


@dataclass(frozen=True)
class Selection:
    """The meetings to be held, and what is proven: None where time was too short to prove it."""

    chosen: Flags
    weight_bound: float | None = None
    share_bound: float | None = None
    breaks_bound: int | None = None
    infeasible: bool = False


def select(
    grid: Grid, seconds_left: Callable[[], float] = lambda: math.inf, *, by_day: bool = False
) -> Iterator[Selection]:
    """Better and better selections, with more and more proven; none when time was up before there was any.

    Without days what is proven holds all the same, but the selection may not fit into days (`fits_into_days`).
    """
    yield from Choice(grid, by_day=by_day).best(seconds_left)


def fits_into_days(grid: Grid, chosen: Flags, seconds_left: Callable[[], float] = lambda: math.inf) -> bool:
    """Whether the chosen meetings can be given days at all."""
    choice = Choice(grid, by_day=True)
    choice.program.lower[:] = 0
    choice.fix(chosen)
    return choice.program.solve(np.zeros(len(choice.meeting)), seconds=seconds_left()).status == SOLVED


class Choice:
    """The program: a column for each meeting, or for each meeting and day."""

    def __init__(self, grid: Grid, *, by_day: bool) -> None:
        self.grid, self.by_day = grid, by_day
        self.units, self.part = in_units(grid.weight)
        days = len(grid.problem.days)
        in_day = (
            np.stack([grid.day == number for number in range(days)], axis=1)
            if days
            else np.zeros((len(grid.day), 0), bool)
        )
        self.open = grid.there.astype(int) @ in_day
        """The slots of each day in which each participant is there."""
        possible = (grid.allowed.astype(int) @ in_day) > 0
        if by_day:
            self.meeting, self.days = np.nonzero(possible)
        else:
            self.meeting = np.flatnonzero(possible.any(axis=1))
            self.days = np.full(len(self.meeting), -1)
        self.program = Program(len(self.meeting))
        self.possible = possible.any(axis=1)
        self._people()
        self._tables()
        self._order()
        if by_day:
            self._once()
        self._musts()

    # ---- the rules ----
    def _people(self) -> None:
        grid = self.grid
        daily = np.minimum(grid.per_day[:, np.newaxis], grid.capacity[:, np.newaxis] * self.open)
        total = np.minimum(grid.total, daily.sum(axis=1))
        sides = np.concatenate([grid.owner[self.meeting], grid.other[self.meeting]])
        columns = np.tile(np.arange(len(self.meeting)), 2)
        self._limit(sides, columns, total)
        if self.by_day:
            width = daily.shape[1]
            self._limit(sides * width + np.tile(self.days, 2), columns, daily.ravel())

    def _limit(self, labels: Ints, columns: Ints, most: Ints) -> None:
        """Rows of at most so many, but for those that nothing could exceed."""
        counts = np.bincount(labels, minlength=len(most))
        needed = counts > most
        number = np.cumsum(needed) - 1
        keep = needed[labels]
        if keep.any():
            self.program.add(number[labels[keep]], columns[keep], 1.0, -np.inf, most[needed].astype(float))

    def _tables(self) -> None:
        grid = self.grid
        if grid.tables == NO_LIMIT:
            return
        lengths = np.array([len(day) for day in grid.problem.days], np.int64)
        columns = np.arange(len(self.meeting))
        if self.by_day:
            self._limit(self.days, columns, lengths * grid.tables)
        else:
            self._limit(np.zeros(len(columns), np.int64), columns, np.array([lengths.sum() * grid.tables]))

    def _order(self) -> None:
        """A meeting needs those before it, on its own day or sooner."""
        for first, second in self.grid.orders.tolist():
            days = range(len(self.grid.problem.days)) if self.by_day else [-1]
            for day in days:
                sooner = np.flatnonzero((self.meeting == first) & (self.days <= day))
                later = np.flatnonzero((self.meeting == second) & (self.days <= day))
                if len(later):
                    where = np.concatenate([later, sooner])
                    values = np.concatenate([np.ones(len(later)), -np.ones(len(sooner))])
                    self.program.add(np.zeros(len(where), np.int64), where, values, -np.inf, 0.0)

    def _once(self) -> None:
        self._limit(self.meeting, np.arange(len(self.meeting)), np.ones(len(self.grid.weight), np.int64))

    def _musts(self) -> None:
        self.impossible = bool((self.grid.must & ~self.possible).any()) or self._pins_clash()
        self.fix(self.grid.must, only=True)

    def _pins_clash(self) -> bool:
        """Whether more is pinned to one slot than a participant or the tables bear."""
        grid = self.grid
        fixed = np.array([-1 if one.fixed is None else one.fixed for one in grid.problem.meetings], np.int64)
        pinned = np.flatnonzero(fixed >= 0)
        seats = np.zeros(grid.there.shape, np.int64)
        np.add.at(seats, (grid.pair[pinned], fixed[pinned, np.newaxis]), 1)
        tables = np.bincount(fixed[pinned], minlength=1)
        return bool((seats > grid.capacity[:, np.newaxis]).any() or tables.max() > grid.tables)

    def fix(self, chosen: Flags, *, only: bool = False) -> None:
        """These are held; and no others, unless `only` these are asked for."""
        where = np.flatnonzero(chosen[self.meeting])
        wanted = np.unique(self.meeting[where])
        if len(wanted):
            label = np.searchsorted(wanted, self.meeting[where])
            self.program.add(label, where, 1.0, np.ones(len(wanted)), np.ones(len(wanted)))
        if not only:
            self.program.upper[~chosen[self.meeting]] = 0

    # ---- what is asked, one after the other ----
    def best(self, seconds_left: Callable[[], float]) -> Iterator[Selection]:
        """The best by the three objectives in turn, as far as time allows."""
        nothing = np.zeros(len(self.grid.weight), bool)
        gains = self.units[self.meeting]
        solved = self.program.solve(gains, seconds=seconds_left())
        if self.impossible or solved.status == INFEASIBLE:
            yield Selection(nothing, infeasible=True)
        elif solved.found:
            weight = Selection(self._chosen(solved), self._weight(solved.bound))
            yield weight
            if solved.status == SOLVED:
                self.program.add(
                    np.zeros(len(gains), np.int64), np.arange(len(gains)), gains, solved.worth - CLOSE, np.inf
                )
                yield from self._fair(weight, seconds_left)

    def _weight(self, bound: float) -> float:
        """A bound in units as a weight; in whole units where weights are."""
        if not _all_whole(self.units):
            return bound
        whole = math.floor(bound + CLOSE)
        return whole if self.part == 1 else whole / self.part

    def _chosen(self, solved: Solved) -> Flags:
        chosen = np.zeros(len(self.grid.weight), bool)
        chosen[self.meeting[solved.values[: len(self.meeting)] > 0.5]] = True
        return chosen

    def _fair(self, before: Selection, seconds_left: Callable[[], float]) -> Iterator[Selection]:
        """The greatest smallest share at no loss of weight, and at no loss of either the fewest breaks forced."""
        shares = Shares(self.grid, self.units)
        label, columns = shares.entries(self.meeting)
        parts = label, columns, self.units[self.meeting[columns]]
        candidates, all_known = self._candidates(shares, parts, before.chosen, seconds_left)
        rows = len(self.program.least) + np.arange(len(shares.who))
        self.program.add(*parts, np.zeros(len(rows)), np.full(len(rows), np.inf))
        gains = self._forced_breaks()

        found: dict[int, Solved] = {}

        def possible(number: int, *, whole: bool = True) -> bool:
            self.program.least[rows] = shares.needed(candidates[number])
            solved = self.program.solve(gains, whole=whole, seconds=seconds_left())
            if whole and solved.status != INFEASIBLE:
                found[number] = solved
            return solved.found

        best = len(candidates) - 1
        if not possible(best):
            best = _last(best, lambda number: possible(number, whole=False))
            best = _last(best + 1, possible)
        solved = found.get(best)
        if solved is not None and solved.found:
            decided = all_known and all(one.found for one in found.values())
            share = float(candidates[best]) if decided else None
            forced = math.ceil(-solved.bound - CLOSE) if math.isfinite(solved.bound) else None
            yield Selection(self._chosen(solved), before.weight_bound, share, forced)

    def _candidates(
        self, shares: "Shares", parts: tuple[Ints, Ints, Floats], chosen: Flags, seconds_left: Callable[[], float]
    ) -> tuple[Floats, bool]:
        """Smallest shares to be tried, and whether the greatest of them that is possible is the greatest at all."""
        if "min_share" not in self.grid.problem.objective:
            return np.zeros(1), False
        if not len(shares.who):
            return np.ones(1), True
        most, reached = self._relaxed_share(shares, parts, seconds_left), shares.smallest(chosen)
        if most is None:
            return np.array([reached]), False
        return shares.between(reached, most)

    def _relaxed_share(
        self, shares: "Shares", parts: tuple[Ints, Ints, Floats], seconds_left: Callable[[], float]
    ) -> float | None:
        """The greatest smallest share if meetings could be held in part."""
        relaxed, count = self.program.copy(), len(shares.who)
        column = relaxed.add_columns(1)
        labels, columns, values = parts
        relaxed.add(
            np.concatenate([labels, np.arange(count)]),
            np.concatenate([columns, np.repeat(column, count)]),
            np.concatenate([values, -shares.asked]),
            np.zeros(count),
            np.full(count, np.inf),
        )
        gains = np.zeros(len(relaxed.lower))
        gains[column] = 1.0
        solved = relaxed.solve(gains, whole=False, seconds=seconds_left())
        return solved.bound if solved.status == SOLVED else None

    def _forced_breaks(self) -> Floats:
        """Columns for the breaks that people cannot do without; what all columns gain.

        They have some where more is held than their longest free times bear, and between two pins of one day, unless
        enough is held to fill it.
        """
        grid = self.grid
        asked = np.bincount(grid.pair.ravel(), minlength=len(grid.person))
        gains = np.zeros(len(self.meeting))
        for who in np.flatnonzero(grid.counts & (grid.capacity == 1)).tolist():
            free, more = free_runs(grid, who)
            gaps = [pins for pins in self._pins(who) if len(pins) < pins[-1] - pins[0] + 1]
            if asked[who] > free or gaps:
                mine = np.flatnonzero((grid.pair[self.meeting] == who).any(axis=1))
                more += [0] * (len(gaps) - len(more))
                columns = self.program.add_columns(len(more))
                gains = np.concatenate([gains, -np.ones(len(more)), np.zeros(len(gaps))])
                self._row([(mine, np.ones(len(mine))), (columns, -np.array(more, float))], -np.inf, free)
                if gaps:
                    self._between_pins(who, mine, columns, gaps)
        return gains

    def _between_pins(self, who: int, mine: Ints, breaks: Ints, gaps: list[list[int]]) -> None:
        """A column for each day with a gap between its pins: whether it stays open."""
        open_ = self.program.add_columns(len(gaps))
        room = np.array([pins[-1] - pins[0] + 1 - len(pins) for pins in gaps], float)
        pinned = sum(map(len, self._pins(who)))
        self._row([(mine, np.ones(len(mine))), (open_, room)], pinned + room.sum(), np.inf)
        self._row([(breaks, np.ones(len(breaks))), (open_, -np.ones(len(open_)))], 0.0, np.inf)
        for column, pins in zip(open_, gaps, strict=True):
            if not self.grid.there[who, pins[0] : pins[-1]].all():
                self.program.lower[column] = 1.0

    def _row(self, parts: list[tuple[Ints, Floats]], least: float, most: float) -> None:
        where, values = (np.concatenate(one) for one in zip(*parts, strict=True))
        self.program.add(np.zeros(len(where), np.int64), where, values, least, most)

    def _pins(self, who: int) -> list[list[int]]:
        """The slots of its pins, by day."""
        grid, meetings = self.grid, self.grid.problem.meetings
        fixed = {meetings[one].fixed for one in np.flatnonzero((grid.pair == who).any(axis=1)).tolist()}
        days = [sorted(slot for slot in fixed if slot is not None and slot in day) for day in grid.problem.days]
        return [day for day in days if day]


class Shares:
    """What importers asked for, of those that asked for anything; in units in which all weights are whole, if any."""

    def __init__(self, grid: Grid, units: Floats) -> None:
        self.grid, self.units, self.whole = grid, units, _all_whole(units)
        asked = np.zeros(len(grid.person))
        for side in grid.pair.T:
            np.add.at(asked, side, units)
        self.who = np.flatnonzero(grid.importer & (asked > 0))
        self.asked = asked[self.who]
        self.number = np.full(len(grid.person), -1)
        self.number[self.who] = np.arange(len(self.who))

    def entries(self, meetings: Ints) -> tuple[Ints, Ints]:
        """For columns that stand for these meetings: the importer by its number here, and the column."""
        sides = self.number[self.grid.pair[meetings].T.ravel()]
        columns = np.tile(np.arange(len(meetings)), 2)
        return sides[sides >= 0], columns[sides >= 0]

    def smallest(self, chosen: Flags) -> float:
        label, meetings = self.entries(np.arange(len(self.units)))
        got = np.bincount(label, self.units[meetings] * chosen[meetings], minlength=len(self.who))
        return float((got / self.asked).min(initial=1.0))

    def needed(self, share: float) -> Floats:
        """What each must get for this share; whole where all weights are, which helps the proof."""
        least = share * self.asked - CLOSE
        return np.ceil(least) if self.whole else least

    def between(self, least: float, most: float) -> tuple[Floats, bool]:
        """The shares from one to another that somebody can have exactly, and whether these are all."""
        if not self.whole or (most - least) * self.asked.sum() > MOST_SHARES:
            return np.linspace(least, most, 100), False
        ranges = [
            np.arange(math.ceil(least * one), math.floor(most * one + CLOSE) + 1) / one for one in set(self.asked)
        ]
        every = np.unique(np.concatenate(ranges))
        return np.concatenate([[least], every[(every > least + CLOSE) & (every <= most + CLOSE)]]), True


def _last(count: int, good: Callable[[int], bool]) -> int:
    """The last number of which it is true, where it is true up to some number; -1 where of none."""
    low, high = -1, count - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if good(middle) else (low, middle - 1)
    return low


def free_runs(grid: Grid, who: int) -> tuple[int, list[int]]:
    """How many meetings fit without a break, and how many more each further break makes room for, the most first."""
    first, more = 0, []
    for day in grid.problem.days:
        runs, run = [], 0
        for there in [*grid.there[who, day.start : day.stop].tolist(), False]:
            if there:
                run += 1
            elif run:
                runs.append(run)
                run = 0
        left = int(grid.per_day[who])
        for number, run in enumerate(sorted(runs, reverse=True)):
            run = min(run, left)
            left -= run
            if number == 0:
                first += run
            elif run:
                more.append(run)
    return first, sorted(more, reverse=True)


def in_units(weights: Floats) -> tuple[Floats, int]:
    """The weights in parts of one in which all are whole, and how many parts make one; else as they are."""
    part = next((part for part in UNITS if _all_whole(weights * part)), 1)
    return weights * part, part


def _all_whole(weights: Floats) -> bool:
    return bool((np.abs(weights - np.round(weights)) < CLOSE / 1000).all())
