"""The columns that an import knows, found in a sheet by their headings in either language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fairs.sheets.kinds import Kind, Text
from fairs.sheets.wording import fold

_PARTS = re.compile(r"[/|()\[\];]| [-–] ")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an import or of a list. The first title heads it when a list is written."""

    name: str
    titles: tuple[str, ...]
    kind: Kind = field(default_factory=Text)
    required: bool = False
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """Where each known column stands, with the headings that found none and the columns that were not found.

    `repeated` are headings that name a column a second time: only the first is read, so they must be shown.
    """

    positions: dict[str, int]
    unknown: list[str]
    missing: list[Column]
    repeated: list[str]


def match(headers: Sequence[str], columns: Sequence[Column]) -> Matching:
    """Find the columns by title or name; accents, case, spaces and punctuation do not count.

    A heading in two languages (Tên đơn vị / Company name) is found by its parts when they agree.
    """
    names = _names(columns)
    positions: dict[str, int] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    for position, header in enumerate(headers):
        name = _named(header, names)
        if name is None:
            unknown += [header] if header else []
        elif name in positions:
            repeated.append(header)
        else:
            positions[name] = position
    missing = [column for column in columns if column.name not in positions]
    return Matching(positions, unknown, missing, repeated)


def _names(columns: Sequence[Column]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns:
        for title in (column.name, *column.titles):
            if names.setdefault(fold(str(title)), column.name) != column.name:
                raise ValueError(f"Two columns share the title {title!r}")
    return names


def _named(header: str, names: dict[str, str]) -> str | None:
    if fold(header) in names:
        return names[fold(header)]
    found = {names[fold(part)] for part in _PARTS.split(header) if fold(part) in names}
    return found.pop() if len(found) == 1 else None
