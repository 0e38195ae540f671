"""An integer program in whole rows and columns, written with arrays and solved by HiGHS."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import highspy
import numpy as np

from matchmaking.scheduling.grid import Floats, Ints

INFEASIBLE, UNKNOWN, SOLVED = "infeasible", "unknown", "solved"
SecondsLeft: TypeAlias = Callable[[], float]
WHOLE_GAP = 0.999
"""Where every value of the objective is whole, a bound nearer than one is the value itself."""


@dataclass(frozen=True)
class Solved:
    """What came of it: the values of the columns, what they are worth, and what nothing can exceed."""

    status: str
    values: Floats
    worth: float
    bound: float

    @property
    def found(self) -> bool:
        """Whether there is a solution, the best or not."""
        return self.status == SOLVED or len(self.values) > 0


class Program:
    """Columns from 0 to 1, rows between two numbers; `copy` and add to it to ask further."""

    def __init__(self, columns: int) -> None:
        self.lower, self.upper = np.zeros(columns), np.ones(columns)
        self.rows, self.where, self.values = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        self.least, self.most = np.zeros(0), np.zeros(0)

    def copy(self) -> "Program":
        made = Program(0)
        made.__dict__.update({key: value.copy() for key, value in self.__dict__.items()})
        return made

    def add_columns(self, count: int) -> Ints:
        """The numbers of so many new columns."""
        first = len(self.lower)
        self.lower = np.concatenate([self.lower, np.zeros(count)])
        self.upper = np.concatenate([self.upper, np.ones(count)])
        return np.arange(first, first + count)

    def add(
        self, labels: Ints, where: Ints, values: Floats | float, least: Floats | float, most: Floats | float
    ) -> None:
        """A row for each label from 0 on: entries with the same label belong to one row."""
        count = len(most) if isinstance(most, np.ndarray) else len(least) if isinstance(least, np.ndarray) else 1
        self.rows = np.concatenate([self.rows, labels + len(self.least)])
        self.where = np.concatenate([self.where, where])
        self.values = np.concatenate([self.values, np.broadcast_to(np.asarray(values, float), where.shape)])
        self.least = np.concatenate([self.least, np.broadcast_to(np.asarray(least, float), (count,))])
        self.most = np.concatenate([self.most, np.broadcast_to(np.asarray(most, float), (count,))])

    def solve(self, gains: Floats, *, whole: bool = True, seconds_left: SecondsLeft = lambda: math.inf) -> Solved:
        """The most of `gains`, the other columns gaining nothing; `whole` asks for whole columns."""
        seconds = seconds_left()
        if seconds <= 0:
            return Solved(UNKNOWN, np.zeros(0), -math.inf, math.inf)
        model = highspy.Highs()
        model.silent()
        for option, value in (
            ("threads", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", WHOLE_GAP if _whole(gains) else 1e-6),
        ):
            model.setOptionValue(option, value)
        if seconds < math.inf:
            model.setOptionValue("time_limit", float(seconds))
        model.passModel(self._lp(gains, whole))
        model.run()
        return _read(model, whole)

    def _lp(self, gains: Floats, whole: bool) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.lower), len(self.least)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.concatenate([gains, np.zeros(len(self.lower) - len(gains))])
        lp.col_lower_, lp.col_upper_ = self.lower, self.upper
        lp.row_lower_, lp.row_upper_ = self.least, self.most
        order = np.argsort(self.rows, kind="stable")
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(self.rows, minlength=len(self.least)))])
        lp.a_matrix_.index_, lp.a_matrix_.value_ = self.where[order], self.values[order]
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
        return lp


def _whole(gains: Floats) -> bool:
    return bool((gains == np.round(gains)).all())


def _read(model: highspy.Highs, whole: bool) -> Solved:
    status, info = model.getModelStatus(), model.getInfo()
    optimal = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Solved(INFEASIBLE, np.zeros(0), -math.inf, -math.inf)
    if whole and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        worth = info.objective_function_value
        bound = max(worth, info.mip_dual_bound)
        return Solved(SOLVED if optimal else UNKNOWN, np.array(model.getSolution().col_value), worth, bound)
    if optimal:
        worth = info.objective_function_value
        return Solved(SOLVED, np.array(model.getSolution().col_value), worth, worth)
    return Solved(UNKNOWN, np.zeros(0), -math.inf, info.mip_dual_bound if whole else math.inf)
