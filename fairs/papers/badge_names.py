"""The names on a badge: the Latin ones as large as they can be, the one in its own script below them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from . import theme
from .badge_face import BadgeFace
from .page import Paper
from .scripts import native_line
from .type import ELLIPSIS, Style, balance, clean, fit, printable, shown, width

Line = tuple[str, Style, float]  # text, how it is set, its height in mm with the gap above it
Block = tuple[list[str], Style]


@dataclass(frozen=True)
class Sizes:
    """The size of each line in points, with the smallest it may shrink to; `gap` scales the room between them."""

    given: tuple[float, float]
    full: tuple[float, float]
    native: tuple[float, float]
    company: tuple[float, float]
    country: tuple[float, float]
    gap: float = 1.0


GIVEN = Style(58, 700, spacing=-0.9, leading=1.12)
FULL = Style(20, 600, spacing=-0.2, leading=1.25)
NATIVE = Style(12, 400, theme.THEN_2)
COMPANY = Style(14, 600, leading=1.25)
COUNTRY = Style(11.5, 400, theme.THEN_2)


@dataclass(frozen=True)
class Place:
    """Where the names stand: round the line `middle`, `wide` mm at most, between `top` and `bottom`."""

    middle: float
    top: float
    bottom: float
    wide: float


def draw_names(paper: Paper, face: BadgeFace, place: Place, sizes: Sizes) -> None:
    """Given name, full name, own script, company, country: one centred column, all smaller where it is too high."""
    lines = name_lines(face, place.wide, sizes)
    room, high = place.bottom - place.top, sum(height for _, _, height in lines)
    scale = min(1.0, room / high)
    y = place.top + (room - scale * high) / 2
    for line, style, height in lines:
        y += height * scale
        style = style.sized(style.size * scale)
        paper.text(place.middle, y - (style.line - style.cap) * 0.35, line, style, "centre")


def name_lines(face: BadgeFace, wide: float, sizes: Sizes) -> list[Line]:
    """Lines with their heights; a block begins with the gap above it."""
    given = clean(face.given_name) or clean(face.full_name)
    full = "" if clean(face.full_name) == given else face.full_name
    native = "" if clean(face.native_name) in (given, clean(full)) else face.native_name
    blocks = (
        (0.0, spread(given, wide, GIVEN, sizes.given, 2)),
        (2.4 if hangs(given) else 0.2, spread(full, wide, FULL, sizes.full, 2)),
        (0.4, native_line(native, wide, NATIVE.sized(sizes.native[0]), sizes.native[1], home=face.home)),
        (2.6, spread(face.company, wide, COMPANY, sizes.company, 2)),
        (0.6, spread(" · ".join(unique(face.country)), wide, COUNTRY, sizes.country, 1)),
    )
    return [
        (line, style, style.line + (gap * sizes.gap if first == 0 else 0))
        for gap, (lines, style) in blocks
        for first, line in enumerate(lines)
    ]


def hangs(text: str) -> bool:
    """Whether a letter or a dot reaches below the baseline."""
    return bool(set(unicodedata.normalize("NFD", text)) & set("gjpqyQ,\N{COMBINING DOT BELOW}"))


def spread(text: str, wide: float, style: Style, sizes: tuple[float, float], most: int) -> Block:
    """The text on one line if it can be, else on up to `most` smaller ones of much the same width.

    A single word is rather set smaller than broken; what only another font has stands in that one.
    """
    size, smallest = sizes
    style = style.sized(size)
    if text and not printable(text) and (block := native_line(text, wide, style, smallest))[0]:
        return block
    most = most if " " in shown(text) else 1
    line, single = fit(text, wide, style, smallest if most == 1 else max(smallest, size * 0.72))
    if not line or most == 1 or line == shown(text):
        return [line] if line else [], single
    lines, style = balance(text, wide, style.sized(size * 0.8), smallest, most)
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
