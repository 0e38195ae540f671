"""A bad file is refused with the path inside it and the reason."""

import copy
import json

import pytest

from fairs.solving.instances import BadInstance
from matchmaking.scheduling.problem import OBJECTIVE
from matchmaking.scheduling.reading import read_problem
from tests.matchmaking.scheduling.fairs import fair, pinned

pytestmark = pytest.mark.once

PERSON, MANY = "$.participants[2]", "must be a whole number from 1 to 100000"
SLOT = "must be a slot, from 0 to 47"
ORDER = "must keep the order weight, min_share, breaks"
FAULTS = [
    (lambda one: one.pop("slots"), "$", "“slots” is missing"),
    (lambda one: one.update(format="meeting-schedule/2"), "$.format", "must be “meeting-schedule/1”"),
    (lambda one: one.update(slots=0), "$.slots", MANY),
    (lambda one: one.update(days=[[0, 49]]), "$.days[0]", "must run forward and end at 48 at most"),
    (lambda one: one.update(days=[[0, 9], [8, 12]]), "$.days[1]", "begins before the day before has ended"),
    (lambda one: one.update(sessions={"late": [9, 8]}), "$.sessions.late", "must run forward and end at 48 at most"),
    (lambda one: one.update(tables=-1), "$.tables", "must be a whole number from 0 to 100000"),
    (lambda one: one.update(objective=["breaks", "weight"]), "$.objective", ORDER),
    (lambda one: one.update(objective=["peace"]), "$.objective[0]", "'peace' is no objective"),
    (lambda one: one["participants"].append({"id": "b0"}), "$.participants[24].id", "'b0' occurs twice"),
    (lambda one: one["participants"][2].update(kind="guest"), f"{PERSON}.kind", "'guest' is no kind of participant"),
    (lambda one: one["participants"][2].update(unavailable=[48]), f"{PERSON}.unavailable[0]", SLOT),
    (lambda one: one["participants"][2].update(unavailable=[True]), f"{PERSON}.unavailable[0]", SLOT),
    (lambda one: one["participants"][2].update(capacity=0), f"{PERSON}.capacity", MANY),
    (lambda one: one["participants"][2].update(count_breaks=1), f"{PERSON}.count_breaks", "must be true or false"),
    (lambda one: one["meetings"][5].update(between=["b0", "x"]), "$.meetings[5].between[1]", "'x' is no participant"),
    (lambda one: one["meetings"][5].update(between=["b0", "b0"]), "$.meetings[5].between", "names the same one twice"),
    (lambda one: one["meetings"][5].update(weight=-1), "$.meetings[5].weight", "must not be negative"),
    (lambda one: one["meetings"][5].update(weight="much"), "$.meetings[5].weight", "must be a number"),
    (lambda one: one["meetings"][5].update(session="noon"), "$.meetings[5].session", "'noon' is no session"),
    (lambda one: one["meetings"][5].update(fixed=-1), "$.meetings[5].fixed", SLOT),
    (lambda one: one["meetings"][5].update(after=["x"]), "$.meetings[5].after[0]", "'x' is no meeting"),
    (lambda one: one["meetings"][5].update(after=["m5"]), "$.meetings[5].after[0]", "cannot come before itself"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "path", "reason"), FAULTS, ids=[f"{path} {reason}" for _s, path, reason in FAULTS])
def test_a_fault_is_named_with_its_place(spoil, path, reason):
    made = copy.deepcopy(fair(1))
    spoil(made)
    with pytest.raises(BadInstance) as refused:
        read_problem(made)
    assert (refused.value.path, refused.value.reason) == (path, reason)


@pytest.mark.parametrize("value", [None, [], 3, "text", {}])
def test_anything_else_than_an_instance_is_refused(value):
    with pytest.raises(BadInstance):
        read_problem(value)


def test_what_is_left_out_means_nothing_of_the_kind():
    short = {key: value for key, value in fair(1).items() if key in ("format", "slots", "participants", "meetings")}
    read = read_problem(json.loads(json.dumps(short)))
    assert (read.days, read.tables, read.max_break_difference) == ((range(48),), None, None)
    assert (read.objective, dict(read.sessions)) == (OBJECTIVE, {})
    importer, meeting = read.participants[0], read.meetings[0]
    assert (importer.capacity, importer.max_total, importer.count_breaks) == (1, None, True)
    assert (meeting.required, meeting.fixed, meeting.after, meeting.must) == (False, None, (), False)


def test_everything_that_an_instance_can_carry_is_read():
    made = pinned(3)
    read = read_problem(made)
    assert sum(one.must for one in read.meetings) == sum("fixed" in one for one in made["meetings"]) > 0
    assert [list(one.after) for one in read.meetings] == [one.get("after", []) for one in made["meetings"]]
    assert read.sessions["first day"] == range(16)
