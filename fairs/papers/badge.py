"""Badges on A6, the same on both sides because a badge turns on its cord."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

from . import mark, qr, theme
from .page import A4, A5_WIDE, A6, Paper
from .type import ELLIPSIS, Style, balance, fit, printable, shown, width

BLACK, WHITE = theme.THEN, theme.WHITE
BANDS: dict[str, tuple[Color, Color]] = {  # kind -> band, text on it; contrast at least 4.5
    "importer": (theme.SON, WHITE),
    "companion": (HexColor("#8A3D24"), WHITE),
    "trade_visitor": (HexColor("#B4530A"), WHITE),
    "visitor": (HexColor("#6B625B"), WHITE),
    "exhibitor": (HexColor("#1F5C99"), WHITE),
    "press": (HexColor("#F2C230"), BLACK),
    "vip": (HexColor("#5A2BA0"), WHITE),
    "speaker": (HexColor("#0E6E6E"), WHITE),
    "organiser": (HexColor("#1D6538"), WHITE),
}
STAFF_BAND = (BLACK, WHITE)  # every kind not listed works at the fair

MARGIN = 5.75
HEAD, BAND = 20.0, 15.4  # heights
QR_SIZE, QR_TOP = 35.0, 83.2  # leaves four modules of white on every side
ROWS_LEFT, ROWS_STEP, MOST_ROWS = 54.0, 11.2, 4
NAMES_TOP, NAMES_BOTTOM = HEAD + 3, QR_TOP - 5.5
SHEET_SCALE = 0.93  # leaves room for crop marks and for printers that cannot reach the edge

EDITION = Style(14, 700, theme.VO_TRUNG, spacing=-0.15, leading=1.15)
DATES = Style(8.8, 400, theme.VO_TRUNG)
GIVEN = Style(58, 700, spacing=-0.9, leading=1.12)
FULL = Style(20, 600, spacing=-0.2, leading=1.25)
NATIVE = Style(12, 400, theme.THEN_2)
COMPANY = Style(14, 600, leading=1.25)
COUNTRY = Style(11.5, 400, theme.THEN_2)
CODE = Style(11.5, 600, figures=True, spacing=1.6)
LABEL = Style(8, 400, theme.THEN_2)
VALUE = Style(9, 600)
KIND = Style(20, 700, spacing=-0.2)
KIND_OTHER = Style(13, 400)


@dataclass(frozen=True)
class BadgeFace:
    """What one badge says, every text ready in its language; an empty text is left out."""

    kind: str  # a key of BANDS, else the band of those who work at the fair
    kind_words: tuple[str, str]  # the holder's language first
    given_name: str
    full_name: str
    token: str  # what the QR code holds
    code: str  # the short code that can be typed, "K7MQ 2XV9"
    edition: str
    dates: str
    place: str = ""
    native_name: str = ""  # in its own script; printed only when the fonts have it
    company: str = ""
    country: tuple[str, ...] = ()  # its name in one or two languages
    rows: tuple[tuple[str, str], ...] = ()  # label, value: days valid first, at most four


def badge_pdf(badges: Iterable[BadgeFace], *, folded: bool = False) -> bytes:
    """Each badge on two A6 pages or, `folded`, both sides on one A5 page; refuses none with ValueError."""
    faces = some(badges)
    paper = Paper(A5_WIDE if folded else A6, title=f"{faces[0].edition} – {len(faces)}", author=faces[0].edition)
    for number, face in enumerate(faces):
        if number:
            paper.turn()
        draw_folded(paper, face) if folded else draw_twice(paper, face)
    return paper.close()


def sheet_pdf(badges: Iterable[BadgeFace]) -> bytes:
    """Four badges on an A4 sheet with crop marks; the next page is its back, for turning on the long edge."""
    faces = some(badges)
    paper = Paper(A4, title=f"{faces[0].edition} – {len(faces)}", author=faces[0].edition)
    for first in range(0, len(faces), 4):
        four = [stamped(paper, face) for face in faces[first : first + 4]]
        if first:
            paper.turn()
        draw_four(paper, four)
        paper.turn()
        draw_four(paper, four, mirrored=True)
    return paper.close()


def some(badges: Iterable[BadgeFace]) -> list[BadgeFace]:
    faces = list(badges)
    if not faces:
        raise ValueError("There is no badge to print.")
    return faces


def draw_twice(paper: Paper, face: BadgeFace) -> None:
    side = stamped(paper, face)
    paper.stamp(side)
    paper.turn()
    paper.stamp(side)


def draw_folded(paper: Paper, face: BadgeFace) -> None:
    side = stamped(paper, face)
    paper.stamp(side)
    paper.stamp(side, A6[0])
    paper.rule(A6[0], 0, A6[0], to_y=3, colour=theme.KE, weight=0.4)
    paper.rule(A6[0], A6[1] - 3, A6[0], to_y=A6[1], colour=theme.KE, weight=0.4)


def draw_four(paper: Paper, sides: Sequence[str], *, mirrored: bool = False) -> None:
    wide, high = A6[0] * SHEET_SCALE, A6[1] * SHEET_SCALE
    left, top = (A4[0] - 2 * wide) / 2, (A4[1] - 2 * high) / 2
    for number, side in enumerate(sides):
        row, column = divmod(number, 2)
        column = 1 - column if mirrored else column
        paper.stamp(side, left + column * wide, top + row * high, SHEET_SCALE)
    crop_marks(paper, [left + n * wide for n in range(3)], [top + n * high for n in range(3)])


def crop_marks(paper: Paper, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Short lines in the margin, in line with every cut."""
    for x in xs:
        paper.rule(x, ys[0] - 6, x, to_y=ys[0] - 1.5, colour=BLACK, weight=0.3)
        paper.rule(x, ys[-1] + 1.5, x, to_y=ys[-1] + 6, colour=BLACK, weight=0.3)
    for y in ys:
        paper.rule(xs[0] - 6, y, xs[0] - 1.5, colour=BLACK, weight=0.3)
        paper.rule(xs[-1] + 1.5, y, xs[-1] + 6, colour=BLACK, weight=0.3)


