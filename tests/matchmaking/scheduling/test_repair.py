"""After a change few meetings move, nobody on the way does, and no rule is broken."""

import random
import time
from collections import Counter
from dataclasses import replace

import pytest

from matchmaking.scheduling import checking
from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.repair import Repaired, repair
from matchmaking.scheduling.solve import solve
from tests.matchmaking.scheduling.fairs import fair, pinned

pytestmark = pytest.mark.once
FULL = {"importers": 40, "exhibitors": 24, "tables": 9}


@pytest.fixture(scope="module")
def made():
    problem = read_problem(fair(3, **FULL))
    return problem, solve(problem, steps=12, workers=1).schedule


def away(problem, who, slots):
    """The problem with somebody not there at these slots."""
    people = [
        replace(one, unavailable=one.unavailable | set(slots)) if one.id == who else one for one in problem.participants
    ]
    return replace(problem, participants=tuple(people))


def pinned_to(problem, key, slot):
    meetings = [replace(one, fixed=slot) if one.id == key else one for one in problem.meetings]
    return replace(problem, meetings=tuple(meetings))


def accept(problem, before, repaired: Repaired, *, most=3):
    """No rule is broken, others moved are few, and the report is true."""
    assert checking.check(problem, repaired.schedule) == []
    assert len(repaired.others) <= most
    after = repaired.schedule
    assert repaired.moved == {
        key: (before[key], after[key]) for key in after if before.get(key, after[key]) != after[key]
    }
    assert repaired.added == {key: slot for key, slot in after.items() if key not in before}
    assert set(repaired.dropped) == set(before) - set(after)
    assert repaired.others <= repaired.moved.keys()


def test_where_nothing_changed_nothing_moves(made):
    problem, before = made
    repaired = repair(problem, before)
    assert (repaired.schedule, repaired.moved, repaired.dropped) == (before, {}, ())


def test_a_cancelled_meeting_leaves_room_for_one_that_waits(made):
    problem, before = made
    waiting = Counter(who for one in problem.meetings if one.id not in before for who in one.between)
    gone = max(
        (one for one in problem.meetings if one.id in before), key=lambda one: sum(waiting[who] for who in one.between)
    )
    problem = replace(problem, meetings=tuple(one for one in problem.meetings if one is not gone))
    repaired = repair(problem, before)
    accept(problem, before, repaired)
    assert repaired.dropped == (gone.id,)
    assert len(repaired.added) == 1


@pytest.mark.parametrize("number", range(5))
def test_a_late_importer_keeps_its_meetings(made, number):
    problem, before = made
    held = Counter(one.between[0] for one in problem.meetings if one.id in before)
    who = sorted(held)[7 * number]
    slots = sorted(before[one.id] for one in problem.meetings if one.id in before and who in one.between)
    changed = away(problem, who, range(slots[0], slots[0] + 2))
    repaired = repair(changed, before)
    accept(changed, before, repaired)
    own = {one.id for one in problem.meetings if who in one.between}
    assert repaired.moved.keys() - own == repaired.others
    assert len(own & set(repaired.schedule)) >= len(own & set(before)) - 1


def test_a_lost_table_moves_one_meeting_of_each_full_slot_at_most(made):
    problem, before = made
    full = sum(count == problem.tables for count in Counter(before.values()).values())
    changed = replace(problem, tables=problem.tables - 1)
    repaired = repair(changed, before)
    accept(changed, before, repaired)
    assert len(repaired.moved.keys() - repaired.others) + len(repaired.dropped) <= full


@pytest.mark.parametrize("number", range(5))
def test_a_pin_is_kept_and_who_was_there_finds_another_slot(made, number):
    problem, before = made
    people = {one.id: one for one in problem.participants}
    one = [one for one in problem.meetings if one.id in before][10 * number]
    free = [
        slot for slot in range(problem.slots)
        if slot != before[one.id] and not any(slot in people[who].unavailable for who in one.between)
    ]  # fmt: skip
    changed = pinned_to(problem, one.id, random.Random(number).choice(free))
    repaired = repair(changed, before)
    accept(changed, before, repaired)
    assert repaired.moved[one.id][1] == changed.meetings[problem.meetings.index(one)].fixed


