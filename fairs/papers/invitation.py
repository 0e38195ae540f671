"""The letter of invitation that a guest shows a consulate: one page in two languages, to be signed and stamped."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import qr, theme
from .letter import (
    BODY,
    BOTTOM,
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
)
from .page import A4, Paper
from .type import Style, wrap

LOWER_TOP = BOTTOM - 52.0  # where the code and the signature begin
QR_SIZE = 28.0
SIGNATURE_LEFT = 96.0
LABELS = 58.0  # mm for both labels of a fact
LEAST = 7.0  # points
GAP = 2.2
DRAFT = Style(30, 700, theme.THEN_2)


@dataclass(frozen=True)
class Said:
    """One sentence in Vietnamese and in the other language."""

    vi: str
    other: str


@dataclass(frozen=True)
class Fact:
    """A value with its label in both languages."""

    label: Said
    value: str


@dataclass(frozen=True)
class InvitationFace:
    """What a letter says, every text ready."""

    head: Letterhead
    title: str
    subtitle: str
    facts: Sequence[Pair]  # number, date
    to: Said
    opening: Said
    guest: Sequence[Fact]
    closing: Sequence[Said]
    verify_url: str
    code_title: Said
    signature: Signature
    foot: str
    draft: str = ""  # what is written across a letter that is not issued


def invitation_pdf(face: InvitationFace) -> bytes:
    """An A4 letter, always one page: longer texts are set smaller."""
    paper = Paper(A4, title=f"{face.title} {face.foot}", author=face.head.organiser, lang="vi")
    y = draw_head(paper, face.head, face.title, face.subtitle, face.facts) + 8
    style = _style(face, LOWER_TOP - y - 6)
    y = draw_said(paper, y + 3, face.to, style.bold())
    y = draw_said(paper, y + GAP, face.opening, style)
    y = draw_guest(paper, y + GAP, face.guest, style)
    for said in face.closing:
        y = draw_said(paper, y + GAP, said, style)
    draw_lower(paper, face)
    if face.draft:
        paper.fitted(LEFT + WIDE / 2, LOWER_TOP - 4, WIDE, face.draft, DRAFT, smallest=14, align="centre")
    draw_foot(paper, face.foot, "", 1)
    return paper.close()


def draw_said(paper: Paper, y: float, said: Said, style: Style) -> float:
    """Vietnamese first, the other language below in a quieter colour; returns the next baseline."""
    y = paper.lines(LEFT, y, WIDE, said.vi, style)
    return paper.lines(LEFT, y, WIDE, said.other, style.coloured(theme.THEN_2))


def draw_guest(paper: Paper, y: float, guest: Sequence[Fact], style: Style) -> float:
    """The facts about the guest between two hairlines, labels on the left."""
    paper.rule(LEFT, y - 3.6, RIGHT, weight=0.5)
    y += 1
    for fact in guest:
        labels = f"{fact.label.vi} / {fact.label.other}"
        below = paper.lines(LEFT, y, LABELS - 3, labels, style.coloured(theme.THEN_2))
        y = max(below, paper.lines(LEFT + LABELS, y, WIDE - LABELS, fact.value, style.bold())) + 0.6
    paper.rule(LEFT, y - 3.2, RIGHT, weight=0.5)
    return y + 1.6


def draw_lower(paper: Paper, face: InvitationFace) -> None:
    """The code by which anybody checks the letter, and room for a hand and a stamp."""
    paper.rule(LEFT, LOWER_TOP, RIGHT, colour=theme.VANG, weight=0.7)
    top = LOWER_TOP + 6
    if not face.draft:
        qr.draw(paper, face.verify_url, LEFT, top, QR_SIZE)
        paper.fitted(LEFT, top + QR_SIZE + 6, 74, face.code_title.vi, STRONG.sized(8.5), smallest=6)
        paper.fitted(LEFT, top + QR_SIZE + 10, 74, face.code_title.other, SMALL, smallest=6)
    middle, room = (SIGNATURE_LEFT + RIGHT) / 2, RIGHT - SIGNATURE_LEFT
    paper.fitted(middle, top + 2.8, room, face.signature.office, STRONG, smallest=7, align="centre")
    paper.fitted(middle, top + 7.4, room, face.signature.hint, SMALL, smallest=6, align="centre")
    paper.fitted(middle, top + 38, room, face.signature.name, BODY, smallest=7, align="centre")


def _style(face: InvitationFace, room: float) -> Style:
    """The largest size at which the texts fit into `room` mm of height."""
    style = BODY.sized(10)
    while style.size > LEAST and _height(face, style) > room:
        style = style.sized(style.size * 0.96)
    return style


def _height(face: InvitationFace, style: Style) -> float:
    said = [face.to, face.opening, *face.closing]
    sentences = sum(_lines(text, WIDE, style) for one in said for text in (one.vi, one.other))
    facts = sum(
        max(
            _lines(f"{fact.label.vi} / {fact.label.other}", LABELS - 3, style),
            _lines(fact.value, WIDE - LABELS, style.bold()),
        )
        for fact in face.guest
    )
    return (sentences + facts) * style.line + len(said) * GAP + len(face.guest) * 0.6 + 6


def _lines(text: str, room: float, style: Style) -> int:
    return len(wrap(text, room, style))
