"""A bad file is refused with the path inside it and the reason."""

import copy
import json
import math

import pytest

from booths.allocation.reading import read_instance
from fairs.solving.instances import BadInstance
from tests.booths.allocation.floors import floor, with_everything

pytestmark = pytest.mark.once

COUNT = "must be a whole number from 1 to 100000"
TEXT = "must be a text that is not empty"
FAULTS = [
    (lambda one: one.pop("booths"), "$", "“booths” is missing"),
    (lambda one: one.update(format="booth-allocation/2"), "$.format", "must be “booth-allocation/1”"),
    (lambda one: one.update(booths={}), "$.booths", "must be a list"),
    (lambda one: one["booths"].append(one["booths"][0]), "$.booths[80].id", "'A00-00' occurs twice"),
    (lambda one: one["booths"][3].update(quality="high"), "$.booths[3].quality", "must be a number"),
    (lambda one: one["booths"][3].update(quality=math.nan), "$.booths[3].quality", "must be between -1e9 and 1e9"),
    (lambda one: one["booths"][3].update(corner=1), "$.booths[3].corner", "must be true or false"),
    (lambda one: one["rows"][1].append("Z9"), "$.rows[1][8]", "'Z9' is no booth"),
    (lambda one: one["rows"][1].append("A00-00"), "$.rows[1][8]", "'A00-00' stands in a row already"),
    (lambda one: one["touching"].append(["A00-00"]), "$.touching[142]", "must be a pair"),
    (lambda one: one["touching"].append(["A00-00"] * 2), "$.touching[142]", "names the same one twice"),
    (lambda one: one["exhibitors"][0].update(booths=0), "$.exhibitors[0].booths", COUNT),
    (lambda one: one["exhibitors"][0].update(booths=True), "$.exhibitors[0].booths", COUNT),
    (lambda one: one["exhibitors"][0].update(**{"class": ""}), "$.exhibitors[0].class", TEXT),
    (lambda one: one.update(rivals=[["e0", "nobody"]]), "$.rivals[0][1]", "'nobody' is no exhibitor"),
    (lambda one: one["weights"].pop("village"), "$.weights", "“village” is missing"),
    (lambda one: one.update(fixed={"nobody": []}), "$.fixed.nobody", "'nobody' is no exhibitor"),
    (lambda one: one.update(fixed={"e0": []}), "$.fixed.e0", "e0 wants {booths} booths"),
    (lambda one: one.update(wishes={"e0": [["Z9", 3]]}), "$.wishes.e0[0][0]", "'Z9' is no booth or zone"),
    (lambda one: one.update(limits={"glass": {"count": 1}}), "$.limits.glass", "'glass' is no zone"),
    (lambda one: one.update(together=[["e0", "nobody"]]), "$.together[0][1]", "'nobody' is no exhibitor"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "path", "reason"), FAULTS, ids=[f"{path} {reason}" for _s, path, reason in FAULTS])
def test_a_fault_is_named_with_its_place(spoil, path, reason):
    instance = copy.deepcopy(floor(1))
    spoil(instance)
    with pytest.raises(BadInstance) as refused:
        read_instance(instance)
    expected = reason.format(booths=instance["exhibitors"][0]["booths"])
    assert (refused.value.path, refused.value.reason) == (path, expected)


def test_what_is_fixed_must_keep_the_rules_itself():
    instance = floor(1)
    one = next(one for one in instance["exhibitors"] if one["booths"] == 2 and one["class"] == "domestic")
    rows = instance["rows"]
    for places, reason in (
        (rows[0][:2], "A00-00 is international, {} wants domestic"),
        ([rows[1][0], rows[1][2]], "are not side by side in one row"),
    ):
        with pytest.raises(BadInstance) as refused:
            read_instance(instance | {"fixed": {one["id"]: places}})
        assert refused.value.reason == reason.format(one["id"])


@pytest.mark.parametrize("value", [None, [], 3, "text", {}])
def test_anything_else_than_an_instance_is_refused(value):
    with pytest.raises(BadInstance):
        read_instance(value)


def test_what_is_left_out_means_nothing_of_the_kind():
    short = {key: value for key, value in floor(1).items() if key not in ("rivals", "fixed", "blocked", "name")}
    read = read_instance(json.loads(json.dumps(short)))
    assert (read.rivals, read.fixed, read.blocked, read.limits, read.together) == ((), {}, frozenset(), {}, ())
    assert read_instance(with_everything(1)).weights.fragment == -4
