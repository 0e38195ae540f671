"""A timetable after something changed: what can stay stays, what must go finds another slot, few others are moved.

Meetings that cannot be where they were (somebody is not there any more, a table is lost, a pin was set) and meetings
that wait are given slots by weight, each by a chain: it takes a slot, whoever is in its way looks for another one, and
so on, as long as the others that are moved are not too many. Exhaustive for chains of that length, so no libraries.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from matchmaking.scheduling.evening import evened
from matchmaking.scheduling.problem import Meeting, Problem

TRIES = 1500
"""Slots looked at for one meeting at most, through all its chains: what keeps a repair the same on every machine."""
FAR = 1_000_000
PART = 0.7
"""Of the seconds allowed, so much for the search: the rest is for what comes before and after it."""


@dataclass(frozen=True)
class Repaired:
    """The new timetable; `moved` were held and are held in another slot; `dropped` were held and are not any more."""

    schedule: dict[str, int]
    moved: dict[str, tuple[int, int]]
    added: dict[str, int]
    dropped: tuple[str, ...]
    others: frozenset[str] = field(default_factory=frozenset)
    """Those moved for the sake of others: never more than was allowed."""


def repair(
    problem: Problem,
    before: Mapping[str, int],
    *,
    moved_at_most: int = 3,
    still: frozenset[str] = frozenset(),
    seconds: float = 2,
    seed: int = 0,
) -> Repaired:
    """The timetable for a problem that changed since `before` was made.

    Keeps every rule, as far as required meetings have room and leave it possible. Who is `still` is never moved:
    where it cannot be held any more, it is dropped. `seconds` bounds the search; `seed` is there for symmetry:
    nothing is left to chance.
    """
    del seed
    return _Repair(problem, before, moved_at_most, still, time.monotonic() + PART * seconds).done()


class _Board:
    """Who is where; meetings by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = {one.id: one for one in problem.participants}
        self.meetings = {one.id: one for one in problem.meetings}
        self.day = {slot: number for number, day in enumerate(problem.days) for slot in day}
        self.later: dict[str, list[str]] = defaultdict(list)
        for one in problem.meetings:
            for key in one.after:
                self.later[key].append(one.id)
        self.slots: dict[str, int] = {}
        self.at: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.used: dict[int, list[str]] = defaultdict(list)
        self.daily: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.total: dict[str, int] = defaultdict(int)
        self.log: list[tuple[str, int | None]] = []
        """Each meeting that was put or taken, with the slot it had before; what `back_to` undoes."""

    def put(self, key: str, slot: int) -> None:
        self.log.append((key, None))
        self.slots[key] = slot
        self.used[slot].append(key)
        for who in self.meetings[key].between:
            self.at[who, slot].append(key)
            self.daily[who, self.day[slot]].append(key)
            self.total[who] += 1

    def take(self, key: str) -> int:
        slot = self.slots.pop(key)
        self.log.append((key, slot))
        self.used[slot].remove(key)
        for who in self.meetings[key].between:
            self.at[who, slot].remove(key)
            self.daily[who, self.day[slot]].remove(key)
            self.total[who] -= 1
        return slot

    def back_to(self, mark: int) -> None:
        """Undoes all since the log was so long."""
        while len(self.log) > mark:
            key, slot = self.log.pop()
            if slot is None:
                self.take(key)
            else:
                self.put(key, slot)
            self.log.pop()

    def allowed(self, one: Meeting) -> list[int]:
        """The slots that a meeting may have, whoever is there."""
        slots = range(self.problem.slots) if one.fixed is None else [one.fixed]
        session = None if one.session is None else self.problem.sessions[one.session]
        away = frozenset().union(*(self.people[who].unavailable for who in one.between))
        return [
            slot for slot in slots if slot in self.day and slot not in away and (session is None or slot in session)
        ]

    def crowds(self, key: str, slot: int) -> list[list[str]] | None:
        """For each limit in the way, the meetings of which one must go; None where that would not help.

        Asked while the meeting itself is nowhere.
        """
        one, found = self.meetings[key], []
        if self.problem.tables is not None and len(self.used[slot]) >= self.problem.tables:
            found.append(self.used[slot])
        for who in one.between:
            person = self.people[who]
            if person.max_total is not None and self.total[who] >= person.max_total:
                return None
            if len(self.at[who, slot]) >= person.capacity:
                found.append(self.at[who, slot])
            today = self.daily[who, self.day[slot]]
            if person.max_per_day is not None and len(today) >= person.max_per_day:
                found.append(today)
        for earlier in one.after:
            if earlier not in self.slots:
                return None
            if self.slots[earlier] >= slot:
                found.append([earlier])
        found += [[later] for later in self.later[key] if self.slots.get(later, FAR) <= slot]
        return [list(crowd) for crowd in found]

    def full(self, key: str) -> bool:
        """Whether no slot could take this meeting, whoever else moves."""
        tables, people = self.problem.tables, [self.people[who] for who in self.meetings[key].between]
        if tables is not None and all(len(self.used[slot]) >= tables for slot in self.day):
            return True
        return any(one.max_total is not None and self.total[one.id] >= one.max_total for one in people)

    def breaks(self, who: str) -> int:
        if not self.people[who].count_breaks:
            return 0
        count = 0
        for day in self.problem.days:
            busy = [slot for slot in day if self.at[who, slot]]
            count += sum(two - one > 1 for one, two in pairwise(busy))
        return count

    def breaks_made(self, key: str, slot: int) -> int:
        """How many more breaks there would be with the meeting at this slot, asked while it is nowhere."""
        return sum(self._made(who, slot) for who in self.meetings[key].between)

    def _made(self, who: str, slot: int) -> int:
        day = self.day[slot]
        if not self.people[who].count_breaks or self.at[who, slot] or not self.daily[who, day]:
            return 0
        near = [one for one in (slot - 1, slot + 1) if self.day.get(one) == day]
        return 1 - sum(bool(self.at[who, one]) for one in near)


