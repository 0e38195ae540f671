"""An order of booths and exhibitors that comes from what they are, never from their names or their order in the file.

Colour refinement (Weisfeiler and Leman 1968): everything gets a colour from its own facts, then again and again from
its colour and those around it, until nothing more is told apart. Equals are then told apart one at a time.
"""

import hashlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from booths.allocation.instance import Instance

MOST_PICKED = 300
"""So many equals are told apart at most; those beyond it keep the file's order."""
Colours: TypeAlias = npt.NDArray[np.uint64]


def canonical_order(instance: Instance) -> tuple[list[int], list[int]]:
    """The positions of the booths, and of the exhibitors, in canonical order."""
    colours = _Graph(instance).told_apart()
    booths = len(instance.booths)
    order = np.argsort(colours[:booths], kind="stable")
    exhibitors = np.argsort(colours[booths : booths + len(instance.exhibitors)], kind="stable")
    return order.tolist(), exhibitors.tolist()


def _number(*facts: Any) -> int:
    """A number from facts that is the same on every machine."""
    return int.from_bytes(hashlib.blake2b(repr(facts).encode(), digest_size=8).digest(), "big")


def _mix(colours: Colours) -> Colours:
    """Spread each number over all its bits (the finaliser of SplitMix64)."""
    mixed = (colours ^ (colours >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


class _Graph:
    """Booths, exhibitors, villages and blocks as points; who touches, rivals, wishes and belongs as lines."""

    def __init__(self, instance: Instance) -> None:
        booth = {one.id: place for place, one in enumerate(instance.booths)}
        first = len(booth)
        who = {one.id: first + place for place, one in enumerate(instance.exhibitors)}
        facts: list[int] = [
            _number("booth", one.klass, one.zone, one.corner, one.quality, one.id in instance.blocked)
            for one in instance.booths
        ]
        facts += [
            _number(
                "exhibitor", one.booths, one.klass, one.group, one.points, one.wants_corner, one.power,
                one.id in instance.agreed_split,
            )
            for one in instance.exhibitors
        ]  # fmt: skip
        lines: list[tuple[int, int, int]] = []
        both_ways = [(booth[a], booth[b], "touches") for a, b in instance.touching]
        both_ways += [(who[a], who[b], "rivals") for a, b in instance.rivals]
        both_ways += [(who[key], booth[one], "fixed") for key, places in instance.fixed.items() for one in places]
        both_ways += [(who[a], who[b], "near") for a, b in instance.near]
        both_ways += [(who[key], booth[one], "start") for key, places in instance.start.items() for one in places]
        for key, wishes in instance.wishes.items():
            both_ways += [(who[key], booth[place], f"wish {worth}") for place, worth in wishes if place in booth]
            zones = sorted((place, worth) for place, worth in wishes if place not in booth)
            facts[who[key]] ^= _number(zones)
        villages: dict[str, list[int]] = {}
        for one in instance.exhibitors:
            if one.village is not None:
                villages.setdefault(one.village, []).append(who[one.id])
        for name, members in [*villages.items(), *(("", [who[key] for key in group]) for group in instance.together)]:
            both_ways += [(len(facts), member, "village" if name else "block") for member in members]
            facts.append(_number("village" if name else "block"))
        for a, b, kind in both_ways:
            lines += [(a, b, _number(kind)), (b, a, _number(kind))]
        for row in instance.rows:
            for left, right in pairwise(row):
                lines += [(booth[left], booth[right], _number("left")), (booth[right], booth[left], _number("right"))]
        self.facts = np.array(facts, np.uint64)
        self.ends = np.array([[a, b] for a, b, _kind in lines], np.int64).reshape(-1, 2)
        self.kinds = np.array([kind for _a, _b, kind in lines], np.uint64)

    def told_apart(self) -> Colours:
        """One colour for each point."""
        colours = self._refined(self.facts)
        for _time in range(MOST_PICKED):
            values, where, counts = np.unique(colours, return_inverse=True, return_counts=True)
            equal = np.flatnonzero(counts > 1)
            if not len(equal):
                break
            picked = int(np.flatnonzero(where == equal[0])[0])
            apart = colours.copy()
            apart[picked] ^= np.uint64(0x9E3779B97F4A7C15)
            refined = self._refined(apart)
            if len(np.unique(refined)) == len(values) + 1:  # twins: nothing else tells them apart
                self._spread(refined, where == equal[0])
            colours = refined
        return colours

    def _spread(self, colours: Colours, twins: npt.NDArray[np.bool_]) -> None:
        """Twins are interchangeable: all of them at once, in any order."""
        places = np.flatnonzero(twins)
        colours[places] += np.arange(len(places), dtype=np.uint64)

    def _refined(self, colours: Colours) -> Colours:
        told = len(np.unique(colours))
        while True:
            around = np.zeros_like(colours)
            np.add.at(around, self.ends[:, 0], _mix(colours[self.ends[:, 1]] + self.kinds))
            colours = _mix(_mix(colours) + around)
            now = len(np.unique(colours))
            if now == told:
                return colours
            told = now


def in_order(items: Iterable[Any], order: list[int]) -> tuple[Any, ...]:
    """The items at these positions."""
    known = list(items)
    return tuple(known[place] for place in order)
