"""The floor of the manufacturers' fair: 180 booths = 57 international + 83 domestic + 40 for technical support."""

from booths.floorplan.blocks import Numbering, Place, lay_block
from booths.floorplan.layout import Booth, Entrance, Facility, Floor, Hall, Zone
from booths.floorplan.rect import Point, Rect

WIDTH, HEIGHT = 90.0, 64.0
HALL = Hall("K", "Nhà K", "Hall K", Rect(0.0, 0.0, WIDTH, 44.0))
ZONES = (
    Zone("QT", "K", "Doanh nghiệp quốc tế", "International", "international", ()),
    Zone("KL", "K", "Cơ khí, khuôn mẫu", "Machining and moulds", "domestic", ("machining", "moulds", "casting")),
    Zone("KT", "K", "Điện, điện tử, nhựa", "Electronics and plastics", "domestic", ("electronics", "plastics")),
    Zone("TR", "K", "Kết nối giao thương", "Business matching", "technical", ("service",)),
    Zone("HT", "K", "Hội thảo chuyên đề", "Seminars", "technical", ("service",)),
)
SPREAD = (("QT", 57), ("KL", 43), ("KT", 40), ("TR", 20), ("HT", 20))
"""Zones in order of booth number, each with how many booths it takes."""


def network_floor() -> Floor:
    """The floor of the second demonstration; the same on every call."""
    zones = [zone for zone, count in SPREAD for _nth in range(count)]
    origin_of = {zone.code: zone.origin for zone in ZONES}
    return Floor(
        width=WIDTH,
        height=HEIGHT,
        halls=(HALL,),
        zones=ZONES,
        booths=tuple(
            Booth(place.code, HALL.code, zone, origin_of[zone], place.rect)
            for place, zone in zip(_places(), zones, strict=True)
        ),
        facilities=(*_foyer(), *_tables(), *_doors()),
        entrances=(Entrance("G1", Point(0.0, 54.0)),),
    )


def _places() -> list[Place]:
    """Nine islands of two columns, ten booths deep, with an aisle across the middle."""
    return lay_block(
        Point(6.0, 5.0),
        rows=10,
        columns=18,
        aisle=3.0,
        numbering=Numbering(HALL.code, order="columns"),
        cross_after=(5,),
    )


def _foyer() -> list[Facility]:
    return [
        Facility("foyer", "FOYER", "Sảnh", "Foyer", "", Rect(0.0, 44.0, WIDTH, 20.0)),
        Facility("gate", "G1", "Cổng 1", "Gate 1", "", Rect(-1.8, 49.0, 1.8, 10.0)),
        Facility("reception", "R1", "Đón tiếp, in thẻ", "Reception, badges", "", Rect(6.0, 49.0, 16.0, 10.0)),
        Facility("meeting_area", "M", "Khu giao thương, 20 bàn", "Business matching, 20 tables", "",
                 Rect(30.0, 47.0, 36.0, 14.0)),
        Facility("stage", "S1", "Sân khấu hội thảo", "Seminar stage", "", Rect(70.0, 48.0, 16.0, 12.0)),
    ]  # fmt: skip


def _tables() -> list[Facility]:
    return [
        Facility("meeting_table", f"M{number:02d}", f"Bàn {number}", f"Table {number}", "",
                 Rect(31.75 + 3.4 * ((number - 1) % 10), 50.0 + 5.0 * ((number - 1) // 10), 2.0, 2.0))
        for number in range(1, 21)
    ]  # fmt: skip


def _doors() -> list[Facility]:
    doors = [("door", f"D-K{n}", f"Cửa K{n}", f"Door K{n}", x, 43.7, 4.8) for n, x in ((1, 24.0), (2, 60.0))]
    exits = [
        ("fire_exit", f"F-K{n}", f"Lối thoát hiểm K{n}", f"Fire exit K{n}", x, -0.3, 2.7)
        for n, x in ((1, 24.0), (2, 60.0))
    ]
    return [
        Facility(kind, code, name_vi, name_en, HALL.code, Rect(x, y, width, 0.6))
        for kind, code, name_vi, name_en, x, y, width in (*doors, *exits)
    ]
