"""Tags for samples, twenty-one on a sheet of A4 to cut apart: a code that any phone reads, the maker, a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import qr, theme
from .page import A4, Paper
from .type import Style, balance

COLUMNS, ROWS = 3, 7
WIDE, HIGH = A4[0] / COLUMNS, A4[1] / ROWS
QR_SIZE, INSET = 27.0, 6.5  # an address of a hundred characters stays readable at a hand's length
TEXT_X = INSET + QR_SIZE + 5

NUMBER = Style(13, 700, theme.SON)
NAME = Style(8.5, 700, leading=1.2)
WORDS = Style(6.2, 400, theme.THEN_2, leading=1.25)


@dataclass(frozen=True)
class TagFace:
    """What one tag says; `words` in Vietnamese and in English."""

    number: str
    name: str
    address: str  # what the code holds
    words: tuple[str, str]


def tags_pdf(tags: Sequence[TagFace], *, title: str, author: str = "") -> bytes:
    """As many sheets as it takes; lines to cut along."""
    paper = Paper(A4, title=title, author=author)
    for place, tag in enumerate(tags):
        if place and place % (COLUMNS * ROWS) == 0:
            paper.turn()
        row, column = divmod(place % (COLUMNS * ROWS), COLUMNS)
        if row == column == 0:
            draw_cuts(paper)
        draw_tag(paper, tag, column * WIDE, row * HIGH)
    return paper.close()


def draw_cuts(paper: Paper) -> None:
    for row in range(1, ROWS):
        paper.rule(0, row * HIGH, A4[0], colour=theme.KE, weight=0.3)
    for column in range(1, COLUMNS):
        paper.box(column * WIDE, 0, 0.1, A4[1], fill=theme.KE)


def draw_tag(paper: Paper, tag: TagFace, x: float, y: float) -> None:
    """The code on the left with its quiet zone, the words beside it."""
    qr.draw(paper, tag.address, x + INSET, y + (HIGH - QR_SIZE) / 2, QR_SIZE)
    room = WIDE - TEXT_X - 3
    paper.fitted(x + TEXT_X, y + 10, room, tag.number, NUMBER, smallest=7)
    lines, style = balance(tag.name, room, NAME, 5.5, 3)
    at = y + 15
    for line in lines:
        paper.text(x + TEXT_X, at, line, style)
        at += style.line
    at += 1
    for words in tag.words:
        at = paper.lines(x + TEXT_X, at, room, words, WORDS, most=3) + 0.8
