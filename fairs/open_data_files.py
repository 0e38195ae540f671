"""Open data as CSV: UTF-8 with its mark, so that spreadsheets read Vietnamese; one header row; both languages."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

TOTAL_COLUMNS = [
    "figure", "line_vi", "line_en", "label_vi", "label_en", "unit", "value", "withheld", "note_vi", "note_en",
]  # fmt: skip
TABLE_COLUMNS = ["key", "name_vi", "name_en", "unit", "value", "withheld"]


def totals(content: Mapping[str, Any]) -> bytes:
    """All totals of a version."""
    return _csv(
        TOTAL_COLUMNS,
        (
            [one["figure"], *_both(one["line"]), *_both(one["label"]), one["unit"], *_value(one), *_both(one["note"])]
            for one in content["totals"]
        ),
    )


def table(content: Mapping[str, Any], key: str) -> bytes | None:
    """One table of a version; None when it has none of that key."""
    found = next((one for one in content["tables"] if one["key"] == key), None)
    if found is None:
        return None
    return _csv(
        TABLE_COLUMNS, ([row["key"], *_both(row["name"]), found["unit"], *_value(row)] for row in found["rows"])
    )


def _both(words: Mapping[str, str]) -> tuple[str, str]:
    return words["vi"], words["en"]


def _value(one: Mapping[str, Any]) -> tuple[str, str]:
    """An empty value is never zero: it is withheld."""
    return one["value"] or "", "yes" if one["withheld"] else "no"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode("utf-8-sig")
