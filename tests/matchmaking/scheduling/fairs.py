"""Invented fairs: importers with ranked wishes and hours of their own, exhibitors with limits, booths or tables."""

import random
from typing import Any

LONG = 16
"""Slots of a day."""


def fair(
    seed: int, *, exhibitors: int = 12, importers: int = 12, tables: int | None = None, days: int = 3,
    length: int = LONG, asked: tuple[int, int] = (8, 14),
) -> dict[str, Any]:  # fmt: skip
    """An instance; some exhibitors are asked for by many, most by few."""
    chance = random.Random(seed)
    ranges = [[day * length, (day + 1) * length] for day in range(days)]
    people: list[dict[str, Any]] = [
        {"id": f"b{number}", "kind": "importer", "unavailable": _away(chance, ranges)} for number in range(importers)
    ]
    people += [
        {
            "id": f"s{number}", "kind": "exhibitor", "max_per_day": 10, "max_total": 24, "count_breaks": False,
            "unavailable": sorted(chance.sample(range(days * length), chance.randint(0, 3))),
        }
        for number in range(exhibitors)
    ]  # fmt: skip
    fame = [chance.paretovariate(1.5) for _one in range(exhibitors)]
    meetings: list[dict[str, Any]] = []
    for number in range(importers):
        many = min(chance.randint(*asked), exhibitors)
        wished: dict[int, None] = {}
        while len(wished) < many:
            wished[chance.choices(range(exhibitors), fame)[0]] = None
        for rank, seller in enumerate(wished):
            worth = max(1, many - rank) + (6 if rank == 0 and chance.random() < 0.6 else 0)
            meetings.append({"id": f"m{len(meetings)}", "between": [f"b{number}", f"s{seller}"], "weight": worth})
    return {
        "format": "meeting-schedule/1", "name": f"fair {seed}", "slots": days * length, "days": ranges,
        "tables": tables, "participants": people, "meetings": meetings,
        "objective": ["weight", "min_share", "breaks"],
    }  # fmt: skip


def _away(chance: random.Random, days: list[list[int]]) -> list[int]:
    """When an importer is not there: a day or the half of one, and lunch."""
    away: set[int] = set()
    for start, end in days:
        kind = chance.random()
        middle = (start + end) // 2
        if kind < 0.15:
            away.update(range(start, end))
        elif kind < 0.3:
            away.update(range(start, start + 3))
        elif kind < 0.4:
            away.update(range(end - 3, end))
        elif kind < 0.6:
            away.update(range(middle + 2, min(end, middle + 4)))
    if len(away) == days[-1][1]:
        away -= set(range(*days[-1]))
    return sorted(away)


def pinned(seed: int, **shape: Any) -> dict[str, Any]:
    """A fair with everything that an instance can carry."""
    chance = random.Random(seed)
    made = fair(seed, **shape)
    length = made["days"][0][1]
    made["sessions"] = {"first day": [0, length], "late": [length, made["slots"]]}
    made["max_break_difference"] = 2
    people = {one["id"]: one for one in made["participants"]}
    for one in made["participants"]:
        if one["kind"] == "exhibitor" and chance.random() < 0.3:
            one["capacity"] = 2
    busy: set[tuple[str, int]] = set()
    meetings = made["meetings"]
    for one in chance.sample(meetings, len(meetings) // 8):
        free = [
            slot for slot in range(made["slots"])
            if not any(slot in people[who]["unavailable"] or (who, slot) in busy for who in one["between"])
        ]  # fmt: skip
        kind = chance.random()
        if kind < 0.3 and free:
            one["fixed"] = chance.choice(free)
            busy.update((who, one["fixed"]) for who in one["between"])
        elif kind < 0.7:
            one["session"] = chance.choice(("first day", "late"))
        else:
            other = chance.choice(meetings)
            if other["id"] < one["id"]:  # so that no two wait for each other
                one["after"] = [other["id"]]
    return made


def renamed(made: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same fair with other names, in another order."""
    people = _names([one["id"] for one in made["participants"]], "p", chance)
    meetings = _names([one["id"] for one in made["meetings"]], "x", chance)
    return made | {
        "participants": chance.sample(
            [one | {"id": people[one["id"]]} for one in made["participants"]], len(made["participants"])
        ),
        "meetings": chance.sample(
            [
                one
                | {"id": meetings[one["id"]], "between": chance.sample([people[who] for who in one["between"]], 2)}
                | ({"after": [meetings[key] for key in one["after"]]} if "after" in one else {})
                for one in made["meetings"]
            ],
            len(made["meetings"]),
        ),
    }


def _names(ids: list[str], letter: str, chance: random.Random) -> dict[str, str]:
    numbers = chance.sample(range(10 * len(ids)), len(ids))
    return {key: f"{letter}{number}" for key, number in zip(ids, numbers, strict=True)}
