"""What is checked of a passport, and how it is written down."""

from datetime import date, timedelta

from buyers.passports import Passport, faults
from fairs.months import months_after
from tests.buyers.visas import PASSPORT, passport

TODAY = date(2018, 9, 1)


def test_what_is_written_is_read_again():
    assert Passport.read(PASSPORT.written()) == PASSPORT


def test_a_sound_passport_has_no_fault():
    assert list(faults(PASSPORT, today=TODAY)) == []


def test_six_months_to_the_day_are_enough():
    arrival = PASSPORT.arrives_on
    enough, short = months_after(arrival, 6), months_after(arrival, 6) - timedelta(days=1)
    assert not list(faults(passport(expires_on=enough), today=TODAY))
    assert [field for field, _code in faults(passport(expires_on=short), today=TODAY)] == ["expires_on"]
