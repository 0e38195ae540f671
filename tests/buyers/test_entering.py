"""Which readings count as entries, and whom a gate lets in: rules without a database."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buyers.entering import Passage, Window, answer, entries

TEN = timedelta(minutes=10)
NINE = datetime(2018, 10, 18, 9, tzinfo=timezone(timedelta(hours=7)))


def passages(*told):
    """(minute, in or out) as passages, numbered in this order."""
    return [Passage(NINE + timedelta(minutes=at), f"{n:02}", way == "in") for n, (at, way) in enumerate(told)]


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ([], []),
        ([(0, "in")], ["00"]),
        ([(0, "in"), (5, "in")], ["00"]),
        ([(0, "in"), (10, "in")], ["00"]),
        ([(0, "in"), (10.1, "in")], ["00", "01"]),
        ([(0, "in"), (8, "in"), (12, "in")], ["00", "02"]),
        ([(0, "in"), (1, "out"), (2, "in")], ["00", "02"]),
        ([(0, "out"), (1, "in")], ["01"]),
        ([(0, "in"), (0, "in")], ["00"]),
        ([(600, "in"), (0, "in")], ["00", "01"]),
    ],
)
def test_an_entry_is_old_or_followed_by_an_exit(told, counted):
    assert sorted(entries(passages(*told), TEN)) == counted


crowds = st.lists(
    st.builds(
        Passage,
        st.integers(0, 90).map(lambda minute: NINE + timedelta(minutes=minute)),
        st.uuids().map(lambda one: one.hex),
        st.booleans(),
    ),
    max_size=25,
    unique_by=lambda one: one.key,
)


@settings(deadline=None)
@given(crowds, st.randoms())
def test_the_order_in_which_readings_come_changes_nothing(crowd, chance):
    mixed = list(crowd)
    chance.shuffle(mixed)
    assert entries(mixed, TEN) == entries(crowd, TEN)


@settings(deadline=None)
@given(crowds)
def test_between_two_entries_there_is_an_exit_or_ten_minutes(crowd):
    counted = entries(crowd, TEN)
    ordered = sorted(crowd)
    places = [place for place, one in enumerate(ordered) if one.key in counted]
    for first, second in pairwise(places):
        outward = any(not one.inward for one in ordered[first:second])
        assert outward or ordered[second].at - ordered[first].at > TEN


HOUR = timedelta(hours=1)
NOW = Window(None, NINE - HOUR, NINE + HOUR)
PAST, LATER = Window(None, NINE - 3 * HOUR, NINE - 2 * HOUR), Window(None, NINE + 2 * HOUR, NINE + 3 * HOUR)
HALL = Window(7, NINE - HOUR, NINE + HOUR)


@pytest.mark.parametrize(
    ("windows", "area", "own_rules", "told"),
    [
        ([NOW], None, False, "ok"),
        ([NOW], 7, False, "ok"),
        ([NOW], 7, True, "wrong_zone"),
        ([HALL], 7, True, "ok"),
        ([HALL], None, False, "wrong_zone"),
        ([], None, False, "wrong_zone"),
        ([LATER], None, False, "wrong_day"),
        ([PAST, LATER], None, False, "wrong_day"),
        ([PAST], None, False, "expired"),
    ],
)
def test_the_answer_says_what_is_wrong(windows, area, own_rules, told):
    assert answer(windows, area=area, own_rules=own_rules, at=NINE) == told
    assert answer(windows, area=area, own_rules=own_rules, at=NINE, revoked=True) == "revoked"


def test_a_time_holds_from_its_beginning_and_not_at_its_end():
    told = [answer([NOW], area=None, own_rules=False, at=at) for at in (NOW.begins, NOW.ends)]
    assert told == ["ok", "expired"]
