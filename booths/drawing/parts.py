"""What a drawing is made from: places in metres with their names in one language."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from booths.floorplan.rect import Rect


@dataclass(frozen=True, slots=True)
class Hall:
    """A building with its name."""

    code: str
    name: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Zone:
    """Part of the floor; `letters` choose its colour."""

    code: str
    letters: str
    name: str


@dataclass(frozen=True, slots=True)
class Stand:
    """One booth: `key` is what its status is looked up by."""

    key: int
    code: str
    hall: str
    zone: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Facility:
    """What is no booth; kind is foyer, gate, door, exit, reception, stage, area, table, wall, pillar or power."""

    kind: str
    name: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Words:
    """The few sentences of a drawing; `hall` takes a count, width and depth, `signs` names a booth's sign."""

    hall: str = "{count} booths, {width} × {depth} m"
    signs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Floor:
    """Everything that stands on a floor."""

    halls: Sequence[Hall]
    zones: Sequence[Zone]
    stands: Sequence[Stand]
    facilities: Sequence[Facility]
