"""Counts as people type them."""

import pytest

from booths.counting import guess_count, read_count


@pytest.mark.parametrize(
    ("text", "count"),
    [("500", 500), (" 5.000 ", 5000), ("5,000", 5000), ("5 000", 5000), ("1.234.567", 1234567), ("0", 0),
     ("năm trăm", None), ("500 cái", None), ("5.00", None), ("", None), ("-3", None), ("1,5", None)],
)  # fmt: skip
def test_a_plain_number_is_read(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [("năm trăm", 500), ("Năm trăm cái", 500), ("500 cái", 500), ("khoảng 1.200 chiếc", 1200), ("hai nghìn rưỡi", 2000),
     ("một triệu hai trăm nghìn", 1_200_000), ("hai mươi lăm", 25), ("mười lăm", 15), ("ba nghìn linh năm", 3005),
     ("từ 10 đến 20", None), ("nhiều lắm", None), ("", None)],
)  # fmt: skip
def test_what_was_meant_is_guessed(text, count):
    assert guess_count(text) == count
