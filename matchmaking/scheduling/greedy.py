"""The plain way, there at once: in turn by weight, each meeting at the slot nearest to its importer's others."""

from collections import defaultdict

from matchmaking.scheduling.problem import IMPORTER, Meeting, Problem

FAR = 1000
"""The distance of a slot on a day without another meeting: nearer than nothing, farther than any of the same day."""


def greedy(problem: Problem) -> dict[str, int]:
    """A timetable that breaks no rule, but for required meetings that found no slot."""
    table = _Table(problem)
    meetings = {one.id: one for one in problem.meetings}
    order = sorted(problem.meetings, key=lambda one: (one.fixed is None, not one.must, -one.weight))
    todo = list(reversed(order))
    waiting: set[str] = set()
    while todo:
        one = todo.pop()
        earlier = [meetings[key] for key in one.after if key not in table.seen]
        if earlier and one.id not in waiting:  # those that must come first are tried first, once
            waiting.add(one.id)
            todo += [one, *earlier]
        elif one.id not in table.seen:
            table.put(one)
    return table.schedule


class _Table:
    """What is taken so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = {one.id: one for one in problem.participants}
        self.day = {slot: number for number, day in enumerate(problem.days) for slot in day}
        self.later: dict[str, list[str]] = defaultdict(list)
        for one in problem.meetings:
            for key in one.after:
                self.later[key].append(one.id)
        self.schedule: dict[str, int] = {}
        self.seen: set[str] = set()
        self.slots: dict[str, list[int]] = defaultdict(list)
        self.used: dict[int, int] = defaultdict(int)

    def put(self, one: Meeting) -> None:
        self.seen.add(one.id)
        free = [slot for slot in self._slots(one) if self._fits(one, slot)]
        if free and all(key in self.schedule for key in one.after):
            slot = min(free, key=lambda slot: (self._distance(one, slot), slot))
            self.schedule[one.id] = slot
            self.used[slot] += 1
            for who in one.between:
                self.slots[who].append(slot)

    def _slots(self, one: Meeting) -> list[int]:
        """The slots that the meeting by itself may have."""
        slots = list(range(self.problem.slots)) if one.fixed is None else [one.fixed]
        if one.session is not None:
            slots = [slot for slot in slots if slot in self.problem.sessions[one.session]]
        first = max((self.schedule.get(key, -1) for key in one.after), default=-1)
        last = min((self.schedule.get(key, FAR * FAR) for key in self.later[one.id]), default=FAR * FAR)
        return [slot for slot in slots if slot in self.day and first < slot < last]

    def _fits(self, one: Meeting, slot: int) -> bool:
        if self.problem.tables is not None and self.used[slot] >= self.problem.tables:
            return False
        return all(self._has_time(who, slot) for who in one.between)

    def _has_time(self, who: str, slot: int) -> bool:
        person, slots = self.people[who], self.slots[who]
        if slot in person.unavailable or slots.count(slot) >= person.capacity:
            return False
        if person.max_total is not None and len(slots) >= person.max_total:
            return False
        if person.max_per_day is None:
            return True
        return sum(self.day[one] == self.day[slot] for one in slots) < person.max_per_day

    def _distance(self, one: Meeting, slot: int) -> int:
        who = next((who for who in one.between if self.people[who].kind == IMPORTER), one.between[0])
        near = (abs(slot - other) if self.day[slot] == self.day[other] else FAR for other in self.slots[who])
        return min(near, default=FAR)
