"""The floor of the demo edition stands as drawn: counts, walls, aisles, neighbours and corners."""

from collections import Counter
from itertools import pairwise

import pytest

from booths.floorplan import (
    Booth,
    Floor,
    Numbering,
    Point,
    Rect,
    Side,
    is_corner,
    lay_block,
    neighbours,
    open_sides,
    overlaps,
    reference_floor,
)


@pytest.fixture(scope="module")
def floor() -> Floor:
    return reference_floor()


def test_has_the_booths_of_the_plan(floor: Floor) -> None:
    assert Counter(booth.hall for booth in floor.booths) == {"A": 150, "B": 150, "C": 120, "D": 120, "E": 110}
    assert floor.booths_by_zone() == {
        "GS": 84,
        "SM": 41,
        "KT": 25,
        "MT": 105,
        "GO": 45,
        "LD": 72,
        "TR": 48,
        "KL": 60,
        "GN": 60,
        "QT": 70,
        "HT": 40,
    }
    assert Counter(booth.origin for booth in floor.booths) == {
        "domestic": 540,
        "international": 70,
        "technical": 40,
    }
    assert {(booth.rect.width, booth.rect.height) for booth in floor.booths} == {(3.0, 3.0)}


def test_codes_are_unique_and_start_with_their_hall(floor: Floor) -> None:
    codes = [booth.code for booth in floor.booths]
    assert len(set(codes)) == 650
    assert codes[0] == "A001"
    assert codes[-1] == "E110"
    assert all(booth.code.startswith(booth.hall) for booth in floor.booths)


def test_every_zone_keeps_to_its_hall(floor: Floor) -> None:
    hall_of = {zone.code: zone.hall for zone in floor.zones}
    assert all(hall_of[booth.zone] == booth.hall for booth in floor.booths)


def test_no_two_booths_stand_on_the_same_ground(floor: Floor) -> None:
    assert overlaps(floor.booths) == []


def test_overlap_names_the_pair() -> None:
    one, two = _booth("A001", 0, 0), _booth("A002", 2.9, 0)
    assert overlaps([two, one]) == [("A001", "A002")]


def test_every_booth_is_inside_its_hall_and_every_hall_on_the_site(floor: Floor) -> None:
    assert all(floor.hall(booth.hall).rect.contains(booth.rect) for booth in floor.booths)
    site = Rect(0, 0, floor.width, floor.height)
    assert all(site.contains(hall.rect) for hall in floor.halls)


def test_halls_and_foyer_do_not_overlap(floor: Floor) -> None:
    grounds = [hall.rect for hall in floor.halls] + [facility.rect for facility in floor.of_kind("foyer")]
    assert not any(one.overlaps(other) for at, one in enumerate(grounds) for other in grounds[at + 1 :])


def test_aisles_are_at_least_three_metres_wide(floor: Floor) -> None:
    """Two booths that face each other are neighbours or at least 3 m apart."""
    for hall in floor.halls:
        rects = [booth.rect for booth in floor.booths_in(hall.code)]
        for top in {rect.y for rect in rects}:
            row = sorted((rect.x, rect.right) for rect in rects if rect.y == top)
            assert all(gap == 0 or gap >= 3 for gap in _gaps(row)), (hall.code, top)
        for left in {rect.x for rect in rects}:
            column = sorted((rect.y, rect.bottom) for rect in rects if rect.x == left)
            assert all(gap == 0 or gap >= 3 for gap in _gaps(column)), (hall.code, left)


def test_every_booth_opens_to_an_aisle_three_metres_deep(floor: Floor) -> None:
    for hall in floor.halls:
        sides = open_sides(floor.booths_in(hall.code), hall.rect, aisle=3.0)
        assert all(sides.values()), hall.code


def test_open_sides_of_known_booths(floor: Floor) -> None:
    sides = open_sides(floor.booths_in("A"), floor.hall("A").rect)
    assert sides["A001"] == {Side.SOUTH}
    assert sides["A008"] == {Side.EAST, Side.SOUTH}
    assert sides["A025"] == {Side.NORTH, Side.WEST}
    assert sides["A026"] == {Side.WEST}


def test_open_sides_mirror_neighbours(floor: Floor) -> None:
    """No side is both open and touched."""
    beside = neighbours(floor.booths)
    for hall in floor.halls:
        for code, sides in open_sides(floor.booths_in(hall.code), hall.rect).items():
            assert len(sides) + len(beside[code]) <= 4


def test_corners_are_the_ends_of_rows(floor: Floor) -> None:
    counts = {
        hall.code: sum(is_corner(sides) for sides in open_sides(floor.booths_in(hall.code), hall.rect).values())
        for hall in floor.halls
    }
    assert counts["A"] == counts["B"] == 7 * 8 + 4
    assert counts["C"] == counts["D"] == 5 * 8 + 10
    assert counts["E"] == 5 * 8 + 6


