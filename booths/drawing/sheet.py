"""The drawing as pieces of SVG: everything that stays, with gaps where the statuses go."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from booths.drawing.parts import Facility, Floor, Hall, Stand, Words, Zone
from booths.drawing.places import Label, bounds, name_above, zone_labels
from booths.floorplan.rect import Rect

SIGNS = {"free": "f", "held": "h", "reserved": "r", "confirmed": "c", "handed_over": "c", "blocked": "x"}
"""The letter of each status: free is hollow, held half, reserved a dot, confirmed solid, blocked crossed."""
INSET = 0.12
LABEL_SIZE = 2.1
WIDTH_OF_A_LETTER = 0.6
MARGIN = Rect(-6.0, -6.0, 12.0, 12.5)


@dataclass(frozen=True)
class Drawing:
    """What stays of a drawing: below the booths, each booth's pieces in the order of `keys`, and above them."""

    view: Rect
    below: str
    hall_links: str
    hall_names: str
    keys: tuple[int, ...]
    codes: tuple[str, ...]
    opens: tuple[str, ...]  # the group of a zone, at its first booth
    links: tuple[str, ...]
    signs_at: tuple[str, ...]  # from the number of the sign's size: `<use href="#` and its letter come before it
    texts: tuple[str, ...]
    closes: tuple[str, ...]  # the end of the group, at its last booth
    above: str
    places: Mapping[str, Rect]
    halls: Mapping[str, Rect]
    words: Mapping[str, str]

    @property
    def view_box(self) -> str:
        """For the attribute of the svg element."""
        return box(self.view)

    def signs(self, statuses: Mapping[int, str]) -> str:
        """One letter for each booth, in the drawing's order; booths without a status are free."""
        return "".join(SIGNS[statuses.get(key, "free")] for key in self.keys)


def draw(floor: Floor, words: Words, *, booth_url: str) -> Drawing:
    """Draw a floor; `booth_url` holds {code}, and links each booth."""
    zones = {zone.code: zone for zone in floor.zones}
    order = sorted(floor.stands, key=lambda stand: (stand.zone, stand.code))
    sizes = {size: number for number, size in enumerate(dict.fromkeys(_size(stand) for stand in order))}
    opens, closes = _groups(order, zones)
    names = [_hall_name(hall, floor, words) for hall in floor.halls]
    return Drawing(
        view=_view(floor),
        below=_defs(sizes) + "".join(_site(floor)),
        hall_links="".join(
            f'<a class="fp-hall-link" href="?hall={escape(hall.code)}" data-hall="{box(hall.rect)}">{name}</a>'
            for hall, name in zip(floor.halls, names, strict=True)
        ),
        hall_names="".join(names),
        keys=tuple(stand.key for stand in order),
        codes=tuple(escape(stand.code) for stand in order),
        opens=opens,
        links=tuple(f'<a href="{escape(booth_url.replace("{code}", stand.code))}" class="' for stand in order),
        signs_at=tuple(_sign_at(stand, sizes[_size(stand)]) for stand in order),
        texts=tuple(_text(stand) for stand in order),
        closes=closes,
        above="".join(_zone_mark(label, zones[label.zone]) for label in zone_labels(floor)),
        places={stand.code: stand.rect for stand in order},
        halls={hall.code: hall.rect for hall in floor.halls},
        words=words.signs,
    )


def with_signs(drawing: Drawing, signs: str, found: Collection[str] = ()) -> str:
    """The whole drawing with each booth a link under its sign: what goes inside the svg element."""
    pieces = [drawing.below, drawing.hall_links]
    rows = zip(
        drawing.opens, drawing.links, drawing.codes, drawing.signs_at, drawing.texts, drawing.closes, signs, strict=True
    )
    for opens, link, code, sign_at, text, closes, sign in rows:
        marked = f"{sign} m" if code in found else sign
        pieces += [opens, link, marked, '"><title>', code, ", ", drawing.words[sign]]
        pieces += ['</title><use href="#', sign, sign_at, text, "</a>", closes]
    return "".join([*pieces, drawing.above])


