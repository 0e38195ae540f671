"""The permit to build a booth, which a hall steward reads at the gate and checks by its QR code."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import qr, theme
from .letter import (
    BODY,
    BOTTOM,
    EYE,
    LEFT,
    RIGHT,
    SMALL,
    STRONG,
    WIDE,
    Letterhead,
    Pair,
    Signature,
    draw_foot,
    draw_head,
    draw_pairs,
)
from .page import A4, Paper
from .type import ELLIPSIS, Style, balance, fill, shown, wrap

FRAME_HEIGHT, FRAME_PADDING = 47.0, 7.0
QR_SIZE = 36.0
LOWER_TOP = BOTTOM - 54.0  # where the code and the signature begin
SIGNATURE_LEFT = 96.0
CODES = Style(40, 700, spacing=-0.4, leading=1.2)
HOLDER = Style(15, 600, spacing=-0.1, leading=1.25)
LEAST_TEXT = 6.0
CONDITION_GAP = 0.7


@dataclass(frozen=True)
class PermitFace:
    """What a permit says, every text ready in its language."""

    head: Letterhead
    title: str
    subtitle: str
    facts: Sequence[Pair]  # number, date
    booths_title: str
    booths: Sequence[str]  # codes as they stand on the plan
    place: str  # hall and zone
    holder_title: str
    holder: str
    rows: Sequence[Pair]  # who answers, windows for moving in and out, area, power
    conditions_title: str
    conditions: Sequence[str]
    verify_url: str
    code_title: str
    code_note: str = ""
    signature: Signature | None = None
    page_word: str = "Trang"
    lang: str = "vi"


def permit_pdf(face: PermitFace) -> bytes:
    """An A4 permit, always one page: too many conditions are set smaller, then end in an ellipsis."""
    number = face.facts[0][1] if face.facts else ""
    paper = Paper(A4, title=f"{face.title} {number}", author=face.head.organiser, lang=face.lang)
    y = draw_head(paper, face.head, face.title, face.subtitle, face.facts)
    y = draw_booths(paper, y + 8, face)
    y = draw_holder(paper, y, face)
    draw_conditions(paper, y + 2, face)
    draw_code(paper, face)
    draw_signature(paper, face)
    draw_foot(paper, f"{face.title} {number} · {face.holder}", face.page_word, 1)
    return paper.close()


def draw_booths(paper: Paper, y: float, face: PermitFace) -> float:
    """The codes in the frame, as large as they fit."""
    paper.fillet(LEFT, y, WIDE, FRAME_HEIGHT)
    left, room = LEFT + FRAME_PADDING, WIDE - 2 * FRAME_PADDING
    paper.fitted(left, y + 9.5, room, face.booths_title, EYE.sized(10), smallest=7)
    codes = " · ".join(shown(code) for code in face.booths)
    top, height = y + 12, FRAME_HEIGHT - 24
    lines, style = fill(codes, room, height, CODES, 8)
    middle = top + height / 2 + style.cap / 2 - (len(lines) - 1) * style.line / 2
    for number, line in enumerate(lines):
        paper.text(left, middle + number * style.line, line.strip("· "), style)
    paper.fitted(left, y + FRAME_HEIGHT - 6.5, room, face.place, STRONG.sized(11), smallest=8)
    return y + FRAME_HEIGHT


def draw_holder(paper: Paper, y: float, face: PermitFace) -> float:
    paper.fitted(LEFT, y + 9.5, WIDE, face.holder_title, EYE, smallest=7)
    lines, style = balance(face.holder, WIDE, HOLDER, 10, 2)
    y += 16.4
    for line in lines:
        paper.text(LEFT, y, line, style)
        y += style.line
    rows = [(label, value) for label, value in face.rows if shown(value)][:8]
    return draw_pairs(paper, LEFT, y + 1.4, WIDE, rows, column=46)


def draw_conditions(paper: Paper, y: float, face: PermitFace) -> None:
    """Numbered conditions in the room above the code."""
    if not face.conditions:
        return
    paper.rule(LEFT, y - 3, RIGHT, weight=0.5)
    paper.fitted(LEFT, y + 3.6, WIDE, face.conditions_title, EYE, smallest=7)
    style, y = conditions_style(face.conditions, LOWER_TOP - y - 9), y + 9
    for number, condition in enumerate(face.conditions, 1):
        lines = wrap(condition, WIDE - 6, style)
        if y + len(lines) * style.line > LOWER_TOP + 1:
            paper.text(LEFT + 5.4, y, ELLIPSIS, style)
            return
        paper.text(LEFT + 4, y, f"{number}.", style, "right")
        y = paper.lines(LEFT + 5.4, y, WIDE - 6, condition, style) + CONDITION_GAP


def conditions_style(conditions: Sequence[str], room: float) -> Style:
    """The largest size at which all conditions fit into `room` mm of height."""
    style = BODY
    while style.size > LEAST_TEXT and conditions_height(conditions, style) > room:
        style = style.sized(style.size * 0.95)
    return style


def conditions_height(conditions: Sequence[str], style: Style) -> float:
    return sum(len(wrap(condition, WIDE - 6, style)) * style.line + CONDITION_GAP for condition in conditions)


def draw_code(paper: Paper, face: PermitFace) -> None:
    paper.rule(LEFT, LOWER_TOP, RIGHT, colour=theme.VANG, weight=0.7)
    top = LOWER_TOP + 6
    qr.draw(paper, face.verify_url, LEFT, top, QR_SIZE)
    paper.fitted(LEFT, top + QR_SIZE + 6.4, 72, face.code_title, STRONG.sized(9), smallest=7)
    paper.fitted(LEFT, top + QR_SIZE + 10.6, 72, face.code_note, SMALL, smallest=6)


def draw_signature(paper: Paper, face: PermitFace) -> None:
    if face.signature is None:
        return
    middle, room = (SIGNATURE_LEFT + RIGHT) / 2, RIGHT - SIGNATURE_LEFT
    y = LOWER_TOP + 8.8
    paper.fitted(middle, y, room, face.signature.office, STRONG, smallest=7, align="centre")
    paper.fitted(middle, y + 4.6, room, face.signature.hint, SMALL, smallest=6, align="centre")
    paper.fitted(middle, y + 40, room, face.signature.name, BODY, smallest=7, align="centre")
