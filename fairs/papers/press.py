"""One page for the press: what the fair reached, in large figures and a few charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import mark, theme
from .letter import EYE, LEFT, RIGHT, SMALL, TOP, WIDE, draw_foot
from .page import A4, Paper
from .report import HEADING, SUBTITLE
from .type import Style, balance

GAP = 8.0
ACROSS = 3  # large figures side by side
LARGE = Style(20, 700, theme.CANH_GIAN, figures=True, spacing=-0.2)
LABEL = Style(9, 400, theme.THEN_2)
BAR_TEXT = Style(8.5)
BAR, BAR_ROW = 3.4, 7.2
MOST_BARS = 8
BOTTOM = 274.0


@dataclass(frozen=True)
class Headline:
    """A large figure with its name and a line below, such as its plan."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar as long as its share, in hundredths."""

    label: str
    text: str
    share: float


@dataclass(frozen=True)
class BarChart:
    """Level bars below each other."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class PressFace:
    """What the page says."""

    title: str
    subtitle: str
    organiser: str
    facts: Sequence[str]
    headlines: Sequence[Headline]
    charts: Sequence[BarChart]
    notes: Sequence[str] = ()
    lang: str = "vi"


def press_pdf(face: PressFace) -> bytes:
    """The page; a chart for which there is no room any more is left out, and so are bars beyond eight."""
    paper = Paper(A4, title=face.title, author=face.organiser, lang=face.lang)
    y = _charts(paper, _headlines(paper, _head(paper, face), face.headlines) + 6, face.charts)
    y = min(y + 2, BOTTOM)
    for note in face.notes:
        y = paper.lines(LEFT, y, WIDE, note, SMALL, most=2)
    draw_foot(paper, " · ".join(text for text in (face.title, face.organiser) if text), "", 1)
    return paper.close()


def _head(paper: Paper, face: PressFace) -> float:
    mark.draw(paper, RIGHT - 10.4, TOP, 10.4)
    lines, style = balance(face.title, WIDE - 16, HEADING, 12, 3)
    y = TOP + style.cap + 1.2
    for line in lines:
        paper.text(LEFT, y, line, style)
        y += style.line
    y = paper.lines(LEFT, y - 1.2, WIDE - 16, face.subtitle, SUBTITLE, most=2)
    for fact in face.facts:
        y = paper.lines(LEFT, y - 0.6, WIDE, fact, SMALL, most=2)
    y = max(y - 1, TOP + 13)
    paper.rule(LEFT, y, RIGHT, colour=theme.CANH_GIAN, weight=2)
    paper.rule(LEFT, y + 1.2, RIGHT, colour=theme.VANG)
    return y + 4


def _headlines(paper: Paper, y: float, headlines: Sequence[Headline]) -> float:
    room = (WIDE - GAP * (ACROSS - 1)) / ACROSS
    for number, one in enumerate(headlines):
        row, column = divmod(number, ACROSS)
        x, top = LEFT + column * (room + GAP), y + row * 23
        paper.fitted(x, top + 10, room, one.value, LARGE, smallest=10)
        paper.fitted(x, top + 15, room, one.label, LABEL.coloured(theme.THEN), smallest=6.5)
        paper.fitted(x, top + 19, room, one.note, SMALL, smallest=6)
        paper.rule(x, top + 21.4, x + room, weight=0.5)
    return y + -(-len(headlines) // ACROSS) * 23


def _charts(paper: Paper, y: float, charts: Sequence[BarChart]) -> float:
    """In two columns, row by row; returns where the last row ends."""
    room = (WIDE - GAP) / 2
    for first in range(0, len(charts), 2):
        pair = charts[first : first + 2]
        high = max(_height(one) for one in pair)
        if y + high > BOTTOM:
            break
        for number, one in enumerate(pair):
            _chart(paper, LEFT + number * (room + GAP), y, room, one)
        y += high + 5
    return y


def _height(chart: BarChart) -> float:
    return 8 + BAR_ROW * len(chart.bars[:MOST_BARS])


def _chart(paper: Paper, x: float, y: float, room: float, chart: BarChart) -> None:
    paper.fitted(x, y + 4, room, chart.title, EYE, smallest=7)
    left, right = room * 0.36, room * 0.18
    for number, bar in enumerate(chart.bars[:MOST_BARS]):
        top = y + 8 + number * BAR_ROW
        paper.fitted(x, top + BAR, left - 2, bar.label, BAR_TEXT, smallest=6)
        wide = (room - left - right) * min(max(bar.share, 0), 100) / 100
        paper.box(x + left, top + 0.4, room - left - right, BAR, fill=theme.VO_TRUNG)
        if wide:
            paper.box(x + left, top + 0.4, wide, BAR, fill=theme.SON)
        paper.fitted(x + room, top + BAR, right - 2, bar.text, BAR_TEXT, smallest=6, align="right")
