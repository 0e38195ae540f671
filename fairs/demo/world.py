"""What the planners of a demonstration share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from fairs.demo.timeline import Timeline
from fairs.models import Edition, Person

SEED = 2018
PASSWORD = "cho-phien"


@dataclass
class Demo:
    """One demonstration: its edition, its officers by role, its one source of chance for each planner."""

    timeline: Timeline
    scale: int = 1
    part: int = 1  # one in so many of everybody: a small fair with all that happens at a great one
    officers: dict[str, Person] = field(default_factory=dict)
    edition: Edition = field(default_factory=Edition)

    def many(self, number: int) -> int:
        """How many there are of what the whole fair has so many of; at least one."""
        return max(1, number * self.scale // self.part)

    def comes(self, person_pk: int) -> bool:
        """Whether an approved importer will travel in the end: about five of six do."""
        return Random(f"{SEED}/comes/{person_pk}").random() < 0.84

    def first_day(self, person_pk: int) -> int:
        """On which day of the fair, from 0, an importer who travels is there first; most are from the beginning."""
        return Random(f"{SEED}/first/{person_pk}").choices(range(4), (61, 24, 10, 5))[0]

    def chance(self, name: str) -> Random:
        """A source of chance of its own for a planner, the same every time."""
        return Random(f"{SEED}/{name}")


Planner = Callable[[Demo], None]
_planners: list[tuple[str, int, Planner]] = []


def planner(order: int, edition: str = "hgs") -> Callable[[Planner], Planner]:
    """From an app's demo.py: a function that puts the app's part of a fair on the timeline."""

    def register(plan: Planner) -> Planner:
        _planners.append((edition, order, plan))
        return plan

    return register


def planners(edition: str) -> list[Planner]:
    """All planners of a fair, in order: what others build on comes first."""
    mine = [(order, plan) for of, order, plan in _planners if of == edition]
    return [plan for _order, plan in sorted(mine, key=lambda pair: pair[0])]
