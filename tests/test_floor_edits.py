"""Editing a plan as a document: pure functions, no database."""

import time
from itertools import count

import pytest

from booths.floorplan import Numbering, Point, edits, reference_floor
from booths.floorplan.difference import booth_changes, other_changes
from booths.floorplan.document import PlanFault, applied, check_whole, empty, inverse, row_of
from booths.floorplan.findings import findings, sides_of

CLASSES = {"standard"}
HALL = {"code": "A", "name_vi": "Nhà A", "name_en": "Hall A", "x": 0, "y": 0, "width": 60, "depth": 40}
ZONE = {"code": "GS", "name_vi": "Gốm sứ", "name_en": "Ceramics", "groups": ["ceramics"]}


def booth(code, x, y, width=3, depth=3):
    return {
        "code": code,
        "hall": "h1",
        "zone": "z1",
        "class": "standard",
        "x": x,
        "y": y,
        "width": width,
        "depth": depth,
    }


def plan(*booths, **more):
    """A hall of 60 x 40 m with booths b1, b2 and on."""
    there = {f"b{number}": one for number, one in enumerate(booths, 1)}
    return applied(empty(), {"halls": {"h1": HALL}, "zones": {"z1": ZONE}, "booths": there, **more})


def facility(kind, x, y, width, depth):
    return {"kind": kind, "name_vi": "", "name_en": "", "x": x, "y": y, "width": width, "depth": depth}


def keys():
    numbers = count(1)
    return lambda: f"n{next(numbers)}"


def demo(copies=1):
    """The demo floor as a document."""
    floor = reference_floor().copies(copies)
    halls = {hall.code: f"h{n}" for n, hall in enumerate(floor.halls, 1)}
    zones = {zone.code: f"z{n}" for n, zone in enumerate(floor.zones, 1)}

    def place(rect):
        return {"x": rect.x, "y": rect.y, "width": rect.width, "depth": rect.height}

    kinds = {"fire_exit": "exit", "meeting_area": "area", "meeting_table": "table"}
    return applied(
        empty(),
        {
            "halls": {halls[h.code]: {"code": h.code, "name_vi": h.name_vi, "name_en": h.name_en, **place(h.rect)}
                      for h in floor.halls},
            "zones": {zones[z.code]: {"code": z.code, "name_vi": z.name_vi, "name_en": z.name_en, "groups": []}
                      for z in floor.zones},
            "booths": {f"b{n}": {"code": b.code, "hall": halls[b.hall], "zone": zones[b.zone], "class": "standard",
                                 **place(b.rect)} for n, b in enumerate(floor.booths, 1)},
            "facilities": {f"f{n}": facility(kinds.get(f.kind, f.kind), *place(f.rect).values())
                           for n, f in enumerate(floor.facilities, 1)},
        },
    )  # fmt: skip


def refused(deed, *args, **kwargs):
    with pytest.raises(PlanFault) as fault:
        deed(*args, **kwargs)
    return fault.value.code


def test_changes_and_their_inverse_lead_back():
    before = plan(booth("A01", 3, 3))
    changes = {"booths": {"b1": None, "n1": booth("A02", 9, 3)}, "aisle": 2.5}
    after = applied(before, changes)
    assert set(after["booths"]) == {"n1"}
    assert after["aisle"] == 2.5
    assert applied(after, inverse(before, changes)) == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([], "wrong_shape"),
        ({"stalls": {}}, "wrong_shape"),
        ({"booths": []}, "wrong_shape"),
        ({"booths": {"h1": booth("A02", 0, 0)}}, "wrong_shape"),
        ({"booths": {"b0": booth("A02", 0, 0)}}, "wrong_shape"),
        ({"booths": {"n1": booth("A02", 0, 0) | {"price": 1}}}, "wrong_shape"),
        ({"booths": {"n1": {"code": "A02"}}}, "wrong_shape"),
        ({"booths": {"n1": booth("A02", "0", 0)}}, "wrong_value"),
        ({"booths": {"n1": booth("A02", True, 0)}}, "wrong_value"),
        ({"booths": {"n1": booth("A02", float("nan"), 0)}}, "wrong_value"),
        ({"booths": {"n1": booth("A02", 1e9, 0)}}, "wrong_value"),
        ({"booths": {"n1": booth("A02", 0, 0, width=0)}}, "wrong_value"),
        ({"booths": {"n1": booth("A 02/../", 0, 0)}}, "wrong_value"),
        ({"booths": {"n1": booth("A" * 13, 0, 0)}}, "wrong_value"),
        ({"facilities": {"n1": facility("tower", 0, 0, 1, 1)}}, "wrong_value"),
        ({"aisle": -1}, "wrong_value"),
    ],
)
def test_what_is_no_plan_is_refused(changes, code):
    assert refused(applied, plan(booth("A01", 3, 3)), changes) == code


