"""What organisers upload, and what is made of it."""

import subprocess
import sys
import time
import unicodedata
import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from fairs import sheets
from fairs.sheets import CellCode, Column, Notation, SheetCode
from fairs.sheets.table import MAX_CELL, MAX_ROWS
from fairs.sheets.wording import clean, unescape_cell

NAME = "Hợp tác xã Gốm Bát Tràng"
COMPANIES = [
    Column("name", ("Tên đơn vị", "Company name"), sheets.Text(max_length=300), required=True),
    Column("tax_code", ("Mã số thuế", "Tax code"), sheets.TaxCode(), unique=True),
    Column("booths", ("Số gian hàng", "Booths"), sheets.Integer(minimum=1, maximum=6)),
    Column("turnover", ("Doanh thu", "Turnover"), sheets.Number(currency="VND")),
    Column("founded", ("Ngày thành lập", "Founded on"), sheets.Date()),
]


def csv_bytes(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def book_bytes(*rows: list[object], title: str = "Danh sách") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


def refusal(data: bytes, filename: str = "a.csv") -> sheets.SheetError:
    with pytest.raises(sheets.SheetError) as caught:
        sheets.read(data, filename=filename)
    return caught.value


def cell_refusal(kind: sheets.Kind, cell: sheets.Cell, notation: Notation | None = None) -> sheets.CellError:
    with pytest.raises(sheets.CellError) as caught:
        kind.read(cell, notation)
    return caught.value


def rehearse(*lines: str, **options: object) -> sheets.Preview:
    return sheets.preview(sheets.read(csv_bytes(*lines), filename="a.csv"), COMPANIES, **options)  # type: ignore[arg-type]


def codes(preview: sheets.Preview) -> dict[int, list[tuple[str, str]]]:
    return {row.number: [(each.column, each.code) for each in row.problems] for row in preview.faulty}


class TestReadingText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_every_encoding_with_every_delimiter(self, encoding: str, delimiter: str) -> None:
        data = csv_bytes(delimiter.join(["Tên", "Số"]), delimiter.join([NAME, "3"]), encoding=encoding)
        sheet = sheets.read(data, filename="ds.csv")
        assert sheet.headers == ["Tên", "Số"]
        assert sheet.rows == [sheets.Row(2, (NAME, "3"))]

    def test_utf_16_big_endian(self) -> None:
        data = b"\xfe\xff" + csv_bytes("Tên,Số", "Ả,1", encoding="utf-16-be")
        assert sheets.read(data, filename="a.csv").rows[0].cells == ("Ả", "1")

    def test_quoted_newlines_and_foreign_delimiters_stay_in_their_cell(self) -> None:
        sheet = sheets.read(csv_bytes("Tên;Địa chỉ", '"A; B";"12 phố Huế,\r\nHà Nội"', "C;D"), filename="a.csv")
        assert [row.cells for row in sheet.rows] == [("A; B", "12 phố Huế,\r\nHà Nội"), ("C", "D")]
        assert [row.number for row in sheet.rows] == [2, 3]

    def test_decimal_commas_do_not_look_like_delimiters(self) -> None:
        sheet = sheets.read(csv_bytes("Tên;Giá;Kg", "A;1,5;2,5", "B;3,5;4,5"), filename="a.csv")
        assert sheet.headers == ["Tên", "Giá", "Kg"]

    def test_excel_may_declare_the_delimiter(self) -> None:
        assert sheets.read(csv_bytes("sep=;", "a,b;c", "1;2"), filename="a.csv").headers == ["a,b", "c"]

    def test_one_column_is_a_table_too(self) -> None:
        assert sheets.read(csv_bytes("Email", "a@b.vn"), filename="a.csv").rows[0].cells == ("a@b.vn",)

    def test_a_letterhead_above_the_headings_is_passed_over(self) -> None:
        lines = ("SỞ CÔNG THƯƠNG,,,CỘNG HÒA", "DANH SÁCH", "", "STT,Tên,Số,Ngày,Ghi chú", "1,A,2,,")
        sheet = sheets.read(csv_bytes(*lines), filename="a.csv")
        assert sheet.headers[:2] == ["STT", "Tên"]
        assert sheet.rows == [sheets.Row(5, ("1", "A", "2"))]

    @pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b",,,\r\n,,"])
    def test_an_empty_file(self, data: bytes) -> None:
        assert refusal(data).code == SheetCode.EMPTY_FILE

    def test_headings_alone(self) -> None:
        assert refusal(b"a,b\r\n").code == SheetCode.NO_ROWS

    @pytest.mark.parametrize("encoding", ["cp1258", "cp1252", "utf-16-le"])
    def test_a_wrong_encoding_is_named_not_guessed(self, encoding: str) -> None:
        text = unicodedata.normalize("NFD", "Tên,Số\nMỹ nghệ,1").encode(encoding, errors="ignore")
        if encoding == "cp1252":
            text = "Nom,N\nCafé,1".encode(encoding)
        fault = refusal(text)
        expected = {"cp1258": "windows-1258", "cp1252": "windows-1252", "utf-16-le": "utf-16"}[encoding]
        assert (fault.code, fault.params["looks_like"]) == (SheetCode.WRONG_ENCODING, expected)

    def test_an_open_quotation_mark_is_found_where_it_stands(self) -> None:
        fault = refusal(b'a,b\n1,2\n3,"4\n5,6\n')
        assert (fault.code, fault.params["line"]) == (SheetCode.NOT_A_TABLE, 3)

    @pytest.mark.parametrize("data", [b"<html><table>", b'{"a": 1}', b"%PDF-1.7", b"\x89PNG\r\n", b"PK\x05\x06"])
    def test_other_formats(self, data: bytes) -> None:
        assert refusal(data).code == SheetCode.UNKNOWN_FORMAT

    def test_limits(self) -> None:
        assert refusal(b"a" * (15 * 1024 * 1024 + 1)).code == SheetCode.TOO_LARGE
        assert refusal(b"a,b\n" + b"1,2\n" * (MAX_ROWS + 1)).code == SheetCode.TOO_MANY_ROWS
        assert refusal(b"a,b\n" + b"1," * 100 + b"1").code == SheetCode.TOO_MANY_COLUMNS
        fault = refusal(csv_bytes("a,b", "1," + "x" * (MAX_CELL + 1)))
        assert fault.code == SheetCode.CELL_TOO_LONG
        assert fault.params == {"limit": MAX_CELL, "row": 2, "column": "B"}

    @given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xfe", b"PK\x03\x04", b"a;b\n"]))
    def test_any_bytes_are_read_or_refused(self, data: bytes, start: bytes) -> None:
        with suppress(sheets.SheetError):
            assert sheets.read(start + data, filename="a.csv").rows

    @given(
        st.lists(st.lists(st.text(min_size=1, max_size=12), min_size=3, max_size=3), min_size=2, max_size=8),
    )
    def test_what_is_written_is_read_back(self, rows: list[list[str]]) -> None:
        tidy = [[clean(text) or "0" for text in row] for row in rows]
        columns = [Column(f"c{n}", (f"Cột {n}",), sheets.Text()) for n in range(3)]
        sheet = sheets.read(sheets.to_csv(columns, tidy), filename="a.csv")
        assert [list(row.cells) for row in sheet.rows] == tidy


