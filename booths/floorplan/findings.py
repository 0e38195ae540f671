"""What an organiser should look at on a plan: booths on the same ground, narrow aisles, exits that are shut."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from booths.floorplan.document import Content, rect_of
from booths.floorplan.geometry import nearby, open_sides, overlaps
from booths.floorplan.rect import SLACK, Rect, Side

SHORTEST = 0.5
"""Metres along which two booths must face each other before the ground between them is an aisle."""
EXIT_DEPTH = 1.5
"""Metres that stay free in front of a door or fire exit."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to look, with the booths it is about; `facts` are metres or names."""

    code: str
    keys: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stand:
    code: str
    rect: Rect


def sides_of(content: Content, halls: Iterable[str] | None = None) -> dict[str, str]:
    """The open sides of every booth, or of those in some halls, as letters of N, E, S, W; a wall shuts a side."""
    wanted = set(content["halls"]) if halls is None else set(halls)
    found: dict[str, str] = {}
    walls = [_Stand(f"wall:{key}", rect_of(one)) for key, one in content["facilities"].items() if one["kind"] == "wall"]
    for hall, stands in _by_hall(content).items():
        if hall in wanted and hall in content["halls"]:
            ground = rect_of(content["halls"][hall])
            here = [wall for wall in walls if wall.rect.overlaps(ground)]
            sides = open_sides([*stands, *here], ground)
            found |= {stand.code: _letters(sides[stand.code]) for stand in stands}
    return found


def findings(content: Content) -> list[Finding]:
    """Everything to look at, the gravest first."""
    stands = [_Stand(key, rect_of(booth)) for key, booth in content["booths"].items()]
    return [
        *(Finding("overlap", pair) for pair in overlaps(stands)),
        *_outside(content),
        *_before_exits(content, stands),
        *_narrow(stands, content["aisle"]),
    ]


def _by_hall(content: Content) -> dict[str, list[_Stand]]:
    halls: defaultdict[str, list[_Stand]] = defaultdict(list)
    for key, booth in content["booths"].items():
        halls[booth["hall"]].append(_Stand(key, rect_of(booth)))
    return halls


def _letters(sides: frozenset[Side]) -> str:
    return "".join(side for side in "NESW" if side in sides)


def _outside(content: Content) -> Iterator[Finding]:
    halls = {key: rect_of(hall) for key, hall in content["halls"].items()}
    for key, booth in content["booths"].items():
        if booth["hall"] in halls and not halls[booth["hall"]].contains(rect_of(booth)):
            yield Finding("outside", (key,), {"hall": content["halls"][booth["hall"]]["code"]})


def _before_exits(content: Content, stands: Sequence[_Stand]) -> Iterator[Finding]:
    exits = [one for one in content["facilities"].values() if one["kind"] in ("exit", "door")]
    ways = [_Stand(f"exit:{number}", _way(rect_of(one))) for number, one in enumerate(exits)]
    around = nearby([*ways, *stands], margin=0.0)
    for way, one in zip(ways, exits, strict=True):
        shut = [other.code for other in around[way.code] if other.rect.overlaps(way.rect)]
        keys = tuple(sorted(key for key in shut if not key.startswith("exit:")))
        if keys:
            yield Finding("exit_shut", keys, {"name_vi": one["name_vi"], "name_en": one["name_en"]})


def _way(rect: Rect) -> Rect:
    """The ground on both sides of a door: its longer edge lies along the wall."""
    if rect.width >= rect.height:
        return Rect(rect.x, rect.y - EXIT_DEPTH, rect.width, rect.height + 2 * EXIT_DEPTH)
    return Rect(rect.x - EXIT_DEPTH, rect.y, rect.width + 2 * EXIT_DEPTH, rect.height)


def _narrow(stands: Sequence[_Stand], aisle: float) -> Iterator[Finding]:
    """Aisles under the width, one finding for all booths along the same two edges."""
    around = nearby(stands, margin=aisle)
    found: defaultdict[tuple[str, float, float], dict[str, None]] = defaultdict(dict)
    for stand in stands:
        for side in (Side.EAST, Side.SOUTH):
            for other, start, end in _facing(stand, side, aisle, around[stand.code]):
                found[side, round(start, 2), round(end, 2)] |= {stand.code: None, other.code: None}
    for (_side, start, end), keys in found.items():
        yield Finding("narrow", tuple(keys), {"metres": round(end - start, 2), "least": aisle})


def _facing(stand: _Stand, side: Side, aisle: float, others: Sequence[Any]) -> Iterator[tuple[_Stand, float, float]]:
    """Booths that stand before a side, less than an aisle away, with nothing between; and the aisle's two edges."""
    strip = stand.rect.strip(side, aisle)
    before = [other for other in others if other.rect.overlaps(strip)]
    for other in before:
        between = _between(stand.rect, other.rect, side)
        start, end = (between.x, between.right) if side is Side.EAST else (between.y, between.bottom)
        length = between.height if side is Side.EAST else between.width
        if not SLACK < end - start < aisle - SLACK or length < SHORTEST:
            continue
        if not any(third.rect.overlaps(between) for third in before if third is not other):
            yield other, start, end


def _between(one: Rect, other: Rect, side: Side) -> Rect:
    """The ground between a side of one and the other, as long as they face each other."""
    if side is Side.EAST:
        top, bottom = max(one.y, other.y), min(one.bottom, other.bottom)
        return Rect(one.right, top, other.x - one.right, bottom - top)
    left, right = max(one.x, other.x), min(one.right, other.right)
    return Rect(left, one.bottom, right - left, other.y - one.bottom)
