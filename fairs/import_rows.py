"""The rows of an uploaded sheet as an organiser sees them, with what stands against each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from fairs import sheets
from fairs.actions.uploads import kind_of, rehearse
from fairs.import_reasons import cell_sentence
from fairs.import_samples import choices_of
from fairs.models import Upload
from fairs.sheets import CellCode
from fairs.templatetags.fair import day, number

FILTERS = ("faulty", "sound", "skipped", "all")


@dataclass(frozen=True)
class Cell:
    """A cell with its text as it would be taken over."""

    column: sheets.Column
    text: str
    faults: "list[Fault]" = field(default_factory=list)

    @property
    def choices(self) -> list[str]:
        """What may be chosen instead, for a column that knows its values one by one."""
        several = isinstance(self.column.kind, sheets.Choices)
        return [] if several or len(choices_of(self.column)) > 100 else choices_of(self.column)


@dataclass(frozen=True)
class Fault:
    """A reason in words, and texts that would settle it."""

    column: str
    code: str
    message: str
    offers: list[str]

    @property
    def worded(self) -> list[tuple[str, str]]:
        """Each offer with how the reader's language writes it."""
        return [(offer, _worded(self.code, offer)) for offer in self.offers]


@dataclass(frozen=True)
class ShownRow:
    """A row of the sheet by its number there."""

    number: int
    title: str
    cells: list[Cell]
    faults: list[Fault]  # all of them, those of the row as a whole among them
    skipped: bool

    @property
    def faulty_cells(self) -> list[Cell]:
        """The cells that may be put right here."""
        return [cell for cell in self.cells if cell.faults]

    @property
    def whole_faults(self) -> list[Fault]:
        """What concerns no cell of the sheet."""
        columns = {cell.column.name for cell in self.cells}
        return [fault for fault in self.faults if fault.column not in columns]


class Rows(Sequence[ShownRow]):
    """The rows under one filter; only those asked for are read."""

    def __init__(self, upload: Upload, only: str = "all") -> None:
        self.upload = upload
        self.kind = kind_of(upload)
        self.columns = self.kind.columns(upload.edition)
        self.places = [place for place, row in enumerate(upload.content.get("rows", [])) if self._fits(row[0], only)]

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            return self._read(self.places[part])
        return self._read([self.places[part]])[0]

    def numbered(self, numbers: set[int]) -> list[ShownRow]:
        """The rows with these numbers."""
        content = self.upload.content["rows"]
        return self._read([place for place in self.places if content[place][0] in numbers])

    def _fits(self, number: int, only: str) -> bool:
        if only == "all":
            return True
        skipped = number in self._skipped
        faulty = str(number) in self.upload.findings["faults"]
        return {"faulty": faulty, "skipped": skipped, "sound": not (faulty or skipped)}[only]

    @property
    def _skipped(self) -> set[int]:
        return set(self.upload.answers.get("skipped", []))

    def _read(self, places: list[int]) -> list[ShownRow]:
        if not places:
            return []
        part = rehearse(self.upload, sheets.unpack(self.upload.content, places), self.columns)
        return [self._shown(row) for row in part.rows]

    def _shown(self, row: sheets.PreviewRow) -> ShownRow:
        told = [self._told(row, *fault) for fault in self.upload.findings["faults"].get(str(row.number), [])]
        cells = [
            Cell(column, row.texts[column.name], [fault for fault in told if fault.column == column.name])
            for column in self.columns
            if column.name in row.texts
        ]
        names = [cell.text for cell in cells if cell.column.required and cell.text]
        return ShownRow(row.number, " · ".join(names[:2]), cells, told, row.skipped)

    def _told(self, row: sheets.PreviewRow, column: str, code: str, params: dict[str, Any], offers: list[str]) -> Fault:
        text = row.texts.get(column, "")
        kept = [text] if code == CellCode.GARBLED else []
        return Fault(column, code, cell_sentence(self.kind, code, params, text), [*offers, *kept])


def _worded(code: str, offer: str) -> str:
    if code in (CellCode.AMBIGUOUS_DATE, CellCode.SHORT_YEAR):
        return day(date.fromisoformat(offer))
    if code == CellCode.AMBIGUOUS_NUMBER:
        value = Decimal(offer).normalize()
        return number(value, max(0, -int(value.as_tuple().exponent)))
    return offer
