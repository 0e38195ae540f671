"""The result report: every number is measured from the rows behind it, so the two never differ."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q, QuerySet

from fairs.models import Edition

Rows = QuerySet[Any] | list[Any]
CHUNK = 2000  # rows read at once when all of them are written
SQUARE_METRES = "m²"


@dataclass(frozen=True)
class Column:
    """A column of the rows behind a figure; `kind` is text, number, money, date, time or country.

    A value of money is a pair of amount and unit, as in an `Amount`; any value may be None. One `if_any` is left out of
    a table in which no row says anything in it.
    """

    key: str
    title: Any
    value: Callable[[Any], Any]
    kind: str = "text"
    if_any: bool = False


@dataclass(frozen=True)
class Amount:
    """A measured number; `unit` is empty for a count or ratio, “%” for a part of a hundred, “m²”, else a currency."""

    value: Decimal | int
    unit: str = ""


@dataclass(frozen=True)
class Asked:
    """A measure that the database makes: the aggregates over the rows that fit a condition, and what they come to."""

    aggregates: Callable[[Q], Sequence[Any]]
    amount: Callable[..., Amount] = Amount


Measure = Asked | Callable[[Rows], list[Amount]]
COUNT = Asked(lambda which: [Count("pk", filter=which)])


@dataclass(frozen=True, eq=False)
class Figure:
    """One number of a line: the rows that make it, how they are shown, how they are measured.

    Its rows are those `of` the edition, or `only` some of them: a condition, of a list something that a row fits.
    `goal` names the target it is held against, by default the line's code and the figure's key, None if none ever; of
    several currencies the one of `goal_unit` is. A figure `if_any` is a caution that is left out while it is zero.
    `over` gives the rows of a figure about other figures, from what was measured of these already.
    """

    key: str
    label: Any
    of: Callable[[Edition], Rows]
    columns: Sequence[Column]
    measure: Measure = COUNT
    only: Any = None
    goal: str | None = ""
    goal_unit: str = ""
    if_any: bool = False
    over: "Callable[[Results], Rows] | None" = None

    def rows(self, edition: Edition) -> Rows:
        """The rows that make it."""
        return self.among(self.of(edition))

    def among(self, rows: Rows) -> Rows:
        """Those of some rows that make it."""
        if self.only is None:
            return rows
        return rows.filter(self.only) if isinstance(rows, QuerySet) else [row for row in rows if self.only(row)]

    def amounts(self, edition: Edition) -> list[Amount]:
        """The number, or one for each currency."""
        return amounts([self], edition)[self]

    def amounts_of(self, rows: Rows) -> list[Amount]:
        """The number that rows make among which it is."""
        if not isinstance(self.measure, Asked):
            return self.measure(self.among(rows))
        return _asked([self], rows)[self] if isinstance(rows, QuerySet) else [Amount(len(self.among(rows)))]

    def each_row(self, edition: Edition) -> Iterator[Any]:
        """All rows, without keeping them in memory."""
        rows = self.rows(edition)
        return rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else iter(rows)


@dataclass(frozen=True)
class Fact:
    """Something that a line of words says; without a text nothing of it has been recorded."""

    label: Any
    text: str


@dataclass(frozen=True)
class Line:
    """A line of the report by its code, such as B1: what it counts (`note`), and in which unit.

    Its rows are open to directors, to the reports desk and to `roles`. Its `parts`, or all its figures, must add up to
    the figure that `whole` names as "B1.built", and so must each of its `more_parts`. A line of words has `facts`; one
    with neither figures nor facts is not recorded yet.
    """

    code: str
    title: Any
    figures: Sequence[Figure] = ()
    note: Any = ""
    roles: frozenset[str] = frozenset()
    whole: str = ""
    parts: tuple[str, ...] = ()
    more_parts: tuple[tuple[str, ...], ...] = ()
    unit: Any = ""
    facts: Callable[[Edition], Sequence[Fact]] | None = None

    @property
    def recorded(self) -> bool:
        """Whether anything is recorded of it at all."""
        return bool(self.figures or self.facts)

    @property
    def ways(self) -> list[list[str]]:
        """The keys of its parts, for each way in which the whole falls into parts."""
        first = list(self.parts) or [figure.key for figure in self.figures]
        return [first, *map(list, self.more_parts)] if self.whole else []

    def figure(self, key: str) -> Figure | None:
        """The figure with a key."""
        return next((figure for figure in self.figures if figure.key == key), None)

    def name_of(self, figure: Figure) -> str:
        """The name of a figure, such as B1.built."""
        return f"{self.code}.{figure.key}"

    def goal_of(self, figure: Figure) -> str:
        """The name of the target that a figure is held against; nothing if it never is."""
        return "" if figure.goal is None else figure.goal or self.name_of(figure)

    def open_to(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles may read the rows."""
        return bool(roles & {"director", "reports", *self.roles})


