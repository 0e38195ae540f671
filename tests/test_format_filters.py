"""Numbers, money, days and names, as Vietnamese and English readers write them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from fairs.templatetags import fair

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
BOTH = ("vi", "en")


def in_both(filtered, *args):
    """What the filter says in Vietnamese, then in English, with plain spaces."""
    said = []
    for language in BOTH:
        with translation.override(language):
            said.append(filtered(*args).replace(NBSP, " "))
    return tuple(said)


@pytest.mark.parametrize(
    ("value", "currency", "vi", "en"),
    [
        (27_000_000, "VND", "27.000.000 đ", "VND 27,000,000"),
        (-13_500_000, "VND", f"{MINUS}13.500.000 đ", f"{MINUS}VND 13,500,000"),
        (Decimal("46210.00"), "USD", "46.210 USD", "US$46,210"),
        (Decimal("46210.5"), "USD", "46.210,50 USD", "US$46,210.50"),
        (6_940_000, "JPY", "6.940.000 JPY", "¥6,940,000"),
        (Decimal("38500"), "EUR", "38.500 EUR", "€38,500"),
        (27_300, "AUD", "27.300 AUD", "AUD 27,300"),
        (0, "VND", "0 đ", "VND 0"),
        (None, "VND", "", ""),
        ("", "USD", "", ""),
    ],
)
def test_money(value, currency, vi, en):
    assert in_both(fair.money, value, currency) == (vi, en)


@pytest.mark.parametrize(
    ("value", "currency", "vi", "en"),
    [
        ("5.1700", "USD", "5,17 USD", "US$5.17"),
        ("0.125", "USD", "0,125 USD", "US$0.125"),
        ("1.5", "USD", "1,50 USD", "US$1.50"),
        ("1200.0000", "EUR", "1.200 EUR", "€1,200"),
        ("0.5", "VND", "0,5 đ", "VND 0.5"),
    ],
)
def test_the_price_of_one_keeps_its_digits(value, currency, vi, en):
    assert in_both(fair.unit_price, Decimal(value), currency) == (vi, en)


def test_dong_have_no_smaller_unit():
    assert in_both(fair.money, Decimal("1000.60"), "VND") == ("1.001 đ", "VND 1,001")


def test_an_amount_never_breaks_but_a_short_one_may_before_its_currency():
    with translation.override("vi"):
        assert " " not in fair.money(27_000_000)
        assert fair.money_short(1_742_500, "USD").split(" ") == [f"1,74{NBSP}tr", "USD"]


@pytest.mark.parametrize(
    ("value", "currency", "vi", "en"),
    [
        (1_742_500, "USD", "1,74 tr USD", "US$1.74m"),
        (1_500_000_000, "VND", "1,5 tỷ đ", "VND 1.5bn"),
        (27_000_000, "VND", "27 tr đ", "VND 27m"),
        (46_210, "USD", "46,2 nghìn USD", "US$46.2k"),
        (980, "USD", "980 USD", "US$980"),
        (-2_500_000, "USD", f"{MINUS}2,5 tr USD", f"{MINUS}US$2.5m"),
    ],
)
def test_short_money(value, currency, vi, en):
    assert in_both(fair.money_short, value, currency) == (vi, en)


@pytest.mark.parametrize("value", [999_600, 999_999, 999_950_000])
def test_short_numbers_never_show_four_figures(value):
    for said in in_both(fair.number_short, value):
        assert sum(c.isdigit() for c in said) <= 3, said


def test_numbers():
    assert in_both(fair.number, 8494) == ("8.494", "8,494")
    assert in_both(fair.number, "12.55", 1) == ("12,6", "12.6")
    assert in_both(fair.number, None) == ("", "")
    assert in_both(fair.number, -5) == (f"{MINUS}5", f"{MINUS}5")


def test_percent():
    assert in_both(fair.percent, 0.982) == ("98,2%", "98.2%")
    assert in_both(fair.percent, Decimal("0.5")) == ("50%", "50%")
    assert in_both(fair.percent, None) == ("", "")


def test_part_of():
    assert fair.part_of(6, 8) == 75.0
    assert fair.part_of(3, 0) == 0.0


def test_days():
    day = date(2027, 10, 5)
    assert in_both(fair.day, day) == ("5/10/2027", "5 Oct 2027")
    assert in_both(fair.day, day, "short") == ("5/10", "5 Oct")
    assert in_both(fair.day, day, "long") == ("Thứ Ba 5/10/2027", "Tuesday 5 October 2027")
    assert in_both(fair.day, None) == ("", "")


@pytest.mark.parametrize(
    ("first", "last", "vi", "en"),
    [
        (date(2027, 10, 14), date(2027, 10, 17), "14–17/10/2027", "14–17 Oct 2027"),
        (date(2027, 10, 30), date(2027, 11, 2), "30/10–2/11/2027", "30 Oct – 2 Nov 2027"),
        (date(2027, 12, 30), date(2028, 1, 2), "30/12/2027–2/1/2028", "30 Dec 2027 – 2 Jan 2028"),
        (date(2027, 10, 14), date(2027, 10, 14), "14/10/2027", "14 Oct 2027"),
        (date(2027, 10, 14), None, "14/10/2027", "14 Oct 2027"),
    ],
)
def test_day_ranges_write_twice_only_what_differs(first, last, vi, en):
    assert in_both(fair.day_range, first, last) == (vi, en)


def test_hours_are_those_of_the_fair():
    late = datetime(2027, 10, 14, 20, 5, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Ho_Chi_Minh")):
        assert in_both(fair.clock, late) == ("03:05", "03:05")
        assert in_both(fair.day, late) == ("15/10/2027", "15 Oct 2027")
        assert in_both(fair.moment, late, "short") == ("15/10 03:05", "15 Oct 03:05")
        assert in_both(fair.weekday, late) == ("Thứ Sáu", "Friday")
        assert in_both(fair.when, late) == ("15/10 03:05", "15 Oct 03:05")
    assert fair.clock(time(9, 0)) == "09:00"
    assert in_both(fair.when, "due soon") == ("due soon", "due soon")


def test_weekdays():
    assert in_both(fair.weekday, date(2027, 10, 17)) == ("Chủ nhật", "Sunday")
    assert in_both(fair.weekday, date(2027, 10, 17), "short") == ("CN", "Sun")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(761, "12:41"), (59, "0:59"), (3600, "1:00:00"), (172_799, "47:59:59"), (-4, "0:00"), (None, "0:00")],
)
def test_minutes_and_seconds(seconds, said):
    assert fair.minutes_seconds(seconds) == said


def test_countries():
    assert in_both(fair.country, "JP") == ("Nhật Bản", "Japan")
    assert in_both(fair.country, "TW") == ("Đài Loan (Trung Quốc)", "Taiwan (China)")
    assert in_both(fair.country, "HK") == ("Hồng Kông (Trung Quốc)", "Hong Kong (China)")
    assert in_both(fair.country, "QQ") == ("QQ", "QQ")
    assert in_both(fair.country, "") == ("", "")


def test_the_installation_may_name_a_country_itself(settings):
    settings.COUNTRY_NAMES = {"en": {"JP": "Nippon"}}
    assert in_both(fair.country, "JP") == ("Nhật Bản", "Nippon")


def test_languages():
    assert in_both(fair.language_name, "ja") == ("Tiếng Nhật", "Japanese")
    assert in_both(fair.language_name, "") == ("", "")


def test_names_in_the_page_s_language():
    hall = SimpleNamespace(name_vi="Nhà A", name_en="Hall A")
    assert in_both(fair.local, hall, "name") == ("Nhà A", "Hall A")
    assert in_both(fair.local, SimpleNamespace(name_vi="Nhà B", name_en=""), "name") == ("Nhà B", "Nhà B")
    assert in_both(fair.local, None, "name") == ("", "")


@pytest.mark.parametrize(
    ("name", "letters"), [("Trần Văn Lực", "TL"), ("Đỗ Ánh", "ĐÁ"), ("Keiko", "K"), ("", ""), (None, "")]
)
def test_initials(name, letters):
    assert fair.initials(name) == letters
