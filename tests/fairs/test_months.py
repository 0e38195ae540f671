"""Months counted on from a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.months import months_after

DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2018, 10, 16), 6, date(2019, 4, 16)),
        (date(2018, 12, 31), 12, date(2019, 12, 31)),
        (date(2018, 6, 15), 6, date(2018, 12, 15)),
        (date(2018, 11, 30), 3, date(2019, 2, 28)),
    ],
)
def test_months_end_with_their_last_day(day, months, later):
    assert months_after(day, months) == later


@given(DAYS, st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