def stamped(paper: Paper, face: BadgeFace) -> str:
    """One side, its upper left corner at the origin, kept for every place where it is printed."""
    head = paper.form(("head", face.edition, face.dates, face.place), lambda: draw_head(paper, face))
    return paper.form(("side", face), lambda: draw(paper, face, head))


def draw(paper: Paper, face: BadgeFace, head: str) -> None:
    paper.box(0, 0, *A6, fill=WHITE)
    paper.stamp(head)
    draw_names(paper, face)
    left = MARGIN if face.rows else (A6[0] - QR_SIZE) / 2
    qr.draw(paper, face.token, left, QR_TOP, QR_SIZE)
    middle = left + QR_SIZE / 2
    paper.fitted(middle, QR_TOP + QR_SIZE + 9, QR_SIZE + 6, face.code, CODE, smallest=7, align="centre")
    draw_rows(paper, face)
    draw_band(paper, face)


def draw_head(paper: Paper, face: BadgeFace) -> None:
    paper.box(0, 0, A6[0], HEAD, fill=theme.CANH_GIAN_DAM)
    paper.rule(0, HEAD - 0.55, A6[0], colour=theme.VANG, weight=0.5)
    paper.rule(0, HEAD, A6[0], colour=theme.VANG, weight=1)
    paper.box(A6[0] / 2 - 7.3, 2.2, 14.6, 2.9, fill=WHITE, line=theme.VANG, weight=0.4, radius=1.4)
    mark.draw(paper, MARGIN, 7.6, 8.6)
    end = A6[0] - MARGIN
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


def draw_names(paper: Paper, face: BadgeFace) -> None:
    """Given name, full name, own script, company, country: one centred column between head and QR code."""
    lines = name_lines(face)
    room = NAMES_BOTTOM - NAMES_TOP
    scale = min(1.0, room / sum(height for _, _, height in lines))
    y = NAMES_TOP + (room - scale * sum(height for _, _, height in lines)) / 2
    for line, style, height in lines:
        y += height * scale
        style = style.sized(style.size * scale)
        paper.text(A6[0] / 2, y - (style.line - style.cap) * 0.35, line, style, "centre")


