"""What is made of the headings and single cells of an uploaded sheet."""

import json
import time
import unicodedata
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs import sheets
from fairs.sheets import CellCode, Column, Notation
from fairs.sheets.contacts import country_codes, country_name
from fairs.sheets.wording import clean, unescape_cell
from tests.test_sheets import COMPANIES


def cell_refusal(kind: sheets.Kind, cell: sheets.Cell, notation: Notation | None = None) -> sheets.CellError:
    with pytest.raises(sheets.CellError) as caught:
        kind.read(cell, notation)
    return caught.value


class TestHeadings:
    def test_either_language_in_any_spelling(self) -> None:
        headers = ["STT", "TEN  DON VI (*)", unicodedata.normalize("NFD", "mã số thuế"), "booths", "Founded-On:"]
        found = sheets.match(headers, COMPANIES)
        assert found.positions == {"name": 1, "tax_code": 2, "booths": 3, "founded": 4}
        assert found.unknown == ["STT"]
        assert [column.name for column in found.missing] == ["turnover"]

    def test_both_languages_in_one_heading(self) -> None:
        found = sheets.match(["Tên đơn vị / Company name", "Doanh thu (VND)", "Mã số thuế / Booths"], COMPANIES)
        assert found.positions == {"name": 0, "turnover": 1}
        assert found.unknown == ["Mã số thuế / Booths"]

    def test_a_second_heading_for_a_column_is_reported(self) -> None:
        assert sheets.match(["Booths", "Số gian hàng"], COMPANIES).repeated == ["Số gian hàng"]

    def test_columns_that_share_a_title_are_a_mistake_of_ours(self) -> None:
        with pytest.raises(ValueError, match="share"):
            sheets.match([], [Column("a", ("Tên",)), Column("b", ("TEN",))])


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1 234,5", "1234.5"),
            ("27.000.000 đ", "27000000"),
            ("27,000,000VND", "27000000"),
            ("-$1,234.50", "-1234.50"),
            ("US$ 80", "80"),
            ("1.5", "1.5"),
            ("0,125", "0.125"),
            ("0.125", "0.125"),
            ("−3", "-3"),
            ("1234567", "1234567"),
        ],
    )
    def test_what_has_one_reading(self, text: str, value: str) -> None:
        assert sheets.read_number(text) == Decimal(value)

    @pytest.mark.parametrize("text", ["1.234", "27,000", "-999.999"])
    def test_what_has_two_readings_is_decided_by_the_person(self, text: str) -> None:
        fault = cell_refusal(sheets.Number(), text)
        assert fault.code == CellCode.AMBIGUOUS_NUMBER
        assert tuple(map(sheets.read_number, fault.suggestions)) == fault.params["readings"]

    def test_or_by_the_notation_declared_for_the_sheet(self) -> None:
        assert sheets.read_number("1.234", Notation.VIETNAMESE) == 1234
        assert sheets.read_number("1.234", Notation.ENGLISH) == Decimal("1.234")
        fault = cell_refusal(sheets.Number(), "1,234.5", Notation.VIETNAMESE)
        assert (fault.code, fault.suggestions) == (CellCode.OTHER_NOTATION, ("1234,5",))

    @pytest.mark.parametrize("text", ["27 triệu", "1.2.3", "12.34,5", "1,2,3", "(5)", "5%", "1e5", "--5", "٣", "$5 đ"])
    def test_what_is_no_number(self, text: str) -> None:
        assert cell_refusal(sheets.Number(), text).code == CellCode.NOT_A_NUMBER

    def test_money_of_another_currency(self) -> None:
        fault = cell_refusal(sheets.Number(currency="VND"), "$80")
        assert fault.params == {"expected": "VND", "found": "USD"}

    def test_whole_numbers(self) -> None:
        booths = sheets.Integer(minimum=1, maximum=6)
        assert booths.read("3") == booths.read(3.0) == 3
        assert sheets.Integer().read("1.234") == 1234
        assert cell_refusal(booths, "2,5").code == CellCode.NOT_WHOLE
        assert cell_refusal(booths, 7).code == CellCode.OUT_OF_RANGE
        assert cell_refusal(booths, True).code == CellCode.NOT_A_NUMBER

    def test_precision_and_size(self) -> None:
        fault = cell_refusal(sheets.Number(decimals=2), "1,2345")
        assert (fault.code, fault.suggestions) == (CellCode.TOO_PRECISE, ("1.23",))
        assert sheets.Number().read(0.1 + 0.2) == Decimal("0.3")
        assert cell_refusal(sheets.Number(), "9" * 4000).code == CellCode.OUT_OF_RANGE
        assert cell_refusal(sheets.Number(), float("inf")).code == CellCode.NOT_A_NUMBER

    @given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from([None, *Notation]))
    def test_written_numbers_are_read_back(self, value: Decimal, notation: Notation | None) -> None:
        assert sheets.read_number(sheets.write_number(value, notation), notation) == value


