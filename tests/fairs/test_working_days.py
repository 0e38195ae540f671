"""Working days: the counting itself, by properties and by days of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs import reference
from fairs.models import RequestKind
from fairs.working_days import DAY, Calendar

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(Calendar, off=st.frozensets(DAYS, max_size=30), worked=st.frozensets(DAYS, max_size=10))


def shipped() -> Calendar:
    facts = reference.holidays()
    return Calendar(
        off=frozenset(one["date"] for one in facts if not one["works"]),
        worked=frozenset(one["date"] for one in facts if one["works"]),
    )


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_a_term_ends_on_a_working_day_with_exactly_so_many_in_it(calendar, start, number):
    end = calendar.after(start, number)
    assert calendar.works(end)
    assert calendar.between(start, end) == number


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_the_day_before_the_end_is_too_early(calendar, start, number):
    assert calendar.between(start, calendar.after(start, number) - DAY) == number - 1


@given(CALENDARS, DAYS, st.integers(0, 20), st.integers(0, 20))
def test_a_longer_term_never_ends_earlier(calendar, start, one, more):
    assert calendar.after(start, one) <= calendar.after(start, one + more)


@given(CALENDARS, DAYS, DAYS)
def test_counting_back_is_counting_forth(calendar, first, second):
    assert calendar.between(first, second) == -calendar.between(second, first)


@given(CALENDARS, DAYS, st.integers(1, 30), DAYS)
def test_one_more_day_off_never_brings_an_end_forward(calendar, start, number, holiday):
    more = Calendar(off=calendar.off | {holiday}, worked=calendar.worked)
    assert more.after(start, number) >= calendar.after(start, number)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 3, 2), 2, date(2026, 3, 4)),  # Monday to Wednesday
        (date(2026, 3, 6), 2, date(2026, 3, 10)),  # Friday over the weekend
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # Saturday: the term begins to run
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over the Lunar New Year
        (date(2026, 4, 24), 2, date(2026, 4, 29)),  # over Hung Kings’ Day
        (date(2026, 1, 8), 2, date(2026, 1, 10)),  # the Saturday that is worked on counts
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # over the National Day
    ],
)
def test_terms_over_the_holidays_of_viet_nam(start, number, end):
    assert shipped().after(start, number) == end


def test_nothing_to_wait_for_is_today_or_the_next_working_day():
    assert Calendar().after(date(2026, 3, 6), 0) == date(2026, 3, 6)
    assert Calendar().after(date(2026, 3, 7), 0) == date(2026, 3, 9)


def test_the_shipped_days_are_sound():
    facts = reference.holidays()
    assert len({one["date"] for one in facts}) == len(facts)
    for one in facts:
        assert one["works"] == (one["date"].weekday() >= 5), one
        assert one["name_vi"]
        assert one["name_en"]
    assert {one["date"].year for one in facts} == {2025, 2026, 2027}


def test_every_kind_of_request_has_its_term_and_law():
    terms = {one["kind"]: one for one in reference.request_terms()}
    assert set(terms) == set(RequestKind.values)
    assert {kind: one["days"] for kind, one in terms.items()} == {
        "access": 10, "correction": 10, "restriction": 15, "objection": 15, "deletion": 20,
    }  # fmt: skip
    assert all(one["acknowledge_days"] == 2 and one["basis_vi"] for one in terms.values())
    assert timedelta(1) == DAY
