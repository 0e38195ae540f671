"""A floor so small that only its halls and groups of booths are told apart."""

from collections.abc import Collection

from booths.drawing.places import bounds
from booths.drawing.sheet import Drawing
from booths.floorplan.rect import Rect

GAP = 0.25  # metres left open between two booths


def small(drawing: Drawing, wanted: Collection[int] = ()) -> str:
    """The site with its booths as one shape a zone; the `wanted` booths, by key, are drawn above as another."""
    above = [_square(rect) for key, rect in zip(drawing.keys, drawing.places.values(), strict=True) if key in wanted]
    return f'{drawing.below}{_zones(drawing, wanted)}<path class="wanted" d="{"".join(above)}"/>'


def by_zone(drawing: Drawing) -> str:
    """The whole floor with its names, and each zone as one shape in its colour."""
    return f"{drawing.below}{drawing.hall_names}{_zones(drawing)}{drawing.above}"


def ground(drawing: Drawing) -> Rect:
    """The halls with a metre around them."""
    halls = bounds(drawing.halls.values())
    return Rect(halls.x - 1, halls.y - 1, halls.width + 2, halls.height + 2)


def _zones(drawing: Drawing, but: Collection[int] = ()) -> str:
    """One shape for the booths of each zone, except some."""
    shapes: dict[str, list[str]] = {}
    zone = ""
    for key, opens, rect in zip(drawing.keys, drawing.opens, drawing.places.values(), strict=True):
        zone = opens or zone
        if key not in but:
            shapes.setdefault(zone, []).append(_square(rect))
    return "".join(f'{group}<path class="taken" d="{"".join(squares)}"/></g>' for group, squares in shapes.items())


def _square(rect: Rect) -> str:
    width, height = rect.width - GAP, rect.height - GAP
    return f"M{rect.x + GAP / 2:g} {rect.y + GAP / 2:g}h{width:g}v{height:g}h{-width:g}Z"
