"""Printed notices, permits and reports, read back from the rendered page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fairs.papers.badge import badge_pdf
from fairs.papers.letter import Letterhead, Signature
from fairs.papers.notice import Line, Party, WaysToPay, notice_pdf
from fairs.papers.permit import permit_pdf
from fairs.papers.report import report_pdf
from fairs.papers.rows import Across
from tests.papers import (
    BADGE,
    LONG,
    NOTICE,
    PAY,
    PERMIT,
    REPORT,
    STACKED,
    UNBROKEN,
    VIETQR,
    codes_on,
    ink_beyond,
    needs_poppler,
    page_of,
    pages_of,
    text_of,
)


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
        rows = [(text,), (text, text, text), Across((text, text))]
        face = replace(REPORT, rows=rows, totals=[(text,) * 3], title=text, wide=wide)
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