def name_lines(face: BadgeFace) -> list[tuple[str, Style, float]]:
    """Lines with their heights in mm; a block begins with the gap above it."""
    given = shown(face.given_name) or shown(face.full_name)
    full = "" if shown(face.full_name) == given else face.full_name
    native = face.native_name if printable(face.native_name) else ""
    native = "" if shown(native) in (given, shown(full)) else native
    blocks = (
        (0.0, spread(given, GIVEN, 20, 2)),
        (2.4 if hangs(given) else 0.2, spread(full, FULL, 11, 2)),
        (0.0, spread(native, NATIVE, 9, 1)),
        (2.6, spread(face.company, COMPANY, 9, 2)),
        (0.6, spread(" · ".join(unique(face.country)), COUNTRY, 8, 1)),
    )
    return [
        (line, style, style.line + (gap if first == 0 else 0))
        for gap, (lines, style) in blocks
        for first, line in enumerate(lines)
    ]


def hangs(text: str) -> bool:
    """Whether a letter or a dot reaches below the baseline."""
    return bool(set(unicodedata.normalize("NFD", text)) & set("gjpqyQ,\N{COMBINING DOT BELOW}"))


def spread(text: str, style: Style, smallest: float, most: int) -> tuple[list[str], Style]:
    """The text on one line if it can be, else on up to `most` smaller ones of much the same width."""
    room = A6[0] - 2 * MARGIN
    line, single = fit(text, room, style, smallest if most == 1 else max(smallest, style.size * 0.72))
    if not line or most == 1 or line == shown(text):
        return [line] if line else [], single
    lines, style = balance(text, room, style.sized(style.size * 0.8), smallest, most)
    return even(lines, style), style


def even(lines: list[str], style: Style) -> list[str]:
    """Two whole lines broken where the longer one is shortest; other texts stay as they are."""
    words = " ".join(lines).split()
    if len(lines) != 2 or lines[1].endswith(ELLIPSIS) or len(words) < 2 or len(" ".join(words)) > 120:
        return lines
    breaks = ([" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words)))
    return min([lines, *breaks], key=lambda pair: max(width(line, style) for line in pair))


def unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(shown(name) for name in names if shown(name)))


def draw_rows(paper: Paper, face: BadgeFace) -> None:
    """Label over value beside the QR code, hairlines between."""
    room = A6[0] - MARGIN - ROWS_LEFT
    rows = [(label, value) for label, value in face.rows if shown(value)][:MOST_ROWS]
    for number, (label, value) in enumerate(rows):
        y = QR_TOP + number * ROWS_STEP
        if number:
            paper.rule(ROWS_LEFT, y - 2.2, A6[0] - MARGIN)
        paper.fitted(ROWS_LEFT, y + 2.2, room, label, LABEL, smallest=6)
        paper.fitted(ROWS_LEFT, y + 6.6, room, value, VALUE, smallest=6)


def draw_band(paper: Paper, face: BadgeFace) -> None:
    """The kind as colour, as word, as word in the other language."""
    band, ink = BANDS.get(face.kind, STAFF_BAND)
    top = A6[1] - BAND
    paper.box(0, top, A6[0], BAND, fill=band)
    first, style = fit(face.kind_words[0], 62, KIND.coloured(ink), 11)
    other = face.kind_words[1] if shown(face.kind_words[1]) != first else ""
    room = A6[0] - 2 * MARGIN - width(first, style) - 4
    other, small = fit(other, room, KIND_OTHER.coloured(ink), 7)
    gap = 4 if other else 0
    left = (A6[0] - width(first, style) - gap - width(other, small)) / 2
    baseline = top + BAND / 2 + KIND.cap / 2 - 0.2
    paper.text(left, baseline, first, style)
    paper.text(left + width(first, style) + gap, baseline, other, small)
