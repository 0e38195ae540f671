"""What the sheet of a plan holds, and what may stand against one of its rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from booths.actions.plan_imports import taker
from booths.floor_content import held_by, live_content
from booths.models import Facility, FloorDraft
from fairs.imports import ImportKind, Values, declare, headings
from fairs.models import Edition
from fairs.sheet_facts import one_of, product_groups
from fairs.sheets import CellCode, Choice, Column, Number, Problem, Text

KINDS = {
    "booth": ("Gian", "Booth", "Gian hàng", "Stand"),
    "hall": ("Nhà", "Hall", "Nhà trưng bày"),
    "zone": ("Khu", "Zone"),
    Facility.Kind.FOYER: ("Sảnh", "Foyer"),
    Facility.Kind.GATE: ("Cổng", "Gate"),
    Facility.Kind.DOOR: ("Cửa", "Door"),
    Facility.Kind.EXIT: ("Lối thoát hiểm", "Fire exit"),
    Facility.Kind.RECEPTION: ("Đón tiếp", "Reception"),
    Facility.Kind.STAGE: ("Sân khấu", "Stage"),
    Facility.Kind.AREA: ("Khu giao thương", "Meeting area"),
    Facility.Kind.TABLE: ("Bàn giao thương", "Meeting table"),
    Facility.Kind.WALL: ("Tường", "Wall"),
    Facility.Kind.PILLAR: ("Cột", "Pillar"),
    Facility.Kind.POWER: ("Điểm điện", "Power point"),
}
PLACE = ("x", "y", "width", "depth")
NEEDED = {"booth": ("code", "hall", "zone", *PLACE), "hall": ("code", *PLACE), "zone": ("code",)}
CODES = {"hall": 8, "zone": 4, "booth": 12}


def columns(edition: Edition) -> Sequence[Column]:
    """The columns of the sheet, with the edition's own classes."""
    somewhere = Number(2, Decimal(-2000), Decimal(20_000))
    size = Number(2, Decimal("0.05"), Decimal(2000))
    return [
        Column("kind", headings("Loại", "Kind", "Loại vật"),
               Choice({one: headings(*words) for one, words in KINDS.items()})),
        Column("code", headings("Mã", "Code", "Mã gian", "Số gian", "Ký hiệu", "Booth"), Text(12)),
        Column("hall", headings("Nhà", "Hall", "Nhà trưng bày"), Text(8)),
        Column("zone", headings("Khu", "Zone", "Khu vực"), Text(4)),
        Column("class", headings("Loại gian", "Class of booth", "Loại gian hàng", "Class"),
               Choice(one_of(edition.booth_classes.all()))),
        Column("x", headings("Cách trái (m)", "From the left (m)", "Tọa độ x"), somewhere),
        Column("y", headings("Cách trên (m)", "From the top (m)", "Tọa độ y"), somewhere),
        Column("width", headings("Rộng (m)", "Width (m)", "Chiều rộng", "Rộng", "Width"), size),
        Column("depth", headings("Sâu (m)", "Depth (m)", "Chiều sâu", "Sâu", "Depth"), size),
        Column("name_vi", headings("Tên tiếng Việt", "Name in Vietnamese", "Tên", "Name"), Text(100)),
        Column("name_en", headings("Tên tiếng Anh", "Name in English"), Text(100)),
        Column("groups", headings("Nhóm hàng", "Product groups"), product_groups()),
    ]  # fmt: skip


def check(edition: Edition) -> Callable[[Values], Iterable[Problem]]:
    """What stands against a row on the plan under work, or in an earlier row."""
    draft = FloorDraft.objects.filter(edition=edition).first()
    content = draft.content if draft else live_content(edition)
    held = held_by(edition)
    standing = {booth["code"]: (key, booth) for key, booth in content["booths"].items()}
    met: set[tuple[str, str]] = set()

    def problems(values: Values) -> Iterator[Problem]:
        kind, code = values.get("kind") or "booth", values.get("code") or ""
        for name in NEEDED.get(kind, PLACE):
            if values.get(name) in (None, ""):
                yield Problem(name, CellCode.REQUIRED)
        if code and len(code) > CODES.get(kind, 12):
            yield Problem("code", CellCode.TOO_LONG, {"length": len(code), "limit": CODES[kind]})
        if code and not code.replace("-", "").replace(".", "").replace("_", "").isalnum():
            yield Problem("code", "no_code")
        if code and (kind, code) in met and kind in CODES:
            yield Problem("code", "same_code")
        met.add((kind, code))
        if kind == "booth" and code in standing:
            yield from _against(values, *standing[code], held)

    return problems


def _against(values: Values, key: str, booth: Any, held: Any) -> Iterator[Problem]:
    """A booth that somebody has keeps its size and class."""
    if key not in held:
        return
    holder = {"holder": held[key].company.name_vi}
    for name in ("width", "depth"):
        if values.get(name) is not None and float(values[name]) != booth[name]:
            yield Problem(name, "held_size", holder, (f"{booth[name]:g}",))
    if values.get("class") and values["class"] != booth["class"]:
        yield Problem("class", "held_class", holder, (booth["class"],))


declare(
    ImportKind(
        key="plan",
        title=_("Floor plan"),
        roles=frozenset({"booth_desk"}),
        columns=columns,
        check=check,
        take=taker,
        hints={
            "kind": _("Empty means a booth."),
            "code": _("Of a booth, hall or zone, such as A01."),
            "hall": _("The hall’s code; one that the plan does not have is drawn around its booths."),
            "zone": _("The zone’s two letters; one that the plan does not have is made."),
            "class": _("Empty means the class it has, for a new booth the first one."),
            "x": _("Metres from the left edge of the site."),
            "y": _("Metres from the top edge of the site."),
            "width": _("Metres from left to right."),
            "depth": _("Metres from top to bottom."),
            "groups": _("For a zone; several with a semicolon between them."),
        },
        examples=[
            {"kind": "Nhà", "code": "A", "x": "0", "y": "0", "width": "60", "depth": "40", "name_vi": "Nhà A"},
            {"kind": "Khu", "code": "GS", "name_vi": "Gốm sứ", "name_en": "Ceramics"},
            {"kind": "Gian", "code": "A01", "hall": "A", "zone": "GS", "x": "3", "y": "3", "width": "3", "depth": "3"},
            {
                "kind": "Lối thoát hiểm",
                "x": "20",
                "y": "-0,3",
                "width": "2,4",
                "depth": "0,6",
                "name_vi": "Lối thoát 1",
            },
        ],
        says={
            "no_code": _("A code has letters, digits, points and dashes only, such as A01."),
            "same_code": _("An earlier row has this code. Correct one of the two, or skip one."),
            "held_size": _("%(holder)s has this booth, so its size stays. Use the one it has, or skip the row."),
            "held_class": _("%(holder)s has this booth, so its class stays. Use the one it has, or skip the row."),
        },
        note=_(
            "The rows go into the draft of the plan, where you look at them before anybody else does. A booth, hall or "
            "zone with a known code is changed; nothing is removed. The CSV file of the editor can come back here."
        ),
        list_url="booths:floor_editor",
        icon="map",
    )
)
