"""The shortest way on foot from a gate to a booth, on a grid of one metre."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from booths.drawing.parts import Facility, Floor
from booths.floorplan.rect import Rect

Cell = tuple[int, int]
STEPS: tuple[Cell, ...] = ((1, 0), (-1, 0), (0, 1), (0, -1))
SOLID = ("reception", "stage")
THROUGH = 0.8
"""Metres around a door within which one passes the wall."""


def nearest_walks(plan: Floor) -> dict[str, "Walk"]:
    """For each booth, by code, the way from the gate that is nearest to it."""
    ground = Ground(plan)
    gates = [walks_from(one, ground) for one in plan.facilities if one.kind == "gate"]
    ways = {stand.code: [walk for gate in gates if (walk := gate.to(stand.rect))] for stand in plan.stands}
    return {code: min(found, key=lambda walk: walk.metres) for code, found in ways.items() if found}


@dataclass(frozen=True)
class Walk:
    """One way: from which gate, how many metres, through which points."""

    gate: str
    metres: int
    points: Sequence[tuple[float, float]]

    @property
    def path(self) -> str:
        """For an SVG path: only the corners."""
        kept = [
            here
            for before, here, after in zip(self.points, self.points[1:], self.points[2:], strict=False)
            if (here[0] - before[0], here[1] - before[1]) != (after[0] - here[0], after[1] - here[1])
        ]
        corners = [self.points[0], *kept, self.points[-1]]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)


@dataclass(frozen=True)
class Walks:
    """How far every square metre of the site is from one gate, on foot; cells nobody can reach are missing."""

    gate: str
    ground: "Ground"
    metres: dict[Cell, int]

    def to(self, place: Rect) -> Walk | None:
        """The way to the nearest open side of a place; None where no way leads."""
        beside = [cell for cell in _around(place) if cell in self.metres]
        if not beside:
            return None
        last = min(beside, key=lambda cell: (self.metres[cell], cell))
        return Walk(self.gate, self.metres[last], [_centre(cell) for cell in self._back(last)][::-1])

    def _back(self, cell: Cell) -> Iterator[Cell]:
        """From a cell to the gate, downhill, straight on as long as that is downhill."""
        ahead = cell
        yield cell
        while self.metres[cell]:
            lower = [one for one in self.ground.neighbours(cell) if self.metres[one] < self.metres[cell]]
            there = ahead if ahead in lower else lower[0]
            ahead = 2 * there[0] - cell[0], 2 * there[1] - cell[1]
            cell = there
            yield cell


def walks_from(gate: Facility, ground: "Ground") -> Walks:
    """Everything that can be reached from a gate."""
    start = ground.inside(gate.rect)
    metres = {start: 0} if start else {}
    queue = deque(metres)
    while queue:
        cell = queue.popleft()
        for there in ground.neighbours(cell):
            if there not in metres:
                metres[there] = metres[cell] + 1
                queue.append(there)
    return Walks(gate.name, ground, metres)


class Ground:
    """Where one may walk: in the rooms, through the doors, around booths and furniture."""

    def __init__(self, plan: Floor) -> None:
        rooms = [hall.rect for hall in plan.halls] + [one.rect for one in plan.facilities if one.kind == "foyer"]
        solid = [stand.rect for stand in plan.stands] + [one.rect for one in plan.facilities if one.kind in SOLID]
        self.room = {cell: number for number, room in enumerate(rooms) for cell in _within(room)}
        for thing in solid:
            for cell in _within(thing):
                self.room.pop(cell, None)
        self.doors = [_wider(one.rect, THROUGH) for one in plan.facilities if one.kind == "door"]

    def inside(self, gate: Rect) -> Cell | None:
        """The walkable cell nearest to the gate."""
        middle = gate.centre
        return min(
            self.room,
            key=lambda cell: (abs(cell[0] + 0.5 - middle.x) + abs(cell[1] + 0.5 - middle.y), cell),
            default=None,
        )

    def neighbours(self, cell: Cell) -> Iterator[Cell]:
        room = self.room[cell]
        for dx, dy in STEPS:
            there = cell[0] + dx, cell[1] + dy
            if there in self.room and (self.room[there] == room or self._door_between(cell, there)):
                yield there

    def _door_between(self, one: Cell, other: Cell) -> bool:
        x, y = (one[0] + other[0] + 1) / 2, (one[1] + other[1] + 1) / 2
        return any(door.x <= x <= door.right and door.y <= y <= door.bottom for door in self.doors)


def _within(rect: Rect) -> Iterator[Cell]:
    """The cells whose middle lies in a rectangle."""
    for column in range(ceil(rect.x - 0.5), floor(rect.right - 0.5 - 1e-9) + 1):
        for row in range(ceil(rect.y - 0.5), floor(rect.bottom - 0.5 - 1e-9) + 1):
            yield column, row


def _around(rect: Rect) -> set[Cell]:
    """The cells along the sides of a rectangle, without those beyond its corners."""
    inside = set(_within(rect))
    beside = {(x + dx, y + dy) for x, y in inside for dx, dy in STEPS}
    return beside - inside


def _wider(rect: Rect, by: float) -> Rect:
    return Rect(rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by)


def _centre(cell: Cell) -> tuple[float, float]:
    return cell[0] + 0.5, cell[1] + 0.5
