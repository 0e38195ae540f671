"""The plan as SVG, without a database."""

import re
from xml.etree import ElementTree

from booths.drawing import (
    SIGNS,
    Facility,
    Floor,
    Hall,
    Stand,
    Words,
    Zone,
    draw,
    nearest_walks,
    outline,
    picture,
    with_signs,
)
from booths.drawing.places import name_above, zone_labels
from booths.floorplan import Rect, reference_floor

WORDS = Words(signs={sign: status for status, sign in SIGNS.items()})


def reference():
    """The demo floor as a drawing takes it."""
    floor = reference_floor()
    return Floor(
        halls=[Hall(hall.code, hall.name_vi, hall.rect) for hall in floor.halls],
        zones=[Zone(zone.code, zone.code, zone.name_vi) for zone in floor.zones],
        stands=[Stand(n, b.code, b.hall, b.zone, b.rect) for n, b in enumerate(floor.booths, 1)],
        facilities=[Facility(kind, one.name_vi, one.rect) for one in floor.facilities for kind in [one.kind]],
    )


def drawn(floor=None):
    """A drawing with addresses."""
    return draw(floor or reference(), WORDS, booth_url="/fair/plan/{code}/")


def parsed(markup):
    """The markup as a tree, which only well-formed markup becomes."""
    return ElementTree.fromstring(f"<svg>{markup}</svg>")


def test_every_booth_is_a_link_with_its_code_and_status():
    drawing = drawn()
    tree = parsed(with_signs(drawing, drawing.signs({1: "held", 2: "handed_over"})))
    links = [link for link in tree.iter("a") if link.get("class", "") in set("fhrcx")]
    assert len(links) == 650
    first = next(link for link in links if link.find("text").text == "A001")
    assert (first.get("href"), first.get("class"), first.find("title").text) == ("/fair/plan/A001/", "h", "A001, held")
    assert [link.get("class") for link in links].count("c") == 1


def test_a_sign_is_a_shape_of_its_own():
    tree = parsed(drawn().below)
    signs = {one.get("id"): [child.tag for child in one] for one in tree.iter("g") if one.get("id")}
    assert signs == {
        "f0": ["rect"],
        "h0": ["rect", "path"],
        "r0": ["rect", "circle"],
        "c0": ["rect"],
        "x0": ["rect", "path"],
    }


def test_found_booths_are_marked():
    drawing = drawn()
    tree = parsed(with_signs(drawing, drawing.signs({}), {"A001", "E110"}))
    assert sorted(link.find("text").text for link in tree.iter("a") if link.get("class") == "f m") == ["A001", "E110"]


def test_a_picture_has_no_links():
    drawing = drawn()
    tree = parsed(picture(drawing, drawing.signs({})))
    assert not list(tree.iter("a"))
    assert len(list(tree.iter("use"))) == 650


def test_names_are_escaped():
    hall = Hall("<", "<b>Nhà & sân</b>", Rect(0, 0, 30, 30))
    stand = Stand(1, "A<1", "<", "GS", Rect(3, 3, 3, 3))
    drawing = drawn(
        Floor([hall], [Zone("GS", "GS", '"Gốm" <i>')], [stand], [Facility("stage", "<s>", Rect(9, 9, 9, 9))])
    )
    markup = with_signs(drawing, "f")
    parsed(markup)
    assert not re.search(r"<(b|i|s)>", markup)


def test_an_empty_floor_can_be_drawn():
    drawing = drawn(Floor([], [], [], []))
    parsed(with_signs(drawing, ""))
    assert drawing.keys == ()


def test_zone_names_cover_no_booth():
    floor = reference()
    labels = zone_labels(floor)
    assert {label.zone for label in labels} == {zone.code for zone in floor.zones}
    for label in labels:
        mark = Rect(label.x, label.y - 1.15, 3.4, 2.3)
        assert not [stand.code for stand in floor.stands if stand.rect.overlaps(mark)]


def test_hall_names_stand_where_there_is_room():
    floor = reference()
    assert [hall.code for hall in floor.halls if name_above(hall, floor)] == ["A", "B"]


def test_the_line_around_two_neighbours_has_no_wall_between_them():
    line = outline([Rect(0, 0, 3, 3), Rect(3, 0, 3, 3)])
    assert line.count("M") == 6
    assert "M3 0L3 3" not in line
    assert outline([]) == ""


def crossings(walk, hall):
    """Where a walk goes through the walls of a hall."""
    inside = [hall.x < x < hall.right and hall.y < y < hall.bottom for x, y in walk.points]
    return [
        (one, other)
        for one, other, was, now in zip(walk.points, walk.points[1:], inside, inside[1:], strict=False)
        if was != now
    ]


def test_every_booth_is_reached_on_foot_through_a_door():
    floor = reference()
    doors = [one.rect for one in floor.facilities if one.kind == "door"]
    walks = nearest_walks(floor)
    assert walks.keys() == {stand.code for stand in floor.stands}
    for stand in floor.stands:
        walk = walks[stand.code]
        [hall] = [hall.rect for hall in floor.halls if hall.code == stand.hall]
        [((x, y), _inside)] = crossings(walk, hall)
        assert any(abs(x - door.centre.x) < 4 and abs(y - door.centre.y) < 2 for door in doors), stand.code
        assert not any(other.rect.x < px < other.rect.right and other.rect.y < py < other.rect.bottom
                       for other in floor.stands if other.hall == stand.hall for px, py in walk.points)  # fmt: skip


def test_a_walk_is_as_long_as_its_line_and_starts_at_the_nearest_gate():
    walks = nearest_walks(reference())
    assert (walks["A075"].gate, walks["B150"].gate) == ("Cổng 1", "Cổng 2")
    walk = walks["A075"]
    assert walk.metres == len(walk.points) - 1
    assert walk.path.count("L") <= 6


def test_without_a_gate_there_is_no_way():
    floor = reference()
    assert nearest_walks(Floor(floor.halls, floor.zones, floor.stands, [])) == {}
