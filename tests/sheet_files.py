"""Sheets in bytes, and what is read in them."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from fairs import sheets
from fairs.sheets import Column

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
