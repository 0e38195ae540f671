"""Who judges what: each thing gets its number of jurors, the work is even, and nobody judges where they are partial."""

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Share:
    """A thing that wants `wanting` more jurors; `barred` are those who have it already or are partial."""

    key: int
    wanting: int
    barred: frozenset[int] = field(default_factory=frozenset)


def shares(things: Iterable[Share], jurors: Collection[int], load: Mapping[int, int]) -> list[tuple[int, int]]:
    """Pairs of thing and juror, the least busy juror first; the same input gives the same answer.

    Things with the fewest jurors to choose from go first. One that cannot get enough gets what there is.
    `load` is how much each juror has to do already.
    """
    busy = [(load.get(juror, 0), juror) for juror in jurors]
    heapq.heapify(busy)
    found: list[tuple[int, int]] = []
    for thing in sorted(things, key=lambda one: (-len(one.barred), one.key)):
        found += [(thing.key, juror) for juror in _take(busy, thing)]
    return found


def _take(busy: list[tuple[int, int]], thing: Share) -> list[int]:
    """The least busy who may judge it; everybody asked goes back with what they have now."""
    passed: list[tuple[int, int]] = []
    taken: list[int] = []
    while busy and len(taken) < thing.wanting:
        work, juror = heapq.heappop(busy)
        if juror in thing.barred:
            passed.append((work, juror))
        else:
            taken.append(juror)
            passed.append((work + 1, juror))
    for one in passed:
        heapq.heappush(busy, one)
    return taken
