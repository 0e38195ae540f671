"""Where booths stand: pure geometry in metres, origin top left, y down, north is up."""

from booths.floorplan.blocks import Numbering, Place, lay_block
from booths.floorplan.fitting import best_fit, rows_of
from booths.floorplan.geometry import detached, is_corner, nearby, neighbours, open_sides, overlaps
from booths.floorplan.layout import Booth, Entrance, Facility, Floor, Hall, Zone
from booths.floorplan.network import network_floor
from booths.floorplan.rect import Point, Rect, Side
from booths.floorplan.reference import reference_floor

__all__ = [
    "Booth",
    "Entrance",
    "Facility",
    "Floor",
    "Hall",
    "Numbering",
    "Place",
    "Point",
    "Rect",
    "Side",
    "Zone",
    "best_fit",
    "detached",
    "is_corner",
    "lay_block",
    "nearby",
    "neighbours",
    "network_floor",
    "open_sides",
    "overlaps",
    "reference_floor",
    "rows_of",
]