class TestReadingWorkbooks:
    def test_cells_keep_their_types(self) -> None:
        data = book_bytes(["Tên", "Số", "Ngày"], [NAME, 1.5, date(2018, 3, 23)], [], ["B", 7, None], [None] * 3)
        sheet = sheets.read(data, filename="ds.xlsx")
        assert sheet.title == "Danh sách"
        assert sheet.rows == [
            sheets.Row(2, (NAME, 1.5, datetime(2018, 3, 23))),
            sheets.Row(4, ("B", 7)),
        ]

    def test_merged_titles_and_blank_or_hidden_worksheets(self) -> None:
        book = Workbook()
        hidden = book.create_sheet("Ẩn", 0)
        hidden["A1"], hidden.sheet_state = "bí mật", "hidden"
        listed = book.create_sheet("Khách")
        for row in (["DANH SÁCH NHÀ NHẬP KHẨU"], [], ["Tên", "Nước", "Email"], ["A", "Nhật", "a@b.jp"]):
            listed.append(row)
        listed.merge_cells("A1:C1")
        sheet = sheets.read(saved(book), filename="a.xlsx")
        assert (sheet.title, sheet.headers) == ("Khách", ["Tên", "Nước", "Email"])
        assert sheet.rows[0].number == 4

    def test_formulas_are_shown_not_calculated(self) -> None:
        sheet = sheets.read(book_bytes(["Tên", "Số gian hàng"], ["A", "=1+1"]), filename="a.xlsx")
        formula = sheet.rows[0].cells[1]
        assert isinstance(formula, sheets.Formula)
        assert formula == "=1+1"
        problem = sheets.preview(sheet, COMPANIES).rows[0].problems[0]
        assert (problem.column, problem.code, problem.params) == ("booths", CellCode.FORMULA, {"text": "=1+1"})

    def test_the_stored_result_of_a_formula_is_used(self) -> None:
        data = book_bytes(["Tên", "Số", "Ghi chú"], ["A", "=1+1", '=""'])
        name = "xl/worksheets/sheet1.xml"
        with zipfile.ZipFile(BytesIO(data)) as archive:
            xml = archive.read(name).decode()
        xml = xml.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>").replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
        xml = xml.replace('<c r="C2">', '<c r="C2" t="str">')
        sheet = sheets.read(with_part(data, name, xml.encode()), filename="a.xlsx")
        assert sheet.rows[0].cells == ("A", 2)

    def test_macros_passwords_and_old_formats(self) -> None:
        plain = book_bytes(["a", "b"], [1, 2])
        assert refusal(with_part(plain, "xl/vbaProject.bin", b"x"), "a.xlsx").code == SheetCode.MACROS
        assert refusal(plain, "a.XLSM").code == SheetCode.MACROS
        wrapping = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
        assert refusal(wrapping, "a.xls").code == SheetCode.UNKNOWN_FORMAT
        encrypted = wrapping + "EncryptedPackage".encode("utf-16-le")
        assert refusal(encrypted, "a.xlsx").code == SheetCode.PROTECTED

    def test_an_archive_of_something_else(self) -> None:
        file = BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        assert refusal(file.getvalue(), "a.docx").code == SheetCode.UNKNOWN_FORMAT

    def test_a_zip_bomb_is_not_unpacked(self) -> None:
        bomb = with_part(book_bytes(["a"], [1]), "xl/worksheets/sheet1.xml", b" " * (65 * 1024 * 1024))
        assert len(bomb) < 200_000
        assert refusal(bomb, "a.xlsx").code == SheetCode.TOO_LARGE

    def test_entities_are_refused(self) -> None:
        laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
        data = with_part(book_bytes(["a"], [1]), "xl/worksheets/sheet1.xml", laughs)
        assert refusal(data, "a.xlsx").code == SheetCode.NOT_A_TABLE

    def test_a_row_number_beyond_any_worksheet_ends_the_reading(self) -> None:
        xml = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
            b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData></worksheet>'
        )
        data = with_part(book_bytes(["a"], [1]), "xl/worksheets/sheet1.xml", xml)
        assert len(sheets.read(data, filename="a.xlsx").rows) == 1

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
    def test_a_damaged_workbook_is_read_or_refused(self, position: int, noise: bytes) -> None:
        data = bytearray(book_bytes(["a", "b"], [1, "x"]))
        data[4 + position : 4 + position + len(noise)] = noise
        with suppress(sheets.SheetError):
            assert sheets.read(bytes(data), filename="a.xlsx").rows


