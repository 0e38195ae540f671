"""Sheets rehearsed and written."""

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from fairs import sheets
from fairs.sheets import Column, Notation
from tests.sheet_files import COMPANIES, NAME, codes, rehearse


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