@pytest.mark.parametrize(
    ("sides", "corner"),
    [("N", False), ("NS", False), ("NE", True), ("SW", True), ("NW", True), ("NESW", True), ("", False)],
)
def test_a_corner_needs_two_open_sides_that_meet(sides: str, corner: bool) -> None:
    assert is_corner(Side(side) for side in sides) is corner


def test_neighbours_are_symmetric_and_stay_in_their_hall(floor: Floor) -> None:
    beside = neighbours(floor.booths)
    hall_of = {booth.code: booth.hall for booth in floor.booths}
    for code, others in beside.items():
        assert code not in others
        assert 1 <= len(others) <= 3
        assert all(code in beside[other] and hall_of[other] == hall_of[code] for other in others)
    assert beside["A075"] == {"A076", "A066"}


def test_neighbours_do_not_meet_across_a_corner() -> None:
    booths = [_booth("A001", 0, 0), _booth("A002", 3, 3), _booth("A003", 3, 0)]
    assert neighbours(booths) == {"A001": {"A003"}, "A002": {"A003"}, "A003": {"A001", "A002"}}


def test_facilities_of_the_foyer(floor: Floor) -> None:
    kinds = Counter(facility.kind for facility in floor.facilities)
    assert kinds == {
        "foyer": 1,
        "gate": 2,
        "reception": 1,
        "stage": 1,
        "meeting_area": 1,
        "meeting_table": 56,
        "door": 10,
        "fire_exit": 10,
    }
    (area,) = floor.of_kind("meeting_area")
    assert all(area.rect.contains(table.rect) for table in floor.of_kind("meeting_table"))
    assert [entrance.gate for entrance in floor.entrances] == ["G1", "G2"]


def test_no_booth_stands_before_a_fire_exit_or_a_door(floor: Floor) -> None:
    for way in (*floor.of_kind("fire_exit"), *floor.of_kind("door")):
        path = Rect(way.rect.x, way.rect.y - 2.0, way.rect.width, way.rect.height + 4.0)
        assert not any(path.overlaps(booth.rect) for booth in floor.booths), way.code


def test_copies_multiply_the_floor_without_a_clash(floor: Floor) -> None:
    triple = floor.copies(3)
    assert len(triple.booths) == len({booth.code for booth in triple.booths}) == 1950
    assert [hall.code for hall in triple.halls] == list("ABCDEFGHIJKLMNO")
    assert overlaps(triple.booths) == []
    assert triple.booths_by_zone()["MT3"] == 105
    assert {hall.code for hall in floor.copies(6).halls} >= {"Z", "AA"}
    assert floor.copies(1) == floor
    with pytest.raises(ValueError, match="at least once"):
        floor.copies(0)


def test_a_block_is_numbered_by_rows_or_by_columns() -> None:
    by_rows = lay_block(Point(1, 2), rows=2, columns=3, numbering=Numbering("T", start=7, digits=2))
    assert [place.code for place in by_rows] == ["T07", "T08", "T09", "T10", "T11", "T12"]
    assert by_rows[3].rect == Rect(1, 5, 3, 3)
    by_columns = lay_block(Point(0, 0), rows=2, columns=2, numbering=Numbering("K", order="columns"))
    assert [(place.rect.x, place.rect.y) for place in by_columns] == [(0, 0), (0, 3), (3, 0), (3, 3)]


def test_a_block_stands_back_to_back_between_aisles() -> None:
    places = lay_block(
        Point(0, 0),
        rows=3,
        columns=5,
        size=(2.0, 4.0),
        aisle=3.5,
        cross_after=(2,),
        cross_aisle=5.0,
        numbering=Numbering("X"),
    )
    assert [place.rect.x for place in places[:5]] == [0, 2, 7.5, 9.5, 15]
    assert [place.rect.y for place in places[::5]] == [0, 4, 13]


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"columns": -1}, {"size": (0.0, 3.0)}, {"aisle": -1.0}])
def test_a_block_refuses_nonsense(wrong: dict) -> None:
    with pytest.raises(ValueError, match="at least one row"):
        lay_block(Point(0, 0), **({"rows": 1, "columns": 1, "numbering": Numbering("A")} | wrong))


def _booth(code: str, x: float, y: float) -> Booth:
    return Booth(code, "A", "GS", "domestic", Rect(x, y, 3, 3))


def _gaps(spans: list[tuple[float, float]]) -> list[float]:
    return [round(after[0] - before[1], 3) for before, after in pairwise(spans)]
