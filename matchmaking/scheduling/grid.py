"""A problem in numbers: people, meetings and slots as the rows and columns of arrays."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from matchmaking.scheduling.problem import IMPORTER, Problem

Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]
NO_LIMIT = 1_000_000
NOT_HELD = -1


class Grid:
    """Everything the steps of solving ask for, found once.

    Each meeting has an *owner*, the importer where there is one, and an *other*: owners are placed one at a time, all
    their meetings together, so their breaks can be avoided; others are what owners come in each other's way for.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        people, meetings = problem.participants, problem.meetings
        self.person = {one.id: number for number, one in enumerate(people)}
        self.meeting = {one.id: number for number, one in enumerate(meetings)}
        self.day = np.full(problem.slots, -1)
        for number, day in enumerate(problem.days):
            self.day[day.start : day.stop] = number
        self.there = np.tile(self.day >= 0, (len(people), 1))
        for number, one in enumerate(people):
            self.there[number, list(one.unavailable)] = False
        self.capacity = np.array([one.capacity for one in people], np.int64)
        self.per_day = np.array([_limit(one.max_per_day) for one in people], np.int64)
        self.total = np.array([_limit(one.max_total) for one in people], np.int64)
        self.counts = np.array([one.count_breaks for one in people], bool)
        self.importer = np.array([one.kind == IMPORTER for one in people], bool)
        self.tables = _limit(problem.tables)
        self.weight = np.array([one.weight for one in meetings], float)
        self.must = np.array([one.must for one in meetings], bool)
        self.pair = np.array([[self.person[who] for who in one.between] for one in meetings], np.int64).reshape(-1, 2)
        self.owner, self.other = self._owners()
        self.owned = [np.flatnonzero(self.owner == number) for number in range(len(people))]
        self.earlier = [[self.meeting[key] for key in one.after] for one in meetings]
        self.later: list[list[int]] = [[] for _one in meetings]
        for number, keys in enumerate(self.earlier):
            for key in keys:
                self.later[key].append(number)
        self.orders = np.array(
            [(key, number) for number, keys in enumerate(self.earlier) for key in keys], np.int64
        ).reshape(-1, 2)
        self.allowed = self._allowed()

    def _owners(self) -> tuple[Ints, Ints]:
        meets = np.bincount(self.pair.ravel(), minlength=len(self.person))
        rank = [
            (not self.importer[number], self.capacity[number] > 1, not self.counts[number], meets[number], number)
            for number in range(len(self.person))
        ]
        first = np.array([rank[a] <= rank[b] for a, b in self.pair.tolist()], bool)
        one, two = self.pair[:, 0], self.pair[:, 1]
        return np.where(first, one, two), np.where(first, two, one)

    def _allowed(self) -> Flags:
        """The slots that each meeting by itself may have."""
        allowed = self.there[self.owner] & self.there[self.other]
        for number, one in enumerate(self.problem.meetings):
            if one.session is not None:
                session = self.problem.sessions[one.session]
                allowed[number, : session.start] = allowed[number, session.stop :] = False
            if one.fixed is not None:
                allowed[number, np.arange(self.problem.slots) != one.fixed] = False
        while self._narrowed(allowed):
            pass
        return allowed

    def _narrowed(self, allowed: Flags) -> bool:
        """Takes out slots too early to come after another meeting, or too late to come before a required one."""
        before = int(allowed.sum())
        for first, second in self.orders.tolist():
            sooner = np.flatnonzero(allowed[first])
            allowed[second, : sooner[0] + 1 if len(sooner) else None] = False
            if self.must[second]:
                later = np.flatnonzero(allowed[second])
                allowed[first, later[-1] if len(later) else 0 :] = False
        return int(allowed.sum()) < before

    def slots_of(self, schedule: Mapping[str, int]) -> Ints:
        """The slot of each meeting, NOT_HELD where it is not in the schedule."""
        found = np.full(len(self.meeting), NOT_HELD)
        for key, slot in schedule.items():
            found[self.meeting[key]] = slot
        return found

    def schedule_of(self, slots: Ints) -> dict[str, int]:
        """The same the other way."""
        return {one.id: slot for one, slot in zip(self.problem.meetings, slots.tolist(), strict=True) if slot >= 0}


def _limit(value: int | None) -> int:
    return NO_LIMIT if value is None else value
