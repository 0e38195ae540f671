"""Clauses for a SAT solver, and counting in them: a literal is a number, its opposite the number below zero."""

from collections.abc import Sequence
from itertools import combinations, pairwise


class Clauses:
    """Clauses as they are made; `rules` may be handed over at any time and then goes on from there."""

    def __init__(self) -> None:
        self.variables = 0
        self.rules: list[list[int]] = []

    def new(self) -> int:
        self.variables += 1
        return self.variables

    def add(self, *literals: int) -> None:
        self.rules.append(list(literals))

    def either(self, literals: Sequence[int]) -> int:
        """A literal that is true exactly when one of these is."""
        one = self.new()
        self.rules += [[-literal, one] for literal in literals]
        self.rules.append([-one, *literals])
        return one

    def at_most(self, number: int, literals: Sequence[int]) -> None:
        if number == 1:
            self.rules += [[-one, -other] for one, other in combinations(literals, 2)]
        elif number < len(literals):
            self.add(-self.counted(literals, number + 1)[number])

    def at_least(self, number: int, literals: Sequence[int]) -> None:
        if number > len(literals):
            self.add(never := self.new())
            self.add(-never)
        elif number == 1:
            self.add(*literals)
        elif number > 0:
            self.at_most(len(literals) - number, [-literal for literal in literals])

    def counted(self, literals: Sequence[int], most: int) -> list[int]:
        """Literals of which the n-th is true when n or more of these are, up to `most` (it may be true without).

        A totalizer (Bailleux and Boufkhad 2003).
        """
        if len(literals) <= 1 or not most:
            return list(literals)[:most]
        half = len(literals) // 2
        return self._joined(self.counted(literals[:half], most), self.counted(literals[half:], most), most)

    def _joined(self, left: list[int], right: list[int], most: int) -> list[int]:
        total = [self.new() for _literal in range(min(most, len(left) + len(right)))]
        self.rules += [[-more, less] for less, more in pairwise(total)]
        for one in range(len(left) + 1):
            for other in range(max(0, 1 - one), min(len(right), len(total) - one) + 1):
                given = [-left[one - 1]] if one else []
                given += [-right[other - 1]] if other else []
                self.rules.append([*given, total[one + other - 1]])
        return total
