"""The sheet an organiser may start from: headings in both languages, examples, and what may be chosen."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from fairs import sheets
from fairs.imports import ImportKind
from fairs.models import Edition


def sample(kind: ImportKind, edition: Edition) -> bytes:
    """A workbook whose first worksheet waits for rows; only that one is ever read."""
    columns = kind.columns(edition)
    headed = [sheets.Column(column.name, (" / ".join(column.titles[:2]),)) for column in columns]
    examples = [[row.get(column.name, "") for column in columns] for row in kind.examples]
    return sheets.to_workbook(
        [
            sheets.Page(str(kind.title), headed, []),
            sheets.Page(_("Examples"), headed, examples),
            _values(columns),
            _explained(kind, columns),
        ]
    )


def choices_of(column: sheets.Column) -> list[str]:
    """What may be written in a column, in the reader's language; nothing for free text."""
    return [titles[0] for titles in getattr(column.kind, "titles", {}).values()]


def _values(columns: Sequence[sheets.Column]) -> sheets.Page:
    limited = [column for column in columns if choices_of(column)]
    lists: list[Sequence[Any]] = [choices_of(column) for column in limited]
    headed = [sheets.Column(column.name, column.titles[:1]) for column in limited]
    return sheets.Page(_("May be chosen"), headed, zip_longest(*lists, fillvalue=""))


def _explained(kind: ImportKind, columns: Sequence[sheets.Column]) -> sheets.Page:
    headed = [sheets.Column("column", (_("Column"),)), sheets.Column("meaning", (_("Meaning"),))]
    return sheets.Page(_("Columns"), headed, [[column.titles[0], meaning(kind, column)] for column in columns])


def meaning(kind: ImportKind, column: sheets.Column) -> str:
    """What a column is for, and whether it must be there."""
    needed = _("Needed.") if column.required else ""
    return " ".join(filter(None, [needed, str(kind.hints.get(column.name, ""))]))
