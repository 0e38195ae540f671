"""A plan of a timetable as a person reads it: who meets whom when, by importer or by time, and what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from fairs.models import Company, Participation
from fairs.text import fold, words_of
from matchmaking.actions.timetable_moves import Difference, difference
from matchmaking.models import Timetable, TimetablePlan
from matchmaking.timetable_problem import parts_in, starts_of

BY_IMPORTER, BY_TIME = "importer", "time"
GONE = Company(name_vi="–", name_en="–")
"""Whose part was merged into another since the timetable was begun."""


@dataclass(frozen=True)
class Row:
    """One meeting of a plan; without a time where it is left out."""

    item: str
    exhibitor: Company
    importer: Company
    starts_at: datetime | None
    before: datetime | None = None
    pinned: bool = False
    agreed: bool = False
    fixed: bool = False
    reason: str = ""

    @property
    def moved(self) -> bool:
        """Agreed before, at another time."""
        return self.before is not None and self.starts_at is not None and self.before != self.starts_at

    def says(self, words: Iterable[str]) -> bool:
        """Whether either company's name holds every word."""
        names = fold(
            f"{self.exhibitor.name_vi} {self.exhibitor.name_en} {self.importer.name_vi} {self.importer.name_en}"
        )
        return all(word in names for word in words)


@dataclass(frozen=True)
class Group:
    """The meetings of one importer, or of one time."""

    title: Any
    rows: list[Row]


class Look:
    """A plan with names; the number of queries does not grow with it."""

    def __init__(self, planned: Timetable, plan: TimetablePlan) -> None:
        self.planned, self.plan = planned, plan
        self.starts = [one.astimezone(planned.edition.zone) for one in starts_of(planned.problem)]
        self.asked: dict[str, dict[str, Any]] = {one["id"]: one for one in planned.problem["meetings"]}

    @cached_property
    def rows(self) -> list[Row]:
        """Every meeting of the plan, the earliest first."""
        return sorted((self.row(item) for item in self.plan.schedule), key=_by_time)

    @cached_property
    def left_out(self) -> list[Row]:
        """Those for which there was no room, what is worth most first."""
        return sorted(map(self.row, self.plan.unscheduled), key=lambda row: -self.asked[row.item]["weight"])

    def groups(self, by: str, words: str = "") -> list[Group]:
        """The rows that hold every word, by importer or by time."""
        found = [row for row in self.rows if row.says(words_of(words))]
        if by == BY_TIME:
            return [Group(moment, list(rows)) for moment, rows in groupby(found, key=lambda row: row.starts_at)]
        found.sort(key=lambda row: (fold(row.importer.name_vi), row.importer.pk, _by_time(row)))
        by_importer = groupby(found, key=lambda row: row.importer)
        return [Group(importer, list(rows)) for importer, rows in by_importer]

    def row(self, item: str, slot: int | None = None, reason: str = "") -> Row:
        """A meeting of the problem, or of one before it, at the time of the plan unless another slot is given."""
        exhibitor, importer = (self._companies.get(pk, GONE) for pk in parts_in(item))
        asked = self.asked.get(item, {})
        was = asked.get("was", asked.get("fixed")) if "meeting" in asked else None
        return Row(
            item=item,
            exhibitor=exhibitor,
            importer=importer,
            starts_at=self._moment(self.plan.schedule.get(item) if slot is None else slot),
            before=self._moment(was),
            pinned=item in self.plan.pins,
            agreed="meeting" in asked,
            fixed="fixed" in asked,
            reason=reason,
        )

    def compared(self, before: TimetablePlan) -> dict[str, Any]:
        """What differs from a plan before, with names."""
        found: Difference = difference(before, self.plan)
        return {
            "moved": [(self.row(item, was), self.row(item, now)) for item, (was, now) in found.moved.items()],
            "added": [self.row(item, slot) for item, slot in found.added.items()],
            "dropped": [self.row(item, slot) for item, slot in found.dropped.items()],
            "figures": found.figures,
        }

    @cached_property
    def _companies(self) -> Mapping[int, Company]:
        """The companies of the parts, of all meetings that were ever in a plan of it."""
        parts = Participation.objects.filter(edition=self.planned.edition).select_related("company")
        return {one.pk: one.company for one in parts}

    def _moment(self, slot: int | None) -> datetime | None:
        return None if slot is None else self.starts[slot]


def _by_time(row: Row) -> tuple[str, str]:
    return (row.starts_at.isoformat() if row.starts_at else "", fold(row.importer.name_vi))
