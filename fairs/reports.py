"""The result report: every number is measured from the rows behind it, so the two never differ."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from fairs.models import Edition

Rows = QuerySet[Any] | list[Any]


@dataclass(frozen=True)
class Column:
    """A column of the rows behind a figure; `kind` is text, number, money, date, time or country."""

    title: Any
    value: Callable[[Any], Any]
    kind: str = "text"


@dataclass(frozen=True)
class Amount:
    """A measured number; `unit` is empty for a count, else a currency."""

    value: Decimal | int
    unit: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of a line: the rows that make it, how they are shown, how they are measured.

    `goal` names the target it is held against, by default the line's code and the figure's key.
    """

    key: str
    label: Any
    rows: Callable[[Edition], Rows]
    columns: Sequence[Column]
    measure: Callable[[Rows], list[Amount]] | None = None
    goal: str = ""

    def amounts(self, edition: Edition) -> list[Amount]:
        """The number, or one for each currency."""
        rows = self.rows(edition)
        if self.measure:
            return self.measure(rows)
        return [Amount(rows.count() if isinstance(rows, QuerySet) else len(rows))]


@dataclass(frozen=True)
class Line:
    """A line of the report by its code, such as B1."""

    code: str
    title: Any
    figures: Sequence[Figure]
    note: Any = ""

    def figure(self, key: str) -> Figure | None:
        """The figure with a key."""
        return next((figure for figure in self.figures if figure.key == key), None)


@dataclass(frozen=True)
class Result:
    """A figure of an edition beside its target; `percent` is None without a target."""

    line: Line
    figure: Figure
    amounts: list[Amount]
    plan: Decimal | None

    @property
    def actual(self) -> Decimal | int | None:
        """The number when it is a single one."""
        return self.amounts[0].value if len(self.amounts) == 1 else None

    @property
    def unit(self) -> str:
        """The currency when it is a single one."""
        return self.amounts[0].unit if len(self.amounts) == 1 else ""

    @property
    def percent(self) -> Decimal | None:
        """Actual over plan, times 100."""
        if not self.plan or self.actual is None:
            return None
        return Decimal(self.actual) * 100 / self.plan


_lines: dict[str, Line] = {}


def declare(lines: Iterable[Line]) -> None:
    """From an app's reports.py."""
    _lines.update({line.code: line for line in lines})


def lines() -> list[Line]:
    """All declared lines in the order of their codes."""
    return [_lines[code] for code in sorted(_lines)]


def line(code: str) -> Line | None:
    """The line with a code."""
    return _lines.get(code)


def results(edition: Edition) -> list[tuple[Line, list[Result]]]:
    """Every line with its figures measured now, beside the edition's targets."""
    goals = dict(edition.targets.values_list("figure", "value"))
    return [(one, [measured(one, figure, edition, goals) for figure in one.figures]) for one in lines()]


def measured(of: Line, figure: Figure, edition: Edition, goals: dict[str, Decimal]) -> Result:
    """One figure measured, beside its target."""
    plan = goals.get(figure.goal or f"{of.code}.{figure.key}", goals.get(of.code) if len(of.figures) == 1 else None)
    return Result(of, figure, figure.amounts(edition), plan)


def currency_sums(field: str, currency: str = "currency") -> Callable[[Rows], list[Amount]]:
    """A measure that adds a column up, for each currency apart: currencies are never mixed."""

    def measure(rows: Rows) -> list[Amount]:
        sums: dict[str, Decimal] = {}
        for unit, amount in rows.order_by().values_list(currency, field):  # type: ignore[union-attr]
            sums[unit] = sums.get(unit, Decimal(0)) + amount
        return [Amount(sums[unit], unit) for unit in sorted(sums)] or [Amount(Decimal(0), "VND")]

    return measure