def test_numbers_are_kept_to_the_centimetre():
    assert plan(booth("A01", 3.004999, 3))["booths"]["b1"]["x"] == 3.0


def test_a_whole_plan_names_only_what_is_there():
    check_whole(plan(booth("A01", 3, 3)), classes=CLASSES)
    assert refused(check_whole, plan(booth("A01", 3, 3), booth("A01", 9, 3)), classes=CLASSES) == "code_twice"
    assert refused(check_whole, plan(booth("A01", 3, 3)), classes=set()) == "no_class"
    assert (
        refused(check_whole, applied(plan(booth("A01", 3, 3)), {"halls": {"h1": None}}), classes=CLASSES) == "no_hall"
    )
    assert (
        refused(check_whole, applied(plan(booth("A01", 3, 3)), {"zones": {"z1": None}}), classes=CLASSES) == "no_zone"
    )
    assert refused(check_whole, plan(), classes=CLASSES, groups=set()) == "no_group"


def test_a_block_is_laid_and_skips_numbers():
    numbering = Numbering("A", digits=2, skip=frozenset({4, 13}))
    made = edits.lay(
        plan(), at=Point(3, 3), rows=3, columns=4, size=(3, 3), numbering=numbering, hall="h1", zone="z1",
        booth_class="standard", aisle=3, key=keys(),
    )["booths"]  # fmt: skip
    assert [one["code"] for one in made.values()] == [
        "A01", "A02", "A03", "A05", "A06", "A07", "A08", "A09", "A10", "A11", "A12", "A14",
    ]  # fmt: skip
    assert [one["x"] for one in made.values()][:4] == [3, 6, 12, 15]
    assert not findings(plan(booths={}) | {"booths": made})


def test_a_block_takes_no_code_twice():
    block = {"at": Point(9, 9), "rows": 1, "columns": 2, "size": (3, 3), "hall": "h1", "zone": "z1",
             "booth_class": "standard", "numbering": Numbering("A", digits=2)}  # fmt: skip
    assert refused(edits.lay, plan(booth("A02", 3, 3)), **block) == "code_taken"
    assert refused(edits.lay, plan(), **block | {"rows": 3000}) == "too_many"


def test_two_booths_merge_into_the_one_with_the_smaller_code():
    made = edits.merge(plan(booth("A02", 6, 3), booth("A01", 3, 3)), ["b1", "b2"])
    assert made == {"booths": {"b1": None, "b2": booth("A01", 3, 3, width=6)}}


def test_what_is_no_rectangle_does_not_merge():
    apart = plan(booth("A01", 3, 3), booth("A02", 9, 3))
    assert refused(edits.merge, apart, ["b1", "b2"]) == "no_rectangle"
    assert refused(edits.merge, apart, ["b1"]) == "one_booth"
    corner = plan(booth("A01", 3, 3), booth("A02", 6, 3), booth("A03", 6, 6))
    assert refused(edits.merge, corner, ["b1", "b2", "b3"]) == "no_rectangle"
    same = plan(booth("A01", 3, 3, width=6), booth("A02", 3, 3, width=3))
    assert refused(edits.merge, same, ["b1", "b2"]) == "no_rectangle"
    assert refused(edits.merge, apart, ["b9", "b1"]) == "nothing_chosen"


def test_a_booth_splits_into_equal_parts():
    made = edits.split(plan(booth("A01", 3, 3, width=10)), "b1", parts=3, along="width", key=keys())["booths"]
    assert [(key, one["code"], one["x"], one["width"]) for key, one in made.items()] == [
        ("b1", "A01A", 3, 3.33), ("n1", "A01B", 6.33, 3.34), ("n2", "A01C", 9.67, 3.33),
    ]  # fmt: skip
    deep = edits.split(plan(booth("A01", 3, 3, depth=6)), "b1", parts=2, along="depth", key=keys())["booths"]
    assert [one["y"] for one in deep.values()] == [3, 6]
    assert (
        refused(edits.split, plan(booth("A01", 3, 3), booth("A01B", 9, 9)), "b1", parts=2, along="width")
        == "code_taken"
    )
    assert refused(edits.split, plan(booth("A01", 3, 3)), "b1", parts=1, along="width") == "wrong_parts"


