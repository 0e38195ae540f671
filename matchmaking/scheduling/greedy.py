"""The plain way, there at once: in turn by weight, each meeting at the slot nearest to its importer's others."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from matchmaking.scheduling.problem import IMPORTER, Meeting, Problem

FAR = 1000
"""The distance of a slot on a day without another meeting: nearer than nothing, farther than any of the same day."""


def greedy(problem: Problem) -> dict[str, int]:
    """A timetable that breaks no rule, but for required meetings that found no slot and the difference of breaks."""
    table = _Table(problem)
    meetings = {one.id: one for one in problem.meetings}
    order = sorted(problem.meetings, key=lambda one: (one.fixed is None, not one.must, -one.weight))
    coming = list(reversed(order))
    waiting: set[str] = set()
    while coming:
        one = coming.pop()
        earlier = [meetings[key] for key in one.after if key not in table.seen]
        if earlier and one.id not in waiting:  # those that must come first are tried first, once
            waiting.add(one.id)
            coming += [one, *earlier]
        elif one.id not in table.seen:
            table.put(one)
    return table.schedule


class _Table:
    """What is taken so far. Sets of slots are whole numbers, a bit for each slot."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = {one.id: one for one in problem.participants}
        self.day = {slot: number for number, day in enumerate(problem.days) for slot in day}
        self.days = [_bits(day) for day in problem.days]
        self.sessions = {key: _bits(slots) for key, slots in problem.sessions.items()}
        self.free = {one.id: sum(self.days) & ~_bits(one.unavailable) for one in problem.participants}
        self.free |= {one.id: 0 for one in problem.participants if 0 in (one.max_total, one.max_per_day)}
        self.tables = 0 if problem.tables == 0 else sum(self.days)
        self.later: dict[str, list[str]] = defaultdict(list)
        for one in problem.meetings:
            for key in one.after:
                self.later[key].append(one.id)
        self.schedule: dict[str, int] = {}
        self.seen: set[str] = set()
        self.slots: dict[str, list[int]] = defaultdict(list)
        self.daily: Counter[tuple[str, int]] = Counter()
        self.used: Counter[int] = Counter()

    def put(self, one: Meeting) -> None:
        self.seen.add(one.id)
        free = self._free(one)
        if free and all(key in self.schedule for key in one.after):
            who = next((who for who in one.between if self.people[who].kind == IMPORTER), one.between[0])
            self._take(one, self._nearest(free, self.slots[who]))

    def _free(self, one: Meeting) -> int:
        """The slots where it is in nobody's way."""
        free = self.free[one.between[0]] & self.free[one.between[1]] & self.tables
        if one.fixed is not None:
            free &= 1 << one.fixed
        if one.session is not None:
            free &= self.sessions[one.session]
        for key in one.after:
            free &= -2 << self.schedule.get(key, 0)
        for key in self.later[one.id]:
            if key in self.schedule:
                free &= (1 << self.schedule[key]) - 1
        return free

    def _nearest(self, free: int, slots: list[int]) -> int:
        """The free slot nearest to some other on its day, the first of these."""
        by_day: dict[int, list[int]] = defaultdict(list)
        for one in slots:
            by_day[self.day[one]].append(one)

        def distance(slot: int) -> int:
            return min((abs(slot - one) for one in by_day[self.day[slot]]), default=FAR)

        return min(_slots(free), key=lambda slot: (distance(slot), slot))

    def _take(self, one: Meeting, slot: int) -> None:
        self.schedule[one.id] = slot
        self.used[slot] += 1
        if self.used[slot] == self.problem.tables:
            self.tables &= ~(1 << slot)
        for who in one.between:
            person, day = self.people[who], self.day[slot]
            self.slots[who].append(slot)
            self.daily[who, day] += 1
            if self.slots[who].count(slot) == person.capacity:
                self.free[who] &= ~(1 << slot)
            if self.daily[who, day] == person.max_per_day:
                self.free[who] &= ~self.days[day]
            if len(self.slots[who]) == person.max_total:
                self.free[who] = 0


def _bits(slots: Iterable[int]) -> int:
    return sum(1 << slot for slot in set(slots))


def _slots(bits: int) -> list[int]:
    return [slot for slot in range(bits.bit_length()) if bits >> slot & 1]