def test_who_is_on_the_way_is_never_moved(made):
    problem, before = made
    for number in range(6):
        chance = random.Random(number)
        still = frozenset(chance.sample(sorted(before), len(before) // 2))
        who = chance.choice([one.id for one in problem.participants])
        changed = away(problem, who, range(16, 24))
        repaired = repair(changed, before, still=still)
        accept(changed, before, repaired)
        assert not still & repaired.moved.keys()
        assert all(who in changed.meetings[int(key[1:])].between for key in still & set(repaired.dropped))


def test_nobody_else_is_moved_where_none_may_be(made):
    problem, before = made
    for number in range(6):
        changed = away(problem, f"b{number}", range(4, 10))
        repaired = repair(changed, before, moved_at_most=0)
        accept(changed, before, repaired, most=0)


def test_required_meetings_push_out_what_is_not(made):
    problem, before = made
    late = next(one for one in problem.meetings if one.id not in before)
    meetings = [replace(one, required=True) if one is late else one for one in problem.meetings]
    people = [replace(one, max_total=None, max_per_day=None) for one in problem.participants]
    changed = replace(problem, meetings=tuple(meetings), participants=tuple(people))
    repaired = repair(changed, before)
    accept(changed, before, repaired)
    assert late.id in repaired.added


@pytest.mark.parametrize("seed", range(6))
def test_pins_sessions_order_and_capacity_are_kept(seed):
    problem = read_problem(pinned(seed))
    before = solve(problem, steps=8, workers=1).schedule
    changed = replace(away(problem, f"s{seed}", range(8, 20)), max_break_difference=None)
    changed = replace(changed, meetings=tuple(replace(one, fixed=None) for one in changed.meetings))
    accept(changed, before, repair(changed, before))


@pytest.mark.parametrize("difference", range(3))
def test_numbers_of_breaks_differ_by_no_more_than_they_may(made, difference):
    problem = replace(made[0], max_break_difference=difference)
    before = solve(problem, steps=0, workers=1).schedule
    chance = random.Random(difference)
    for who in chance.sample([one.id for one in problem.participants], 6):
        changed = away(problem, who, range(4, 10))
        still = frozenset(chance.sample(sorted(before), len(before) // 2))
        repaired = repair(changed, before, still=still)
        accept(changed, before, repaired)
        assert not still & repaired.moved.keys()


def test_breaks_are_evened_by_what_nobody_requires():
    """Without it m1 would go, the lightest, and with it m3, which waits for it."""
    problem = read_problem(
        {
            "format": "meeting-schedule/1",
            "slots": 6,
            "sessions": {"first": [0, 1], "third": [2, 3]},
            "participants": [{"id": one} for one in "ab"] + [{"id": one, "count_breaks": False} for one in "xyz"],
            "meetings": [
                {"id": "m1", "between": ["a", "x"], "session": "first"},
                {"id": "m2", "between": ["a", "y"], "session": "third", "weight": 5},
                {"id": "m3", "between": ["y", "z"], "after": ["m1"], "required": True},
            ],
            "max_break_difference": 0,
        }
    )
    before = {"m1": 0, "m2": 2, "m3": 4}
    assert checking.check(problem, before) == ["numbers of breaks differ by 1"]
    repaired = repair(problem, before)
    accept(problem, before, repaired)
    assert repaired.dropped == ("m2",)


def test_a_repair_is_the_same_again_and_quick(made):
    problem, before = made
    changed = away(problem, "s3", range(16))
    begun = time.monotonic()
    first = repair(changed, before)
    assert time.monotonic() - begun < 2
    assert repair(changed, before) == first
