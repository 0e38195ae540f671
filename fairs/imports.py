"""What organisers may import from a sheet, each kind declared by the app that takes its rows over."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fairs import sheets
from fairs.sheets import Column, Problem
from fairs.templatetags.fair import language

if TYPE_CHECKING:
    from fairs.models import Edition, Upload
    from fairs.permissions import Actor

Values = Mapping[str, Any]
Taken = Literal["new", "changed", "same"]


@dataclass(frozen=True)
class ImportKind:
    """One kind of sheet.

    `columns`, `check` and `take` are asked once for a sheet, and read then what they need to know. A check names what
    stands against a row that is well-formed in itself. What `take` gives takes one row over, through the actions that
    people use; the same row again is "same". It may have a `finish`, called after the last row, which may answer more
    of the result. `hints` say what a column is for, `says` words the problems that only this kind knows, by code.
    """

    key: str
    title: Any
    roles: frozenset[str]
    columns: Callable[["Edition"], Sequence[Column]]
    check: Callable[["Edition"], Callable[[Values], Iterable[Problem]]]
    take: Callable[["Edition", "Actor"], Callable[[Values], Taken]]
    hints: Mapping[str, Any]
    examples: Sequence[Mapping[str, str]]
    says: Mapping[str, Any]
    note: Any
    list_url: str  # the url name of the page where the rows are found afterwards
    icon: str = "upload"
    # ---- for sheets whose columns have no fixed names ----
    read: Callable[..., sheets.Sheet] = sheets.read
    # Puts the columns where they belong; False when a person must say first which is which, at the page of `ask_url`.
    arrange: "Callable[[Upload], bool] | None" = None
    ask_url: str = ""
    # What is done with the result, inside the transaction that imports.
    after: "Callable[[Upload, dict[str, Any]], None] | None" = None
    # What the page of an imported sheet shows, and its template.
    outcome: "Callable[[Upload], Mapping[str, Any]] | None" = None
    imported: str = "fairs/upload_imported.html"
    sample: "Callable[[Edition], bytes] | None" = None


_kinds: dict[str, ImportKind] = {}


def headings(vi: str, en: str, *others: str) -> tuple[str, ...]:
    """The titles of a column: the reader's language first, the other second, then what people also write."""
    return (vi, en, *others) if language() == "vi" else (en, vi, *others)


def declare(kind: ImportKind) -> None:
    """From an app's imports.py."""
    _kinds[kind.key] = kind


def kinds() -> list[ImportKind]:
    """All kinds, in the order of their names."""
    return [_kinds[key] for key in sorted(_kinds)]


def kind(key: str) -> ImportKind | None:
    """The kind with a name."""
    return _kinds.get(key)