def test_twenty_thousand_rows_are_quick() -> None:
    rows = [[f"Cơ sở {n}", f"{n:010d}", n % 6 + 1, Decimal(n) * 1000, date(2018, 3, 1)] for n in range(20_000)]
    for write, filename in ((sheets.to_csv, "a.csv"), (lambda c, r: sheets.to_xlsx("Danh sách", c, r), "a.xlsx")):
        data = write(COMPANIES, rows)
        start = time.process_time()
        preview = sheets.preview(sheets.read(data, filename=filename), COMPANIES)
        assert preview.is_ready
        assert len(preview.sound) == 20_000
        assert time.process_time() - start < 20


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

    def test_one_american_date_casts_doubt_on_its_column(self) -> None:
        lines = ("Tên đơn vị,Ngày thành lập", "A,3/23/2018", "B,3/4/2018", "C,25/4/2018", "D,5/5/2018")
        preview = rehearse(*lines)
        assert codes(preview) == {2: [("founded", "month_first")], 3: [("founded", "ambiguous_date")]}
        assert preview.faulty[1].problems[0].suggestions == ("2018-04-03", "2018-03-04")
        corrected = rehearse(*lines, corrections={2: {"founded": "23/3/2018"}})
        assert codes(corrected) == {3: [("founded", "ambiguous_date")]}
        assert rehearse(*lines, corrections={3: {"founded": "2018-04-03"}}, skip={2}).is_ready


