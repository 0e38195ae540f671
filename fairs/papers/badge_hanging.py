"""Badges that hang from a cord: head with the edition, names, code and what goes with it, band of the kind."""

from dataclasses import dataclass

from . import mark, theme
from .badge_face import CODE, WHITE, BadgeFace, draw_band, draw_code
from .badge_names import Place, Sizes, draw_names
from .page import Paper
from .type import Style, balance, fit, shown, width

MARGIN = 5.75
HEAD, BAND = 20.0, 15.4  # heights
ROWS_LEFT, ROWS_STEP, MOST_ROWS = 54.0, 11.2, 4

EDITION = Style(14, 700, theme.VO_TRUNG, spacing=-0.15, leading=1.15)
DATES = Style(8.8, 400, theme.VO_TRUNG)
LABEL = Style(8, 400, theme.THEN_2)
VALUE = Style(9, 600)


@dataclass(frozen=True)
class Hanging:
    """One size: how large the paper is, where its code hangs, and how large the names may be."""

    wide: float
    high: float
    code: float  # leaves four modules of white on every side
    code_top: float
    names: Sizes


A6_BADGE = Hanging(105, 148, 35, 83.2, Sizes((58, 20), (20, 11), (13, 9), (14, 9), (11.5, 8)))
LANYARD_BADGE = Hanging(105, 135, 35, 71.6, Sizes((54, 20), (18, 11), (12, 9), (13, 9), (11, 8), 0.8))


def draw_hanging(paper: Paper, face: BadgeFace, on: Hanging) -> None:
    """One side, its upper left corner at the origin."""
    head = paper.form(("head", on, face.edition, face.dates, face.place), lambda: draw_head(paper, face, on))
    paper.box(0, 0, on.wide, on.high, fill=WHITE)
    paper.stamp(head)
    draw_names(paper, face, Place(on.wide / 2, HEAD + 3, on.code_top - 5.5, on.wide - 2 * MARGIN), on.names)
    left = MARGIN if face.rows else (on.wide - on.code) / 2
    draw_code(paper, face, left, on.code_top, on.code)
    foot = on.code_top + on.code + 9
    paper.fitted(left + on.code / 2, foot, on.code + 6, face.code, CODE, smallest=7, align="centre")
    draw_rows(paper, face, on)
    draw_band(paper, face, on.high - BAND, on.wide, BAND)


def draw_head(paper: Paper, face: BadgeFace, on: Hanging) -> None:
    """The board with the fair's mark, the name of the edition, its days and place, and room for the clip."""
    paper.box(0, 0, on.wide, HEAD, fill=theme.CANH_GIAN_DAM)
    paper.rule(0, HEAD - 0.55, on.wide, colour=theme.VANG, weight=0.5)
    paper.rule(0, HEAD, on.wide, colour=theme.VANG, weight=1)
    paper.box(on.wide / 2 - 7.3, 2.2, 14.6, 2.9, fill=WHITE, line=theme.VANG, weight=0.4, radius=1.4)
    mark.draw(paper, MARGIN, 7.6, 8.6)
    end = on.wide - MARGIN
    dates, small = fit(face.dates, 30, DATES, 6)
    place, gold = fit(face.place, 30, DATES.bold().coloured(theme.VANG_SANG), 6)
    middle = 12.0 + EDITION.cap / 2
    paper.text(end, middle - 1.6 if place else middle, dates, small, "right")
    paper.text(end, middle + 2.7, place, gold, "right")
    left = MARGIN + 11.3
    room = end - left - max(width(dates, small), width(place, gold)) - 3
    lines, style = balance(face.edition, room, EDITION, 8, 1 if len(face.edition) < 24 else 2)
    for number, line in enumerate(lines):
        paper.text(left, middle + (number - (len(lines) - 1) / 2) * style.line, line, style)


def draw_rows(paper: Paper, face: BadgeFace, on: Hanging) -> None:
    """Label over value beside the QR code, hairlines between."""
    room = on.wide - MARGIN - ROWS_LEFT
    rows = [(label, value) for label, value in face.rows if shown(value)][:MOST_ROWS]
    for number, (label, value) in enumerate(rows):
        y = on.code_top + number * ROWS_STEP
        if number:
            paper.rule(ROWS_LEFT, y - 2.2, on.wide - MARGIN)
        paper.fitted(ROWS_LEFT, y + 2.2, room, label, LABEL, smallest=6)
        paper.fitted(ROWS_LEFT, y + 6.6, room, value, VALUE, smallest=6)
