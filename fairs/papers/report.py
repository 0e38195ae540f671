"""A table on A4 for any report of the fair."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import mark, theme
from .letter import EYE, LEFT, SMALL, Signature, draw_foot, draw_signatures, signatures_height
from .page import A4, Align, Paper, numbered
from .rows import Across
from .type import Style, balance, cut, fit, shown, wrap

A4_WIDE = (A4[1], A4[0])
TOP, FOOT = 16.0, 18.0
GUTTER = 4.0
MOST_LINES = 6  # of one cell
HEADING = Style(18, 700, spacing=-0.25, leading=1.2)
SUBTITLE = Style(10, 400, theme.THEN_2)
CELL = Style(8.5, leading=1.4)
COLUMN = Style(8.5, 600, theme.THEN_2, leading=1.3)
ROW = CELL.line + 2.6
STAY = 3  # so many rows before the last go with it to a new page


@dataclass(frozen=True)
class Column:
    """A column: `width` is its share of the table, `align` "left" or "right"; figures are set tabular."""

    title: str
    width: float = 1.0
    align: Align = "left"
    figures: bool = False


@dataclass(frozen=True)
class ReportFace:
    """What a report says; a row of a single text is a heading across the table, one `Across` has a wide end, and
    missing cells of any other stay empty.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    subtitle: str = ""
    organiser: str = ""
    facts: Sequence[str] = ()  # lines under the subtitle: period, filters, when the figures were read
    totals: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    empty: str = "–"  # said instead of rows
    wide: bool = False
    page_word: str = "Trang"
    lang: str = "vi"


def report_pdf(face: ReportFace) -> bytes:
    """The report on as many A4 pages as it needs, the column titles on each of them."""
    return numbered(lambda pages: Drawing(face, pages).paper)


class Drawing:
    """One report being drawn from the top downwards; `y` is where the next part hangs."""

    def __init__(self, face: ReportFace, pages: int) -> None:
        self.face, self.pages = face, pages
        self.paper = Paper(A4_WIDE if face.wide else A4, title=face.title, author=face.organiser, lang=face.lang)
        self.right = self.paper.width - LEFT
        self.bottom = self.paper.height - FOOT
        self.places = places(face.columns, self.right - LEFT)
        self.y = TOP
        self.head()
        self.table()
        self.notes()
        if face.signatures:
            self.room(signatures_height(face.signatures) + 4)
            draw_signatures(self.paper, self.y + 4, face.signatures, right=self.right)
        self.foot()

    def foot(self) -> None:
        note = " · ".join(text for text in (self.face.title, self.face.organiser) if text)
        draw_foot(self.paper, note, self.face.page_word, self.pages)

    def room(self, height: float) -> bool:
        """Turns the page when `height` mm are not left; says whether it did."""
        if self.y + height <= self.bottom:
            return False
        self.foot()
        self.paper.turn()
        self.y = TOP
        return True

    def head(self) -> None:
        wide = self.right - LEFT
        mark.draw(self.paper, self.right - 10.4, self.y, 10.4)
        lines, style = balance(self.face.title, wide - 16, HEADING, 12, 3)
        self.y += style.cap + 1.2
        for line in lines:
            self.paper.text(LEFT, self.y, line, style)
            self.y += style.line
        self.y = self.paper.lines(LEFT, self.y - 1.2, wide - 16, self.face.subtitle, SUBTITLE, most=3)
        for fact in self.face.facts:
            self.y = self.paper.lines(LEFT, self.y - 0.6, wide, fact, SMALL, most=2)
        self.y = max(self.y - 1, TOP + 13)
        self.paper.rule(LEFT, self.y, self.right, colour=theme.CANH_GIAN, weight=2)
        self.paper.rule(LEFT, self.y + 1.2, self.right, colour=theme.VANG)
        self.y += 4

    def table(self) -> None:
        self.titles()
        rows = self.face.rows or [(self.face.empty,)]
        for number, row in enumerate(rows, 1):
            if number == len(rows) - STAY and self.room((STAY + 1) * ROW):
                self.titles()
            is_heading = len(row) == 1 < len(self.places) and not isinstance(row, Across)
            self.heading(row[0]) if is_heading else self.row(row, CELL)
        if self.face.totals:
            self.paper.rule(LEFT, self.y, self.right, colour=theme.THEN, weight=1.1)
        for row in self.face.totals:
            self.row(row, CELL.bold())

    def titles(self) -> None:
        cells = [wrap(column.title, room, COLUMN, 3) for column, (_, room) in self.filled()]
        height = max((len(lines) for lines in cells), default=1) * COLUMN.line
        for lines, (column, (left, room)) in zip(cells, self.filled(), strict=True):
            y = self.y + 4 + height - len(lines) * COLUMN.line
            self.cell(lines, y, left, room, column.align, COLUMN)
        self.y += height + 2.4
        self.paper.rule(LEFT, self.y, self.right, colour=theme.VANG, weight=0.9)

    def filled(self) -> list[tuple[Column, tuple[float, float]]]:
        return list(zip(self.face.columns, self.places, strict=True))

    def across(self, cells: int) -> list[tuple[Column, tuple[float, float]]]:
        """The places of so many cells of which the last has all that is left."""
        *narrow, (_column, (left, _room)) = self.filled()[:cells]
        return [*narrow, (Column(""), (left, self.right - left))]

    def heading(self, text: str) -> None:
        """A row across the table; it never stands last on a page."""
        if self.room(8 + CELL.line + 2.6):
            self.titles()
        self.paper.text(LEFT, self.y + 6.4, cut(shown(text), self.right - LEFT, EYE), EYE)
        self.y += 8.4
        self.paper.rule(LEFT, self.y, self.right, weight=0.5)

    def row(self, row: Sequence[str], style: Style) -> None:
        filled = self.across(len(row)) if isinstance(row, Across) else self.filled()
        cells = [self.lines(text, place, style) for text, place in zip(row, filled, strict=False)]
        height = max((len(lines) * kind.line for lines, kind in cells), default=CELL.line) + 2.6
        if self.room(height):
            self.titles()
        for (lines, kind), (column, (left, room)) in zip(cells, filled, strict=False):
            self.cell(lines, self.y + 4.4, left, room, column.align, kind)
        self.y += height
        self.paper.rule(LEFT, self.y, self.right, weight=0.4)

    def lines(self, text: str, place: tuple[Column, tuple[float, float]], style: Style) -> tuple[list[str], Style]:
        """A figure is made smaller to stay whole; a text is wrapped."""
        column, (_, room) = place
        if not column.figures:
            return wrap(text, room, style, MOST_LINES), style
        line, kind = fit(text, room, Style(style.size, style.weight, figures=True, leading=style.leading), 5)
        return [line], kind

    def cell(self, lines: Sequence[str], y: float, left: float, room: float, align: Align, style: Style) -> None:
        x = left + room if align == "right" else left
        for number, line in enumerate(lines):
            self.paper.text(x, y + number * style.line, line, style, align)

    def notes(self) -> None:
        self.y += 3
        for note in self.face.notes:
            self.room(len(wrap(note, self.right - LEFT, SMALL)) * SMALL.line + 3)
            self.y = self.paper.lines(LEFT, self.y + 3.4, self.right - LEFT, note, SMALL) - 2.4


def places(columns: Sequence[Column], wide: float) -> list[tuple[float, float]]:
    """Left edge and room of every column in mm."""
    free = wide - GUTTER * (len(columns) - 1)
    whole = sum(column.width for column in columns)
    result, left = [], LEFT
    for column in columns:
        room = free * column.width / whole
        result.append((left, room))
        left += room + GUTTER
    return result