class TestWords:
    def test_text_is_composed_and_cleared_of_invisible_characters(self) -> None:
        spoilt = unicodedata.normalize("NFD", "  Gốm\u200b \u202eBát\u00a0Tràng\x07\r\n ") + "\ufeff"
        assert clean(spoilt) == "Gốm Bát Tràng"

    def test_names_of_300_characters_are_kept_and_longer_ones_refused(self) -> None:
        assert sheets.Text(300).read("Đ" * 300) == "Đ" * 300
        assert cell_refusal(sheets.Text(300), "Đ" * 301).params == {"limit": 300, "length": 301}

    def test_markup_is_text(self) -> None:
        name = "<script>alert(1)</script> & <b>Mây</b>"
        assert rehearse("Tên đơn vị,Booths", f"{name},1").rows[0].values["name"] == name

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
        from fairs.sheets.contacts import _directory, country_name

        for code in {code for found in _directory()[0].values() for code in found}:
            assert sheets.Country().read(country_name(code, "vi")) == code
            assert sheets.Country().read(country_name(code, "en")) == code

    def test_tax_code(self) -> None:
        tax_code = sheets.TaxCode()
        assert tax_code.read("0101234567 - 001") == tax_code.read("0101234567001") == "0101234567-001"
        fault = cell_refusal(tax_code, 101234567)
        assert (fault.code, fault.suggestions) == (CellCode.LOST_ZERO, ("0101234567",))
        assert cell_refusal(tax_code, "chưa có").code == CellCode.NOT_A_TAX_CODE


