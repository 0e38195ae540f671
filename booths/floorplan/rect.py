"""Points, sides and upright rectangles in metres."""

from dataclasses import dataclass
from enum import StrEnum

SLACK = 0.005
"""Half a centimetre: what two measured edges may differ by and still be the same edge."""


class Side(StrEnum):
    """A side of an upright rectangle; north is towards smaller y."""

    NORTH = "N"
    EAST = "E"
    SOUTH = "S"
    WEST = "W"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the site, in metres from its top left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle: top left corner, width along x, height along y, all in metres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def area(self) -> float:
        """Square metres."""
        return self.width * self.height

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def shifted(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def contains(self, other: "Rect") -> bool:
        """Whether the other lies wholly inside; a common edge counts as inside."""
        return (
            other.x >= self.x - SLACK
            and other.y >= self.y - SLACK
            and other.right <= self.right + SLACK
            and other.bottom <= self.bottom + SLACK
        )

    def overlaps(self, other: "Rect") -> bool:
        """Whether the two share ground; a common edge is no ground."""
        return _shared(self.x, self.right, other.x, other.right) > SLACK and (
            _shared(self.y, self.bottom, other.y, other.bottom) > SLACK
        )

    def shared_edge(self, other: "Rect") -> float:
        """Metres of edge the two have in common; 0 when they only meet at a corner or not at all."""
        across = _shared(self.x, self.right, other.x, other.right)
        down = _shared(self.y, self.bottom, other.y, other.bottom)
        if abs(down) <= SLACK < across:
            return across
        if abs(across) <= SLACK < down:
            return down
        return 0.0

    def strip(self, side: Side, depth: float) -> "Rect":
        """The ground in front of one side, as long as the side and `depth` metres deep."""
        if side is Side.NORTH:
            return Rect(self.x, self.y - depth, self.width, depth)
        if side is Side.SOUTH:
            return Rect(self.x, self.bottom, self.width, depth)
        if side is Side.WEST:
            return Rect(self.x - depth, self.y, depth, self.height)
        return Rect(self.right, self.y, depth, self.height)


def _shared(start: float, end: float, other_start: float, other_end: float) -> float:
    """Length two intervals have in common; negative is the gap between them."""
    return min(end, other_end) - max(start, other_start)
