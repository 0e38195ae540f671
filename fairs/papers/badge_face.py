"""What a badge says and in which colours: the same on every size of paper."""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

from . import qr, theme
from .page import Paper
from .type import Style, fit, shown, width

BLACK, WHITE = theme.THEN, theme.WHITE
BANDS: dict[str, tuple[Color, Color]] = {  # kind -> band, text on it; contrast at least 4.5
    "importer": (theme.SON, WHITE),
    "companion": (HexColor("#8A2F55"), WHITE),
    "trade_visitor": (HexColor("#B4530A"), WHITE),
    "visitor": (HexColor("#6B625B"), WHITE),
    "exhibitor": (HexColor("#1F5C99"), WHITE),
    "press": (HexColor("#F2C230"), BLACK),
    "delegate": (HexColor("#5A2BA0"), WHITE),
    "speaker": (HexColor("#0E6E6E"), WHITE),
    "organiser": (HexColor("#1D6538"), WHITE),
}
WORKING_BAND = (BLACK, WHITE)  # every kind not listed works at the fair

KIND = Style(20, 700, spacing=-0.2)
KIND_OTHER = Style(13, 400)
CODE = Style(11.5, 600, figures=True, spacing=1.6)


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
    home: str = ""  # country of the holder, "JP": its forms of Chinese characters are taken
    company: str = ""
    country: tuple[str, ...] = ()  # its name in one or two languages
    rows: tuple[tuple[str, str], ...] = ()  # label, value: days valid first, at most four; a card has no room for them


def draw_code(paper: Paper, face: BadgeFace, x: float, y: float, size: float) -> None:
    """The QR code hanging from (x, y).

    Its level, Q, stands a quarter of damage by folds and scratches. The mask is not searched for, which took most of
    the time of a sheet: what a badge holds is as even as noise already.
    """
    qr.draw(paper, face.token, x, y, size, error_correction="Q", mask=0)


def draw_band(paper: Paper, face: BadgeFace, y: float, wide: float, high: float, *, scale: float = 1.0) -> None:
    """The kind as colour, as word, as word in the other language, across the foot of the badge."""
    band, ink = BANDS.get(face.kind, WORKING_BAND)
    paper.box(0, y, wide, high, fill=band)
    room = wide - 11.5 * scale
    kind, kind_other = KIND.sized(KIND.size * scale), KIND_OTHER.sized(KIND_OTHER.size * scale)
    first, style = fit(face.kind_words[0], room * 0.66, kind.coloured(ink), 11 * scale)
    other = face.kind_words[1] if shown(face.kind_words[1]) != first else ""
    gap = 4 * scale if other else 0
    other, small = fit(other, room - width(first, style) - gap, kind_other.coloured(ink), 7 * scale)
    left = (wide - width(first, style) - gap - width(other, small)) / 2
    baseline = y + high / 2 + kind.cap / 2 - 0.2 * scale
    paper.text(left, baseline, first, style)
    paper.text(left + width(first, style) + gap, baseline, other, small)
