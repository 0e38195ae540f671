"""Printed badges, read back from the rendered page: texts, QR codes, room for what is too long."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from fairs.papers.badge import BANDS, SHEET_SCALE, badge_pdf, sheet_pdf
from fairs.papers.page import A6
from tests.papers import (
    BADGE,
    DPI,
    LONG,
    STACKED,
    UNBROKEN,
    codes_on,
    in_mm,
    ink_beyond,
    mm_wide,
    needs_poppler,
    page_of,
    pages_of,
    pixels,
    text_of,
)


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
        assert "أحمد" not in text_of(badge_pdf([replace(BADGE, native_name="أحمد السيد")]))
        assert "?" not in text_of(badge_pdf([replace(BADGE, native_name="أحمد السيد")]))
        assert "森田恵子" in text_of(badge_pdf([replace(BADGE, native_name="森田恵子")]))
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


def where_codes(picture: Image.Image) -> dict[str, float]:
    """Token -> mm from the left edge."""
    return {code.text: code.position.top_left.x * 25.4 / DPI for code in codes_on(picture)}


def luminance(rgb: tuple[float, float, float]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
