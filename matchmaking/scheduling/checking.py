"""Whether a timetable keeps every rule, and what it is worth: counted anew, sharing no line with the solvers."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from matchmaking.scheduling.problem import IMPORTER, Meeting, Participant, Problem

Schedule = Mapping[str, int]
"""The slot of each meeting that is held."""


def check(problem: Problem, schedule: Schedule) -> list[str]:
    """The rules that are broken, a sentence each; empty when none is."""
    known = {one.id: one for one in problem.meetings}
    unknown = [f"{key} is no meeting" for key in schedule if key not in known]
    if unknown:
        return unknown
    broken = [
        sentence for key, slot in schedule.items() for sentence in _of_meeting(problem, schedule, known[key], slot)
    ]
    broken += [f"{one.id} is required" for one in problem.meetings if one.must and one.id not in schedule]
    held = Counter(schedule.values())
    if problem.tables is not None:
        broken += [f"slot {slot} needs {count} tables" for slot, count in held.items() if count > problem.tables]
    slots = slots_of(problem, schedule)
    for one in problem.participants:
        broken += _of_participant(problem, one, slots[one.id])
    return [*broken, *_differences(problem, schedule)]


def _of_meeting(problem: Problem, schedule: Schedule, meeting: Meeting, slot: int) -> Iterator[str]:
    if not any(slot in day for day in problem.days):
        yield f"{meeting.id} is on no day"
    if meeting.session is not None and slot not in problem.sessions[meeting.session]:
        yield f"{meeting.id} is outside its session"
    if meeting.fixed is not None and meeting.fixed != slot:
        yield f"{meeting.id} is moved from its slot"
    for earlier in meeting.after:
        if earlier not in schedule or schedule[earlier] >= slot:
            yield f"{meeting.id} is not after {earlier}"


def _of_participant(problem: Problem, one: Participant, slots: list[int]) -> Iterator[str]:
    for slot, count in Counter(slots).items():
        if slot in one.unavailable:
            yield f"{one.id} is not there at {slot}"
        if count > one.capacity:
            yield f"{one.id} has {count} meetings at {slot}"
    if one.max_total is not None and len(slots) > one.max_total:
        yield f"{one.id} has {len(slots)} meetings in all"
    if one.max_per_day is not None:
        for day in problem.days:
            count = sum(slot in day for slot in slots)
            if count > one.max_per_day:
                yield f"{one.id} has {count} meetings on the day of slot {day.start}"


def _differences(problem: Problem, schedule: Schedule) -> Iterator[str]:
    counts = breaks_of(problem, schedule).values()
    if problem.max_break_difference is not None and counts:
        spread = max(counts) - min(counts)
        if spread > problem.max_break_difference:
            yield f"numbers of breaks differ by {spread}"


def slots_of(problem: Problem, schedule: Schedule) -> dict[str, list[int]]:
    """The slots in which each participant meets somebody."""
    found: dict[str, list[int]] = {one.id: [] for one in problem.participants}
    for meeting in problem.meetings:
        if meeting.id in schedule:
            for who in meeting.between:
                found[who].append(schedule[meeting.id])
    return found


def weight(problem: Problem, schedule: Schedule) -> float | int:
    """The weight of all that is held."""
    return sum(one.weight for one in problem.meetings if one.id in schedule)


def min_share(problem: Problem, schedule: Schedule) -> float:
    """The smallest share of the weight it asked for that an importer gets; 1 where none asked for anything."""
    asked, got = defaultdict[str, float](float), defaultdict[str, float](float)
    importers = {one.id for one in problem.participants if one.kind == IMPORTER}
    for meeting in problem.meetings:
        for who in importers.intersection(meeting.between):
            asked[who] += meeting.weight
            got[who] += meeting.weight if meeting.id in schedule else 0
    return min((got[who] / asked[who] for who in asked if asked[who]), default=1.0)


def breaks_of(problem: Problem, schedule: Schedule) -> dict[str, int]:
    """The breaks of each participant whose breaks count: groups of idle slots between two meetings of a day."""
    slots = slots_of(problem, schedule)
    found = {}
    for one in problem.participants:
        if one.count_breaks:
            runs = [sorted({slot for slot in slots[one.id] if slot in day}) for day in problem.days]
            found[one.id] = sum(later - sooner > 1 for run in runs for sooner, later in pairwise(run))
    return found


def breaks(problem: Problem, schedule: Schedule) -> int:
    """The breaks of all."""
    return sum(breaks_of(problem, schedule).values())
