"""What is known of importers and exhibitors, as codes and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# Pieces of one design in one order, from and to, of what importers choose from. That a full container begins at 5,000
# pieces is our assumption.
ORDERS: Mapping[str, tuple[int, int]] = {
    "trial": (1, 99),
    "small": (100, 1_000),
    "shared": (1_001, 5_000),
    "container": (5_000, 20_000),
}
# From the cheapest to the dearest: neighbours are near.
PRICES = ("entry", "middle", "upper", "fine")
MONTHS = 3  # a maker has this long to make one order, as the usual lead time of a container is 45 to 90 days

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Goods:
    """One product: the smallest order and what is made in a month in pieces, None or "" where nothing is said."""

    group: str
    materials: frozenset[str] = NOBODY
    price: str = ""
    minimum: int | None = None
    monthly: int | None = None


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """A maker with its goods; `certificates` have their last valid day, None for one without an end."""

    id: int
    groups: frozenset[str] = NOBODY
    goods: tuple[Goods, ...] = ()
    certificates: Mapping[str, date | None] = field(default_factory=dict)
    markets: frozenset[str] = NOBODY
    languages: frozenset[str] = NOBODY

    @property
    def made(self) -> frozenset[str]:
        """The product groups it names, with those of its goods."""
        return self.groups | {one.group for one in self.goods}

    @property
    def materials(self) -> frozenset[str]:
        """What its goods are made of."""
        return frozenset().union(*(one.materials for one in self.goods))

    def held(self, on: date) -> frozenset[str]:
        """The certificates valid on a day."""
        return frozenset(code for code, until in self.certificates.items() if until is None or until >= on)

    def wanted_goods(self, groups: frozenset[str]) -> tuple[Goods, ...]:
        """The goods of some groups; all of them where it has none of these."""
        return tuple(one for one in self.goods if one.group in groups) or self.goods


@dataclass(frozen=True, slots=True)
class Importer:
    """A buyer with what they look for; "" and nothing where they have not said."""

    id: int
    groups: frozenset[str] = NOBODY
    materials: frozenset[str] = NOBODY
    price: str = ""
    order: str = ""
    certificates: frozenset[str] = NOBODY
    markets: frozenset[str] = NOBODY
    languages: frozenset[str] = NOBODY


Pair = tuple[int, int]
"""The importer, the exhibitor."""

# What there has been between the two, and how much of its weight each counts.
EARLIER: Mapping[str, float] = {"deal": 1.0, "met": 0.7, "visited": 0.4}
WISHED: Mapping[str, float] = {"must": 1.0, "like": 0.7}
SCANNED: Mapping[str, float] = {"scanned": 1.0}
Ties = Mapping[Pair, frozenset[str]]
"""For each pair some of the above; `must` and `like` are what the other side wishes, never one's own wish."""
