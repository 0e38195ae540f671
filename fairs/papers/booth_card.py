"""A card on A6 that stands on a maker's table: who they are, and a code that any phone reads."""

from dataclasses import dataclass

from . import mark, qr, theme
from .page import A6, Paper
from .type import Style, balance, shown

MARGIN = 7.0
HEAD = 17.0
QR_SIZE = 50.0  # an address of a hundred characters stays readable at arm's length
NAMES_TOP, QR_TOP = 22.0, 66.0

EDITION = Style(11, 700, theme.VO_TRUNG, leading=1.2)
DATES = Style(8, 400, theme.VANG_SANG)
NAME = Style(22, 700, spacing=-0.2, leading=1.18)
OTHER = Style(11, 400, theme.THEN_2)
PLACE = Style(10, 400, theme.THEN_2)
BOOTHS = Style(15, 700, theme.SON)
FIRST = Style(11.5, 700, leading=1.3)
SECOND = Style(9.5, 400, theme.THEN_2, leading=1.35)


@dataclass(frozen=True)
class CardFace:
    """What a card says, every text ready; an empty text is left out."""

    name: str
    address: str  # what the code holds
    edition: str
    dates: str
    words: tuple[str, str]  # what to do with it, in Vietnamese and in English
    name_other: str = ""
    place: str = ""
    booths: str = ""


def card_pdf(face: CardFace) -> bytes:
    """One page of A6."""
    paper = Paper(A6, title=face.name, author=face.edition)
    paper.box(0, 0, *A6, fill=theme.WHITE)
    draw_head(paper, face)
    draw_names(paper, face)
    qr.draw(paper, face.address, (A6[0] - QR_SIZE) / 2, QR_TOP, QR_SIZE)
    draw_words(paper, face)
    return paper.close()


def draw_head(paper: Paper, face: CardFace) -> None:
    paper.box(0, 0, A6[0], HEAD, fill=theme.CANH_GIAN_DAM)
    paper.rule(0, HEAD - 0.55, A6[0], colour=theme.VANG, weight=0.5)
    paper.rule(0, HEAD, A6[0], colour=theme.VANG, weight=1)
    mark.draw(paper, MARGIN, (HEAD - 9) / 2, 9)
    room = A6[0] - 2 * MARGIN - 12
    paper.fitted(MARGIN + 12, 8, room, face.edition, EDITION, smallest=7)
    paper.fitted(MARGIN + 12, 12.6, room, face.dates, DATES, smallest=6)


def draw_names(paper: Paper, face: CardFace) -> None:
    """The maker's name as large as it may be, then where they are from and where they stand."""
    room, middle = A6[0] - 2 * MARGIN, A6[0] / 2
    lines, style = balance(face.name, room, NAME, 11, 3)
    y = NAMES_TOP + style.cap
    for line in lines:
        paper.text(middle, y, line, style, "centre")
        y += style.line
    for text, small in ((face.name_other, OTHER), (face.place, PLACE)):
        if shown(text):
            paper.fitted(middle, y, room, text, small, smallest=7, align="centre")
            y += small.line
    if shown(face.booths):
        paper.fitted(middle, max(y + 1.5, QR_TOP - 5), room, face.booths, BOOTHS, smallest=8, align="centre")


def draw_words(paper: Paper, face: CardFace) -> None:
    """What to do, Vietnamese first, below the code and its quiet zone."""
    room, middle = A6[0] - 2 * MARGIN, A6[0] / 2
    y = QR_TOP + QR_SIZE + 8.5
    for text, style in zip(face.words, (FIRST, SECOND), strict=True):
        y = paper.lines(middle, y, room, text, style, most=3, align="centre") + 1