class _Repair:
    """One repair."""

    def __init__(
        self, problem: Problem, before: Mapping[str, int], moved_at_most: int, still: frozenset[str], until: float
    ) -> None:
        self.board = _Board(problem)
        self.before, self.still, self.until, self.budget = before, still, until, moved_at_most
        self.allowed: dict[str, list[int]] = {}
        self.had = self._meetings_before()
        self.homeless: list[str] = []
        self.others: dict[str, None] = {}
        self.tries = 0

    def done(self) -> Repaired:
        self._keep()
        for key in self._waiting():
            if time.monotonic() < self.until:
                self._settle(key)
        self._close_breaks()
        self._even()
        slots, before = self.board.slots, self.before
        moved = {key: (before[key], slot) for key, slot in slots.items() if before.get(key, slot) != slot}
        return Repaired(
            schedule=dict(slots),
            moved=moved,
            added={key: slot for key, slot in slots.items() if key not in before},
            dropped=tuple(key for key in before if key not in slots),
            others=frozenset(self.others) & moved.keys(),
        )

    def _meetings_before(self) -> dict[str, int]:
        """How many meetings each participant had."""
        had: dict[str, int] = defaultdict(int)
        for key in self.before:
            if key in self.board.meetings:
                for who in self.board.meetings[key].between:
                    had[who] += 1
        return had

    def _may(self, key: str) -> list[int]:
        """The slots that a meeting may have, whoever is there."""
        if key not in self.allowed:
            self.allowed[key] = self.board.allowed(self.board.meetings[key])
        return self.allowed[key]

    def _weight(self, key: str) -> tuple[bool, bool, float]:
        one = self.board.meetings[key]
        return key in self.still, one.must, one.weight

    def _keep(self) -> None:
        """All that can be held where it was; where too many are in one place, the least weighty ones are homeless."""
        known = [key for key in self.before if key in self.board.meetings]
        known.sort(key=lambda key: (*(-one for one in self._weight(key)), self.before[key]))
        order = sorted(known, key=lambda key: bool(self.board.meetings[key].after))
        for key in order:
            slot = self.before[key]
            if slot in self._may(key) and self.board.crowds(key, slot) == []:
                self.board.put(key, slot)
            elif key not in self.still:
                self.homeless.append(key)

    def _waiting(self) -> list[str]:
        """What has no slot: required ones first, then those that had one, then by weight."""
        out = [one.id for one in self.board.problem.meetings if one.id not in self.board.slots]
        out = [key for key in out if key not in self.still or key not in self.before]
        homeless = set(self.homeless)
        return sorted(out, key=lambda key: (not self._weight(key)[1], key not in homeless, -self._weight(key)[2]))

    # ---- chains ----
    def _settle(self, key: str) -> None:
        """Gives a meeting a slot, by the shortest chain; a required one may push a lesser one out altogether."""
        if not self.board.full(key):
            longest = self.budget - len(self.others) if self._deserves(key) else 0
            for depth in range(longest + 1):
                self.tries = 0
                if self._chain(key, depth, frozenset({key})):
                    return
        if self.board.meetings[key].must:
            self._push_out(key)

    def _deserves(self, key: str) -> bool:
        """Whether others may be moved for it: it had or must have a slot, or its people lost meetings or are new."""
        one = self.board.meetings[key]
        if key in self.before or one.must:
            return True
        return any(self.board.total[who] < self.had[who] or not self.had[who] for who in one.between)

    def _chain(self, key: str, depth: int, passed: frozenset[str]) -> bool:
        """Puts a meeting somewhere, moving so many others at most. Leaves all as it was when it cannot."""
        for slot in self._by_breaks(key):
            self.tries += 1
            if self.tries > TRIES or (self.tries % 50 == 0 and time.monotonic() > self.until):
                return False
            if self._make_room(key, slot, depth, passed):
                return True
        return False

    def _make_room(self, key: str, slot: int, depth: int, passed: frozenset[str]) -> bool:
        crowds = self.board.crowds(key, slot)
        if crowds is None:
            return False
        if not crowds:
            self.board.put(key, slot)
            return True
        if not depth:
            return False
        common = set(crowds[0]).intersection(*crowds[1:])
        smallest = min(crowds, key=len)
        pool = sorted(common or smallest, key=lambda one: (self._weight(one), one))
        for one in pool:
            if one in passed or one in self.still or self.board.meetings[one].fixed is not None:
                continue
            cost = one not in self.others and one not in self.homeless
            mark, counted = len(self.board.log), dict(self.others)
            self.board.take(one)
            if cost:
                self.others[one] = None
            if self._make_room(key, slot, depth - cost, passed | {one}):
                left = depth - (len(self.others) - len(counted))
                if self._chain(one, left, passed | {one}):
                    return True
            self.others = counted
            self.board.back_to(mark)
        return False

    def _by_breaks(self, key: str) -> list[int]:
        """The slots that a meeting may have, those first where its two sides get the fewest breaks."""
        stay = self.before.get(key)
        return sorted(self._may(key), key=lambda slot: (self.board.breaks_made(key, slot), slot != stay, slot))

    def _push_out(self, key: str) -> None:
        """A required meeting takes its slot from those that are not required and weigh least."""
        for slot in self._by_breaks(key):
            crowds = self.board.crowds(key, slot)
            if crowds is None:
                continue
            mark = len(self.board.log)
            while crowds:
                light = [one for one in crowds[0] if one not in self.still and not self.board.meetings[one].must]
                if not light:
                    break
                self.board.take(min(light, key=self._weight))
                crowds = self.board.crowds(key, slot) or []
            if not crowds and self.board.crowds(key, slot) == []:
                self.board.put(key, slot)
                return
            self.board.back_to(mark)

    def _close_breaks(self) -> None:
        """With the moves that are left, takes out breaks that were not there before, one meeting at a time."""
        was = _Board(self.board.problem)
        for key, slot in self.before.items():
            if key in was.meetings and slot in was.day:
                was.put(key, slot)
        slots = self.board.slots
        touched = [key for key in {**self.before, **slots} if self.before.get(key) != slots.get(key)]
        people = dict.fromkeys(who for key in touched if key in was.meetings for who in was.meetings[key].between)
        for who in people:
            if self.board.breaks(who) > was.breaks(who) and time.monotonic() < self.until:
                self._close(who)

    def _even(self) -> None:
        """Where somebody has too many breaks beside others: meetings are moved if may be, given up if they must."""
        problem = self.board.problem
        if problem.max_break_difference is None:
            return
        counts = {one.id: self.board.breaks(one.id) for one in problem.participants if one.count_breaks}
        for who, count in counts.items():
            too_many = count - min(counts.values()) > problem.max_break_difference
            if too_many and time.monotonic() < self.until:
                self._close(who)
        for key in self.board.slots.keys() - evened(problem, self.board.slots, last=self.still).keys():
            self.board.take(key)

    def _close(self, who: str) -> None:
        for key in [key for key in self.board.slots if who in self.board.meetings[key].between]:
            free = key in self.others or key not in self.before or key in self.homeless
            if key in self.still or self.board.meetings[key].must or (not free and len(self.others) >= self.budget):
                continue
            old = self.board.take(key)
            best = next((slot for slot in self._by_breaks(key) if self.board.crowds(key, slot) == []), old)
            better = self.board.breaks_made(key, best) < self.board.breaks_made(key, old)
            self.board.put(key, best if better else old)
            if better and not free:
                self.others[key] = None
