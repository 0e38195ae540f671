"""A plan as a file: a picture, sheets on paper, rows that the import reads back."""

from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from booths import drawing
from booths.drawing.alone import alone
from booths.drawing.printed import SheetWords, plan_pdf
from booths.floorplan.document import Content, rect_of
from booths.models import Facility
from booths.plan_sheet import columns
from fairs import clock
from fairs.models import Edition
from fairs.sheets import to_csv
from fairs.templatetags.fair import day, language, local, number

ON_THE_KEY = ("door", "exit", "wall", "pillar", "power", "gate")


def drawn_floor(content: Content) -> drawing.Floor:
    """The plan as drawings take it, named in the reader's language."""
    halls, zones = content["halls"], content["zones"]
    return drawing.Floor(
        halls=[drawing.Hall(hall["code"], _name(hall) or hall["code"], rect_of(hall)) for hall in halls.values()],
        zones=[drawing.Zone(zone["code"], zone["code"][:2], _name(zone)) for zone in zones.values()],
        stands=[
            drawing.Stand(
                number, booth["code"], halls[booth["hall"]]["code"], zones[booth["zone"]]["code"], rect_of(booth)
            )
            for number, booth in enumerate(content["booths"].values(), 1)
        ],
        facilities=[drawing.Facility(one["kind"], _name(one), rect_of(one)) for one in content["facilities"].values()],
    )


def plan_svg(edition: Edition, content: Content, which: str) -> str:
    """A picture that stands alone."""
    return alone(drawn_floor(content), title=f"{local(edition, 'name')} – {which}", lang=language())


def plan_sheets(edition: Edition, content: Content, which: str) -> bytes:
    """A3 sheets to a true scale."""
    today = day(clock.today(edition))
    kinds = {kind.value: str(kind.label) for kind in Facility.Kind}
    words = SheetWords(
        fair=local(edition, "name"),
        plan=f"{which}, {today}",
        site=_("Whole site"),
        scale=_("Scale 1:{scale} on A3, printed without fitting"),
        hall=_("{count} booths, {width} × {depth} m, {exits} fire exits"),
        aisle=_("aisles at least %(metres)s m") % {"metres": number(content["aisle"], 1)},
        power=kinds["power"],
        kinds=[(kind, kinds[kind]) for kind in ON_THE_KEY],
        mark="," if language() == "vi" else ".",
        lang=language(),
    )
    return plan_pdf(drawn_floor(content), words)


def plan_rows(edition: Edition, content: Content) -> bytes:
    """Halls, zones, booths, then the rest, one a row, in the columns of the import."""
    return to_csv(columns(edition), _rows(content))


def _rows(content: Content) -> Iterator[list[Any]]:
    """In the order of the columns: kind, code, hall, zone, class, place, names, groups."""
    halls, zones = content["halls"], content["zones"]
    for hall in halls.values():
        yield ["hall", hall["code"], "", "", "", *_place(hall), *_names(hall), ""]
    for zone in zones.values():
        yield ["zone", zone["code"], "", "", "", "", "", "", "", *_names(zone), "; ".join(zone["groups"])]
    for booth in content["booths"].values():
        named = [halls[booth["hall"]]["code"], zones[booth["zone"]]["code"], booth["class"]]
        yield ["booth", booth["code"], *named, *_place(booth), "", "", ""]
    for one in content["facilities"].values():
        yield [one["kind"], "", "", "", "", *_place(one), *_names(one), ""]


def _place(thing: Any) -> list[Decimal]:
    return [Decimal(f"{thing[name]:.2f}").normalize() for name in ("x", "y", "width", "depth")]


def _names(thing: Any) -> list[str]:
    return [thing["name_vi"], thing["name_en"]]


def _name(thing: Any) -> str:
    return str(local(SimpleNamespace(**thing), "name"))
