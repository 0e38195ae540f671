"""The floor as an SVG file that needs nothing else: each thing carries its colours, and the paper its millimetres."""

from collections.abc import Iterator, Sequence
from html import escape

from booths.drawing.parts import Facility, Floor, Hall, Stand
from booths.drawing.places import bounds
from booths.drawing.sheet import box
from booths.floorplan.rect import Rect

EDGE = 4.0
SCALE = 200
FONT = "Be Vietnam Pro, Arial, sans-serif"
BELOW = ("foyer", "reception", "stage", "area", "table")
ABOVE = ("wall", "pillar", "door", "gate", "exit", "power")
LOOKS = {
    "foyer": 'fill="#f3ebda"', "reception": 'fill="#fffdf8" stroke="#8c7a66" stroke-width=".1"',
    "stage": 'fill="#4a180f"', "area": 'fill="none" stroke="#8c7a66" stroke-width=".1"',
    "table": 'fill="#fffdf8" stroke="#8c7a66" stroke-width=".1"', "wall": 'fill="#5a3a2a"',
    "pillar": 'fill="#8c7a66"', "door": 'fill="#c8973a"', "gate": 'fill="#c8973a"', "exit": 'fill="#1d6538"',
    "power": 'fill="#ebcb82" stroke="#74500e" stroke-width=".06"',
}  # fmt: skip


def alone(floor: Floor, *, title: str, lang: str) -> str:
    """The whole file, printed at 1:200 unless it is scaled; ten metres are drawn below the last hall."""
    ground = bounds(
        [
            *(hall.rect for hall in floor.halls),
            *(one.rect for one in floor.facilities),
            *(one.rect for one in floor.stands),
        ]
    )
    view = Rect(ground.x - EDGE, ground.y - EDGE, ground.width + 2 * EDGE, ground.height + 2 * EDGE + 2)
    millimetres = 1000 / SCALE
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box(view)}" width="{view.width * millimetres:g}mm" '
            f'height="{view.height * millimetres:g}mm" font-family="{FONT}" lang="{escape(lang)}" role="img">'
            f'<title>{escape(title)}</title><rect x="{view.x:g}" y="{view.y:g}" width="{view.width:g}" '
            f'height="{view.height:g}" fill="#fff"/>',
            *_things(floor.facilities, BELOW),
            *(_hall(hall) for hall in floor.halls),
            *(_stand(stand) for stand in floor.stands),
            *_things(floor.facilities, ABOVE),
            _scale(ground),
            "</svg>",
        ]
    )


def _things(facilities: Sequence[Facility], kinds: Sequence[str]) -> Iterator[str]:
    for kind in kinds:
        for one in facilities:
            if one.kind == kind:
                yield _rect(one.rect, LOOKS[kind]) + _named(one)


def _named(one: Facility) -> str:
    if not one.name or one.kind not in ("reception", "stage", "area", "gate"):
        return ""
    colour = "#fff" if one.kind == "stage" else "#231713"
    return _text(one.rect.centre.x, one.rect.centre.y + 0.5, 1.4, one.name, f'text-anchor="middle" fill="{colour}"')


def _hall(hall: Hall) -> str:
    name = _text(hall.rect.x, hall.rect.y - 0.8, 2.0, hall.name, 'font-weight="700" fill="#4a180f"')
    return _rect(hall.rect, 'fill="#fffdf8" stroke="#5a3a2a" stroke-width=".3"') + name


def _stand(stand: Stand) -> str:
    size = min(0.9, stand.rect.width * 0.3)
    centre = stand.rect.centre
    return _rect(stand.rect, 'fill="#fff" stroke="#5a4a41" stroke-width=".08"') + _text(
        centre.x, centre.y + size * 0.36, size, stand.code, 'text-anchor="middle" fill="#231713"'
    )


def _scale(ground: Rect) -> str:
    y = ground.bottom + 3
    return f'<path d="M{ground.x:g} {y - 0.6:g}v.6h10v-.6" fill="none" stroke="#231713" stroke-width=".15"/>' + _text(
        ground.x + 10.6, y, 1.2, "10 m", 'fill="#231713"'
    )


def _rect(rect: Rect, look: str) -> str:
    return f'<rect x="{rect.x:g}" y="{rect.y:g}" width="{rect.width:g}" height="{rect.height:g}" {look}/>'


def _text(x: float, y: float, size: float, text: str, look: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" {look}>{escape(text)}</text>'
