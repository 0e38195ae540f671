"""Badges on cards of the size of a bank card: names on the left, the code on the right."""

from . import theme
from .badge_face import CODE, WHITE, BadgeFace, draw_band, draw_code
from .badge_names import Place, Sizes, draw_names
from .page import Paper
from .type import Style, balance

WIDE, HIGH = 85.6, 54.0
HEAD, BAND = 8.0, 7.6  # heights
CLIP = 14.0  # where a slot may be punched
QR_SIZE = 27.0
MARGIN = 3.4
QR_LEFT, QR_TOP = WIDE - MARGIN - QR_SIZE, HEAD + 2.9
NAMES = Place((QR_LEFT - 2.6 + MARGIN) / 2, HEAD + 1.6, HIGH - BAND - 1.4, QR_LEFT - 2.6 - MARGIN)
SIZES = Sizes((30, 9), (11, 7.5), (9.5, 7), (9, 6.5), (7.5, 6), 0.45)
HEAD_TEXT = Style(6.6, 600, theme.VO_TRUNG, leading=1.2)


def draw_card(paper: Paper, face: BadgeFace) -> None:
    """One side, its upper left corner at the origin; four modules round the code stay white."""
    head = paper.form(("card head", face.edition, face.dates), lambda: draw_head(paper, face))
    paper.box(0, 0, WIDE, HIGH, fill=WHITE)
    paper.stamp(head)
    draw_names(paper, face, NAMES, SIZES)
    draw_code(paper, face, QR_LEFT, QR_TOP, QR_SIZE)
    small = CODE.sized(8.5)
    paper.fitted(QR_LEFT + QR_SIZE / 2, QR_TOP + QR_SIZE + 5, QR_SIZE, face.code, small, smallest=6, align="centre")
    draw_band(paper, face, HIGH - BAND, WIDE, BAND, scale=0.58)


def draw_head(paper: Paper, face: BadgeFace) -> None:
    """The edition and its days, either side of where a slot may be punched."""
    paper.box(0, 0, WIDE, HEAD, fill=theme.CANH_GIAN_DAM)
    paper.rule(0, HEAD, WIDE, colour=theme.VANG, weight=0.8)
    paper.box((WIDE - CLIP) / 2, 2.2, CLIP, 2.9, fill=WHITE, line=theme.VANG, weight=0.4, radius=1.4)
    room = (WIDE - CLIP) / 2 - MARGIN - 2
    for text, x, align in ((face.edition, MARGIN, "left"), (face.dates, WIDE - MARGIN, "right")):
        lines, style = balance(text, room, HEAD_TEXT, 5, 2)
        middle = HEAD / 2 + style.cap / 2
        for number, line in enumerate(lines):
            paper.text(x, middle + (number - (len(lines) - 1) / 2) * style.line, line, style, align)
