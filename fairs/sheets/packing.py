"""Cells as plain JSON and back, so that a sheet can be kept as it was read."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from fairs.sheets.table import Cell, Formula, Row, Sheet, written


def pack(sheet: Sheet) -> dict[str, Any]:
    """The sheet in lists, texts and numbers. A time of day, a duration or an infinity becomes text."""
    rows = [[row.number, [_packed(cell) for cell in row.cells]] for row in sheet.rows]
    return {"title": sheet.title, "headers": sheet.headers, "rows": rows}


def unpack(packed: Mapping[str, Any], places: Iterable[int] | None = None) -> Sheet:
    """The sheet that `pack` was given, or only the rows at these places."""
    rows = packed["rows"] if places is None else [packed["rows"][place] for place in places]
    return Sheet(
        packed["headers"], [Row(number, tuple(map(_unpacked, cells))) for number, cells in rows], packed["title"]
    )


def _packed(cell: Cell) -> Any:
    if isinstance(cell, Formula):
        return {"formula": str(cell)}
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time | timedelta) or (isinstance(cell, float) and not isfinite(cell)):
        return written(cell)
    return cell.replace("\0", "") if isinstance(cell, str) else cell


def _unpacked(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return cell
    if "formula" in cell:
        return Formula(cell["formula"])
    return datetime.fromisoformat(cell["moment"]) if "moment" in cell else date.fromisoformat(cell["day"])
