"""Parts that the fair's A4 papers share: letterhead, pairs of label with value, numbered foot, signatures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import mark, theme
from .page import Paper
from .type import Style, balance, fit, shown, width, wrap

LEFT, RIGHT, TOP, BOTTOM = 18.0, 192.0, 16.0, 281.0
WIDE = RIGHT - LEFT

NAME = Style(15, 600, spacing=-0.15, leading=1.2)
TITLE = Style(20, 700, spacing=-0.3, leading=1.18)
SUBTITLE = Style(10, 400, theme.THEN_2)
BODY = Style(9.5, leading=1.45)
STRONG = BODY.bold()
MUTED = BODY.coloured(theme.THEN_2)
SMALL = Style(8.5, 400, theme.THEN_2, leading=1.4)
EYE = Style(9, 600, theme.VANG_DAM)

Pair = tuple[str, str]


@dataclass(frozen=True)
class Letterhead:
    """Who writes: the edition's name, the organiser, lines with its address, tax code, telephone."""

    edition: str
    organiser: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Signature:
    """Who signs: the office, a line under it such as "(sign and stamp)", the person's name."""

    office: str
    hint: str = ""
    name: str = ""


def draw_head(paper: Paper, head: Letterhead, title: str, subtitle: str, facts: Iterable[Pair] = ()) -> float:
    """The letterhead on the left, title and facts on the right, a lacquer line below; returns the y under it."""
    left = draw_letterhead(paper, head)
    right = draw_title(paper, title, subtitle, facts)
    y = max(left, right) + 2
    paper.rule(LEFT, y, RIGHT, colour=theme.CANH_GIAN, weight=2)
    paper.rule(LEFT, y + 1.2, RIGHT, colour=theme.VANG, weight=0.6)
    return y + 1.2


def draw_letterhead(paper: Paper, head: Letterhead) -> float:
    mark.draw(paper, LEFT, TOP, 10.4)
    lines, style = balance(head.edition, 82, NAME, 10, 2)
    y = TOP + 5.2 + style.cap / 2 - (len(lines) - 1) * style.line / 2
    for line in lines:
        paper.text(LEFT + 13.6, y, line, style)
        y += style.line
    _, style = fit(head.organiser, 98, STRONG.sized(9), 8)
    y = paper.lines(LEFT, TOP + 16.5, 98, head.organiser, style, most=2)
    for line in head.lines:
        y = paper.lines(LEFT, y, 98, line, SMALL.coloured(theme.THEN), most=2)
    return y - 2


def draw_title(paper: Paper, title: str, subtitle: str, facts: Iterable[Pair]) -> float:
    lines, style = balance(title, 76, TITLE, 13, 2)
    y = TOP + 6.6
    for line in lines:
        paper.text(RIGHT, y, line, style, "right")
        y += style.line
    paper.fitted(RIGHT, y - 2.2, 76, subtitle, SUBTITLE, smallest=7, align="right")
    return draw_facts(paper, y + 4.8, facts)


def draw_facts(paper: Paper, y: float, facts: Iterable[Pair]) -> float:
    """Short values in a right-hand column, each after its label."""
    rows = [(label, *fit(value, 50, STRONG, 7)) for label, value in facts if shown(value)]
    column = max((width(value, style) for _, value, style in rows), default=0.0)
    for label, value, style in rows:
        paper.text(RIGHT, y, value, style, "right")
        paper.fitted(RIGHT - column - 4, y, 76 - column - 4, label, MUTED, smallest=7, align="right")
        y += 5.6
    return y - 2.4


def draw_pairs(paper: Paper, x: float, y: float, room: float, rows: Iterable[Pair], *, column: float = 0.0) -> float:
    """Label and value side by side, values wrapped; returns the y of the next baseline."""
    kept = [(label, value) for label, value in rows if shown(value)]
    column = column or min(room * 0.4, max((width(shown(label), MUTED) for label, _ in kept), default=0.0) + 4)
    for label, value in kept:
        lines = paper.lines(x, y, column - 3, label, MUTED, most=3)
        y = max(lines, paper.lines(x + column, y, room - column, value, STRONG, most=6)) + 0.9
    return y


def pairs_height(room: float, rows: Iterable[Pair], *, column: float) -> float:
    """What `draw_pairs` needs with the same column."""
    return sum(
        max(len(wrap(label, column - 3, MUTED, 3)), len(wrap(value, room - column, STRONG, 6)), 1) * BODY.line + 0.9
        for label, value in rows
        if shown(value)
    )


def signatures_height(signatures: Sequence[Signature]) -> float:
    return 36.0 if signatures else 0.0


def draw_signatures(paper: Paper, y: float, signatures: Sequence[Signature], *, right: float = RIGHT) -> float:
    """Offices side by side with room for a hand and a stamp; returns the y under the names."""
    if not signatures:
        return y
    room = (right - LEFT) / len(signatures)
    for number, signature in enumerate(signatures):
        middle = LEFT + (number + 0.5) * room
        paper.fitted(middle, y + 6, room - 4, signature.office, STRONG, smallest=7, align="centre")
        paper.fitted(middle, y + 10.6, room - 4, signature.hint, SMALL, smallest=6, align="centre")
        paper.fitted(middle, y + 31, room - 4, signature.name, BODY, smallest=7, align="centre")
    return y + signatures_height(signatures)


def draw_foot(paper: Paper, note: str, page_word: str, pages: int) -> None:
    """A hairline with a note on the left and, on a longer paper, "page 1/3" on the right."""
    number = f"{page_word} {paper.page}/{pages}" if pages != 1 else ""
    foot, right = paper.height - 9.5, paper.width - LEFT
    paper.rule(LEFT, foot - 4.6, right, weight=0.4)
    paper.fitted(LEFT, foot, right - LEFT - 30, note, SMALL.sized(7.5), smallest=6)
    paper.text(right, foot, number, SMALL.sized(7.5), "right")
