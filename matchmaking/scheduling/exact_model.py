"""The rules of a timetable as clauses, with breaks counted for each person and in all.

After Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy and Villaret (JAIR 74, 2022): a literal for each meeting and slot,
one for each person and slot at which it has a meeting, and the two counts they found to help (so many slots with
meetings has a person, so many people at most sit at the tables of a slot). Their soft clauses are one a slot at which a
break ends; here the breaks of each person are counted first, and who has none is told when its meetings begin and end.
"""

from collections.abc import Iterable
from functools import cached_property

from matchmaking.scheduling.exact_clauses import Clauses
from matchmaking.scheduling.exact_grid import Grid
from matchmaking.scheduling.exact_sides import two_sides


class Model:
    """The clauses of a grid. `levels` are, for each person who counts, literals for one, two … breaks or more."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.clauses = grid, Clauses()
        self.at = [{slot: self.clauses.new() for slot in sorted(window)} for window in grid.windows]
        self._meetings()
        self.used = [self._used(person) for person in range(len(grid.held))]
        self._tables()
        self.begun = [self._so_far(person) for person in range(len(grid.held))]
        ends = [self._breaks(person) for person in range(len(grid.held))]
        self.levels = [self._levels(person, ends[person]) for person in range(len(grid.held))]
        if grid.spread is not None:
            self._spread(ends, grid.spread)

    def timetable(self, true: Iterable[int]) -> list[int]:
        """The slot of each meeting, by what a solver found true."""
        known = set(true)
        return [next(slot for slot, literal in at.items() if literal in known) for at in self.at]

    def _meetings(self) -> None:
        for at in self.at:
            self.clauses.add(*at.values())
            self.clauses.at_most(1, list(at.values()))
        for first, second in self.grid.earlier:
            for slot, literal in self.at[first].items():
                for other, too_early in self.at[second].items():
                    if other <= slot:
                        self.clauses.add(-literal, -too_early)

    def _used(self, person: int) -> dict[int, int]:
        """For each slot at which it can have meetings, whether it has; with what its capacity and its days allow."""
        grid, clauses = self.grid, self.clauses
        held, capacity = grid.held[person], grid.capacity[person]
        here = {slot: [self.at[meeting][slot] for meeting in grid.at(person, slot)] for slot in grid.slots}
        used = {slot: clauses.either(literals) for slot, literals in here.items() if literals}
        for literals in here.values():
            clauses.at_most(capacity, literals)
        slots = list(used.values())
        clauses.at_least(-(-len(held) // capacity), slots)
        if capacity == 1:
            clauses.at_most(len(held), slots)
        most = grid.per_day[person]
        for day in grid.days if most is not None else ():
            clauses.at_most(most, [literal for slot in day for literal in here[slot]])
        return used

    def _tables(self) -> None:
        """So many meetings at a slot at most: twice as many people, where nobody has two at once.

        Of people none of whom meets another, each needs a table of its own. Where most meetings are between two sides
        this says far more of a side than the number of all people does.
        """
        grid, tables = self.grid, self.grid.tables
        if tables is None:
            return
        alone = max(grid.capacity, default=1) == 1
        sides = two_sides(grid) if alone else ()
        for slot in grid.slots:
            if alone:
                self.clauses.at_most(2 * tables, [used[slot] for used in self.used if slot in used])
            else:
                self.clauses.at_most(tables, [at[slot] for at in self.at if slot in at])
            for side in sides:
                self.clauses.at_most(tables, [self.used[one][slot] for one in side if slot in self.used[one]])

    def _so_far(self, person: int, *, backwards: bool = False) -> dict[int, int]:
        """For each slot, whether there was a meeting at it or before it on its day; backwards: at it or after it."""
        used, found = self.used[person], {}
        for day in self.grid.days:
            known: int | None = None
            for slot in reversed(day) if backwards else day:
                if slot in used:
                    known = used[slot] if known is None else self.clauses.either([known, used[slot]])
                if known is not None:
                    found[slot] = known
        return found

    def _breaks(self, person: int) -> list[int]:
        """Literals for the slots at which a break of it ends; nothing for who does not count."""
        if not self.grid.counted[person]:
            return []
        used, begun = self.used[person], self.begun[person]
        ends = []
        for slot in (slot for day in self.grid.days for slot in day[2:]):
            if slot in used and slot - 2 in begun:
                parts = [used[slot], begun[slot - 2], *([-used[slot - 1]] if slot - 1 in used else [])]
                ends.append(end := self.clauses.new())
                self.clauses.add(end, *(-part for part in parts))
                for part in parts:
                    self.clauses.add(-end, part)
        return ends

    def _levels(self, person: int, ends: list[int]) -> list[int]:
        most = min(self.grid.most_breaks(person), len(ends))
        if self.grid.spread is not None:
            most = min(most, self.grid.spread + self._everyone_at_most)
        levels = self.clauses.counted(ends, most + 1)
        for level in levels[most:]:
            self.clauses.add(-level)
        if levels[:most]:
            self._without_break(person, levels[0])
        return levels[:most]

    @cached_property
    def _everyone_at_most(self) -> int:
        """The most breaks that everyone who counts could have at once."""
        counted = [self.grid.most_breaks(person) for person, counts in enumerate(self.grid.counted) if counts]
        return min(counted, default=0)

    def _without_break(self, person: int, some: int) -> None:
        """What holds of who has not even one break: from the first to the last meeting of a day each slot is used.

        With all its meetings on one day, they are over so many slots after the first; and what is not over by then had
        not begun.
        """
        used, begun, add = self.used[person], self.begun[person], self.clauses.add
        coming = self._so_far(person, backwards=True)
        for slot in begun.keys() & coming.keys():
            add(some, -begun[slot], -coming[slot], *([used[slot]] if slot in used else []))
        days = [day for day in self.grid.days if any(slot in used for slot in day)]
        many = len(self.grid.held[person])
        if len(days) == 1 and self.grid.capacity[person] == 1:
            for first in range(days[0].start - many, days[0].stop):
                before, after = begun.get(first), coming.get(first + many)
                if before and after:
                    add(some, -before, -after)
                if first + many >= days[0].start and first < days[0].stop:
                    add(some, *filter(None, (before, after)))

    def _spread(self, ends: list[list[int]], spread: int) -> None:
        """No two of those who count differ by more: somebody has so many more only when everyone has some."""
        counted = [person for person, counts in enumerate(self.grid.counted) if counts]
        floors = [self.clauses.new() for _number in range(self._everyone_at_most)]
        for number, everyone in enumerate(floors, start=1):
            for person in counted:
                none = [-end for end in ends[person]]
                if number > len(none):
                    self.clauses.add(-everyone)
                else:
                    fewer = self.clauses.counted(none, len(none) - number + 1)
                    self.clauses.add(-everyone, -fewer[len(none) - number])
        for person in counted:
            for number, level in enumerate(self.levels[person][spread:]):
                self.clauses.add(-level, floors[number])
