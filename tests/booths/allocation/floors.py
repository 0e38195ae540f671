"""Invented floors of the kind fairs have: double rows of booths in zones, many small exhibitors, a few large ones."""

import random
from itertools import pairwise
from typing import Any

GROUPS = ("rattan", "lacquer", "ceramics", "silk", "wood")
WEIGHTS = {
    "zone": 100, "quality": 1, "points": 0.04, "corner_wanted": 20, "corner_unwanted": -6, "village": 30,
    "unplaced_booth": -1000,
}  # fmt: skip


def floor(
    seed: int, *, pairs: int = 5, length: int = 8, filled: float = 0.85, groups: int = 3, villages: int = 3
) -> dict[str, Any]:
    """An instance of `pairs` double rows: the booths back to back touch, and those that face each other."""
    chance = random.Random(seed)
    booths: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    for number in range(2 * pairs):
        zone = GROUPS[number * groups // (2 * pairs)]
        klass = "international" if number == 0 else "domestic"
        rows.append([f"{chr(65 + number % 26)}{number:02}-{place:02}" for place in range(length)])
        for place, key in enumerate(rows[-1]):
            corner = place in (0, length - 1)
            quality = 10 + 2 * corner + (length - abs(2 * place - length)) / 4 + number / 10
            booths.append(
                {"id": key, "class": klass, "zone": zone if number else None, "corner": corner, "quality": quality}
            )
    touching = [[a, b] for row in rows for a, b in pairwise(row)]
    touching += [[a, b] for one, two in pairwise(rows) for a, b in zip(one, two, strict=True)]
    names_of_villages = [f"v{number + 1}" for number in range(villages)]
    people: list[dict[str, Any]] = []
    for klass, free in (("international", length), ("domestic", (2 * pairs - 1) * length)):
        left = int(free * filled)
        while left > 0:
            wanted = min(left, chance.choice((1, 1, 1, 2, 2, 3, 4)))
            left -= wanted
            people.append(
                {
                    "id": f"e{len(people)}", "booths": wanted, "class": klass, "group": chance.choice(GROUPS[:groups]),
                    "points": chance.randrange(100), "wants_corner": chance.random() < 0.3,
                    "village": chance.choice((None, *names_of_villages)),
                }
            )  # fmt: skip
    names = [one["id"] for one in people]
    rivals = [sorted(chance.sample(names, 2)) for _pair in range(len(names) // 4)] if len(names) > 1 else []
    return {
        "format": "booth-allocation/1", "name": f"floor {seed}", "booths": booths, "rows": rows, "touching": touching,
        "exhibitors": people, "rivals": rivals, "fixed": {}, "blocked": [], "weights": dict(WEIGHTS),
    }  # fmt: skip


def with_everything(seed: int, **shape: int) -> dict[str, Any]:
    """A floor with every rule and wish that an instance can carry."""
    chance = random.Random(seed)
    made = floor(seed, filled=0.75, **shape)
    domestic = [one for one in made["exhibitors"] if one["class"] == "domestic"]
    small = [one for one in domestic if one["booths"] == 1]
    for one in made["exhibitors"]:
        one["power"] = chance.choice((0, 1, 2))
    made["wishes"] = {
        one["id"]: [[chance.choice(made["booths"])["id"], 15], [chance.choice(GROUPS[:3]), 5]] for one in domestic[:6]
    }
    made["together"] = [[one["id"] for one in small[:3]]]
    made["limits"] = {"rattan": {"power": 12}, "lacquer": {"count": 7}}
    made["agreed_split"] = [one["id"] for one in domestic if one["booths"] == 4][:1]
    made["weights"] |= {"fragment": -4, "stay": 12, "unplaced_points": 0.01}
    made["near"] = [[one["id"], two["id"]] for one, two in pairwise(domestic[8:11])]
    made["zoned"] = ["domestic", "international"]
    made["start"] = {one["id"]: [place] for one, place in zip(small[4:7], made["rows"][7], strict=False)}
    made["blocked"] = [made["rows"][3][4], made["rows"][5][0]]
    peaceful = [one for one in small[3:] if not any(one["id"] in pair for pair in made["rivals"])]
    made["fixed"] = {one["id"]: [made["rows"][4][3]] for one in peaceful[:1]}
    return made
