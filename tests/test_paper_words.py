"""Amounts in words, and the letters papers are set in."""

import unicodedata
from decimal import Decimal

import pytest

from fairs.papers import type
from fairs.papers.words import amount_en, amount_vi, english, vietnamese
from tests.papers import LONG, STACKED, UNBROKEN


class TestWords:
    @pytest.mark.parametrize(
        ("number", "read"),
        [
            (0, "không"),
            (4, "bốn"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (55, "năm mươi lăm"),
            (100, "một trăm"),
            (101, "một trăm linh một"),
            (104, "một trăm linh tư"),
            (105, "một trăm linh năm"),
            (115, "một trăm mười lăm"),
            (621, "sáu trăm hai mươi mốt"),
            (1005, "một nghìn không trăm linh năm"),
            (1015, "một nghìn không trăm mười lăm"),
            (21_000, "hai mươi mốt nghìn"),
            (1_005_000, "một triệu không trăm linh năm nghìn"),
            (1_000_005, "một triệu không trăm linh năm"),
            (13_500_000, "mười ba triệu năm trăm nghìn"),
            (1_000_000_000, "một tỷ"),
            (1_050_000_000, "một tỷ không trăm năm mươi triệu"),
            (8_775_000_001, "tám tỷ bảy trăm bảy mươi lăm triệu không trăm linh một"),
            (2_000_000_000_000, "hai nghìn tỷ"),
            (10**18 + 4, "một tỷ tỷ không trăm linh tư"),
        ],
    )
    def test_vietnamese(self, number: int, read: str) -> None:
        assert vietnamese(number) == read

    @pytest.mark.parametrize(
        ("number", "read"),
        [
            (0, "zero"),
            (13, "thirteen"),
            (40, "forty"),
            (99, "ninety-nine"),
            (100, "one hundred"),
            (101, "one hundred and one"),
            (1005, "one thousand and five"),
            (1_250, "one thousand two hundred and fifty"),
            (13_500_000, "thirteen million five hundred thousand"),
            (8_000_000_001, "eight billion and one"),
        ],
    )
    def test_english(self, number: int, read: str) -> None:
        assert english(number) == read

    def test_amounts(self) -> None:
        assert amount_vi(Decimal(13_500_000), "VND") == "Mười ba triệu năm trăm nghìn đồng"
        assert amount_vi(Decimal("1234.50"), "USD") == "Một nghìn hai trăm ba mươi tư đô la Mỹ và năm mươi xu"
        assert amount_vi(Decimal(-5), "VND") == "Âm năm đồng"
        assert amount_en(Decimal("1.01"), "USD") == "One US dollar and one cent"
        assert amount_en(Decimal(1_200), "VND") == "One thousand two hundred Vietnamese dong"
        assert amount_en(Decimal(300), "JPY") == "Three hundred JPY"

    def test_what_no_coin_pays_is_refused(self) -> None:
        with pytest.raises(ValueError, match="smallest unit"):
            amount_vi(Decimal("0.5"), "VND")
        with pytest.raises(ValueError, match="smallest unit"):
            amount_en(Decimal("0.005"), "USD")


class TestType:
    def test_every_vietnamese_letter_is_in_the_fonts(self) -> None:
        marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
        vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        letters = "".join(unicodedata.normalize("NFC", vowel + mark) for vowel in vowels for mark in marks)
        assert len(letters) == 144
        assert type.printable(letters + "đĐ₫€–−×²…“”·")

    def test_other_scripts_are_not_printable(self) -> None:
        assert not type.printable("森田恵子")
        assert not type.printable("")
        assert type.shown("Ｋeiko №5 森") == "Keiko No5 ?"

    def test_text_is_composed_and_bare_of_controls(self) -> None:
        assert type.shown(unicodedata.normalize("NFD", " Nguyễn\u200b\n\tVăn\u00a0An\x00 ")) == "Nguyễn Văn An"

    def test_digits_of_the_figures_advance_alike(self) -> None:
        figures = type.Style(10, figures=True)
        assert len({round(type.width(digit, figures), 6) for digit in "0123456789"}) == 1
        assert type.width("1", type.Style(10)) < type.width("0", type.Style(10))

    @pytest.mark.parametrize("text", [LONG, UNBROKEN, STACKED * 9, "x"])
    @pytest.mark.parametrize("most", [1, 2, 0])
    def test_no_line_is_wider_than_its_room(self, text: str, most: int) -> None:
        style = type.Style(20, 700)
        lines = type.wrap(text, 60, style, most)
        assert all(type.width(line, style) <= 60 for line in lines)
        assert len(lines) <= (most or 999)
        if not most:
            assert "".join(lines).replace(" ", "") == type.shown(text).replace(" ", "")

    def test_fit_shrinks_before_it_cuts(self) -> None:
        style = type.Style(20)
        assert type.fit("Bát Tràng", 200, style, 8) == ("Bát Tràng", style)
        line, smaller = type.fit("Làng gốm Bát Tràng", 40, style, 8)
        assert line == "Làng gốm Bát Tràng"
        assert 8 <= smaller.size < 20
        assert type.fit(LONG, 40, style, 8)[0].endswith("…")

    def test_the_name_of_the_city_stays_together(self) -> None:
        style = type.Style(9.5, 600)
        room = type.width("Hội chợ quốc tế Quà tặng Hà", style) + 0.5
        assert type.wrap("Hội chợ quốc tế Quà tặng Hà Nội", room, style)[-1] == "Hà Nội"