@dataclass(frozen=True)
class Result:
    """A figure of an edition beside its target; `percent` is None without a target."""

    line: Line
    figure: Figure
    amounts: list[Amount]
    plan: Decimal | None

    @property
    def name(self) -> str:
        """That of its figure, such as B1.built."""
        return self.line.name_of(self.figure)

    @property
    def actual(self) -> Decimal | int | None:
        """The number when it is a single one."""
        return self.amounts[0].value if len(self.amounts) == 1 else None

    @property
    def unit(self) -> str:
        """The currency when it is a single one."""
        return self.amounts[0].unit if len(self.amounts) == 1 else ""

    @property
    def unit_of_plan(self) -> str:
        """The currency of the plan, empty for a count."""
        return self.figure.goal_unit or self.unit

    @property
    def percent(self) -> Decimal | None:
        """Actual over plan, times 100."""
        if not self.plan:
            return None
        done = in_unit(self.unit_of_plan, self.amounts) if self.figure.goal_unit or self.actual is not None else None
        return Decimal(done.value) * 100 / self.plan if done else None

    @property
    def reached(self) -> bool:
        """Whether the plan is met."""
        return self.percent is not None and self.percent >= 100

    @property
    def scale(self) -> tuple[float, float] | None:
        """How far a bar is filled and where on it the plan stands, both in hundredths."""
        if self.percent is None:
            return None
        widest = max(self.percent, Decimal(100))
        return float(self.percent * 100 / widest), float(Decimal(10000) / widest)


@dataclass(frozen=True)
class Addition:
    """Parts of a line against the whole they must make, in one unit."""

    parts: list[tuple[Any, Amount]]
    whole: Amount
    label: Any

    @property
    def holds(self) -> bool:
        """Whether the parts add up."""
        return sum(amount.value for _label, amount in self.parts) == self.whole.value


Named = tuple[Line, Figure]
Amounts = dict[Figure, list[Amount]]
Results = list[tuple[Line, list[Result]]]
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


def find(name: str) -> Named | None:
    """The figure of a name such as B1.built, with its line."""
    code, _dot, key = name.partition(".")
    of = _lines.get(code)
    one = of.figure(key) if of else None
    return (of, one) if of and one else None


def by_name(found: Results) -> dict[str, Result]:
    """What was measured, by name."""
    return {result.name: result for _of, measures in found for result in measures}


def results(edition: Edition) -> Results:
    """Every line with its figures measured now, beside the edition's targets; those about others come of these."""
    goals = edition.targets.by_figure()
    figures = [figure for of in lines() for figure in of.figures]
    found = amounts((one for one in figures if not one.over), edition)
    first = _beside(found, goals)
    about = {one: one.amounts_of(one.over(first)) for one in figures if one.over}
    return _beside(found | about, goals) if about else first


def _beside(found: Amounts, goals: dict[str, Decimal]) -> Results:
    """What was measured of every line, beside its targets, without cautions of nothing."""
    return [
        (
            of,
            [
                Result(of, one, found[one], planned(of, one, goals))
                for one in of.figures
                if one in found and (not one.if_any or any(amount.value for amount in found[one]))
            ],
        )
        for of in lines()
    ]


def amounts(figures: Iterable[Figure], edition: Edition) -> Amounts:
    """What each comes to: rows that several are about are read once, and what is asked about them is one question."""
    about: dict[Any, list[Figure]] = {}
    for one in figures:
        about.setdefault(one.of, []).append(one)
    return {one: found for of, same in about.items() for one, found in _measured(same, of(edition)).items()}


def _measured(figures: Sequence[Figure], rows: Rows) -> Amounts:
    together = [one for one in figures if isinstance(one.measure, Asked)] if isinstance(rows, QuerySet) else []
    asked = _asked(together, rows) if together else {}
    return {one: asked[one] if one in asked else one.amounts_of(rows) for one in figures}


