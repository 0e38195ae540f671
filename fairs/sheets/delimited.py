"""Lines of a text file whose cells are parted by a comma, semicolon, tab or bar."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from fairs.sheets.refusals import SheetCode, SheetError
from fairs.sheets.wording import unescape_cell

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 100


def lines(text: str) -> Iterator[list[str]]:
    """Every record in order, blank ones too. Refuses not_a_table when a quotation mark is left open."""
    declared, text = _declared_delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=declared or delimiter_of(text), strict=True)
    line = 1
    try:
        for record in reader:
            yield [unescape_cell(cell) for cell in record]
            line = reader.line_num + 1
    except csv.Error as fault:
        raise SheetError(SheetCode.NOT_A_TABLE, line=line) from fault


def delimiter_of(text: str) -> str:
    """The delimiter under which most of the first records have one width, the wider on a draw."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    widths = Counter(_widths(text, delimiter))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (count / widths.total(), width) if width > 1 else (0.0, 0)


def _widths(text: str, delimiter: str) -> Iterator[int]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from (len(record) for record in islice(reader, SAMPLE) if any(record))
    except csv.Error:
        return


def _declared_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken off the text."""
    first, _, rest = text.partition("\n")
    declared = first.strip("\r").lower().removeprefix("sep=")
    if first.lower().startswith("sep=") and declared in DELIMITERS:
        return declared, rest
    return "", text
