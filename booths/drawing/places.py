"""Where names go on a drawing without covering a booth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from booths.drawing.parts import Floor, Hall, Stand
from booths.floorplan.rect import Rect, Side

AISLE = 2.0
"""Metres of free height that a zone's name needs."""
LABEL_HEIGHT = 2.2


@dataclass(frozen=True, slots=True)
class Label:
    """Room for a zone's name: its left edge, middle height and how far it may reach, in metres."""

    zone: str
    x: float
    y: float
    room: float


def zone_labels(floor: Floor) -> list[Label]:
    """One label for each zone and hall, in the cross aisle where there is one, else above the zone's booths."""
    found = [
        _label(zone, [stand for stand in of_hall if stand.zone == zone], of_hall, hall.rect)
        for hall in floor.halls
        for of_hall in [[stand for stand in floor.stands if stand.hall == hall.code]]
        for zone in dict.fromkeys(stand.zone for stand in of_hall)
    ]
    return [_cut_short(label, found) for label in found]


def name_above(hall: Hall, floor: Floor) -> bool:
    """Whether the hall's name stands above it: not where the foyer or another hall begins."""
    ground = hall.rect.strip(Side.NORTH, 4.0)
    others = [facility.rect for facility in floor.facilities if facility.kind == "foyer"]
    others += [other.rect for other in floor.halls if other is not hall]
    return not any(ground.overlaps(other) for other in others)


def bounds(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all; a metre square for none."""
    every = list(rects) or [Rect(0, 0, 1, 1)]
    left, top = min(rect.x for rect in every), min(rect.y for rect in every)
    return Rect(left, top, max(r.right for r in every) - left, max(r.bottom for r in every) - top)


def _label(zone: str, own: Sequence[Stand], of_hall: Sequence[Stand], hall: Rect) -> Label:
    around = bounds(stand.rect for stand in own)
    middle = around.centre.y
    aisles = [gap for gap in _aisles(around, own, of_hall) if gap[1] - gap[0] >= AISLE]
    if not aisles:
        return Label(zone, around.x, around.y - LABEL_HEIGHT / 2 - 0.3, around.width)
    top, bottom = min(aisles, key=lambda gap: (gap[1] - gap[0] > 4.5, abs((gap[0] + gap[1]) / 2 - middle)))
    reach = bounds(stand.rect for stand in own if abs(stand.rect.bottom - top) < 0.1)
    return Label(zone, reach.x, (top + bottom) / 2, min(reach.width + 9, hall.right - reach.x - 0.6))


def _aisles(around: Rect, own: Sequence[Stand], of_hall: Sequence[Stand]) -> Iterator[tuple[float, float]]:
    """The free heights between a zone's booths, where no booth of the hall stands in their way."""
    tops = sorted({stand.rect.y for stand in own})
    for bottom in sorted({stand.rect.bottom for stand in own}):
        below = [top for top in tops if top >= bottom + AISLE]
        if not below:
            continue
        strip = Rect(around.x, bottom, around.width, below[0] - bottom)
        if not any(stand.rect.overlaps(strip) for stand in of_hall):
            yield bottom, below[0]


def _cut_short(label: Label, others: Sequence[Label]) -> Label:
    """The label, ending before the next one on its line."""
    right = [other.x for other in others if other.x > label.x and abs(other.y - label.y) < LABEL_HEIGHT]
    room = min([label.room, *(other - label.x - 1 for other in right if other - label.x < 60)])
    return Label(label.zone, label.x, label.y, room)
