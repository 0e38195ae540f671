"""Judges a timetable by the words of the format, sharing no line with the package."""

from collections import Counter
from itertools import pairwise
from typing import Any

NOWHERE = -1


def judge(made: dict[str, Any], schedule: dict[str, int]) -> tuple[list[str], dict[str, Any]]:
    """The rules that are broken, and what is counted."""
    days = [range(*day) for day in made.get("days") or [[0, made["slots"]]]]
    people = {one["id"]: one for one in made["participants"]}
    faults: list[str] = []
    slots: dict[str, list[int]] = {key: [] for key in people}
    for one in made["meetings"]:
        at = schedule.get(one["id"], NOWHERE)
        if at == NOWHERE:
            if one.get("required") or one.get("fixed") is not None:
                faults.append(f"{one['id']} is missing")
            continue
        faults += [f"{one['id']}: {fault}" for fault in _of_meeting(made, days, schedule, one, at)]
        for who in one["between"]:
            slots[who].append(at)
    faults += [f"{key} is unknown" for key in set(schedule) - {one["id"] for one in made["meetings"]}]
    if made.get("tables") is not None and max(Counter(schedule.values()).values(), default=0) > made["tables"]:
        faults.append("too few tables")
    for key, one in people.items():
        faults += [f"{key}: {fault}" for fault in _of_person(one, days, slots[key])]
    counted = {key: _breaks(days, slots[key]) for key, one in people.items() if one.get("count_breaks", True)}
    limit = made.get("max_break_difference")
    if limit is not None and max(counted.values()) - min(counted.values()) > limit:
        faults.append("breaks differ too much")
    return faults, _figures(made, schedule, people, counted)


def _of_meeting(
    made: dict[str, Any], days: list[range], schedule: dict[str, int], one: dict[str, Any], at: int
) -> list[str]:
    faults = [] if any(at in day for day in days) else ["is on no day"]
    if one.get("session") and at not in range(*made["sessions"][one["session"]]):
        faults.append("is outside its session")
    if one.get("fixed") not in (None, at):
        faults.append("was moved from its slot")
    if any(not NOWHERE < schedule.get(key, NOWHERE) < at for key in one.get("after", ())):
        faults.append("is too early")
    return faults


def _of_person(one: dict[str, Any], days: list[range], slots: list[int]) -> list[str]:
    faults = []
    if set(slots) & set(one.get("unavailable", ())):
        faults.append("is not there")
    if max(Counter(slots).values(), default=0) > one.get("capacity", 1):
        faults.append("is in two places")
    if one.get("max_total") is not None and len(slots) > one["max_total"]:
        faults.append("has too many meetings")
    if one.get("max_per_day") is not None and any(sum(at in day for at in slots) > one["max_per_day"] for day in days):
        faults.append("has too many meetings in a day")
    return faults


def _breaks(days: list[range], slots: list[int]) -> int:
    return sum(two - one > 1 for day in days for one, two in pairwise(sorted(set(slots) & set(day))))


def _figures(
    made: dict[str, Any], schedule: dict[str, int], people: dict[str, Any], counted: dict[str, int]
) -> dict[str, Any]:
    asked: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for one in made["meetings"]:
        for who in one["between"]:
            if people[who].get("kind") == "importer":
                asked[who] += one.get("weight", 1)
                got[who] += one.get("weight", 1) if one["id"] in schedule else 0
    return {
        "weight": sum(one.get("weight", 1) for one in made["meetings"] if one["id"] in schedule),
        "min_share": min((got[who] / asked[who] for who in asked if asked[who]), default=1),
        "breaks": sum(counted.values()),
        "most_breaks": max(counted.values(), default=0),
    }
