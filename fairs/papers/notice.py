"""The payment notice (thông báo nộp tiền), which is never a tax invoice."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import qr, theme
from .letter import (
    BODY,
    BOTTOM,
    EYE,
    LEFT,
    MUTED,
    RIGHT,
    SMALL,
    STRONG,
    TOP,
    WIDE,
    Letterhead,
    Pair,
    Signature,
    draw_foot,
    draw_head,
    draw_pairs,
    draw_signatures,
    pairs_height,
    signatures_height,
)
from .page import A4, Paper, numbered
from .type import Style, fit, shown, width, wrap

QUANTITY, UNIT_PRICE = 143.0, 166.5  # right edges in mm; the amount ends at RIGHT
TEXT_ROOM = 104.0
TOTALS_LEFT = 106.0
PAY_PADDING, PAY_QR, PAY_COLUMN = 7.0, 38.0, 30.0
MONEY = Style(9.5, figures=True)
DUE = Style(14.5, 700, spacing=-0.1)


@dataclass(frozen=True)
class Party:
    """A titled block: who pays, or for what; the heading is bold."""

    title: str
    heading: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Line:
    """One thing to be paid, figures already written out; support has a negative amount."""

    text: str
    amount: str
    detail: str = ""
    quantity: str = ""
    unit_price: str = ""


@dataclass(frozen=True)
class WaysToPay:
    """The framed box: rows say where and how; `code` is a QR payload, with two captions under it."""

    title: str
    rows: Sequence[Pair] = ()
    note: str = ""
    code: str = ""
    code_title: str = ""
    code_note: str = ""


@dataclass(frozen=True)
class NoticeFace:
    """What a payment notice says, every text, figure and date ready in its language."""

    head: Letterhead
    title: str
    subtitle: str
    facts: Sequence[Pair]  # number, date, last day to pay
    payer: Party
    subject: Party
    columns: tuple[str, str, str, str]  # item, quantity, unit price, amount
    lines: Sequence[Line]
    due: Pair
    totals: Sequence[Pair] = ()  # sums and VAT above the amount due
    parts: Sequence[Pair] = ()  # below it: each instalment's day and amount
    in_words: Sequence[str] = ()
    pay: WaysToPay | None = None
    notes_title: str = ""
    notes: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    page_word: str = "Trang"
    lang: str = "vi"


def notice_pdf(face: NoticeFace) -> bytes:
    """An A4 notice on as many pages as its lines need."""
    return numbered(lambda pages: Drawing(face, pages).paper)


class Drawing:
    """One notice being drawn from the top downwards; `y` is where the next part hangs."""

    def __init__(self, face: NoticeFace, pages: int) -> None:
        self.face, self.pages = face, pages
        self.paper = Paper(A4, title=f"{face.title} {number_of(face)}", author=face.head.organiser, lang=face.lang)
        self.y = draw_head(self.paper, face.head, face.title, face.subtitle, face.facts)
        self.parties()
        self.table()
        self.totals()
        self.ways_to_pay()
        self.notes()
        self.room(signatures_height(face.signatures))
        draw_signatures(self.paper, self.y + 4, face.signatures)
        self.foot()

    def foot(self) -> None:
        note = f"{self.face.title} {number_of(self.face)} · {self.face.payer.heading}"
        draw_foot(self.paper, note, self.face.page_word, self.pages)

    def room(self, height: float) -> bool:
        """Turns the page when `height` mm are not left; says whether it did."""
        if self.y + height <= BOTTOM:
            return False
        self.foot()
        self.paper.turn()
        self.y = TOP
        return True

    def parties(self) -> None:
        half = WIDE / 2 - 6
        payer = self.party(LEFT, half, self.face.payer)
        subject = self.party(LEFT + WIDE / 2 - 2, half + 8, self.face.subject)
        self.y = max(payer, subject)

    def party(self, x: float, room: float, party: Party) -> float:
        self.paper.fitted(x, self.y + 8, room, party.title, EYE, smallest=7)
        y = self.paper.lines(x, self.y + 13.4, room, party.heading, STRONG, most=3)
        for line in party.lines:
            y = self.paper.lines(x, y, room, line, BODY, most=2)
        return y

    def table(self) -> None:
        self.y += 4
        self.columns()
        for line in self.face.lines:
            self.line(line)

    def columns(self) -> None:
        item, quantity, unit_price, amount = self.face.columns
        style = MUTED.bold().sized(9)
        y = self.y + 3
        self.paper.fitted(LEFT, y, TEXT_ROOM, item, style, smallest=7)
        self.paper.fitted(QUANTITY, y, 20, quantity, style, smallest=6, align="right")
        self.paper.fitted(UNIT_PRICE, y, 22, unit_price, style, smallest=6, align="right")
        self.paper.fitted(RIGHT, y, 24, amount, style, smallest=6, align="right")
        self.paper.rule(LEFT, y + 3, RIGHT, colour=theme.VANG, weight=0.9)
        self.y = y + 3

    def line(self, line: Line) -> None:
        texts, details = wrap(line.text, TEXT_ROOM, BODY, 4), wrap(line.detail, TEXT_ROOM, SMALL, 4)
        if self.room(len(texts) * BODY.line + len(details) * SMALL.line + 4.5):
            self.columns()
        y = self.y + 5.8
        self.paper.fitted(QUANTITY, y, 20, line.quantity, MONEY, smallest=6, align="right")
        self.paper.fitted(UNIT_PRICE, y, 22, line.unit_price, MONEY, smallest=6, align="right")
        self.paper.fitted(RIGHT, y, 24, line.amount, MONEY, smallest=6, align="right")
        y = self.paper.lines(LEFT, y, TEXT_ROOM, line.text, BODY, most=4)
        y = self.paper.lines(LEFT, y - 0.2, TEXT_ROOM, line.detail, SMALL, most=4)
        self.y = y - 1.6
        self.paper.rule(LEFT, self.y, RIGHT, weight=0.5)

    def totals(self) -> None:
        rows = [(label, amount) for label, amount in self.face.totals if shown(amount)]
        words = [line for text in self.face.in_words for line in wrap(text, WIDE, MUTED)]
        parts = list(self.face.parts)
        self.room((len(rows) + len(parts)) * 5.6 + 21 + len(words) * MUTED.line)
        for label, amount in rows:
            self.pair(label, amount)
        self.due(*self.face.due)
        if parts:
            self.y -= 4.4
            for label, amount in parts:
                self.pair(label, amount)
            self.y += 6
        for line in words:
            self.paper.text(RIGHT, self.y, line, MUTED, "right")
            self.y += MUTED.line

    def pair(self, label: str, amount: str) -> None:
        self.y += 5.6
        self.paper.fitted(TOTALS_LEFT, self.y, 50, label, MUTED, smallest=7)
        self.paper.fitted(RIGHT, self.y, 34, amount, MONEY, smallest=6, align="right")

    def due(self, label: str, amount: str) -> None:
        """The amount between a lacquer line and a double gold one, the largest figure of the paper."""
        y = self.y + 4
        amount, figures = fit(amount, 50, DUE, 9)
        name, style = fit(label, RIGHT - TOTALS_LEFT - width(amount, figures) - 5, DUE, 8)
        self.paper.rule(TOTALS_LEFT, y, RIGHT, colour=theme.THEN, weight=1.3)
        self.paper.text(TOTALS_LEFT, y + 8, name, style)
        self.paper.text(RIGHT, y + 8, amount, figures, "right")
        self.paper.rule(TOTALS_LEFT, y + 12, RIGHT, colour=theme.VANG, weight=0.7)
        self.paper.rule(TOTALS_LEFT, y + 12.8, RIGHT, colour=theme.VANG, weight=0.7)
        self.y = y + 18

    def ways_to_pay(self) -> None:
        pay = self.face.pay
        if pay is None:
            return
        left = LEFT + PAY_PADDING + (PAY_QR + 12 if pay.code else 0)
        room = RIGHT - PAY_PADDING - left
        text = 8.5 + pairs_height(room, pay.rows, column=PAY_COLUMN)
        text += (len(wrap(pay.note, room, SMALL)) * SMALL.line + 2) if pay.note else 0
        height = max(text, PAY_QR + 14 if pay.code else 0.0) + 2 * PAY_PADDING - 2
        self.room(height + 4)
        self.y += 1
        self.paper.fillet(LEFT, self.y, WIDE, height)
        if pay.code:
            self.pay_code(pay)
        y = self.y + PAY_PADDING + 4.5
        self.paper.fitted(left, y, room, pay.title, STRONG.sized(11), smallest=8)
        y = draw_pairs(self.paper, left, y + 7.2, room, pay.rows, column=PAY_COLUMN)
        self.paper.lines(left, y + 1.2, room, pay.note, SMALL)
        self.y += height + 2

    def pay_code(self, pay: WaysToPay) -> None:
        left, top = LEFT + PAY_PADDING + 2, self.y + PAY_PADDING + 1
        qr.draw(self.paper, pay.code, left, top, PAY_QR)
        middle = left + PAY_QR / 2
        captions = (pay.code_title, STRONG.sized(9)), (pay.code_note, SMALL)
        for number, (caption, style) in enumerate(captions):
            y = top + PAY_QR + 6.8 + number * 4.4
            self.paper.fitted(middle, y, PAY_QR + 6, caption, style, smallest=6, align="centre")

    def notes(self) -> None:
        if not self.face.notes:
            return
        style = SMALL.coloured(theme.THEN)
        # Nobody signs a page on which nothing else stands.
        lines = sum(len(wrap(note, WIDE - 6, style)) for note in self.face.notes)
        self.room(11 + lines * style.line + signatures_height(self.face.signatures))
        self.paper.fitted(LEFT, self.y + 6, WIDE, self.face.notes_title, EYE, smallest=7)
        self.y += 11
        for number, note in enumerate(self.face.notes, 1):
            self.paper.text(LEFT + 3.6, self.y, f"{number}.", style, "right")
            self.y = self.paper.lines(LEFT + 5, self.y, WIDE - 6, note, style)


def number_of(face: NoticeFace) -> str:
    return face.facts[0][1] if face.facts else ""
