"""What is to be allocated: a floor, those who want booths on it, the rules and the weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DOMESTIC = "domestic"
"""The class in which zones count where the instance names no others."""


@dataclass(frozen=True, slots=True)
class Booth:
    """One booth; `zone` is a product group or None, `quality` points of the place."""

    id: str
    klass: str
    zone: str | None
    corner: bool
    quality: float


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """One who wants `booths` booths of one class; `power` in kilowatts counts only where a zone limits it."""

    id: str
    booths: int
    klass: str
    group: str
    points: float
    wants_corner: bool
    village: str | None = None
    power: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each term of the total is worth; costs are negative."""

    zone: float
    quality: float
    points: float
    corner_wanted: float
    corner_unwanted: float
    village: float
    unplaced_booth: float
    fragment: float = 0.0
    unplaced_points: float = 0.0
    stay: float = 0.0


@dataclass(frozen=True, slots=True)
class Limit:
    """What a zone bears at most: kilowatts in all, exhibitors in all; None is no limit."""

    power: float | None = None
    count: int | None = None


@dataclass(frozen=True)
class Instance:
    """One allocation to be made. Names are ids; every id named exists."""

    name: str
    booths: tuple[Booth, ...]
    rows: tuple[tuple[str, ...], ...]
    touching: tuple[tuple[str, str], ...]
    exhibitors: tuple[Exhibitor, ...]
    weights: Weights
    rivals: tuple[tuple[str, str], ...] = ()
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()
    wishes: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    together: tuple[tuple[str, ...], ...] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    agreed_split: frozenset[str] = frozenset()
    strict_zones: bool = False
    zoned: frozenset[str] = frozenset({DOMESTIC})
    near: tuple[tuple[str, str], ...] = ()
    start: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
