"""Files that organisers upload or download, read whole."""

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
from fairs.sheets.table import MAX_BLANK, MAX_CELL, MAX_ROWS
from fairs.sheets.wording import clean

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

    def test_a_dot_makes_another_address(self) -> None:
        columns = [Column("email", ("Email",), sheets.Email(), unique=True)]
        sheet = sheets.read(b"Email\na.b@x.vn\nab@x.vn\nAB@X.vn", filename="a.csv")
        assert codes(sheets.preview(sheet, columns)) == {4: [("email", "repeated")]}

    def test_a_required_column_that_is_absent_is_told_once(self) -> None:
        preview = rehearse("Mã số thuế,Booths", "0101234567,1")
        assert [column.name for column in preview.missing] == ["name"]
        assert not preview.faulty
        assert not preview.is_ready

    def test_a_heading_that_stands_twice_must_be_settled_first(self) -> None:
        preview = rehearse("Tên đơn vị,Booths,Số gian hàng", "A,1,2")
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

    def test_one_american_date_casts_doubt_on_its_column(self) -> None:
        lines = ("Tên đơn vị,Ngày thành lập", "A,3/23/2018", "B,3/4/2018", "C,25/4/2018", "D,5/5/2018")
        preview = rehearse(*lines)
        assert codes(preview) == {2: [("founded", "month_first")], 3: [("founded", "ambiguous_date")]}
        assert preview.faulty[1].problems[0].suggestions == ("2018-04-03", "2018-03-04")
        corrected = rehearse(*lines, corrections={2: {"founded": "23/3/2018"}})
        assert codes(corrected) == {3: [("founded", "ambiguous_date")]}
        assert rehearse(*lines, corrections={3: {"founded": "2018-04-03"}}, skip={2}).is_ready

    def test_markup_is_text(self) -> None:
        name = "<script>alert(1)</script> & <b>Mây</b>"
        assert rehearse("Tên đơn vị,Booths", f"{name},1").rows[0].values["name"] == name


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