class TestDates:
    @pytest.mark.parametrize(
        "cell",
        [
            "23/3/2018", "23-03-2018", "23.3.2018", "2018-03-23", "2018/3/23", "ngày 23 tháng 3 năm 2018",
            "23 March 2018", "23-Mar-2018", 43182, "43182", datetime(2018, 3, 23, 9, 30), date(2018, 3, 23),
        ],
    )  # fmt: skip
    def test_one_day_in_many_spellings(self, cell: sheets.Cell) -> None:
        assert sheets.read_date(cell) == date(2018, 3, 23)

    @pytest.mark.parametrize(
        ("cell", "code", "suggestions"),
        [
            ("3/23/2018", CellCode.MONTH_FIRST, ("23/3/2018",)),
            ("23/3/18", CellCode.SHORT_YEAR, ("2018-03-23", "1918-03-23")),
            ("31/2/2018", CellCode.NO_SUCH_DAY, ()),
            ("32/13/2018", CellCode.NO_SUCH_DAY, ()),
            ("23/3-2018", CellCode.NOT_A_DATE, ()),
            ("tháng 3", CellCode.NOT_A_DATE, ()),
            ("2018", CellCode.NOT_A_DATE, ()),
            (True, CellCode.NOT_A_DATE, ()),
            (1e300, CellCode.NOT_A_DATE, ()),
        ],
    )
    def test_refusals_offer_the_fix(self, cell: sheets.Cell, code: str, suggestions: tuple[str, ...]) -> None:
        fault = cell_refusal(sheets.Date(), cell)
        assert (fault.code, fault.suggestions) == (code, suggestions)


class TestWords:
    def test_text_is_composed_and_cleared_of_invisible_characters(self) -> None:
        spoilt = unicodedata.normalize("NFD", "  Gốm\u200b \u202eBát\u00a0Tràng\x07\r\n ") + "\ufeff"
        assert clean(spoilt) == "Gốm Bát Tràng"

    def test_names_of_300_characters_are_kept_and_longer_ones_refused(self) -> None:
        assert sheets.Text(300).read("Đ" * 300) == "Đ" * 300
        assert cell_refusal(sheets.Text(300), "Đ" * 301).params == {"limit": 300, "length": 301}

    @pytest.mark.parametrize(
        "text", ["=1+1", "+cmd|'/C calc'!A0", "@SUM(A1)", "-2+3", '=HYPERLINK("x")', "\t=1", "'=1"]
    )
    def test_formulas_in_text_are_read_as_text_and_escaped_on_the_way_out(self, text: str) -> None:
        assert sheets.Text().read(clean(text)) == clean(text)
        assert sheets.escape_cell(text) == "'" + text

    @pytest.mark.parametrize("text", ["+84 24 3825 1234", "-5", "-1.234,5", "Gốm", "", "a=b", "'tis"])
    def test_harmless_text_is_left_alone(self, text: str) -> None:
        assert sheets.escape_cell(text) == text

    @given(st.text(st.sampled_from("'=+-@ \t1aＡ＝"), max_size=8) | st.text(max_size=20))
    def test_escaping_has_an_exact_way_back(self, text: str) -> None:
        assert unescape_cell(sheets.escape_cell(text)) == text or text[:1] == "'"
        assert unescape_cell(sheets.escape_cell(clean(text))) == clean(text)

    @given(st.text(max_size=30))
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        assert clean(clean(text)) == clean(text)

    def test_yes_and_no(self) -> None:
        answers = [sheets.YesNo().read(cell) for cell in ("Có", "x", "YES", 1, True, "✓", "không", "No", 0, False)]
        assert answers == [True] * 6 + [False] * 4
        assert cell_refusal(sheets.YesNo(), "có lẽ").code == CellCode.NOT_YES_OR_NO

    def test_choices(self) -> None:
        booth_class = sheets.Choice({"standard": ("Tiêu chuẩn", "Standard"), "raw": ("Đất trống", "Raw space")})
        assert booth_class.read("tieu chuan") == booth_class.read("STANDARD") == "standard"
        fault = cell_refusal(booth_class, "Tiêu chẩun")
        assert (fault.suggestions, fault.params["choices"]) == (("Tiêu chuẩn",), ["Tiêu chuẩn", "Đất trống"])


