"""What a floor is made of: halls, zones, booths, facilities and entrances."""

from collections import Counter
from dataclasses import dataclass, replace

from booths.floorplan.rect import Point, Rect

BETWEEN_COPIES = 12.0
"""Metres of open ground between two copies of a floor."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A building with a letter."""

    code: str
    name_vi: str
    name_en: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Zone:
    """Part of one hall kept for some product groups (codes of the reference list)."""

    code: str
    hall: str
    name_vi: str
    name_en: str
    origin: str
    product_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Booth:
    """One stand, with its place on the site; origin is domestic, international or technical."""

    code: str
    hall: str
    zone: str
    origin: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Facility:
    """What is on the floor besides booths; kind is foyer, gate, door, fire_exit, reception, stage,
    meeting_area or meeting_table. `hall` is empty for the foyer and what stands in it."""

    kind: str
    code: str
    name_vi: str
    name_en: str
    hall: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where people come in from the street, with the code of its gate."""

    gate: str
    point: Point


@dataclass(frozen=True, slots=True)
class Floor:
    """A whole floor in site coordinates."""

    width: float
    height: float
    halls: tuple[Hall, ...]
    zones: tuple[Zone, ...]
    booths: tuple[Booth, ...]
    facilities: tuple[Facility, ...]
    entrances: tuple[Entrance, ...]

    def hall(self, code: str) -> Hall:
        """Raises KeyError for a code that no hall has."""
        for hall in self.halls:
            if hall.code == code:
                return hall
        raise KeyError(code)

    def booths_in(self, hall: str) -> tuple[Booth, ...]:
        return tuple(booth for booth in self.booths if booth.hall == hall)

    def of_kind(self, kind: str) -> tuple[Facility, ...]:
        return tuple(facility for facility in self.facilities if facility.kind == kind)

    def booths_by_zone(self) -> Counter[str]:
        return Counter(booth.zone for booth in self.booths)

    def copies(self, count: int) -> "Floor":
        """The floor `count` times, one below the other, for load work.

        Halls go on through the alphabet (A to E, then F to J ... Z, AA), booths follow their hall, and zones,
        gates and tables carry the number of their copy from the second on: GS, GS2, GS3.
        Refuses a count below 1 with ValueError.
        """
        if count < 1:
            raise ValueError("a floor is copied at least once")
        floors = [_copy(self, number) for number in range(count)]
        return Floor(
            width=self.width,
            height=count * self.height + (count - 1) * BETWEEN_COPIES,
            halls=tuple(hall for floor in floors for hall in floor.halls),
            zones=tuple(zone for floor in floors for zone in floor.zones),
            booths=tuple(booth for floor in floors for booth in floor.booths),
            facilities=tuple(facility for floor in floors for facility in floor.facilities),
            entrances=tuple(entrance for floor in floors for entrance in floor.entrances),
        )


def letters(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA, as columns of a sheet."""
    tail = chr(ord("A") + index % 26)
    return tail if index < 26 else letters(index // 26 - 1) + tail


def _copy(floor: Floor, number: int) -> Floor:
    """Copy `number` (0 is the floor itself), moved down and renamed."""
    if number == 0:
        return floor
    dy = number * (floor.height + BETWEEN_COPIES)
    suffix = str(number + 1)
    new = {hall.code: letters(number * len(floor.halls) + at) for at, hall in enumerate(floor.halls)} | {"": ""}
    return replace(
        floor,
        halls=tuple(_renamed_hall(hall, new[hall.code], dy) for hall in floor.halls),
        zones=tuple(replace(zone, code=zone.code + suffix, hall=new[zone.hall]) for zone in floor.zones),
        booths=tuple(
            replace(
                booth,
                code=new[booth.hall] + booth.code.removeprefix(booth.hall),
                hall=new[booth.hall],
                zone=booth.zone + suffix,
                rect=booth.rect.shifted(0, dy),
            )
            for booth in floor.booths
        ),
        facilities=tuple(
            replace(
                facility,
                code=f"{facility.code}-{suffix}",
                hall=new[facility.hall],
                rect=facility.rect.shifted(0, dy),
            )
            for facility in floor.facilities
        ),
        entrances=tuple(
            Entrance(f"{entrance.gate}-{suffix}", Point(entrance.point.x, entrance.point.y + dy))
            for entrance in floor.entrances
        ),
    )


def _renamed_hall(hall: Hall, code: str, dy: float) -> Hall:
    return Hall(code, f"Nhà {code}", f"Hall {code}", hall.rect.shifted(0, dy))
