"""The line around booths that are chosen together."""

from collections.abc import Iterable

from booths.floorplan.rect import Rect

Point = tuple[float, float]
Edge = tuple[Point, Point]


def outline(rects: Iterable[Rect]) -> str:
    """An SVG path along the edges that no two of the rectangles share; empty for none."""
    kept: set[Edge] = set()
    for rect in rects:
        kept ^= set(_edges(rect))
    return "".join(f"M{_two(start)}L{_two(end)}" for start, end in sorted(kept))


def _edges(rect: Rect) -> list[Edge]:
    """The four edges, each written from its smaller end, so that two neighbours name a common one alike."""
    left, top = round(rect.x, 2), round(rect.y, 2)
    right, bottom = round(rect.right, 2), round(rect.bottom, 2)
    return [
        ((left, top), (right, top)),
        ((left, bottom), (right, bottom)),
        ((left, top), (left, bottom)),
        ((right, top), (right, bottom)),
    ]


def _two(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"