def _asked(figures: Sequence[Figure], rows: Any) -> Amounts:
    """What the database makes of the same rows, for each figure of those that are its own."""
    wanted = {(one, n): aggregate for one in figures
              for n, aggregate in enumerate(one.measure.aggregates(one.only or Q()))}  # type: ignore[union-attr]  # fmt: skip
    found = rows.order_by().aggregate(**{f"asked_{number}": one for number, one in enumerate(wanted.values())})
    values: dict[Figure, list[Any]] = {}
    for (one, _n), value in zip(wanted, found.values(), strict=True):
        values.setdefault(one, []).append(value)
    return {one: [one.measure.amount(*given)] for one, given in values.items()}  # type: ignore[union-attr]


def facts(edition: Edition) -> dict[str, list[Fact]]:
    """What the lines of words say, by their codes, in the language of the moment."""
    return {one.code: list(one.facts(edition)) for one in lines() if one.facts}


def measured(named: Sequence[Named], edition: Edition, goals: dict[str, Decimal]) -> list[Result]:
    """Figures measured now, each beside its target."""
    found = amounts((figure for _of, figure in named), edition)
    return [Result(of, figure, found[figure], planned(of, figure, goals)) for of, figure in named]


def aimed(edition: Edition) -> list[Result]:
    """The figures that have a target, measured beside it, in the order of the report."""
    goals = edition.targets.by_figure()
    named = [(of, figure) for of in lines() for figure in of.figures if planned(of, figure, goals) is not None]
    return measured(named, edition, goals)


def aimed_of(found: Results) -> list[Result]:
    """Those of what was measured that have a target."""
    return [result for _of, measures in found for result in measures if result.plan is not None]


def planned(of: Line, figure: Figure, goals: dict[str, Decimal]) -> Decimal | None:
    """The target of a figure, by its own name or, of the first that may have any, by that of the line."""
    name = of.goal_of(figure)
    if not name:
        return None
    first = next(one for one in of.figures if of.goal_of(one))
    return goals.get(name, goals.get(of.code) if figure == first else None)


def addition(of: Line, found: Results) -> list[Addition]:
    """The parts of a line against their whole, for each currency apart; nothing for a line that is no addition."""
    named = by_name(found)
    whole = named.get(of.whole)
    if whole is None:
        return []
    return [one for keys in of.ways for one in _added(whole, [named.get(f"{of.code}.{key}") for key in keys])]


def _added(whole: Result, named: Sequence[Result | None]) -> list[Addition]:
    """Parts against the whole; one that is left out while it is zero is none."""
    parts = [part for part in named if part]
    units = {amount.unit: None for result in (whole, *parts) for amount in result.amounts}
    return [
        Addition(
            [(part.figure.label, in_unit(unit, part.amounts)) for part in parts],
            in_unit(unit, whole.amounts),
            whole.figure.label,
        )
        for unit in units
    ]


def planned_addition(of: Line, goals: dict[str, Decimal]) -> Addition | None:
    """The targets of a line's parts against the target of their whole; None while one or the other has none.

    A part without a target counts nothing, so that a plan somebody forgot to finish is seen.
    """
    whole = find(of.whole)
    plan = goals.get(whole[0].goal_of(whole[1])) if whole else None
    parts = [figure for figure in of.figures if not of.parts or figure.key in of.parts]
    found = [(figure.label, goals.get(of.goal_of(figure))) for figure in parts]
    if whole is None or plan is None or not any(goal for _label, goal in found):
        return None
    return Addition([(label, Amount(goal or Decimal(0))) for label, goal in found], Amount(plan), whole[1].label)


def currency_sums(field: str, currency: str = "currency", *, nothing: str = "VND") -> Measure:
    """A measure that adds a column up, for each currency apart: currencies are never mixed."""

    def measure(rows: Rows) -> list[Amount]:
        sums: dict[str, Decimal] = {}
        asked = rows.order_by().values_list(currency, field) if isinstance(rows, QuerySet) else map(both, rows)
        for unit, amount in asked:
            sums[unit] = sums.get(unit, Decimal(0)) + amount
        return [Amount(sums[unit], unit) for unit in sorted(sums)] or [Amount(Decimal(0), nothing)]

    both = attrgetter(currency, field)
    return measure


def shown(columns: Sequence[Column], rows: Iterable[Any]) -> list[Column]:
    """The columns of a table with these rows."""
    return [one for one in columns if not one.if_any or any(one.value(row) is not None for row in rows)]


def plain(value: Decimal) -> Decimal | int:
    """A number without idle noughts behind its point."""
    return int(value) if value == int(value) else value.normalize()


def in_unit(unit: str, found: Iterable[Amount]) -> Amount:
    """What something comes to in one unit."""
    return next((amount for amount in found if amount.unit == unit), Amount(0, unit))
