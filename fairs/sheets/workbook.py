"""Lines of the first visible worksheet of an XLSX file that holds anything."""

import re
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from fairs.sheets.refusals import SheetCode, SheetError
from fairs.sheets.table import MAX_COLUMNS, Cell, Formula, Sheet, shape

MAX_UNPACKED = 64 * 1024 * 1024
MAX_PARTS = 2_000
LAST_ROW = 1_048_576
WIDEST = MAX_COLUMNS + 1  # enough to see that a line is too long; one cell in the last column costs as much as all
_FORMULA_TAG = re.compile(rb"<(?:\w+:)?f[\s>/]")


def table(data: bytes) -> Sheet:
    """The table of a workbook. Refuses too_large, macros, unknown_format and not_a_table beside `shape`."""
    try:
        return _first_table(data, with_formulas=_inspect(data))
    except SheetError:
        raise
    except Exception as fault:  # a damaged file makes openpyxl raise almost anything
        raise SheetError(SheetCode.NOT_A_TABLE, line=0) from fault


def _inspect(data: bytes) -> bool:
    """Whether any worksheet has formulas, found out only after every limit on the archive was checked."""
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        # zipfile never unpacks more of a part than the size announced here
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise SheetError(SheetCode.TOO_LARGE, limit_mb=MAX_UNPACKED // 1024**2)
        names = archive.namelist()
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise SheetError(SheetCode.MACROS)
        if "xl/workbook.xml" not in names:
            raise SheetError(SheetCode.UNKNOWN_FORMAT)
        worksheets = [name for name in names if name.startswith("xl/worksheets/")]
        return any(_FORMULA_TAG.search(archive.read(name)) for name in worksheets)


def _first_table(data: bytes, *, with_formulas: bool) -> Sheet:
    with closing(_opened(data, data_only=True)) as book:
        for sheet in (each for each in book.worksheets if each.sheet_state == "visible"):
            sheet.reset_dimensions()  # what a file says about its own size need not be true
            lines = _calculated(data, sheet) if with_formulas else sheet.iter_rows(max_col=WIDEST, values_only=True)
            try:
                return shape(islice(lines, LAST_ROW), sheet.title)
            except SheetError as refusal:
                if refusal.code != SheetCode.EMPTY_FILE:
                    raise
    raise SheetError(SheetCode.EMPTY_FILE)


def _opened(data: bytes, *, data_only: bool) -> Workbook:
    return load_workbook(BytesIO(data), read_only=True, data_only=data_only)


def _calculated(data: bytes, results: Any) -> Iterator[tuple[Cell, ...]]:
    """Stored results beside the formulas themselves, which tell a missing result from a blank cell."""
    with closing(_opened(data, data_only=False)) as book:
        formulas = book[results.title]
        formulas.reset_dimensions()
        for line in zip(
            results.iter_rows(max_col=WIDEST), formulas.iter_rows(max_col=WIDEST, values_only=True), strict=True
        ):
            yield tuple(map(_result, *line))


def _result(cell: Any, formula: Any) -> Cell:
    missing = cell.value is None and cell.data_type != "str"
    return Formula(getattr(formula, "text", formula)) if missing and formula is not None else cell.value
