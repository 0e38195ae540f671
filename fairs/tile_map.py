"""A map of equal tiles: every place is as large as any other, lies roughly where it lies, and says its number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, sqrt

PROVINCE, COUNTRY = (58, 26), (28, 22)  # width and height of a tile
GAP = 3  # between two
STEPS = 4  # shades of those that have some


@dataclass(frozen=True)
class Tile:
    """A place: where its tile lies, its name, the letters on it, its number, how dark it is from 0 to STEPS."""

    x: int
    y: int
    name: str
    letters: str
    number: int
    step: int


@dataclass(frozen=True)
class TileMap:
    """All tiles; and the names with their numbers that have no tile."""

    tiles: list[Tile]
    elsewhere: list[tuple[str, int]]
    size: tuple[int, int]  # of a tile
    width: int
    height: int

    @property
    def first(self) -> list[Tile]:
        """Those with the most, at most three."""
        return sorted((tile for tile in self.tiles if tile.number), key=lambda tile: (-tile.number, tile.name))[:3]


def tile_map(
    places: Mapping[str, tuple[int, int]], numbers: Iterable[tuple[str, str, str, int]], size: tuple[int, int]
) -> TileMap:
    """Tiles at columns and rows by key; numbers come as key, name, letters and number.

    The shade goes by the square root, so that one large place leaves the others apart.
    """
    rows = list(numbers)
    width, height = size
    most = max((number for key, _name, _short, number in rows if key in places), default=0)
    tiles = [
        Tile(
            places[key][0] * (width + GAP),
            places[key][1] * (height + GAP),
            name,
            short,
            number,
            ceil(sqrt(number / most) * STEPS) if most else 0,
        )
        for key, name, short, number in rows
        if key in places
    ]
    return TileMap(
        tiles,
        [(name, number) for key, name, _short, number in rows if key not in places],
        size,
        max((tile.x for tile in tiles), default=0) + width,
        max((tile.y for tile in tiles), default=0) + height,
    )


def letters(name: str) -> str:
    """The first letters of a name: Hà Nội gives HN."""
    return "".join(word[0] for word in name.replace("-", " ").split())
