"""Names in their own script: printed whole when one font has every character, else left out."""

from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from .type import FONTS, Style, clean, face, width

KANA, HAN = "noto-names-kana", "noto-names-han"
SCRIPTS = ("noto-names-eastern", HAN, KANA, "noto-names-hangul")  # what each has: fairs/fonts/build_scripts.py
JAPAN = "JP"  # where a character that Chinese has too is written its own way


def native_line(text: str, wide: float, style: Style, smallest: float, *, home: str = "") -> tuple[list[str], Style]:
    """The name on one line, set smaller down to `smallest`; none where no font has it all or it is too long.

    `home` is the country of the holder, whose forms of Chinese characters are taken where they differ.
    """
    line = clean(text)
    font = font_for(line, home == JAPAN) if line else None
    if font is None:
        return [], style
    set_in = style.in_font(font)
    long = width(line, set_in)
    if long > wide:
        set_in = set_in.sized(style.size * wide / long * 0.995)
    return ([line], set_in) if set_in.size >= smallest else ([], style)


@lru_cache(maxsize=4096)
def font_for(line: str, japanese: bool = False) -> str | None:
    """The name of the first font that has every character of the line."""
    letters = set(map(ord, line))
    first = [face(400), *((KANA,) if japanese else ()), *SCRIPTS]
    return next((name for name in first if letters <= covered(name)), None)


@lru_cache
def covered(name: str) -> frozenset[int]:
    """The code points of a font, which is loaded when first asked for."""
    if name in SCRIPTS:
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)
