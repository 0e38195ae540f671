"""The fair's mark: a market roof over three stalls on a small lacquer board."""

from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject

from . import theme
from .page import Paper

GRID = 44  # units of the drawing along each side
STALLS = ((10, 26.2, 9.4), (19, 25.8, 9.8), (28, 26.2, 9.4))  # left, top, height; all 6 wide
ROOF_START = (19.4, 9.4)
ROOF = (
    (24.6, 9.4, 24.6, 9.4, 24.6, 9.4),
    (27.4, 15.6, 31.4, 18.8, 38.2, 18.6),
    (37.8, 21.6, 36.2, 23, 33.4, 23),
    (25.8, 21.6, 18.2, 21.6, 10.6, 23),
    (7.8, 23, 6.2, 21.6, 5.8, 18.6),
    (12.6, 18.8, 16.6, 15.6, 19.4, 9.4),
)
ROUND = 0.5523  # a quarter circle as a Bezier curve


def draw(paper: Paper, x: float, y: float, size: float) -> None:
    """Draws the mark hanging from (x, y), `size` mm wide."""
    with paper.placed(x, y, size * mm / GRID):
        canvas = paper.canvas
        canvas.translate(0, paper.height * mm)
        canvas.scale(1, -1)
        canvas.setFillColor(theme.CANH_GIAN)
        canvas.drawPath(board(canvas.beginPath(), 0, 5), stroke=0, fill=1)
        canvas.setStrokeColor(theme.VANG_MAI)
        canvas.setLineWidth(1)
        canvas.drawPath(board(canvas.beginPath(), 2.4, 4.2), stroke=1, fill=0)
        canvas.setFillColor(theme.VANG_MAI)
        canvas.drawPath(roof(canvas.beginPath()), stroke=0, fill=1)
        canvas.setFillColor(theme.VO_TRUNG)
        for left, top, height in STALLS:
            canvas.rect(left, top, 6, height, stroke=0, fill=1)
        canvas.setFillColor(theme.SON)
        canvas.circle(22, 30.4, 1.7, stroke=0, fill=1)


def board(path: PDFPathObject, edge: float, notch: float) -> PDFPathObject:
    """A square with hollow corners, `edge` inside the grid."""
    low, high, pull = edge, GRID - edge, notch * (1 - ROUND)
    far = notch - pull
    path.moveTo(low + notch, low)
    path.lineTo(high - notch, low)
    path.curveTo(high - notch, low + far, high - far, low + notch, high, low + notch)
    path.lineTo(high, high - notch)
    path.curveTo(high - far, high - notch, high - notch, high - far, high - notch, high)
    path.lineTo(low + notch, high)
    path.curveTo(low + notch, high - far, low + far, high - notch, low, high - notch)
    path.lineTo(low, low + notch)
    path.curveTo(low + far, low + notch, low + notch, low + far, low + notch, low)
    path.close()
    return path


def roof(path: PDFPathObject) -> PDFPathObject:
    path.moveTo(*ROOF_START)
    for curve in ROOF:
        path.curveTo(*curve)
    path.close()
    return path
