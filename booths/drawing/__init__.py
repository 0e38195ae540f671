"""Draws a floor as SVG from places in metres."""

from booths.drawing.outline import outline
from booths.drawing.parts import Facility, Floor, Hall, Stand, Words, Zone
from booths.drawing.sheet import SIGNS, Drawing, draw, picture, with_signs
from booths.drawing.walks import Walk, nearest_walks

__all__ = [
    "SIGNS",
    "Drawing",
    "Facility",
    "Floor",
    "Hall",
    "Stand",
    "Walk",
    "Words",
    "Zone",
    "draw",
    "nearest_walks",
    "outline",
    "picture",
    "with_signs",
]
