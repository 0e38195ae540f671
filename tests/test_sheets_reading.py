"""Files that organisers upload, read whole."""

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
from openpyxl import Workbook

from fairs import sheets
from fairs.sheets import CellCode, Column, SheetCode
from fairs.sheets.table import MAX_BLANK, MAX_CELL, MAX_ROWS
from fairs.sheets.wording import clean
from tests.sheet_files import COMPANIES, NAME, book_bytes, csv_bytes, refusal, saved, with_part


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

    def test_blank_cells_far_to_the_right_cost_nothing(self) -> None:
        lines = b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in range(3, 20_000))
        xml = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>%b</sheetData></worksheet>'
        )
        data = with_part(book_bytes(["a"], [1]), "xl/worksheets/sheet1.xml", xml % lines)
        start = time.process_time()
        assert len(sheets.read(data, filename="a.xlsx").rows) == 1
        assert time.process_time() - start < 3
        formula = xml.replace(b"<v>1</v></c></row><row", b"<f>1+1</f><v>1</v></c></row><row")
        data = with_part(book_bytes(["a"], [1]), "xl/worksheets/sheet1.xml", formula % lines)
        assert len(sheets.read(data, filename="a.xlsx").rows) == 1
        assert time.process_time() - start < 6

    def test_a_line_that_is_too_long_is_still_refused(self) -> None:
        assert refusal(book_bytes(["a"], [*range(200)]), "a.xlsx").code == SheetCode.TOO_MANY_COLUMNS

    def test_the_table_ends_at_a_thousand_blank_lines(self) -> None:
        near = sheets.read(b"a,b\n1,2\n" + b",\n" * (MAX_BLANK - 1) + b"3,4\n", filename="a.csv")
        far = sheets.read(b"a,b\n1,2\n" + b",\n" * MAX_BLANK + b"3,4\n", filename="a.csv")
        assert (len(near.rows), len(far.rows)) == (2, 1)

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
        assert time.process_time() - start < 12
