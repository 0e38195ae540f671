"""QR codes as modules, as one SVG path for pages, as vector rectangles for paper."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject

from . import theme
from .page import Paper

LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
QUIET = 4  # modules of white that a reader needs on every side


def matrix(text: str, error_correction: str = "M") -> list[list[bool]]:
    """Rows of modules, True for dark, without the quiet zone; refuses an empty text with ValueError."""
    return [list(row) for row in modules(text, error_correction)]


def svg(text: str, *, title: str) -> str:
    """A picture for pages: one dark path on white with its quiet zone; sized by its surroundings."""
    rows = modules(text)
    side = len(rows) + 2 * QUIET
    path = "".join(f"M{x + QUIET} {y + QUIET}h{run}v1h-{run}z" for x, y, run in runs(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#231713" d="{path}"/></svg>'
    )


def draw(
    paper: Paper,
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    error_correction: str = "M",
    mask: int | None = None,
) -> None:
    """Draws the modules hanging from (x, y), `size` mm wide; the caller leaves the quiet zone white.

    Of the eight masks the best one is searched for, unless `mask` names one.
    """
    rows = modules(text, error_correction, mask)
    # Whole numbers, written as they are: reportlab would round each, which took half the time of a sheet of badges.
    path = PDFPathObject([f"{column} {len(rows) - row - 1} {run} 1 re" for column, row, run in runs(rows)])
    with paper.placed(x, y + size):
        paper.canvas.translate(0, paper.height * mm)
        paper.canvas.scale(size * mm / len(rows), size * mm / len(rows))
        paper.canvas.setFillColor(theme.THEN)
        paper.canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=256)
def modules(text: str, error_correction: str = "M", mask: int | None = None) -> tuple[tuple[bool, ...], ...]:
    if not text:
        raise ValueError("A QR code needs a text.")
    code = QRCode(error_correction=LEVELS[error_correction], border=0, mask_pattern=mask)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def runs(rows: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring dark modules of a row as (column, row, length)."""
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                yield x, y, end - x
            x = end + 1
