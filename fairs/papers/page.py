"""A printed document measured in mm from the upper left corner of the page."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from . import theme
from .type import Style, fit, kerns, shown, width, wrap

A4 = (210.0, 297.0)
A5_WIDE = (210.0, 148.0)
A6 = (105.0, 148.0)

rl_config.useA85 = 0  # binary streams: a fifth smaller

Align = str  # "left", "centre" or "right" of the given x


class Paper:
    """One PDF being drawn; text stands on its baseline `y`, boxes hang from their upper edge."""

    def __init__(self, size: tuple[float, float], *, title: str, author: str = "", lang: str = "vi") -> None:
        self.width, self.height = size
        self.page = 1
        self._bytes = BytesIO()
        self._forms: dict[Hashable, str] = {}
        self.canvas = Canvas(self._bytes, pagesize=(size[0] * mm, size[1] * mm), pageCompression=1, lang=lang)
        self.canvas.setTitle(shown(title))
        self.canvas.setAuthor(shown(author))

    def turn(self) -> None:
        """Begins the next page."""
        self.canvas.showPage()
        self.page += 1

    def close(self) -> bytes:
        """The whole document."""
        self.canvas.save()
        return self._bytes.getvalue()

    @contextmanager
    def placed(self, x: float, y: float, scale: float = 1.0) -> Iterator[None]:
        """What is drawn inside is measured from (x, y) and scaled."""
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(x * mm, (self.height - y) * mm)
        canvas.scale(scale, scale)
        canvas.translate(0, -self.height * mm)
        yield
        canvas.restoreState()

    def form(self, key: Hashable, draw: Callable[[], None]) -> str:
        """The name of a drawing to be stamped many times; what `draw` draws for `key` is kept once."""
        if key not in self._forms:
            self._forms[key] = f"form{len(self._forms)}"
            self.canvas.beginForm(self._forms[key])
            draw()
            self.canvas.endForm()
        return self._forms[key]

    def stamp(self, form: str, x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> None:
        """Prints a form with its upper left corner at (x, y)."""
        with self.placed(x, y, scale):
            self.canvas.doForm(form)

    def text(self, x: float, y: float, text: object, style: Style, align: Align = "left") -> None:
        """One line, not fitted: the caller knows that there is room."""
        self._draw(x, y, str(text) if style.own_font else shown(text), style, align)

    def fitted(
        self,
        x: float,
        y: float,
        room: float,
        text: object,
        style: Style,
        *,
        smallest: float = 0.0,
        align: Align = "left",
    ) -> Style:
        """One line that never leaves `room` mm; returns the style it got."""
        line, style = fit(text, room, style, smallest or style.size)
        self._draw(x, y, line, style, align)
        return style

    def lines(
        self,
        x: float,
        y: float,
        room: float,
        text: object,
        style: Style,
        *,
        most: int = 0,
        align: Align = "left",
    ) -> float:
        """A wrapped text whose first baseline is `y`; returns the baseline after the last line."""
        for line in wrap(text, room, style, most):
            self._draw(x, y, line, style, align)
            y += style.line
        return y

    def _draw(self, x: float, y: float, line: str, style: Style, align: Align) -> None:
        if not line:
            return
        wide = width(line, style)
        x -= {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        canvas = self.canvas
        canvas.setFillColor(style.colour)
        canvas.setFont(style.font, style.size)
        at, shift = 0, 0.0
        for end, kern in [*kerns(line, style), (len(line), 0.0)]:
            run = line[at:end]
            canvas.drawString(x * mm + shift, (self.height - y) * mm, run, charSpace=style.spacing)
            shift += canvas.stringWidth(run, style.font, style.size) + style.spacing * len(run) + kern
            at = end

    def rule(
        self,
        x: float,
        y: float,
        to_x: float,
        *,
        colour: Color = theme.KE,
        weight: float = 0.6,
        to_y: float | None = None,
    ) -> None:
        """A straight line `weight` points thick."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        end = y if to_y is None else to_y
        self.canvas.line(x * mm, (self.height - y) * mm, to_x * mm, (self.height - end) * mm)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: Color | None = None,
        line: Color | None = None,
        weight: float = 0.6,
        radius: float = 0.0,
    ) -> None:
        """A rectangle hanging from `y`."""
        canvas = self.canvas
        if fill is not None:
            canvas.setFillColor(fill)
        if line is not None:
            canvas.setStrokeColor(line)
            canvas.setLineWidth(weight)
        place = (x * mm, (self.height - y - high) * mm, wide * mm, high * mm)
        canvas.roundRect(*place, radius * mm, stroke=int(line is not None), fill=int(fill is not None))

    def fillet(self, x: float, y: float, wide: float, high: float, *, gap: float = 1.1) -> None:
        """The double gold line of a lacquer board."""
        self.box(x, y, wide, high, line=theme.VANG, weight=0.7)
        self.box(x + gap, y + gap, wide - 2 * gap, high - 2 * gap, line=theme.VANG, weight=0.7)


def numbered(draw: Callable[[int], Paper]) -> bytes:
    """The document that `draw` makes when it is told how many pages it has; it is drawn twice."""
    return draw(draw(0).page).close()