def picture(drawing: Drawing, signs: str) -> str:
    """The same without links and codes, for a small picture of the floor."""
    pieces = [drawing.below, drawing.hall_names]
    for opens, sign_at, closes, sign in zip(drawing.opens, drawing.signs_at, drawing.closes, signs, strict=True):
        pieces += [opens, '<use href="#', sign, sign_at, closes]
    return "".join([*pieces, drawing.above])


def box(rect: Rect) -> str:
    """A rectangle as a viewBox."""
    return f"{rect.x:g} {rect.y:g} {rect.width:g} {rect.height:g}"


def _size(stand: Stand) -> tuple[float, float]:
    return stand.rect.width, stand.rect.height


def _view(floor: Floor) -> Rect:
    """Everything that stands on the floor, with room for the names of the halls."""
    halls, rest = [hall.rect for hall in floor.halls], [facility.rect for facility in floor.facilities]
    ground = bounds([*halls, *rest, *(stand.rect for stand in floor.stands)])
    return Rect(ground.x + MARGIN.x, ground.y + MARGIN.y, ground.width + MARGIN.width, ground.height + MARGIN.height)


def _groups(order: Sequence[Stand], zones: Mapping[str, Zone]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What opens and closes each zone's group, at its first and its last booth; empty for the others."""
    opens, closes = [], []
    for zone, stands in groupby(order, key=lambda stand: stand.zone):
        rest = [""] * (len(list(stands)) - 1)
        opens += [f'<g class="g-{escape(zones[zone].letters)}">', *rest]
        closes += [*rest, "</g>"]
    return tuple(opens), tuple(closes)


def _sign_at(stand: Stand, size: int) -> str:
    return f'{size}" x="{stand.rect.x:g}" y="{stand.rect.y:g}"/>'


def _text(stand: Stand) -> str:
    centre = stand.rect.centre
    return f'<text x="{centre.x:g}" y="{centre.y + 0.33:g}">{escape(stand.code)}</text>'


def _defs(sizes: Mapping[tuple[float, float], int]) -> str:
    return "<defs>" + "".join(_signs(*size, number) for size, number in sizes.items()) + "</defs>"


def _signs(width: float, depth: float, number: int) -> str:
    """The five signs of one size of booth."""
    right, bottom = width - INSET, depth - INSET
    cell = f'x="{INSET:g}" y="{INSET:g}" width="{width - 2 * INSET:g}" height="{depth - 2 * INSET:g}"'
    half = f'<path class="fp-sign" d="M{INSET:g} {bottom:g}V{INSET:g}H{right:g}Z"/>'
    dot = f'<circle class="fp-sign fp-dot" cx="{width / 2:g}" cy="{depth / 2:g}" r="{min(width, depth) * 0.17:.2g}"/>'
    lines = f"M{INSET:g} {INSET:g}L{right:g} {bottom:g}M{right:g} {INSET:g}L{INSET:g} {bottom:g}"
    cross = f'<path class="fp-cross" d="{lines}"/>'
    return (
        f'<g id="f{number}"><rect class="fp-cell" {cell}/></g>'
        f'<g id="h{number}"><rect class="fp-cell" {cell}/>{half}</g>'
        f'<g id="r{number}"><rect class="fp-cell fp-tint" {cell}/>{dot}</g>'
        f'<g id="c{number}"><rect class="fp-cell fp-solid" {cell}/></g>'
        f'<g id="x{number}"><rect class="fp-cell fp-out" {cell}/>{cross}</g>'
    )


def _site(floor: Floor) -> Iterator[str]:
    """Foyer, halls and facilities, from the ground up."""
    for kind in ("foyer", "reception", "stage", "area", "table"):
        yield from (_facility(facility) for facility in floor.facilities if facility.kind == kind)
    yield from (_rect("hall", hall.rect) for hall in floor.halls)
    for kind in ("wall", "pillar", "door", "exit", "gate", "power"):
        yield from (_facility(facility) for facility in floor.facilities if facility.kind == kind)
    if floor.halls:
        yield _scale(floor)


def _hall_name(hall: Hall, floor: Floor, words: Words) -> str:
    count = sum(1 for stand in floor.stands if stand.hall == hall.code)
    size = words.hall.format(count=count, width=f"{hall.rect.width:g}", depth=f"{hall.rect.height:g}")
    y = hall.rect.y - 1.5 if name_above(hall, floor) else hall.rect.bottom + 4.1
    return (
        f'<text class="fp-hall-name" x="{hall.rect.x:g}" y="{y:g}">{escape(hall.name)}'
        f'<tspan class="fp-dimension" dx="1.4">{escape(size)}</tspan></text>'
    )


def _facility(facility: Facility) -> str:
    rect, name, middle = facility.rect, escape(facility.name), facility.rect.centre
    if facility.kind in ("foyer", "door", "exit", "wall", "pillar"):
        return _rect(facility.kind, rect)
    if facility.kind in ("table", "power"):
        return f'<circle class="fp-{facility.kind}" cx="{middle.x:g}" cy="{middle.y:g}" r="{rect.width / 2:g}"/>'
    if facility.kind == "area":
        return f'<text class="fp-place" x="{middle.x:g}" y="{rect.y + 1.2:g}">{name}</text>'
    if facility.kind == "gate":
        return _gate(facility)
    shape = _rect("stage" if facility.kind == "stage" else "facility", rect)
    css = "fp-place fp-on-stage" if facility.kind == "stage" else "fp-place"
    return f'{shape}<text class="{css}" x="{middle.x:g}" y="{middle.y + 0.7:g}">{name}</text>'


def _gate(gate: Facility) -> str:
    """The gate with an arrow that leads in: towards the middle of the site when it stands on the left of it."""
    rect, y = gate.rect, gate.rect.centre.y
    inward = 1 if rect.x < 0 else -1
    tip, tail = (rect.right + 1.6, rect.x - 3.2) if inward > 0 else (rect.x - 1.6, rect.right + 3.2)
    x = rect.right + 1.4 if inward > 0 else rect.x - 1.4
    css = "fp-place fp-start" if inward > 0 else "fp-place fp-end"
    return (
        f"{_rect('door', rect)}"
        f'<path class="fp-arrow" d="M{tail:g} {y:g}H{tip:g}M{tip - inward * 1.4:g} {y - 1.4:g}L{tip:g} {y:g}'
        f'L{tip - inward * 1.4:g} {y + 1.4:g}"/>'
        f'<text class="{css}" x="{x:g}" y="{rect.bottom + 3:g}">{escape(gate.name)}</text>'
    )


def _scale(floor: Floor) -> str:
    """Ten metres, under the hall at the bottom right."""
    last = max(floor.halls, key=lambda hall: (hall.rect.bottom, hall.rect.right)).rect
    y = last.bottom + 4.1
    return (
        f'<path class="fp-scale" d="M{last.right - 10:g} {y - 1:g}v1h10v-1"/>'
        f'<text class="fp-dimension fp-end" x="{last.right - 11.2:g}" y="{y:g}">10 m</text>'
    )


def _zone_mark(label: Label, zone: Zone) -> str:
    size = min(LABEL_SIZE, (label.room - 3.4) / max(1.0, WIDTH_OF_A_LETTER * len(zone.name)))
    y = label.y
    name = f'<text class="fp-zone-name" x="{label.x + 3.9:g}" y="{y + size * 0.35:.4g}" font-size="{size:.3g}">'
    return (
        f'<g class="fp-zone g-{escape(zone.letters)}">'
        f'<rect class="fp-zone-mark" x="{label.x:g}" y="{y - 1.15:g}" width="3.4" height="2.3" rx="0.2"/>'
        f'<text class="fp-zone-code" x="{label.x + 1.7:g}" y="{y + 0.66:g}">{escape(zone.letters)}</text>'
        + (f"{name}{escape(zone.name)}</text>" if size > 1.1 else "")
        + "</g>"
    )


def _rect(css: str, rect: Rect) -> str:
    return f'<rect class="fp-{css}" x="{rect.x:g}" y="{rect.y:g}" width="{rect.width:g}" height="{rect.height:g}"/>'
