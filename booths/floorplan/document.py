"""A floor plan as one document under work: halls, zones, booths and facilities by key, in metres.

A key begins with the letter of its section and goes on with the number of a row that stands ("b12"), or is made up for
what is new ("n4f0a"). Changes name a section, in it keys with their new value, or None for what goes away.
"""

import math
import re
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from booths.floorplan.rect import Rect

Content = dict[str, Any]
Changes = Mapping[str, Mapping[str, Mapping[str, Any] | None]]
Read = Callable[[Any], Any]

AISLE = 3.0
"""Metres that an aisle should have at least, until a plan says otherwise."""
LETTERS = {"halls": "h", "zones": "z", "booths": "b", "facilities": "f"}
KINDS = ("foyer", "gate", "door", "exit", "reception", "stage", "area", "table", "wall", "pillar", "power")
MOST = {"halls": 100, "zones": 200, "booths": 10_000, "facilities": 5_000}
_KEY = re.compile(r"[hzbf][1-9]\d{0,17}|n[0-9a-z]{1,20}")
_CODE = re.compile(r"\w[\w.\-]*")


class PlanFault(ValueError):
    """An edit that cannot be; `code` names why, `facts` what it is about."""

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def empty() -> Content:
    """A plan on which nothing stands."""
    return {"aisle": AISLE, "halls": {}, "zones": {}, "booths": {}, "facilities": {}}


def new_key() -> str:
    """A key that nobody else makes up."""
    return f"n{secrets.token_hex(5)}"


def row_of(key: str) -> int | None:
    """The number of the row that a key stands for; None for what is new."""
    return None if key.startswith("n") else int(key[1:])


def rect_of(thing: Mapping[str, Any]) -> Rect:
    """The ground of a hall, booth or facility."""
    return Rect(thing["x"], thing["y"], thing["width"], thing["depth"])


def applied(content: Content, changes: Any) -> Content:
    """The plan after the changes; the given one stays as it was.

    Refuses by PlanFault what has another shape than a plan: unknown names, numbers that are none or out of range.
    """
    if not isinstance(changes, Mapping):
        raise PlanFault("wrong_shape", place="changes")
    result: Content = {**content}
    for section, changed in changes.items():
        result[section] = _aisle(changed) if section == "aisle" else _section(section, content, changed)
    return result


def inverse(content: Content, changes: Changes) -> dict[str, Any]:
    """The changes that lead back to this plan once the given ones are applied to it."""
    return {
        section: content["aisle"] if section == "aisle" else {key: content[section].get(key) for key in changed}
        for section, changed in changes.items()
    }


def check_whole(content: Content, *, classes: Collection[str], groups: Collection[str] | None = None) -> None:
    """Refuse by PlanFault a plan in which a code stands twice or something names what is not there."""
    for section, most in MOST.items():
        if len(content[section]) > most:
            raise PlanFault("too_many", section=section, most=most)
    for section in ("halls", "zones", "booths"):
        twice = [code for code, count in Counter(_codes(content[section])).items() if count > 1]
        if twice:
            raise PlanFault("code_twice", section=section, code=twice[0])
    for booth in content["booths"].values():
        _check_booth(content, booth, classes)
    for zone in content["zones"].values():
        unknown = [] if groups is None else sorted(set(zone["groups"]) - set(groups))
        if unknown:
            raise PlanFault("no_group", code=unknown[0])


def _check_booth(content: Content, booth: Mapping[str, Any], classes: Collection[str]) -> None:
    if booth["hall"] not in content["halls"]:
        raise PlanFault("no_hall", code=booth["code"])
    if booth["zone"] not in content["zones"]:
        raise PlanFault("no_zone", code=booth["code"])
    if booth["class"] not in classes:
        raise PlanFault("no_class", code=booth["code"])


def _codes(section: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    return (thing["code"] for thing in section.values())


def _section(section: str, content: Content, changed: Any) -> dict[str, Any]:
    if section not in LETTERS or not isinstance(changed, Mapping):
        raise PlanFault("wrong_shape", place=str(section)[:40])
    kept = dict(content[section])
    for key, thing in changed.items():
        _check_key(section, key)
        if thing is None:
            kept.pop(key, None)
        else:
            kept[key] = _thing(section, key, thing)
    return kept


def _check_key(section: str, key: Any) -> None:
    if not isinstance(key, str) or not _KEY.fullmatch(key) or key[0] not in ("n", LETTERS[section]):
        raise PlanFault("wrong_shape", place=f"{section}.{str(key)[:40]}")


def _thing(section: str, key: str, thing: Any) -> dict[str, Any]:
    fields = FIELDS[section]
    if not isinstance(thing, Mapping) or set(thing) != set(fields):
        raise PlanFault("wrong_shape", place=f"{section}.{key}")
    try:
        return {name: read(thing[name]) for name, read in fields.items()}
    except (TypeError, ValueError) as fault:
        name = next(name for name, read in fields.items() if not _reads(read, thing[name]))
        raise PlanFault("wrong_value", section=section, field=name, value=str(thing[name])[:40]) from fault


def _reads(read: Read, value: Any) -> bool:
    try:
        read(value)
    except (TypeError, ValueError):
        return False
    return True


def _aisle(value: Any) -> float:
    try:
        return metres(0.5, 20)(value)
    except (TypeError, ValueError) as fault:
        raise PlanFault("wrong_value", section="aisle", field="aisle", value=str(value)[:40]) from fault


def metres(least: float, most: float) -> Read:
    """Reads a number of metres between two limits, to the centimetre."""

    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(value)
        if not math.isfinite(value) or not least <= value <= most:
            raise ValueError(value)
        return round(float(value), 2)

    return read


def _text(most: int) -> Read:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(value)
        text = " ".join(value.split())
        if len(text) > most or not text.isprintable():
            raise ValueError(value)
        return text

    return read


def _code(most: int) -> Read:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(value)
        if len(value) > most or not _CODE.fullmatch(value):
            raise ValueError(value)
        return value

    return read


def _kind(value: Any) -> str:
    if value not in KINDS:
        raise ValueError(value)
    return str(value)


def _groups(value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return sorted({_text(60)(code) for code in value})


def _place(least: float) -> dict[str, Read]:
    """Where a thing stands, and sizes of at least so many metres."""
    return {"x": metres(-2000, 20_000), "y": metres(-2000, 20_000),
            "width": metres(least, 2000), "depth": metres(least, 2000)}  # fmt: skip


_NAMES: dict[str, Read] = {"name_vi": _text(100), "name_en": _text(100)}
FIELDS: dict[str, dict[str, Read]] = {
    "halls": {"code": _code(8), **_NAMES, **_place(1)},
    "zones": {"code": _code(4), **_NAMES, "groups": _groups},
    "booths": {"code": _code(12), "hall": _text(20), "zone": _text(20), "class": _text(40), **_place(0.5)},
    "facilities": {"kind": _kind, **_NAMES, **_place(0.05)},
}
