"""People none of whom meets another: at a slot, each of them with a meeting needs a table of its own."""

from collections.abc import Collection, Sequence
from random import Random

from matchmaking.scheduling.exact_grid import Grid

TRIES = 20
"""So many times a set is looked for, each time with a little luck; the one with most meetings is taken."""


def two_sides(grid: Grid) -> tuple[list[int], ...]:
    """Two such sets, apart from each other, with many meetings: mostly the buyers and the sellers."""
    meets: list[set[int]] = [set() for _person in grid.held]
    for one, other in grid.between:
        meets[one].add(other)
        meets[other].add(one)
    count = [len(held) for held in grid.held]
    people = [person for person, many in enumerate(count) if many]
    first = _apart(people, meets, count)
    second = _apart([person for person in people if person not in first], meets, count)
    return sorted(first), sorted(second)


def _apart(people: Collection[int], meets: Sequence[set[int]], count: Sequence[int]) -> set[int]:
    """A set of these people none of whom meets another, with as many meetings as were found."""
    luck, best = Random(0), set[int]()
    for number in range(TRIES):
        shift = [number and 4 * luck.random() for _person in meets]
        part = 1 - 0.3 * (number % 2)
        left, chosen = set(people), set[int]()
        while left:
            costs = {one: part * sum(count[other] for other in meets[one] & left) for one in left}
            one = max(sorted(left), key=lambda person: count[person] + shift[person] - costs[person])
            chosen.add(one)
            left -= meets[one] | {one}
        best = max(best, chosen, key=lambda found: sum(count[person] for person in found))
    return best
