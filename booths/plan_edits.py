"""The edits that a form or a program asks for by codes and numbers, as changes of a plan's document."""

import re
from collections.abc import Mapping
from typing import Any

from booths.floorplan import Numbering, Point, edits
from booths.floorplan.document import Content, PlanFault, new_key

_BETWEEN = re.compile(r"[\s,;]+")
Given = Mapping[str, Any]


def lay(content: Content, given: Given) -> Any:
    """A block of booths; its place is measured from the corner of its hall."""
    hall = content["halls"].get(given["hall"])
    if hall is None:
        raise PlanFault("no_hall", code=f"{given['prefix']}{given['start']}")
    return edits.lay(
        content,
        at=Point(hall["x"] + float(given["x"]), hall["y"] + float(given["y"])),
        rows=given["rows"],
        columns=given["columns"],
        size=(float(given["width"]), float(given["depth"])),
        numbering=numbering(given),
        hall=given["hall"],
        zone=given["zone"],
        booth_class=given["booth_class"],
        aisle=float(given.get("aisle") or 0),
        cross_after=tuple(sorted(numbers(given.get("cross_after") or ""))),
        cross_aisle=float(given.get("cross_aisle") or 3),
    )


def merge(content: Content, given: Given) -> Any:
    """Several booths as one."""
    return edits.merge(content, _keys(content, given))


def split(content: Content, given: Given) -> Any:
    """One booth as several."""
    [key, *more] = _keys(content, given)
    if more:
        raise PlanFault("several_booths")
    return edits.split(content, key, parts=given["parts"], along=given["along"])


def renumber(content: Content, given: Given) -> Any:
    """New codes as the booths stand."""
    return edits.renumber(content, _keys(content, given), numbering(given))


def change(content: Content, given: Given) -> Any:
    """Another zone or class, or a step to the side, for all alike."""
    fields = {"zone": given.get("zone"), "class": given.get("booth_class")}
    return edits.change(
        content,
        _keys(content, given),
        dx=float(given.get("dx") or 0),
        dy=float(given.get("dy") or 0),
        **{name: value for name, value in fields.items() if value},
    )


def remove(content: Content, given: Given) -> Any:
    """Booths that go away."""
    return edits.remove(content, _keys(content, given))


def place(content: Content, given: Given) -> Any:
    """A hall, wall, door or other thing by its measures; a hall with a known code is changed."""
    ground = {name: float(given[name]) for name in ("x", "y", "width", "depth")}
    names = {"name_vi": given.get("name_vi") or "", "name_en": given.get("name_en") or ""}
    if given["kind"] != "hall":
        return {"facilities": {new_key(): {"kind": given["kind"], **names, **ground}}}
    return {"halls": {_key(content["halls"], given["code"]): {"code": given["code"], **names, **ground}}}


def zone(content: Content, given: Given) -> Any:
    """A new zone, or another name and other product groups for the one with this code."""
    names = {"name_vi": given.get("name_vi") or "", "name_en": given.get("name_en") or ""}
    groups = sorted(given.get("groups") or ())
    return {"zones": {_key(content["zones"], given["code"]): {"code": given["code"], **names, "groups": groups}}}


def aisle(content: Content, given: Given) -> Any:
    """How wide an aisle should be at least."""
    return {"aisle": float(given["aisle"])}


def numbering(given: Given) -> Numbering:
    """How codes are made, from a form."""
    return Numbering(
        given["prefix"],
        start=given["start"],
        digits=given["digits"],
        order=given["order"],
        skip=frozenset(numbers(given.get("skip") or "")),
    )


def numbers(text: str) -> set[int]:
    """The numbers in "4, 13-15"; refuses `not_numbers`."""
    found: set[int] = set()
    for word in filter(None, _BETWEEN.split(text)):
        first, _dash, last = word.partition("-")
        if not first.isdecimal() or not (last or first).isdecimal() or int(last or first) > 100_000:
            raise PlanFault("not_numbers", text=word[:40])
        found |= set(range(int(first), int(last or first) + 1))
    return found


def _keys(content: Content, given: Given) -> list[str]:
    return edits.keys_of(content, filter(None, _BETWEEN.split(given["booths"])))


def _key(section: Mapping[str, Mapping[str, Any]], code: str) -> str:
    return next((key for key, thing in section.items() if thing["code"] == code), None) or new_key()
