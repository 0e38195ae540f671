"""A model of who passes the gates when: staff before nine, buyers around ten, visitors at ten and two."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

OPENS, CLOSES = 9 * 3600, 17 * 3600 + 1800
DAY_SHARES = (0.255, 0.275, 0.265, 0.205)
VISITOR_HOURS = {9: 14, 10: 25, 11: 17, 12: 7, 13: 9, 14: 14, 15: 9, 16: 5}


@dataclass(frozen=True, slots=True, order=True)
class Arrival:
    """One passage of a gate. day counts from 0; second from midnight; person counts from 0 in its kind.

    kind is importer, staff or visitor; direction is in or out.
    """

    day: int
    second: int
    kind: str
    person: int
    direction: str

    @property
    def time(self) -> time:
        return time(self.second // 3600, self.second % 3600 // 60, self.second % 60)


def arrivals(
    seed: int,
    *,
    importers: int = 480,
    staff: int = 750,
    entries: int = 18_000,
    factor: float = 1.0,
) -> list[Arrival]:
    """Every passage of four days in order of time, the same for the same arguments.

    Exactly `entries` x `factor` of them go in; importers and staff (times the factor) all come, and visitors
    make up the rest. Each person goes in and out in turn and is out by the evening.
    """
    rng = random.Random(f"arrivals {seed}")
    buyers, crew, wanted = (round(number * factor) for number in (importers, staff, entries))
    stays = [("importer", *stay) for stay in _importer_stays(rng, buyers)]
    stays += [("staff", *stay) for stay in _staff_stays(rng, crew)]
    stays += [("visitor", *stay) for stay in _visitor_stays(rng, max(0, wanted - len(stays)))]
    return sorted(
        Arrival(day, second, kind, person, direction)
        for kind, person, day, entered, left in stays
        for second, direction in ((entered, "in"), (left, "out"))
    )


Stay = tuple[int, int, int, int]
"""Person, day, second of going in, second of going out."""


def _importer_stays(rng: random.Random, count: int) -> Iterator[Stay]:
    """Most come on two or three days, in the morning; a quarter go out to lunch and return."""
    for person in range(count):
        days = rng.sample(range(4), rng.choices((1, 2, 3, 4), (18, 36, 31, 15))[0])
        for day in sorted(days):
            peak = 10.1 if rng.random() < 0.72 else 14.0
            start = _between(rng.gauss(peak * 3600, 2100), OPENS, 15 * 3600)
            if start < 12 * 3600 and rng.random() < 0.25:
                lunch = rng.randint(12 * 3600, 12 * 3600 + 2400)
                yield person, day, start, lunch
                start = lunch + rng.randint(2400, 4800)
            yield person, day, start, _between(start + rng.gauss(12_600, 3600), start + 1800, CLOSES)


def _staff_stays(rng: random.Random, count: int) -> Iterator[Stay]:
    """Every day from before opening to after closing; a third step out at noon."""
    for person in range(count):
        for day in range(4):
            start = _between(rng.gauss(8.35 * 3600, 1300), 7.5 * 3600, 9.6 * 3600)
            end = CLOSES + rng.randint(0, 2400)
            if rng.random() < 0.3:
                noon = rng.randint(int(11.6 * 3600), int(12.8 * 3600))
                yield person, day, start, noon
                start = noon + rng.randint(1200, 2700)
            yield person, day, start, end


def _visitor_stays(rng: random.Random, entries: int) -> Iterator[Stay]:
    """`entries` stays; one visitor in seven comes again on a later day."""
    person, left_today = 0, [round(entries * share) for share in DAY_SHARES]
    left_today[-1] += entries - sum(left_today)
    for day, stays in enumerate(left_today):
        returning = iter(rng.sample(range(person), min(person, stays // 7)))
        for _ in range(stays):
            known = next(returning, None)
            visitor = person if known is None else known
            person += known is None
            hour = rng.choices(list(VISITOR_HOURS), list(VISITOR_HOURS.values()))[0]
            start = hour * 3600 + rng.randrange(3600)
            yield visitor, day, start, _between(start + rng.gauss(6000, 2700), start + 900, CLOSES)


def _between(value: float, low: float, high: float) -> int:
    return round(min(max(value, low), high))
