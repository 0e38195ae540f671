"""The floor on A3 at a true scale, for the venue and the fire officer: the site, then each hall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm

from booths.drawing.parts import Facility, Floor, Hall, Stand
from booths.drawing.places import bounds
from booths.floorplan.rect import Rect
from fairs.papers import mark, theme
from fairs.papers.page import Paper
from fairs.papers.type import Style

A3 = (420.0, 297.0)
EDGE = 12.0
FOOT = 27.0
SCALES = (50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 2500, 5000)
GROUND = 2.5
"""Metres of ground around what a page shows."""
BAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
EXIT = HexColor("#1D6538")
TITLE = Style(16, 700, spacing=-0.2)
LINE = Style(9, 400, theme.THEN_2)
STRONG = Style(9, 600)
KINDS: dict[str, tuple[Color | None, Color | None]] = {
    "foyer": (theme.VO_TRUNG, None),
    "reception": (theme.WHITE, theme.KE_DAM),
    "stage": (theme.KE, theme.KE_DAM),
    "area": (None, theme.KE_DAM),
    "table": (theme.WHITE, theme.KE_DAM),
    "wall": (theme.THEN, None),
    "pillar": (theme.KE_DAM, theme.THEN),
    "door": (theme.VANG, None),
    "gate": (theme.VANG, None),
    "exit": (EXIT, None),
    "power": (theme.VANG_SANG, theme.VANG_DAM),
}
BELOW = ("foyer", "reception", "stage", "area", "table")
ABOVE = ("wall", "pillar", "door", "gate", "exit", "power")


@dataclass(frozen=True)
class SheetWords:
    """The sentences of the sheets; `scale` takes {scale}, `hall` takes {count}, {width}, {depth}, {exits}."""

    fair: str
    plan: str  # which plan, and of which day
    site: str
    scale: str
    hall: str
    aisle: str
    power: str
    kinds: Sequence[tuple[str, str]]  # kind and name, for the key
    page: str = "{page}/{pages}"
    mark: str = ","  # of decimals
    lang: str = "vi"


def plan_pdf(floor: Floor, words: SheetWords) -> bytes:
    """The whole site on the first page, each hall on one of its own; a site of one hall has that page alone."""
    shown = list(_pages(floor))
    paper = Paper(A3, title=f"{words.fair} – {words.plan}", author=words.fair, lang=words.lang)
    for number, (title, ground) in enumerate(shown, 1):
        if number > 1:
            paper.turn()
        _Sheet(paper, floor, ground, words).draw(title or words.site, number, len(shown))
    return paper.close()


def scale_for(ground: Rect) -> int:
    """The largest common scale, 1 to so many, at which the ground fits on the sheet."""
    wide, high = A3[0] - 2 * EDGE, A3[1] - 2 * EDGE - FOOT
    fits = (one for one in SCALES if ground.width * 1000 / one <= wide and ground.height * 1000 / one <= high)
    return next(fits, SCALES[-1])


def _pages(floor: Floor) -> Iterable[tuple[str, Rect]]:
    everything = [
        *(hall.rect for hall in floor.halls),
        *(one.rect for one in floor.facilities),
        *(stand.rect for stand in floor.stands),
    ]
    if len(floor.halls) != 1:
        yield "", _around(bounds(everything))
    for hall in floor.halls:
        yield hall.name, _around(hall.rect)


def _around(rect: Rect) -> Rect:
    return Rect(rect.x - GROUND, rect.y - GROUND, rect.width + 2 * GROUND, rect.height + 2 * GROUND)


class _Sheet:
    """One page: `k` millimetres of paper stand for a metre."""

    def __init__(self, paper: Paper, floor: Floor, ground: Rect, words: SheetWords) -> None:
        self.paper, self.floor, self.ground, self.words = paper, floor, ground, words
        self.scale = scale_for(ground)
        self.k = 1000 / self.scale
        self.left = EDGE + (A3[0] - 2 * EDGE - ground.width * self.k) / 2
        self.top = EDGE + (A3[1] - 2 * EDGE - FOOT - ground.height * self.k) / 2

    def draw(self, title: str, page: int, pages: int) -> None:
        self.paper.canvas.saveState()
        self._clip()
        self._ground()
        self.paper.canvas.restoreState()
        self._foot(title, page, pages)

    def _clip(self) -> None:
        """Nothing is drawn outside the ground of the page."""
        canvas = self.paper.canvas
        path = canvas.beginPath()
        high = self.ground.height * self.k
        path.rect(self.left * mm, (A3[1] - self.top - high) * mm, self.ground.width * self.k * mm, high * mm)
        canvas.clipPath(path, stroke=0, fill=0)

    def _ground(self) -> None:
        halls = [hall for hall in self.floor.halls if hall.rect.overlaps(self.ground)]
        for kind in BELOW:
            self._facilities(kind)
        for hall in halls:
            self._hall(hall, named=len(halls) > 1)
        for stand in self.floor.stands:
            if stand.rect.overlaps(self.ground):
                self._stand(stand)
        for kind in ABOVE:
            self._facilities(kind)

    def _box(self, rect: Rect, fill: Color | None, line: Color | None, weight: float = 0.5) -> None:
        self.paper.box(
            *self._at(rect.x, rect.y), rect.width * self.k, rect.height * self.k, fill=fill, line=line, weight=weight
        )

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + (x - self.ground.x) * self.k, self.top + (y - self.ground.y) * self.k

    def _hall(self, hall: Hall, *, named: bool) -> None:
        self._box(hall.rect, theme.WHITE, theme.THEN, 1.6)
        if named:
            x, y = self._at(hall.rect.x, hall.rect.y)
            self.paper.fitted(
                x, y - 1.2, hall.rect.width * self.k, hall.name, STRONG.sized(max(6, 2.2 * self.k)), smallest=5
            )

    def _stand(self, stand: Stand) -> None:
        self._box(stand.rect, theme.WHITE, theme.THEN, 0.45)
        room = stand.rect.width * self.k - 0.6
        size = min(9.0, stand.rect.height * self.k * 1.2, room * 0.9)
        if size >= 2:
            style = Style(size, 600, figures=True)
            x, y = self._at(stand.rect.centre.x, stand.rect.centre.y)
            self.paper.fitted(x, y + style.cap / 2, room, stand.code, style, smallest=1.5, align="centre")

    def _facilities(self, kind: str) -> None:
        fill, line = KINDS[kind]
        for one in self.floor.facilities:
            if one.kind == kind and one.rect.overlaps(self.ground):
                self._round(one.rect) if kind == "table" else self._box(one.rect, fill, line)
                self._name(one)

    def _round(self, rect: Rect) -> None:
        canvas = self.paper.canvas
        canvas.setFillColor(theme.WHITE)
        canvas.setStrokeColor(theme.KE_DAM)
        canvas.setLineWidth(0.5)
        x, y = self._at(rect.centre.x, rect.centre.y)
        canvas.circle(x * mm, (A3[1] - y) * mm, rect.width * self.k / 2 * mm, stroke=1, fill=1)

    def _name(self, one: Facility) -> None:
        room = max(one.rect.width * self.k, 24.0)
        if not one.name or one.kind in ("table", "wall", "pillar", "power"):
            return
        x, y = self._at(one.rect.centre.x, one.rect.centre.y)
        inside = one.kind in ("reception", "stage", "area")
        style = Style(min(8.0, max(4.5, 1.6 * self.k)), 600, EXIT if one.kind == "exit" else theme.THEN)
        below = 0.0 if inside else one.rect.height * self.k / 2 + style.cap * 0.9
        self.paper.fitted(x, y + style.cap / 2 + below, room, one.name, style, smallest=3.5, align="centre")

    def _foot(self, title: str, page: int, pages: int) -> None:
        paper, top = self.paper, A3[1] - EDGE - FOOT + 4
        paper.rule(EDGE, top, A3[0] - EDGE, colour=theme.CANH_GIAN, weight=1.6)
        paper.rule(EDGE, top + 1, A3[0] - EDGE, colour=theme.VANG)
        mark.draw(paper, EDGE, top + 4.5, 12)
        paper.fitted(EDGE + 16, top + 10, 120, title, TITLE, smallest=10)
        paper.fitted(EDGE + 16, top + 15.5, 120, f"{self.words.fair} · {self.words.plan}", LINE, smallest=6)
        paper.fitted(EDGE + 16, top + 20.5, 120, self._facts(), LINE, smallest=6)
        self._bar(EDGE + 150, top + 9)
        self._key(EDGE + 245, top + 6)
        paper.text(A3[0] - EDGE, top + 20.5, self.words.page.format(page=page, pages=pages), LINE, "right")

    def _facts(self) -> str:
        inner = Rect(
            self.ground.x + GROUND,
            self.ground.y + GROUND,
            self.ground.width - 2 * GROUND,
            self.ground.height - 2 * GROUND,
        )
        facts = self.words.hall.format(
            count=sum(stand.rect.overlaps(inner) for stand in self.floor.stands),
            width=self._metres(inner.width),
            depth=self._metres(inner.height),
            exits=sum(one.kind == "exit" and one.rect.overlaps(inner) for one in self.floor.facilities),
        )
        return f"{facts} · {self.words.aisle}"

    def _metres(self, value: float) -> str:
        return f"{value:g}".replace(".", self.words.mark)

    def _bar(self, x: float, y: float) -> None:
        """A bar of whole metres, about 60 mm long, in five parts, black and white."""
        step = max(one for one in BAR_STEPS if one == 1 or one * 5 * self.k <= 75)
        for part in range(5):
            self.paper.box(
                x + part * step * self.k,
                y,
                step * self.k,
                2.2,
                fill=theme.WHITE if part % 2 else theme.THEN,
                line=theme.THEN,
                weight=0.5,
            )
        for part in range(6):
            label = f"{part * step} m" if part == 5 else f"{part * step}"
            self.paper.text(x + part * step * self.k, y + 5.6, label, LINE.sized(7), "centre")
        self.paper.text(x, y - 2, self.words.scale.format(scale=self.scale), STRONG)

    def _key(self, x: float, y: float) -> None:
        """What the colours mean, in two columns."""
        for number, (kind, name) in enumerate(self.words.kinds):
            left, line = x + 62 * (number // 3), y + 5.2 * (number % 3)
            fill, edge = KINDS[kind]
            self.paper.box(left, line, 5, 3, fill=fill, line=edge)
            self.paper.fitted(left + 7, line + 2.5, 52, name, LINE, smallest=6)