class TestPreview:
    HEAD = "Tên đơn vị,Mã số thuế,Số gian hàng,Doanh thu,Ngày thành lập"

    def test_sound_rows_become_values(self) -> None:
        preview = rehearse(self.HEAD, f'{NAME},0101234567,2,"27.000.000 đ",23/3/2018', "B,,,,")
        assert preview.is_ready
        assert preview.rows[0].values == {
            "name": NAME,
            "tax_code": "0101234567",
            "booths": 2,
            "turnover": Decimal(27_000_000),
            "founded": date(2018, 3, 23),
        }
        assert preview.rows[1].values == {
            "name": "B",
            "tax_code": "",
            "booths": None,
            "turnover": None,
            "founded": None,
        }

    def test_each_fault_is_told_by_row_and_column_with_what_was_written(self) -> None:
        preview = rehearse(self.HEAD, ",101234567,9,1.234,x", "B,,,#REF!,,thừa", "C\ufffd,,,,", "CÃ´ng ty,,,,")
        assert codes(preview) == {
            2: [
                ("name", "required"), ("tax_code", "lost_zero"), ("booths", "out_of_range"),
                ("turnover", "ambiguous_number"), ("founded", "not_a_date"),
            ],
            3: [("", "no_heading"), ("turnover", "formula_error")],
            4: [("name", "lost_letters")],
            5: [("name", "garbled")],
        }  # fmt: skip
        assert preview.rows[0].texts["turnover"] == "1.234"
        assert preview.rows[1].problems[0].params == {"letter": "F", "text": "thừa"}
        assert preview.rows[3].problems[0].suggestions == ("Công ty",)

    def test_a_tax_code_may_stand_in_one_row_only(self) -> None:
        lines = ("Tên đơn vị,Mã số thuế", "A,0101234567", "B,", "C,", "D,010 123 4567")
        repeated = rehearse(*lines).faulty
        assert [(row.number, row.problems[0].params) for row in repeated] == [(5, {"first": 2})]
        assert rehearse(*lines, skip={2}).is_ready

    def test_a_required_column_that_is_absent_is_told_once(self) -> None:
        preview = rehearse("Mã số thuế,Booths", "0101234567,1")
        assert [column.name for column in preview.missing] == ["name"]
        assert not preview.faulty
        assert not preview.is_ready

    def test_corrections_stand_in_for_cells(self) -> None:
        lines = ("Tên đơn vị,Doanh thu", "A,1.234", "B,x")
        assert rehearse(*lines, corrections={2: {"turnover": "1234"}}, skip=[3]).sound[0].values["turnover"] == 1234
        assert rehearse(*lines, notation=Notation.VIETNAMESE, skip=[3]).sound[0].values["turnover"] == 1234

    def test_the_callers_own_check_sees_only_well_formed_rows(self) -> None:
        seen = []

        def check(values: object) -> list[sheets.Problem]:
            seen.append(values)
            return [sheets.Problem("tax_code", "known_already")]

        preview = rehearse("Tên đơn vị,Booths", "A,1", "B,x", "C,2", check=check, skip={4})
        assert codes(preview)[2] == [("tax_code", "known_already")]
        assert len(seen) == 1

    def test_every_suggestion_settles_its_problem(self) -> None:
        lines = (self.HEAD, "CÃ´ng ty,101234567,1,1.234,3/23/2018", "B,,,27,23/3/18")
        first = rehearse(*lines)
        corrections = {
            row.number: {problem.column: problem.suggestions[0] for problem in row.problems} for row in first.faulty
        }
        assert rehearse(*lines, corrections=corrections).is_ready


class TestWriting:
    ROWS = (
        ("=1+1", "0101234567", 3, Decimal("27000000"), date(2018, 3, 23)),
        ("'+84", "", None, Decimal("1.234"), datetime(2018, 3, 23, 9, 30)),
    )

    def test_a_workbook_has_typed_cells_a_frozen_heading_and_no_formula(self) -> None:
        data = sheets.to_xlsx("Danh sách [2018]: quá dài cho một trang tính", COMPANIES, self.ROWS)
        sheet = load_workbook(BytesIO(data)).active
        assert sheet.title == "Danh sách  2018   quá dài cho m"
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == [column.titles[0] for column in COMPANIES]
        assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "d"]
        assert sheet["A2"].quotePrefix
        assert not sheet["B2"].quotePrefix
        assert sheet["D2"].number_format == "#,##0.00"
        assert sheet["E2"].number_format == "dd/mm/yyyy"

    def test_what_a_workbook_holds_is_read_back(self) -> None:
        sheet = sheets.read(sheets.to_xlsx("x", COMPANIES, self.ROWS), filename="x.xlsx")
        preview = sheets.preview(sheet, COMPANIES)
        assert preview.is_ready
        assert [row.values["name"] for row in preview.rows] == ["=1+1", "'+84"]
        assert preview.rows[1].values["turnover"] == Decimal("1.234")

    def test_a_text_file_is_escaped_and_read_back(self) -> None:
        data = sheets.to_csv(COMPANIES, self.ROWS)
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"'=1+1," in data
        values = [row.values for row in sheets.preview(sheets.read(data, filename="x.csv"), COMPANIES[:4]).rows]
        assert [value["name"] for value in values] == ["=1+1", "'+84"]
        assert values[1]["turnover"] == Decimal("1.234")


def test_the_package_needs_no_django() -> None:
    script = "import sys, fairs.sheets; sys.exit(any(name.startswith('django') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
