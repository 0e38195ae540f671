"""The SAT solvers: CaDiCaL and others through PySAT where it is installed, else CP-SAT on the same clauses."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from matchmaking.scheduling.exact_search import Solver, Way


def open_solver(way: Way) -> Solver:
    return PySat(way) if find_spec("pysat") else CpSat()


class PySat:
    def __init__(self, way: Way) -> None:
        from pysat.solvers import Solver as Opened

        self.solver: Any = Opened(name=way.solver)
        if way.options:
            self.solver.configure(dict(way.options))

    def add(self, rules: Sequence[list[int]]) -> None:
        self.solver.append_formula(rules)

    def true_with(self, given: Sequence[int]) -> list[int] | None:
        return list(self.solver.get_model()) if self.solver.solve(assumptions=list(given)) else None

    def none_at_all(self) -> bool:
        return not self.solver.get_core()


class CpSat:
    """Slower to load and mostly slower to prove; every question is put to it anew."""

    def __init__(self) -> None:
        self.rules: list[list[int]] = []
        self.never = False

    def add(self, rules: Sequence[list[int]]) -> None:
        self.rules += rules

    def true_with(self, given: Sequence[int]) -> list[int] | None:
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        most = max((abs(literal) for rule in self.rules for literal in rule), default=0)
        known = [model.new_bool_var("") for _variable in range(most + 1)]
        either = {number: known[number] for number in range(1, most + 1)}
        either |= {-number: known[number].negated() for number in range(1, most + 1)}
        for rule in [*self.rules, *([one] for one in given)]:
            model.add_bool_or([either[literal] for literal in rule])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 0
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return [number for number in range(1, most + 1) if solver.boolean_value(known[number])]
        self.never = not given or self.true_with(()) is None
        return None

    def none_at_all(self) -> bool:
        return self.never