def test_numbers_follow_the_places():
    four = plan(booth("X1", 6, 6), booth("X2", 3, 6.1), booth("X3", 6, 3), booth("X4", 3, 3))
    chosen = ["b1", "b2", "b3", "b4"]
    by_rows = edits.renumber(four, chosen, Numbering("B", digits=2))["booths"]
    assert {key: one["code"] for key, one in by_rows.items()} == {"b4": "B01", "b3": "B02", "b2": "B03", "b1": "B04"}
    by_columns = edits.renumber(four, chosen, Numbering("X", digits=1, order="columns"))["booths"]
    assert {key: one["code"] for key, one in by_columns.items()} == {"b4": "X1", "b2": "X2", "b3": "X3", "b1": "X4"}
    assert refused(edits.renumber, four, ["b1"], Numbering("X", start=2, digits=1)) == "code_taken"


def test_codes_name_booths_one_by_one_or_from_one_to_another():
    three = plan(booth("A01", 3, 3), booth("A02", 6, 3), booth("A03", 9, 3))
    assert edits.keys_of(three, ["A02-A03", "A01", "A02"]) == ["b2", "b3", "b1"]
    assert refused(edits.keys_of, three, ["A09"]) == "no_booth"


def test_booths_are_changed_together():
    made = edits.change(plan(booth("A01", 3, 3), booth("A02", 6, 3)), ["b1", "b2"], dx=0.5, zone="z2")["booths"]
    assert [(one["x"], one["zone"]) for one in made.values()] == [(3.5, "z2"), (6.5, "z2")]


def test_booths_on_the_same_ground_and_outside_are_found():
    found = findings(plan(booth("A01", 3, 3), booth("A02", 5, 3), booth("A03", 58, 20)))
    assert [(one.code, one.keys) for one in found] == [("overlap", ("b1", "b2")), ("outside", ("b3",))]


def test_an_aisle_under_the_width_is_found_once_for_all_along_it():
    two_rows = plan(
        *(booth(f"A{n}", 3 + 3 * n, 3) for n in range(4)), *(booth(f"B{n}", 3 + 3 * n, 8) for n in range(4))
    )
    [narrow] = findings(two_rows)
    assert (narrow.code, len(narrow.keys), narrow.facts["metres"]) == ("narrow", 8, 2.0)
    assert not findings(applied(two_rows, {"aisle": 2.0}))


def test_a_booth_before_a_fire_exit_is_found():
    shut = plan(booth("A01", 3, 1), facilities={"f1": facility("exit", 3, -0.3, 3, 0.6)})
    assert [one.code for one in findings(shut)] == ["exit_shut"]


def test_a_wall_shuts_a_side():
    alone = plan(booth("A01", 20, 20))
    assert sides_of(alone) == {"b1": "NESW"}
    walled = applied(alone, {"facilities": {"n1": facility("wall", 10, 23.2, 30, 0.2)}})
    assert sides_of(walled) == {"b1": "NEW"}


def test_nothing_is_to_be_said_about_the_demo_floor():
    assert findings(demo()) == []


def test_6500_booths_are_looked_at_in_a_moment():
    large = applied(demo(10), {"facilities": {"n1": facility("wall", 0, 60, 168, 0.2)}})
    began = time.process_time()
    findings(large)
    sides_of(large)
    assert time.process_time() - began < 5, "comparing all pairs takes minutes"


def test_a_difference_says_what_becomes_of_each_booth():
    before = plan(booth("A01", 3, 3), booth("A02", 6, 3), booth("A03", 9, 3), booth("A04", 12, 3))
    after = applied(
        before,
        {"booths": {"b1": None, "b2": booth("A02", 6, 9), "b3": booth("C03", 9, 3, width=2), "n1": booth("D01", 30, 3)},
         "facilities": {"n2": facility("pillar", 5, 5, 1, 1)}},
    )  # fmt: skip
    gone, moved, changed, new = booth_changes(before, after)
    assert (gone.code, gone.orphans, moved.moved, moved.orphans) == ("A01", True, True, False)
    assert (changed.renumbered, changed.resized, changed.orphans, changed.moved) == (True, True, True, False)
    assert (new.code, new.before) == ("D01", None)
    assert other_changes(before, after) == {"facilities": (1, 0, 0)}
    assert (row_of("b12"), row_of("n12")) == (12, None)