class TestContacts:
    def test_email(self) -> None:
        assert sheets.Email().read("Lan.Nguyen@Example.VN") == "lan.nguyen@example.vn"
        assert cell_refusal(sheets.Email(), "lan @gmail,com").suggestions == ("lan@gmail.com",)
        assert cell_refusal(sheets.Email(), "nguyễn@gmail.com").suggestions == ("nguyen@gmail.com",)
        assert cell_refusal(sheets.Email(), "không có").suggestions == ()

    def test_phone(self) -> None:
        phone = sheets.Phone()
        assert {phone.read(cell) for cell in ("0912 345 678", "+84 912 345 678", 912345678)} == {"+84912345678"}
        assert sheets.Phone("JP").read("03-1234-5678") == "+81312345678"
        fault = cell_refusal(phone, "024.3825.1234 / 0912345678")
        assert (fault.code, fault.suggestions) == (CellCode.SEVERAL_PHONES, ("+842438251234", "+84912345678"))
        assert cell_refusal(phone, "gọi anh Ba").code == CellCode.NOT_A_PHONE

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Nhật Bản", "JP"), ("Japan", "JP"), ("JPN", "JP"), ("jp", "JP"), ("Mỹ", "US"), ("USA", "US"),
            ("Nga", "RU"), ("Đức", "DE"), ("duc", "DE"), ("Bỉ", "BE"), ("Áo", "AT"), ("Hồng Kông", "HK"),
            ("UK", "GB"), ("Anh", "GB"), ("Hàn Quốc", "KR"), ("Miến Điện", "MM"), ("Đài Loan", "TW"),
        ],
    )  # fmt: skip
    def test_country(self, text: str, code: str) -> None:
        assert sheets.Country().read(text) == code

    @pytest.mark.parametrize(("text", "names"), [("MY", ("Malaysia", "Hoa Kỳ")), ("NGA", ("Nigeria", "Nga"))])
    def test_a_code_that_is_also_a_name_without_accents_is_asked_about(self, text: str, names: tuple[str]) -> None:
        fault = cell_refusal(sheets.Country(), text)
        assert (fault.code, fault.suggestions) == (CellCode.AMBIGUOUS_COUNTRY, names)

    def test_every_country_is_found_by_its_own_names(self) -> None:
        for code in country_codes():
            assert sheets.Country().read(country_name(code, "vi")) == code
            assert sheets.Country().read(country_name(code, "en")) == code

    def test_tax_code(self) -> None:
        tax_code = sheets.TaxCode()
        assert tax_code.read("0101234567 - 001") == tax_code.read("0101234567001") == "0101234567-001"
        fault = cell_refusal(tax_code, 101234567)
        assert (fault.code, fault.suggestions) == (CellCode.LOST_ZERO, ("0101234567",))
        assert cell_refusal(tax_code, "chưa có").code == CellCode.NOT_A_TAX_CODE


class TestSeveralChoices:
    KIND = sheets.Choices({"grass": ("Cói, guột, lá buông", "Sedge"), "ceramics": ("Gốm sứ",), "lacquer": ("Sơn mài",)})

    @pytest.mark.parametrize(
        ("cell", "values"),
        [
            ("Gốm sứ; Sơn mài", ("ceramics", "lacquer")),
            ("gom su, son mai, gốm sứ", ("ceramics", "lacquer")),
            ("Gốm sứ và Cói, guột, lá buông", ("ceramics", "grass")),
            ("Cói, guột, lá buông/Sơn mài", ("grass", "lacquer")),
            ("ceramics", ("ceramics",)),
            (" ; ", ()),
        ],
    )
    def test_reads_titles_whatever_parts_them(self, cell: str, values: tuple[str, ...]) -> None:
        assert self.KIND.read(cell) == values

    def test_a_cell_full_of_wrong_parts_is_refused_at_once(self) -> None:
        start = time.process_time()
        assert cell_refusal(self.KIND, ",".join(["x"] * 2_500)).code == CellCode.NOT_A_CHOICE
        assert time.process_time() - start < 0.1

    def test_offers_the_cell_with_the_wrong_part_put_right(self) -> None:
        refusal = cell_refusal(self.KIND, "Gốm sứ, Sơn mày")
        assert refusal.code == CellCode.NOT_A_CHOICE
        assert refusal.suggestions == ("Gốm sứ, Sơn mài",)
        assert refusal.params["text"] == "Sơn mày"


def test_a_sheet_is_kept_as_json_and_comes_back_as_it_was() -> None:
    cells = ("Gốm", 3, 2.5, True, None, date(2018, 3, 23), datetime(2018, 3, 23, 8, 30), sheets.Formula("=A1"))
    sheet = sheets.Sheet(["a"], [sheets.Row(2, cells), sheets.Row(7, ())], "Trang 1")
    packed = json.loads(json.dumps(sheets.pack(sheet)))
    assert sheets.unpack(packed) == sheet
    assert isinstance(sheets.unpack(packed).rows[0].cells[-1], sheets.Formula)
    assert sheets.unpack(packed, range(1, 2)).rows == sheet.rows[1:]
