"""The lists with which the fair goes on when everything else is down: one sheet and one paper for each desk.

Each app declares its lists in day_pack.py; here they are set on A4 and in a workbook.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from fairs import clock
from fairs.models import Edition
from fairs.papers.report import Column as PaperColumn
from fairs.papers.report import ReportFace, report_pdf
from fairs.sheets import Column, Kind, Number, Page, Text, to_workbook
from fairs.templatetags.fair import day as day_word
from fairs.templatetags.fair import language, local, moment, number

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Heading:
    """A column of a list: its title, its share of the paper's width, and whether it holds amounts."""

    title: Any
    width: float = 1.0
    amount: bool = False


@dataclass(frozen=True)
class DayList:
    """One list of one desk. `rows` is asked with the edition and the day; a row of one text is a heading.

    `roles` may have it; the director has all. `key` names its files.
    """

    key: str
    title: Any
    roles: frozenset[str]
    headings: Sequence[Heading]
    rows: Callable[[Edition, date], Rows]
    note: Any = ""
    wide: bool = False


_lists: list[DayList] = []


def add_lists(lists: Iterable[DayList]) -> None:
    """From an app's day_pack.py."""
    _lists.extend(lists)


def lists_for(roles: frozenset[str]) -> list[DayList]:
    """The lists that somebody with these roles may have, by their names."""
    open_to = [one for one in _lists if roles & {"director", *one.roles}]
    return sorted(open_to, key=lambda one: one.key)


def files_of(edition: Edition, day: date, roles: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """The paper and the workbook of each list in turn, with their names."""
    for one in lists_for(roles):
        rows = [list(row) for row in one.rows(edition, day)]
        yield f"{one.key}.pdf", _paper(one, rows, edition, day)
        yield f"{one.key}.xlsx", _workbook(one, rows, edition, day)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files in one archive."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return whole.getvalue()


def _paper(one: DayList, rows: list[list[Any]], edition: Edition, day: date) -> bytes:
    columns = [
        PaperColumn(str(head.title), head.width, "right" if head.amount else "left", figures=head.amount)
        for head in one.headings
    ]
    return report_pdf(
        ReportFace(
            title=str(one.title),
            subtitle=f"{local(edition, 'name')} · {day_word(day, 'long')}",
            organiser=local(edition.series, "operator"),
            facts=[made_at(edition), *([str(one.note)] if one.note else [])],
            columns=columns,
            rows=[[_shown(value) for value in row] for row in rows],
            empty=_("Nothing for this day."),
            wide=one.wide,
            page_word=_("Page"),
            lang=language(),
        )
    )


def _workbook(one: DayList, rows: list[list[Any]], edition: Edition, day: date) -> bytes:
    kinds: list[Kind] = [Number() if head.amount else Text() for head in one.headings]
    columns = [
        Column(f"c{place}", (str(head.title),), kind)
        for place, (head, kind) in enumerate(zip(one.headings, kinds, strict=True))
    ]
    width = len(columns)
    full = (row + [None] * (width - len(row)) for row in rows)
    preface = [f"{one.title}: {local(edition, 'name')}", day_word(day, "long"), made_at(edition)]
    return to_workbook([Page(str(one.title), columns, full, preface)])


def made_at(edition: Edition) -> str:
    """The line that says of which moment a list is."""
    return _("As of %(moment)s") % {"moment": moment(clock.now().astimezone(edition.zone))}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number(value, 0 if value == value.to_integral_value() else 2)
    return day_word(value) if isinstance(value, date) else str(value)
