"""Type on paper: the fonts, how wide a text is, what is shown of one that is too long."""

import json
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from . import theme

FONTS = Path(__file__).resolve().parent.parent / "fonts"
WEIGHTS = (400, 600, 700)
ELLIPSIS = "…"
UNKNOWN = "?"
KERNED_FROM = 14  # points: below, pairs are too small to be seen
CAP_HEIGHT = 0.74  # of the size
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-"})


@dataclass(frozen=True)
class Style:
    """How a text is set; `size` and `spacing` in points, `leading` in sizes."""

    size: float
    weight: int = 400
    colour: Color = theme.THEN
    figures: bool = False  # every digit equally wide, for columns and codes
    spacing: float = 0.0
    leading: float = 1.4
    own_font: str = ""  # a registered font for a script of its own; its caller knows that it has every character

    @property
    def font(self) -> str:
        return self.own_font or face(self.weight, self.figures)

    @property
    def line(self) -> float:
        """Distance between two baselines in mm."""
        return self.size * self.leading / mm

    @property
    def cap(self) -> float:
        """Height of a capital in mm."""
        return self.size * CAP_HEIGHT / mm

    def sized(self, size: float) -> "Style":
        return replace(self, size=size, spacing=self.spacing * size / self.size)

    def coloured(self, colour: Color) -> "Style":
        return replace(self, colour=colour)

    def bold(self, weight: int = 600) -> "Style":
        return replace(self, weight=weight)

    def in_font(self, name: str) -> "Style":
        return replace(self, own_font=name)


@lru_cache
def face(weight: int, figures: bool = False) -> str:
    """The registered name of a font, which is loaded when first asked for."""
    name = f"{'cho-phien-figures' if figures else 'be-vietnam-pro'}-{weight}"
    pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    return name


def printable(text: str) -> bool:
    """Whether the fonts have every character of `text`; an empty text has nothing to print."""
    return bool(clean(text)) and all(ord(letter) in glyphs() for letter in clean(text))


@lru_cache(maxsize=4096)
def shown(text: object) -> str:
    """`text` on one line as the fonts can print it; what they lack becomes a question mark."""
    return "".join(known(letter) for letter in clean(str(text)))


def clean(text: str) -> str:
    """`text` composed (NFC), without control characters, its spaces single and plain."""
    composed = unicodedata.normalize("NFC", text).translate(SPACES)
    kept = (" " if letter.isspace() else letter for letter in composed if is_kept(letter))
    return " ".join("".join(kept).split())


def is_kept(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def known(letter: str) -> str:
    if ord(letter) in glyphs():
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(ord(part) in glyphs() for part in plain) else UNKNOWN


@lru_cache
def glyphs() -> frozenset[int]:
    """Code points that every weight can print."""
    return frozenset.intersection(*(frozenset(covered(weight)) for weight in WEIGHTS))


def covered(weight: int) -> dict[int, int]:
    return pdfmetrics.getFont(face(weight)).face.charToGlyph


def width(text: str, style: Style) -> float:
    """Width of one line in mm, kerning included."""
    points = pdfmetrics.stringWidth(text, style.font, style.size) + style.spacing * max(len(text) - 1, 0)
    return (points + sum(shift for _, shift in kerns(text, style))) / mm


def kerns(text: str, style: Style) -> list[tuple[int, float]]:
    """Places in `text` (index of the second letter) that move, with the shift in points."""
    pairs = kerning().get(str(style.weight), {}) if style.size >= KERNED_FROM else {}
    if not pairs:
        return []
    bare = [plain_letter(letter) for letter in text]
    found = ((at, pairs.get(bare[at - 1] + bare[at], 0)) for at in range(1, len(text)))
    return [(at, units * style.size / 1000) for at, units in found if units]


@lru_cache
def kerning() -> dict[str, dict[str, int]]:
    return json.loads((FONTS / "kerning.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def plain_letter(letter: str) -> str:
    """The letter without its marks; letters with a horn keep it, for it takes the room of the gap."""
    if letter in "ƠơƯư":
        return letter
    return {"Đ": "D"}.get(letter, unicodedata.normalize("NFD", letter)[0])


def fit(text: object, room: float, style: Style, smallest: float) -> tuple[str, Style]:
    """One line of at most `room` mm: set smaller down to `smallest` points, then cut with an ellipsis."""
    line = shown(text)
    wide = width(line, style)
    if wide <= room:
        return line, style
    smaller = style.sized(max(smallest, style.size * room / wide * 0.995))
    return cut(line, room, smaller), smaller


def cut(line: str, room: float, style: Style) -> str:
    """As much of `line` as `room` mm hold, with an ellipsis where something is missing."""
    if width(line, style) <= room:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width(line[:middle].rstrip() + ELLIPSIS, style) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return line[:low].rstrip() + ELLIPSIS


def wrap(text: object, room: float, style: Style, most: int = 0) -> list[str]:
    """Lines of at most `room` mm; with `most` lines given, the last one ends in an ellipsis when text is left."""
    lines = [line for paragraph in str(text).splitlines() for line in wrapped(shown(paragraph), room, style)]
    if most and len(lines) > most:
        return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), room, style)]
    return lines


def wrapped(text: str, room: float, style: Style) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, style) <= room:
            line = longer
            continue
        lines += [line] if line else []
        *full, line = broken(word, room, style)
        lines += full
    return joined([*lines, line], room, style) if line else lines


def joined(lines: list[str], room: float, style: Style) -> list[str]:
    """The same lines, but a last word alone takes the one before it along: "Hà Nội" stays together."""
    if len(lines) < 2 or " " in lines[-1] or len(lines[-2].split()) < 3:
        return lines
    rest, word = lines[-2].rsplit(" ", 1)
    last = f"{word} {lines[-1]}"
    return [*lines[:-2], rest, last] if width(last, style) <= room else lines


def broken(word: str, room: float, style: Style) -> list[str]:
    """A word in pieces of at most `room` mm, never an empty one."""
    pieces = []
    while width(word, style) > room and len(word) > 1:
        end = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n], style) <= room), 1)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def balance(text: object, room: float, style: Style, smallest: float, most: int) -> tuple[list[str], Style]:
    """Up to `most` lines in the largest size at which the whole text fits; at `smallest` the rest is cut."""
    size = style.size
    while size > smallest and not whole(text, room, style.sized(size), most):
        size = max(smallest, size * 0.94)
    return wrap(text, room, style.sized(size), most), style.sized(size)


def fill(text: object, room: float, height: float, style: Style, smallest: float) -> tuple[list[str], Style]:
    """The whole text as large as a box of `room` by `height` mm holds it; at `smallest` the rest is cut."""
    size = style.size
    while size > smallest and not whole(text, room, style.sized(size), int(height / style.sized(size).line)):
        size = max(smallest, size * 0.94)
    final = style.sized(size)
    return wrap(text, room, final, max(1, int(height / final.line))), final


def whole(text: object, room: float, style: Style, most: int) -> bool:
    words_fit = all(width(word, style) <= room for word in shown(text).split())
    return words_fit and len(wrap(text, room, style)) <= most
