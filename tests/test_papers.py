"""Printed papers, read back from the rendered page: texts, QR codes, room for what is too long."""

import shutil
import subprocess
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image, ImageChops

from fairs.papers import qr, type
from fairs.papers.badge import BANDS, SHEET_SCALE, BadgeFace, badge_pdf, sheet_pdf
from fairs.papers.letter import Letterhead, Signature
from fairs.papers.notice import Line, NoticeFace, Party, WaysToPay, notice_pdf
from fairs.papers.page import A6
from fairs.papers.permit import PermitFace, permit_pdf
from fairs.papers.report import Column, ReportFace, report_pdf
from fairs.papers.words import amount_en, amount_vi, english, vietnamese

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


class TestCode:
    def test_matrix_is_square_and_has_its_finder_patterns(self) -> None:
        rows = qr.matrix("CP1.K7MQ2XV9")
        assert len({len(rows), *map(len, rows)}) == 1
        assert rows[0][:8] == [True] * 7 + [False]
        assert len(qr.matrix(VIETQR, "H")) > len(qr.matrix(VIETQR, "L"))

    def test_an_empty_text_is_refused(self) -> None:
        with pytest.raises(ValueError, match="needs a text"):
            qr.matrix("")

    def test_svg_is_one_path_that_obeys_the_content_policy(self) -> None:
        drawing = qr.svg(VIETQR, title='Thẻ "K7MQ" <2XV9>')
        tree = ElementTree.fromstring(drawing)
        side = len(qr.matrix(VIETQR)) + 8
        assert tree.attrib["viewBox"] == f"0 0 {side} {side}"
        assert [child.tag.split("}")[1] for child in tree] == ["title", "rect", "path"]
        assert tree[0].text == 'Thẻ "K7MQ" <2XV9>'
        assert "style" not in drawing

    def test_svg_path_reads_back(self) -> None:
        tree = ElementTree.fromstring(qr.svg(VIETQR, title="VietQR"))
        side = int(tree.attrib["viewBox"].split()[-1])
        picture = Image.new("L", (side, side), 255)
        for part in tree[2].attrib["d"].split("z")[:-1]:
            x, y, run = part.removeprefix("M").replace("h", " ").replace("v", " ").split()[:3]
            picture.paste(0, (int(x), int(y), int(x) + int(run), int(y) + 1))
        picture = picture.resize((side * 4, side * 4), Image.Resampling.NEAREST)
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [VIETQR]


