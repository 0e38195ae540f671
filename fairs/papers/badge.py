"""Badges as papers: one by one or many to cut apart, the same on both sides because a badge turns on its cord."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from . import badge_card, theme
from .badge_card import draw_card
from .badge_face import BANDS, BLACK, BadgeFace
from .badge_hanging import A6_BADGE, LANYARD_BADGE, draw_hanging
from .page import A4, A5_WIDE, A6, Paper

__all__ = ["BANDS", "FORMATS", "SHEET_SCALE", "BadgeFace", "Size", "badge_pdf", "sheet_pdf"]

SHEET_SCALE = 0.93  # leaves room for crop marks and for printers that cannot reach the edge


class Size(StrEnum):
    """The sizes badges are printed in."""

    A6 = "a6"
    LANYARD = "lanyard"  # 105 x 135 mm, the commonest pocket on a cord
    CARD = "card"  # CR80, 85.6 x 54 mm


@dataclass(frozen=True)
class Format:
    """How one size is drawn, and how many of it stand on an A4 sheet."""

    wide: float
    high: float
    draw: Callable[[Paper, BadgeFace], None]
    columns: int
    rows: int
    scale: float = 1.0

    @property
    def on_a_sheet(self) -> int:
        """How many badges a sheet holds."""
        return self.columns * self.rows


FORMATS = {
    Size.A6: Format(*A6, lambda paper, face: draw_hanging(paper, face, A6_BADGE), 2, 2, SHEET_SCALE),
    Size.LANYARD: Format(105, 135, lambda paper, face: draw_hanging(paper, face, LANYARD_BADGE), 2, 2, SHEET_SCALE),
    Size.CARD: Format(badge_card.WIDE, badge_card.HIGH, draw_card, 2, 5),
}


def badge_pdf(badges: Iterable[BadgeFace], *, size: str = Size.A6, folded: bool = False) -> bytes:
    """Each badge on two pages of its size or, `folded`, both sides of A6 on one A5 page.

    Refuses none, and folding another size, with ValueError.
    """
    faces, form = some(badges), FORMATS[Size(size)]
    if folded and form is not FORMATS[Size.A6]:
        raise ValueError("Only A6 is folded.")
    paper = Paper(A5_WIDE if folded else (form.wide, form.high), title=title(faces), author=faces[0].edition)
    for number, face in enumerate(faces):
        if number:
            paper.turn()
        draw_folded(paper, face, form) if folded else draw_twice(paper, face, form)
    return paper.close()


def sheet_pdf(
    badges: Iterable[BadgeFace], *, size: str = Size.A6, tell: Callable[[int], None] = lambda done: None
) -> bytes:
    """As many badges as fit on each A4 sheet, with crop marks; the next page is its back, for turning on the long edge.

    `tell` hears after each sheet how many badges are drawn; what it raises ends the work.
    """
    faces, form = some(badges), FORMATS[Size(size)]
    paper = Paper(A4, title=title(faces), author=faces[0].edition)
    for first in range(0, len(faces), form.on_a_sheet):
        sides = [stamped(paper, face, form) for face in faces[first : first + form.on_a_sheet]]
        if first:
            paper.turn()
        draw_sheet(paper, sides, form)
        paper.turn()
        draw_sheet(paper, sides, form, mirrored=True)
        tell(first + len(sides))
    return paper.close()


def some(badges: Iterable[BadgeFace]) -> list[BadgeFace]:
    faces = list(badges)
    if not faces:
        raise ValueError("There is no badge to print.")
    return faces


def title(faces: Sequence[BadgeFace]) -> str:
    return f"{faces[0].edition} – {len(faces)}"


def draw_twice(paper: Paper, face: BadgeFace, form: Format) -> None:
    side = stamped(paper, face, form)
    paper.stamp(side)
    paper.turn()
    paper.stamp(side)


def draw_folded(paper: Paper, face: BadgeFace, form: Format) -> None:
    side = stamped(paper, face, form)
    paper.stamp(side)
    paper.stamp(side, A6[0])
    paper.rule(A6[0], 0, A6[0], to_y=3, colour=theme.KE, weight=0.4)
    paper.rule(A6[0], A6[1] - 3, A6[0], to_y=A6[1], colour=theme.KE, weight=0.4)


def draw_sheet(paper: Paper, sides: Sequence[str], form: Format, *, mirrored: bool = False) -> None:
    wide, high = form.wide * form.scale, form.high * form.scale
    left, top = (A4[0] - form.columns * wide) / 2, (A4[1] - form.rows * high) / 2
    for number, side in enumerate(sides):
        row, column = divmod(number, form.columns)
        column = form.columns - 1 - column if mirrored else column
        paper.stamp(side, left + column * wide, top + row * high, form.scale)
    crop_marks(
        paper,
        [left + n * wide for n in range(form.columns + 1)],
        [top + n * high for n in range(form.rows + 1)],
    )


def crop_marks(paper: Paper, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Short lines in the margin, in line with every cut."""
    for x in xs:
        paper.rule(x, ys[0] - 6, x, to_y=ys[0] - 1.5, colour=BLACK, weight=0.3)
        paper.rule(x, ys[-1] + 1.5, x, to_y=ys[-1] + 6, colour=BLACK, weight=0.3)
    for y in ys:
        paper.rule(xs[0] - 6, y, xs[0] - 1.5, colour=BLACK, weight=0.3)
        paper.rule(xs[-1] + 1.5, y, xs[-1] + 6, colour=BLACK, weight=0.3)


def stamped(paper: Paper, face: BadgeFace, form: Format) -> str:
    """One side, its upper left corner at the origin, kept for every place where it is printed."""
    return paper.form(("side", form.wide, form.high, face), lambda: form.draw(paper, face))
