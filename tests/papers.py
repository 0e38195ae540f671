"""One paper of each sort, and programs that read them back from the rendered page."""

import shutil
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from fairs.papers.badge import BadgeFace
from fairs.papers.letter import Letterhead, Signature
from fairs.papers.notice import Line, NoticeFace, Party, WaysToPay
from fairs.papers.permit import PermitFace
from fairs.papers.report import Column, ReportFace

DPI = 150


LONG = "Hợp tác xã thủ công mỹ nghệ xuất khẩu " * 8


UNBROKEN = "Nguyễn" * 50


STACKED = "Ễ Ổ Ậ Ắ Ỗ Ữ Ợ Ệ ẵ ẫ ỡ ự Đ đ"


VIETQR = (
    "00020101021238570010A00000072701270006970436011300110015108830208QRIBFTTA"
    "53037045408135000005802VN62160812HGS26B0123K7630481C5"
)


needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="needs poppler-utils: apt-get install poppler-utils"
)


def told(program: str, pdf: bytes, *options: str) -> bytes:
    """What a poppler program says of a PDF."""
    return subprocess.run([program, *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout


def text_of(pdf: bytes) -> str:
    """The text of all pages, composed, on one line."""
    return " ".join(unicodedata.normalize("NFC", told("pdftotext", pdf, "-layout").decode()).split())


def pages_of(pdf: bytes) -> int:
    return told("pdftotext", pdf).count(b"\f")


def page_of(pdf: bytes, folder: Path, page: int = 1) -> Image.Image:
    """One page as a picture."""
    (folder / "paper.pdf").write_bytes(pdf)
    options = ["-r", str(DPI), "-png", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", *options, "paper.pdf", "page"], cwd=folder, check=True)
    return Image.open(BytesIO((folder / "page.png").read_bytes())).convert("RGB")


def codes_on(picture: Image.Image) -> list[zxingcpp.Barcode]:
    return list(zxingcpp.read_barcodes(picture))


def mm_wide(code: zxingcpp.Barcode) -> float:
    return (code.position.top_right.x - code.position.top_left.x) * 25.4 / DPI


def ink_beyond(picture: Image.Image, left: float, right: float, top: float, bottom: float) -> bool:
    """Whether anything is printed outside these edges, in mm from the upper left corner."""
    white = Image.new("RGB", picture.size, "white")
    box = ImageChops.difference(picture, white).getbbox() or (0, 0, 0, 0)
    edges = [edge * 25.4 / DPI for edge in box]
    return edges[0] < left or edges[1] < top or edges[2] > right or edges[3] > bottom


BADGE = BadgeFace(
    kind="importer",
    kind_words=("Importer", "Nhà nhập khẩu"),
    given_name="Keiko",
    full_name="Keiko Morita",
    token="CP1.7K3M9QX2ABCDEFGHJKMNPQRSTV.XY",
    code="K7MQ 2XV9",
    edition="Hanoi Gift Show 2018",
    dates="18–21 Oct",
    place="Hanoi",
    company="Morita Living Co., Ltd.",
    country=("Japan", "Nhật Bản"),
    rows=(("Days", "18, 19, 20, 21 Oct"), ("Gates", "1 and 2"), ("Help", "024 3000 0000")),
)


HEAD = Letterhead("Hanoi Gift Show 2018", "Trung tâm Khuyến công Hà Nội", ["176 Quang Trung, Hà Nội"])


PAY = WaysToPay("Nộp tại phòng tài chính", [("Nơi nộp", "176 Quang Trung")], "Bạn mang theo giấy này.")


NOTICE = NoticeFace(
    head=HEAD,
    title="Thông báo nộp tiền",
    subtitle="Payment notice",
    facts=[("Số", "HGS18-0123"), ("Hạn nộp", "09/8/2018")],
    payer=Party("Đơn vị nộp", "Cơ sở Gốm Giang Cao", ["Xã Bát Tràng, Hà Nội", "Mã số thuế 0109999999"]),
    subject=Party("Nội dung", "Hội chợ quốc tế Quà tặng hàng thủ công mỹ nghệ Hà Nội 2018"),
    columns=("Khoản", "Số lượng", "Đơn giá", "Thành tiền"),
    lines=[
        Line("Gian hàng tiêu chuẩn", "27.000.000", "Đã gồm thuế GTGT", "2", "13.500.000"),
        Line("Ngân sách hỗ trợ 50%", "−13.500.000"),
    ],
    totals=[("Trong đó thuế GTGT", "1.227.273")],
    due=("Số tiền phải nộp", "13.500.000 đ"),
    in_words=["Bằng chữ: Mười ba triệu năm trăm nghìn đồng."],
    pay=PAY,
    notes_title="Cần biết",
    notes=["Giấy này không phải hóa đơn GTGT."],
    signatures=[Signature("Người lập", "(ký)", "Phạm Quốc Anh"), Signature("Phòng Tài chính", "", "Đỗ Thị Mai")],
)


PERMIT = PermitFace(
    head=HEAD,
    title="Giấy phép dàn dựng gian hàng",
    subtitle="Booth build permit",
    facts=[("Số", "HGS18-P045")],
    booths_title="Gian hàng",
    booths=["A075", "A076"],
    place="Nhà A, khu Gốm sứ",
    holder_title="Đơn vị được phép",
    holder="Cơ sở Gốm Giang Cao",
    rows=[("Dàn dựng", "16/10/2018 8:00 đến 17/10/2018 22:00")],
    conditions_title="Điều kiện",
    conditions=["Không che lối thoát hiểm."],
    verify_url="https://fair.example/permits/7K3M9QX2ABCD",
    code_title="Quét để kiểm tra",
    signature=Signature("Giám đốc", "(ký, đóng dấu)", "Nguyễn Văn An"),
)


REPORT = ReportFace(
    title="Báo cáo kết quả hội chợ",
    columns=[Column("Đơn vị", 3), Column("Gian", 0.6, "right", True), Column("Số tiền (đ)", 1.4, "right", True)],
    rows=[("Hà Nội",), ("Cơ sở Gốm Giang Cao", "2", "13.500.000")],
    totals=[("Tổng cộng", "650", "8.775.000.000")],
    notes=["Đã gồm thuế GTGT."],
)


def in_mm(picture: Image.Image) -> tuple[int, int]:
    return round(picture.width * 25.4 / DPI), round(picture.height * 25.4 / DPI)


def pixels(mm: float) -> int:
    return round(mm * DPI / 25.4)
