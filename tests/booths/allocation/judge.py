"""Judges an answer from the instance alone: shares no line with the solver.

Written from docs/allocation.md. `judge` gives the rules broken, in words, and the total counted.
"""

from itertools import combinations, pairwise
from typing import Any

Instance = dict[str, Any]


def judge(instance: Instance, answer: dict[str, Any]) -> tuple[list[str], float]:
    people = {one["id"]: one for one in instance["exhibitors"]}
    given = {key: places for key, places in answer["assignments"].items() if places}
    broken = [f"{key} is in neither list or both" for key in people if (key in given) == (key in answer["unplaced"])]
    return broken + _broken(instance, given), _total(instance, given)


Given = dict[str, list[str]]


def _broken(instance: Instance, given: Given) -> list[str]:
    booths = {one["id"]: one for one in instance["booths"]}
    people = {one["id"]: one for one in instance["exhibitors"]}
    everything = [booth for places in given.values() for booth in places]
    broken = [f"{booth} is given twice" for booth in set(everything) if everything.count(booth) > 1]
    broken += [f"{booth} is blocked" for booth in everything if booth in instance.get("blocked", ())]
    for key, places in given.items():
        broken += _faults_of_place(instance, people[key], [booths[place] for place in places])
    for key, places in instance.get("fixed", {}).items():
        if set(given.get(key, ())) != set(places):
            broken.append(f"{key} is not where it is fixed")
    rivals = instance.get("rivals", ())
    broken += [f"rivals {one} and {two} touch" for one, two in rivals if _touch(instance, given, one, two)]
    blocks = instance.get("together", ())
    return (
        broken
        + [f"{group} is not one block" for group in blocks if not _hangs(instance, given, group)]
        + [
            fault
            for zone, limit in instance.get("limits", {}).items()
            for fault in _overload(instance, given, zone, limit)
        ]
    )


def _overload(instance: Instance, given: Given, zone: str, limit: dict[str, Any]) -> list[str]:
    inside_it = {one["id"] for one in instance["booths"] if one["zone"] == zone}
    inside = [one for one in instance["exhibitors"] if inside_it & set(given.get(one["id"], ()))]
    faults = []
    if limit.get("count") is not None and len(inside) > limit["count"]:
        faults.append(f"{zone} holds {len(inside)}")
    if limit.get("power") is not None and sum(one.get("power", 0) for one in inside) > limit["power"] + 1e-6:
        faults.append(f"{zone} lacks power")
    return faults


def _touch(instance: Instance, given: Given, one: str, two: str) -> bool:
    touching = {frozenset(pair) for pair in instance["touching"]}
    return any(frozenset((a, b)) in touching for a in given.get(one, ()) for b in given.get(two, ()))


def _total(instance: Instance, given: Given) -> float:
    booths = {one["id"]: one for one in instance["booths"]}
    people = {one["id"]: one for one in instance["exhibitors"]}
    weights = instance["weights"]
    total = sum(_worth(instance, people[key], [booths[place] for place in places]) for key, places in given.items())
    for one, two in combinations(instance["exhibitors"], 2):
        same = one.get("village") and one["village"] == two.get("village") and one["class"] == two["class"]
        named = {one["id"], two["id"]} in [set(pair) for pair in instance.get("near", ())]
        if (same or named) and _touch(instance, given, one["id"], two["id"]):
            total += weights["village"]
    for key, one in people.items():
        if key not in given:
            cost = 1 + weights.get("unplaced_points", 0) * one["points"]
            total += weights["unplaced_booth"] * one["booths"] * cost
    return total + weights.get("fragment", 0) * _lonely(instance, given)


def _lonely(instance: Instance, given: Given) -> int:
    taken = {booth for places in given.values() for booth in places}
    out = taken | set(instance.get("blocked", ()))
    out |= {place for places in instance.get("fixed", {}).values() for place in places}
    trios = [trio for row in instance["rows"] for trio in zip(row, row[1:], row[2:], strict=False)]
    return sum(middle not in out and {left, right} <= taken for left, middle, right in trios)


def _faults_of_place(instance: Instance, one: dict[str, Any], stands: list[dict[str, Any]]) -> list[str]:
    key, faults = one["id"], []
    if len(stands) != one["booths"]:
        faults.append(f"{key} has {len(stands)} of {one['booths']} booths")
    faults += [f"{key} is given a booth of {stand['class']}" for stand in stands if stand["class"] != one["class"]]
    if (
        instance.get("strict_zones")
        and one["class"] in instance.get("zoned", ["domestic"])
        and key not in instance.get("fixed", {})
    ):
        faults += [f"{key} is out of its zone" for stand in stands if stand["zone"] not in (None, one["group"])]
    ids = [stand["id"] for stand in stands]
    whole = any(
        row[at : at + len(ids)] in (ids, ids[::-1]) or set(row[at : at + len(ids)]) == set(ids)
        for row in instance["rows"]
        for at in range(len(row) - len(ids) + 1)
    )
    if not whole and key not in instance.get("agreed_split", ()):
        faults.append(f"{key} is split")
    return faults


def _worth(instance: Instance, one: dict[str, Any], stands: list[dict[str, Any]]) -> float:
    weights, many = instance["weights"], len(stands)
    zoned = one["class"] in instance.get("zoned", ["domestic"])
    fitting = [not zoned or stand["zone"] in (None, one["group"]) for stand in stands]
    worth = weights["zone"] * sum(fitting) / many
    worth += weights["quality"] * (1 + weights["points"] * one["points"]) * sum(s["quality"] for s in stands) / many
    if any(stand["corner"] for stand in stands):
        worth += weights["corner_wanted" if one["wants_corner"] else "corner_unwanted"]
    for place, value in instance.get("wishes", {}).get(one["id"], ()):
        worth += value * sum(place in (stand["id"], stand["zone"]) for stand in stands) / many
    if set(instance.get("start", {}).get(one["id"], ())) == {stand["id"] for stand in stands}:
        worth += weights.get("stay", 0)
    return float(worth)


def _hangs(instance: Instance, given: dict[str, list[str]], group: list[str]) -> bool:
    left = {booth for key in group for booth in given.get(key, ())}
    lines = [*instance["touching"], *(pair for row in instance["rows"] for pair in pairwise(row))]
    reached = {min(left)} if left else set()
    while True:
        more = {b for pair in lines for a, b in (pair, pair[::-1]) if a in reached and b in left} - reached
        if not more:
            return reached == left
        reached |= more
