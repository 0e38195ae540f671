"""The floor of the demo edition: five halls around a foyer, 650 booths of 3 m x 3 m."""

from collections.abc import Sequence

from booths.floorplan.blocks import Numbering, Place, lay_block
from booths.floorplan.layout import Booth, Entrance, Facility, Floor, Hall, Zone
from booths.floorplan.rect import Point, Rect

WIDTH, HEIGHT = 168.0, 109.0
BIG = (81.0, 42.0)
SMALL = (54.0, 43.0)
SOUTH = 66.0
"""Where the southern halls begin; the foyer lies between the northern ones and them."""

HALLS = tuple(
    Hall(code, f"Nhà {code}", f"Hall {code}", Rect(x, y, *size))
    for code, x, y, size in (
        ("A", 0.0, 0.0, BIG),
        ("B", 87.0, 0.0, BIG),
        ("C", 0.0, SOUTH, SMALL),
        ("D", 57.0, SOUTH, SMALL),
        ("E", 114.0, SOUTH, SMALL),
    )
)

ZONES = (
    Zone("GS", "A", "Gốm sứ", "Ceramics", "domestic", ("ceramics", "glass")),
    Zone("SM", "A", "Sơn mài", "Lacquerware", "domestic", ("lacquer", "painting")),
    Zone("KT", "A", "Khảm trai", "Pearl inlay", "domestic", ("mother_of_pearl",)),
    Zone(
        "MT",
        "B",
        "Mây tre đan",
        "Bamboo and rattan",
        "domestic",
        ("bamboo_rattan", "grass_fibre", "bamboo_novelty"),
    ),
    Zone("GO", "B", "Gỗ mỹ nghệ", "Art woodwork", "domestic", ("wood", "musical_instrument", "puppet")),
    Zone(
        "LD",
        "C",
        "Lụa và dệt",
        "Silk and weaving",
        "domestic",
        ("silk", "textile_home", "garment_accessory", "leather"),
    ),
    Zone("TR", "C", "Thêu ren", "Embroidery", "domestic", ("embroidery",)),
    Zone(
        "KL",
        "D",
        "Đồng, bạc, đá, sừng",
        "Metal, stone, horn",
        "domestic",
        ("bronze_copper", "jewellery_silver", "gold_leaf", "metal_forged", "stone", "horn_bone"),
    ),
    Zone(
        "GN",
        "D",
        "Giấy, quạt, nón",
        "Paper, fans, hats",
        "domestic",
        (
            "paper",
            "fan",
            "hat",
            "lantern_festive",
            "kite",
            "folk_toy",
            "incense",
            "candle_scent",
            "artificial_flower",
            "recycled_gift",
            "ocop_food",
        ),
    ),
    Zone("QT", "E", "Quốc tế", "International", "international", ()),
    Zone("HT", "E", "Hỗ trợ kỹ thuật", "Technical support", "technical", ("raw_material", "service")),
)

Rows = Sequence[tuple[float, float, int, int]]
"""Wall rows of a hall: x and y in the hall, how many down, how many across."""

NORTH_WALL: Rows = ((1.5, 1.0, 1, 8), (28.5, 1.0, 1, 8), (55.5, 1.0, 1, 8))
SOUTH_WALL: Rows = ((3.0, 39.0, 1, 5), (21.0, 39.0, 1, 4), (36.0, 39.0, 1, 5))
SIDE_WALLS: Rows = ((0.0, 21.0, 3, 1), (51.0, 21.0, 3, 1))
SHORT_SOUTH_WALL: Rows = ((6.0, 39.0, 1, 4), (24.0, 39.0, 1, 2), (36.0, 39.0, 1, 4))

Spread = Sequence[tuple[str, int]]
"""Zones in order of booth number, each with how many booths it takes next."""

SPREAD: dict[str, Spread] = {
    "A": (("GS", 12), ("SM", 5), ("KT", 7), ("GS", 72), ("SM", 36), ("KT", 18)),
    "B": (("MT", 15), ("GO", 9), ("MT", 90), ("GO", 36)),
    "C": (("LD", 9), ("TR", 5), ("LD", 3), ("TR", 3), ("LD", 60), ("TR", 40)),
    "D": (("KL", 7), ("GN", 7), ("KL", 3), ("GN", 3), ("KL", 50), ("GN", 50)),
    "E": (("QT", 70), ("HT", 40)),
}


