"""Breakdowns of the report: the same rows counted by hall, by province, by state, always with their total."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, Model, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from fairs import reports
from fairs.models import Edition
from fairs.reports import Column
from fairs.templatetags.fair import local

NOT_SAID = _("Not said")


@dataclass(frozen=True)
class Measure:
    """What is counted of the rows that fit `where`, or with `of` the sum of an expression over them.

    `whole` names the figure of the report that the total must equal, such as "B1.built".
    """

    key: str
    title: Any
    where: Q = field(default_factory=Q)
    of: Any = None
    whole: str = ""

    @property
    def expression(self) -> Any:
        if self.of is None:
            return Count("pk", filter=self.where)
        return Coalesce(Sum(self.of, filter=self.where), Decimal(0), output_field=DecimalField())


@dataclass(frozen=True)
class Cut:
    """One way of parting the rows: `by` gives each row the key of its part, `names` the parts their names.

    A row without a key belongs to the part `nothing`, so that the parts add up.
    """

    key: str
    title: Any
    by: Any
    names: Callable[[Iterable[Any]], Mapping[Any, Any]]
    nothing: Any = NOT_SAID
    largest_first: bool = False

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows, each with `part`."""
        return rows.annotate(part=F(self.by) if isinstance(self.by, str) else self.by)

    def only(self, rows: QuerySet[Any], part: str) -> QuerySet[Any]:
        """The rows of one part, by its key as an address writes it."""
        marked = self.of(rows)
        return marked.filter(part=part) if part else marked.filter(part__isnull=True)


@dataclass(frozen=True)
class Breakdown:
    """Rows of an edition, measured as a whole and by each cut; open to directors, the reports desk and `roles`.

    `share` names two measures of which the first is shown as a part of the second.
    """

    key: str
    title: Any
    rows: Callable[[Edition], QuerySet[Any]]
    columns: Sequence[Column]
    measures: Sequence[Measure]
    cuts: Sequence[Cut]
    note: Any = ""
    roles: frozenset[str] = frozenset()
    share: tuple[str, str, Any] | None = None

    def open_to(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles may read it."""
        return bool(roles & {"director", "reports", *self.roles})

    def cut(self, key: str) -> Cut | None:
        """The cut with a key."""
        return next((one for one in self.cuts if one.key == key), None)

    def measure(self, key: str) -> Measure | None:
        """The measure with a key."""
        return next((one for one in self.measures if one.key == key), None)


Numbers = Mapping[str, Decimal | int]


@dataclass(frozen=True)
class Part:
    """One part of a cut with its numbers, in the order of the measures."""

    key: str
    name: Any
    numbers: Numbers


@dataclass(frozen=True)
class Parted:
    """A cut measured: its parts, and the measures whose parts do not make the total."""

    cut: Cut
    parts: list[Part]
    wrong: list[tuple[Measure, Decimal | int]]


_breakdowns: dict[str, Breakdown] = {}


def declare(found: Iterable[Breakdown]) -> None:
    """From an app's reports.py."""
    _breakdowns.update({one.key: one for one in found})


def breakdowns() -> list[Breakdown]:
    """All of them, in the order of their declaration."""
    return list(_breakdowns.values())


def breakdown(key: str) -> Breakdown | None:
    """The one with a key."""
    return _breakdowns.get(key)


def total(of: Breakdown, edition: Edition) -> Numbers:
    """The whole, measured without any cut."""
    return _expressed(of.rows(edition).order_by(), of)


def parted(of: Breakdown, cut: Cut, edition: Edition, whole: Numbers) -> Parted:
    """A cut measured in one query and its names in another, and compared with the whole."""
    measured = {one.key: one.expression for one in of.measures}
    rows = list(cut.of(of.rows(edition).order_by()).values("part").annotate(**measured).order_by())
    names = cut.names([row["part"] for row in rows if row["part"] is not None])
    parts = [_part(cut, row, names) for row in rows]
    first = of.measures[0].key
    parts.sort(key=lambda one: (one.key == "", -one.numbers[first] if cut.largest_first else 0, str(one.name)))
    sums = {one: sum(part.numbers[one.key] for part in parts) for one in of.measures}
    return Parted(cut, parts, [(one, made) for one, made in sums.items() if made != whole[one.key]])


def against_report(of: Breakdown, edition: Edition, whole: Numbers) -> list[tuple[Measure, Any, Any]]:
    """The measures whose total is not what the report's own figure says, with both numbers."""
    wrong = []
    for one in of.measures:
        known = reports.find(one.whole)
        said = known[1].amounts(edition)[0].value if known else whole[one.key]
        if said != whole[one.key]:
            wrong.append((one, whole[one.key], said))
    return wrong


def named(model: type[Model], column: str = "name") -> Callable[[Iterable[Any]], Mapping[Any, Any]]:
    """Parts are rows of a model, named in the reader's language."""

    def names(keys: Iterable[Any]) -> Mapping[Any, Any]:
        return {pk: local(row, column) for pk, row in model._base_manager.in_bulk(list(keys)).items()}

    return names


def _part(cut: Cut, row: Mapping[str, Any], names: Mapping[Any, Any]) -> Part:
    key = row["part"]
    numbers = {name: value for name, value in row.items() if name != "part"}
    if key is None:
        return Part("", cut.nothing, numbers)
    return Part(str(key), names.get(key, key), numbers)


def _expressed(rows: QuerySet[Any], of: Breakdown) -> Numbers:
    return rows.aggregate(**{one.key: one.expression for one in of.measures})