@needs_poppler
class TestBadge:
    def test_both_sides_say_the_same_and_the_code_is_read_back(self, tmp_path: Path) -> None:
        pdf = badge_pdf([BADGE])
        front, back = page_of(pdf, tmp_path, 1), page_of(pdf, tmp_path, 2)
        assert pages_of(pdf) == 2
        assert ImageChops.difference(front, back).getbbox() is None
        (code,) = codes_on(front)
        assert code.text == BADGE.token
        assert mm_wide(code) >= 30
        assert code.position.top_left.y * 25.4 / DPI > 25  # clear of the clip hole

    def test_everything_is_on_it(self) -> None:
        text = text_of(badge_pdf([BADGE]))
        for word in ("Keiko", "Keiko Morita", "Morita Living Co., Ltd.", "Japan", "Nhật Bản", "K7MQ 2XV9"):
            assert word in text
        for word in ("Hanoi Gift Show 2018", "18–21 Oct", "18, 19, 20, 21 Oct", "Importer", "Nhà nhập khẩu"):
            assert word in text

    def test_the_size_is_a6_and_folded_a5(self, tmp_path: Path) -> None:
        assert in_mm(page_of(badge_pdf([BADGE]), tmp_path)) == (105, 148)
        assert in_mm(page_of(badge_pdf([BADGE], folded=True), tmp_path)) == (210, 148)

    @pytest.mark.parametrize("name", [LONG[:300], UNBROKEN, STACKED * 8, "W"])
    def test_names_of_any_length_leave_code_and_kind_alone(self, name: str, tmp_path: Path) -> None:
        face = replace(BADGE, given_name=name, full_name=name + " An", company=name, country=(name,), edition=name)
        face = replace(face, dates=name, rows=((name, name),) * 6, kind_words=(name, name))
        picture = page_of(badge_pdf([face]), tmp_path)
        assert [code.text for code in codes_on(picture)] == [BADGE.token]
        names = picture.crop((0, pixels(20.5), picture.width, pixels(81)))  # between head and code
        assert not ink_beyond(names, 5, 100, 0.5, 60)

    def test_empty_values_are_left_out(self, tmp_path: Path) -> None:
        face = replace(BADGE, given_name="", company="", country=(), rows=(), place="", kind_words=("Importer", ""))
        pdf = badge_pdf([face])
        assert "Keiko Morita" in text_of(pdf)
        assert [code.text for code in codes_on(page_of(pdf, tmp_path))] == [BADGE.token]

    def test_the_own_script_is_printed_when_the_fonts_have_it(self) -> None:
        assert "森田" not in text_of(badge_pdf([replace(BADGE, native_name="森田恵子")]))
        assert "?" not in text_of(badge_pdf([replace(BADGE, native_name="森田恵子")]))
        assert "Łukasz Żółć" in text_of(badge_pdf([replace(BADGE, native_name="Łukasz Żółć")]))

    def test_folded_puts_both_sides_on_one_page(self, tmp_path: Path) -> None:
        pdf = badge_pdf([BADGE, BADGE], folded=True)
        assert pages_of(pdf) == 2
        assert [code.text for code in codes_on(page_of(pdf, tmp_path))] == [BADGE.token] * 2

    def test_a_sheet_holds_four_and_its_back_mirrors_the_columns(self, tmp_path: Path) -> None:
        pdf = sheet_pdf([replace(BADGE, token=f"CP1.BADGE{number}") for number in range(5)])
        assert pages_of(pdf) == 4
        front, back = (where_codes(page_of(pdf, tmp_path, page)) for page in (1, 2))
        middle = 210 / 2
        assert front.keys() == {f"CP1.BADGE{number}" for number in range(4)}
        assert all((front[token] < middle) != (back[token] < middle) for token in front)
        assert A6[0] * SHEET_SCALE * 2 < 200

    def test_every_band_can_be_read(self) -> None:
        for band, ink in BANDS.values():
            light, dark = sorted((luminance(band.rgb()), luminance(ink.rgb())), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5

    def test_none_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no badge"):
            badge_pdf([])

    def test_many_are_quick(self) -> None:
        faces = [replace(BADGE, token=f"CP1.7K3M9QX2ABCDEFGH{number:05d}") for number in range(100)]
        badge_pdf(faces[:1])
        begun = time.process_time()
        badge_pdf(faces)
        assert time.process_time() - begun < 4  # usually below 1


def in_mm(picture: Image.Image) -> tuple[int, int]:
    return round(picture.width * 25.4 / DPI), round(picture.height * 25.4 / DPI)


def pixels(mm: float) -> int:
    return round(mm * DPI / 25.4)


def where_codes(picture: Image.Image) -> dict[str, float]:
    """Token -> mm from the left edge."""
    return {code.text: code.position.top_left.x * 25.4 / DPI for code in codes_on(picture)}


def luminance(rgb: tuple[float, float, float]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@needs_poppler
class TestNotice:
    def test_everything_is_on_one_page(self) -> None:
        pdf = notice_pdf(NOTICE)
        text = text_of(pdf)
        assert pages_of(pdf) == 1
        for word in ("Thông báo nộp tiền", "Payment notice", "HGS18-0123", "Cơ sở Gốm Giang Cao", "13.500.000 đ"):
            assert word in text
        for word in ("−13.500.000", "1.227.273", "Mười ba triệu năm trăm nghìn đồng", "176 Quang Trung", "Đỗ Thị Mai"):
            assert word in text
        assert "Trang" not in text

    def test_many_lines_turn_the_page_with_titles_and_numbers(self) -> None:
        lines = [replace(NOTICE.lines[0], text=f"Hạng mục {number}") for number in range(60)]
        pdf = notice_pdf(replace(NOTICE, lines=lines))
        text = text_of(pdf)
        assert pages_of(pdf) > 2
        assert f"Trang 2/{pages_of(pdf)}" in text
        assert text.count("Thành tiền") >= 2
        assert all(f"Hạng mục {number}" in text for number in range(60))

    def test_the_code_to_pay_is_read_back(self, tmp_path: Path) -> None:
        pay = replace(PAY, code=VIETQR, code_title="Quét bằng app ngân hàng", code_note="VietQR")
        pdf = notice_pdf(replace(NOTICE, pay=pay))
        assert [code.text for code in codes_on(page_of(pdf, tmp_path))] == [VIETQR]
        assert "Quét bằng app ngân hàng" in text_of(pdf)

    @pytest.mark.parametrize("text", [LONG, UNBROKEN, STACKED * 8])
    def test_long_texts_stay_inside_the_margins(self, text: str, tmp_path: Path) -> None:
        party = Party(text, text, [text] * 3)
        line = Line(text, text, text, text, text)
        face = replace(NOTICE, payer=party, subject=party, lines=[line], title=text, subtitle=text)
        face = replace(face, facts=[(text, text)], due=(text, text), totals=[(text, text)], notes=[text])
        face = replace(face, head=Letterhead(text, text, [text] * 3), in_words=[text], columns=(text,) * 4)
        face = replace(face, pay=WaysToPay(text, [(text, text)], text), signatures=[Signature(text, text, text)])
        pdf = notice_pdf(face)
        for page in range(1, pages_of(pdf) + 1):
            assert not ink_beyond(page_of(pdf, tmp_path, page), 17, 193, 10, 290)

    def test_nothing_but_the_least_is_a_notice_too(self) -> None:
        bare = replace(NOTICE, lines=[], totals=[], in_words=[], pay=None, notes=[], signatures=[], facts=[])
        bare = replace(bare, payer=Party("", ""), subject=Party("", ""), head=Letterhead("", ""))
        assert "13.500.000 đ" in text_of(notice_pdf(bare))


@needs_poppler
class TestPermit:
    def test_everything_is_on_it_and_the_code_leads_to_the_check(self, tmp_path: Path) -> None:
        pdf = permit_pdf(PERMIT)
        text = text_of(pdf)
        for word in ("A075 · A076", "Nhà A, khu Gốm sứ", "Cơ sở Gốm Giang Cao", "HGS18-P045", "17/10/2018 22:00"):
            assert word in text
        assert [code.text for code in codes_on(page_of(pdf, tmp_path))] == [PERMIT.verify_url]

    @pytest.mark.parametrize("count", [1, 4, 9, 20, 40])
    def test_every_booth_is_named(self, count: int) -> None:
        booths = [f"B{number:03d}" for number in range(count)]
        text = text_of(permit_pdf(replace(PERMIT, booths=booths)))
        assert all(booth in text for booth in booths)

    @pytest.mark.parametrize("text", [LONG, UNBROKEN])
    def test_it_is_always_one_page(self, text: str, tmp_path: Path) -> None:
        face = replace(PERMIT, holder=text, place=text, conditions=[text] * 30, rows=[(text[:40], text[:90])] * 9)
        pdf = permit_pdf(replace(face, booths=[f"B{number:03d}" for number in range(60)]))
        picture = page_of(pdf, tmp_path)
        assert pages_of(pdf) == 1
        assert not ink_beyond(picture, 17, 193, 10, 290)
        assert [code.text for code in codes_on(picture)] == [PERMIT.verify_url]


@needs_poppler
class TestReport:
    def test_rows_totals_and_notes_are_on_it(self) -> None:
        text = text_of(report_pdf(REPORT))
        for word in ("Báo cáo kết quả hội chợ", "Cơ sở Gốm Giang Cao", "8.775.000.000", "Đã gồm thuế GTGT."):
            assert word in text

    def test_the_column_titles_stand_on_every_page(self) -> None:
        rows = [(f"Đơn vị {number}", str(number), "13.500.000") for number in range(200)]
        pdf = report_pdf(replace(REPORT, rows=rows))
        pages = pages_of(pdf)
        text = text_of(pdf)
        assert pages > 3
        assert text.count("Số tiền (đ)") == pages
        assert all(f"Trang {page}/{pages}" in text for page in range(1, pages + 1))

    def test_no_rows_are_said_in_words(self) -> None:
        assert "Chưa có đơn vị nào." in text_of(report_pdf(replace(REPORT, rows=[], empty="Chưa có đơn vị nào.")))

    @pytest.mark.parametrize("wide", [False, True])
    @pytest.mark.parametrize("text", [LONG, UNBROKEN])
    def test_long_cells_stay_in_their_columns(self, text: str, wide: bool, tmp_path: Path) -> None:
        face = replace(REPORT, rows=[(text,), (text, text, text)], totals=[(text,) * 3], title=text, wide=wide)
        picture = page_of(report_pdf(face), tmp_path)
        width, height = (297, 210) if wide else (210, 297)
        assert not ink_beyond(picture, 17, width - 17, 10, height - 7)


@pytest.mark.parametrize(
    "draw",
    [lambda: badge_pdf([BADGE]), lambda: notice_pdf(NOTICE), lambda: permit_pdf(PERMIT), lambda: report_pdf(REPORT)],
)
def test_a_paper_is_small_and_carries_its_fonts(draw: Callable[[], bytes]) -> None:
    pdf = draw()
    assert pdf.startswith(b"%PDF-")
    assert b"/FontFile2" in pdf
    assert len(pdf) < 120_000