def reference_floor() -> Floor:
    """The floor that the demo edition opens with; the same on every call."""
    return Floor(
        width=WIDTH,
        height=HEIGHT,
        halls=HALLS,
        zones=ZONES,
        booths=tuple(booth for hall in HALLS for booth in _booths(hall)),
        facilities=(*_foyer(), *_tables(), *(door for hall in HALLS for door in _doors(hall))),
        entrances=(Entrance("G1", Point(0.0, 54.0)), Entrance("G2", Point(WIDTH, 54.0))),
    )


def _booths(hall: Hall) -> list[Booth]:
    origin_of = {zone.code: zone.origin for zone in ZONES}
    zones = [zone for zone, count in SPREAD[hall.code] for _ in range(count)]
    places = zip(_places(hall), zones, strict=True)
    return [Booth(place.code, hall.code, zone, origin_of[zone], place.rect) for place, zone in places]


def _places(hall: Hall) -> list[Place]:
    """Wall rows first, then the islands, each column of an island numbered down across the cross aisle."""
    if hall.code in "AB":
        walls = _rows(hall, NORTH_WALL)
        return walls + _islands(hall, 10.5, 8.0, rows=9, islands=7, start=len(walls) + 1)
    walls = _rows(hall, SHORT_SOUTH_WALL if hall.code == "E" else (*SOUTH_WALL, *SIDE_WALLS))
    return walls + _islands(hall, 6.0, 3.0, rows=10, islands=5, start=len(walls) + 1)


def _rows(hall: Hall, rows: Rows) -> list[Place]:
    places: list[Place] = []
    for x, y, down, across in rows:
        numbering = Numbering(hall.code, start=len(places) + 1)
        places += lay_block(Point(hall.rect.x + x, hall.rect.y + y), rows=down, columns=across, numbering=numbering)
    return places


def _islands(hall: Hall, x: float, y: float, *, rows: int, islands: int, start: int) -> list[Place]:
    return lay_block(
        Point(hall.rect.x + x, hall.rect.y + y),
        rows=rows,
        columns=2 * islands,
        aisle=3.0,
        numbering=Numbering(hall.code, start=start, order="columns"),
        cross_after=(5,),
    )


def _foyer() -> list[Facility]:
    return [
        Facility("foyer", "FOYER", "Sảnh chung", "Foyer", "", Rect(0.0, 42.0, WIDTH, 24.0)),
        Facility("gate", "G1", "Cổng 1", "Gate 1", "", Rect(-1.8, 49.0, 1.8, 10.0)),
        Facility("gate", "G2", "Cổng 2", "Gate 2", "", Rect(WIDTH, 49.0, 1.8, 10.0)),
        Facility("reception", "R1", "Đón tiếp, in thẻ", "Reception, badges", "", Rect(18.0, 48.0, 26.0, 11.0)),
        Facility(
            "meeting_area",
            "M",
            "Khu giao thương, 56 bàn",
            "Business meetings, 56 tables",
            "",
            Rect(55.0, 45.5, 51.0, 18.0),
        ),
        Facility("stage", "S1", "Sân khấu", "Stage", "", Rect(120.0, 46.0, 24.0, 15.0)),
    ]


def _tables() -> list[Facility]:
    """56 round tables, given by their 2 m squares, numbered row by row from Gate 1."""
    return [
        Facility(
            "meeting_table",
            f"M{number:02d}",
            f"Bàn {number}",
            f"Table {number}",
            "",
            Rect(56.75 + 3.5 * ((number - 1) % 14), 47.5 + 3.8 * ((number - 1) // 14), 2.0, 2.0),
        )
        for number in range(1, 57)
    ]


def _doors(hall: Hall) -> list[Facility]:
    """Two doors to the foyer and two fire exits in the wall opposite; 0.6 m of wall thickness each."""
    north = hall.code in "AB"
    doors, exits = ((26.0, 55.0), (27.0, 54.0)) if north else ((17.3, 36.7), (19.5, 34.5))
    door_y, exit_y = (hall.rect.bottom, hall.rect.y) if north else (hall.rect.y, hall.rect.bottom)
    return [_door("door", hall, number, "Cửa", "Door", doors[number - 1], door_y, 4.8) for number in (1, 2)] + [
        _door("fire_exit", hall, number, "Lối thoát hiểm", "Fire exit", exits[number - 1], exit_y, 2.7)
        for number in (1, 2)
    ]


def _door(
    kind: str, hall: Hall, number: int, name_vi: str, name_en: str, centre: float, y: float, width: float
) -> Facility:
    letter = "D" if kind == "door" else "F"
    rect = Rect(round(hall.rect.x + centre - width / 2, 2), y - 0.3, width, 0.6)
    name = f"{hall.code}{number}"
    return Facility(kind, f"{letter}-{name}", f"{name_vi} {name}", f"{name_en} {name}", hall.code, rect)
