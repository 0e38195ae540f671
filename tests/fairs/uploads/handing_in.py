"""Sheets of exhibitors, and how they are handed in by the page."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from fairs import imports
from fairs.models import Upload

HEAD = "Tên đơn vị;Mã số thuế;Tỉnh;Người liên hệ;Email;Số gian"


GOOD = [
    "Cơ sở Gốm Giang Cao;0101234567;Hà Nội;Trần Văn Lực;luc@example.vn;2",
    "HTX Mây tre Phú Vinh;;TP. Hà Nội;Nguyễn Thị Hoa;;1",
    "Lụa Nha Xá;0700123456;Hà Nam;Lê Văn Tơ;to@example.vn;3",
]


def csv(*rows, head=HEAD):
    """A sheet with semicolons in UTF-8."""
    return "\n".join([head, *rows]).encode()


def xlsx(*rows):
    """A workbook with these rows, headings first."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def hand_in(client, edition, data, *, kind="exhibitors", name="a.csv"):
    """Upload a file on the page; the upload, or the refused page."""
    url = reverse("fairs:uploads", args=[edition.slug, kind])
    answer = client.post(url, {"file": SimpleUploadedFile(name, data)})
    return Upload.objects.latest("pk") if answer.status_code == 302 else answer


def url_of(upload, name="upload"):
    """A page of the upload."""
    return reverse(f"fairs:{name}", args=[upload.edition.slug, upload.kind, upload.pk])


def faults(upload):
    """Row, column and code of all that stands against the sheet."""
    return [(int(row), fault[0], fault[1]) for row, told in upload.findings["faults"].items() for fault in told]


def commit(client, upload):
    """Import it by the button."""
    client.post(url_of(upload, "begin_import"))
    upload.refresh_from_db()
    return upload


def exhibitors():
    """What is declared of exhibitors."""
    return next(kind for kind in imports.kinds() if kind.key == "exhibitors")
