"""Badges of every kind on every size of paper, and names of the world in their own script."""

import re
import secrets
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from fairs.papers.badge import FORMATS, Size, badge_pdf, sheet_pdf
from fairs.papers.badge_face import BANDS
from fairs.papers.scripts import SCRIPTS, font_for
from fairs.papers.type import FONTS, clean
from tests.papers import (
    BADGE,
    DPI,
    LONG,
    STACKED,
    UNBROKEN,
    codes_on,
    in_mm,
    mm_wide,
    needs_poppler,
    page_of,
    pages_of,
    text_of,
    told,
)

KINDS = [*BANDS, "staff", "contractor", "volunteer", "interpreter"]
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNED_DIGITS = 133  # a token, its kind and the edition's signature
NAMES = {
    "Chinese": ("Zihan", "Wang Zihan", "王梓涵"),
    "Chinese of Taiwan": ("Hui-mei", "Chen Hui-mei", "陳慧美"),
    "Japanese": ("Keiko", "Morita Keiko", "森田恵子"),
    "Japanese in kana": ("Sakura", "Suzuki Sakura", "鈴木さくら"),
    "Korean": ("Min-jun", "Kim Min-jun", "김민준"),
    "Cyrillic": ("Olga", "Olga Ivanova", "Ольга Иванова"),
    "Greek": ("Nikos", "Nikos Papadopoulos", "Νίκος Παπαδόπουλος"),
    "Vietnamese": ("Ễ", "Nguyễn Thị Ễ", "Nguyễn Thị Ễ Ổ Ậ Ắ Ỗ Ữ Ợ Ệ"),
}
UNPRINTED = {"Arabic": "أحمد السيد", "Hebrew": "שרה לוי", "Thai": "สมชาย", "a rare character": "王𠮷子"}


def code() -> str:
    """As long as a signed one, of the same digits."""
    return "".join(secrets.choice(DIGITS) for _digit in range(SIGNED_DIGITS))


@needs_poppler
class TestSizes:
    @pytest.mark.parametrize("size", Size)
    @pytest.mark.parametrize("kind", KINDS)
    def test_the_code_of_every_kind_is_read_back(self, size: Size, kind: str, tmp_path: Path) -> None:
        face = replace(BADGE, kind=kind, token=code())
        pdf = badge_pdf([face], size=size)
        front = page_of(pdf, tmp_path, 1)
        form = FORMATS[size]
        assert pages_of(pdf) == 2
        assert in_mm(front) == (round(form.wide), round(form.high))
        (read,) = codes_on(front)
        assert read.text == face.token
        assert read.ec_level == "Q"
        assert mm_wide(read) >= 25
        assert read.position.top_left.y * 25.4 / DPI > 8  # clear of the clip hole

    @pytest.mark.parametrize("size", Size)
    def test_both_sides_are_the_same(self, size: Size, tmp_path: Path) -> None:
        pdf = badge_pdf([BADGE], size=size)
        assert page_of(pdf, tmp_path, 1).tobytes() == page_of(pdf, tmp_path, 2).tobytes()

    @pytest.mark.parametrize("size", Size)
    @pytest.mark.parametrize("name", [LONG[:300], UNBROKEN, STACKED * 8, "W"])
    def test_four_modules_round_the_code_stay_white(self, size: Size, name: str, tmp_path: Path) -> None:
        face = replace(BADGE, token=code(), given_name=name, full_name=name + " An", company=name, country=(name,))
        face = replace(face, native_name=name, code="WWWW WWWW", rows=((name, name),) * 4, kind_words=(name, name))
        picture = page_of(badge_pdf([face], size=size), tmp_path)
        (read,) = codes_on(picture)
        assert read.text == face.token
        corners = read.position
        quiet = (corners.top_right.x - corners.top_left.x) / 49 * 4 - 1  # version 8 has 49 modules
        left, top = corners.top_left.x - quiet, corners.top_left.y - quiet
        right, bottom = corners.bottom_right.x + quiet, corners.bottom_right.y + quiet
        edges = [
            picture.crop((int(left), int(top), int(right), int(corners.top_left.y - 2))),
            picture.crop((int(left), int(corners.bottom_right.y + 3), int(right), int(bottom))),
            picture.crop((int(left), int(top), int(corners.top_left.x - 2), int(bottom))),
            picture.crop((int(corners.bottom_right.x + 3), int(top), int(right), int(bottom))),
        ]
        assert all(edge.getextrema() == ((255, 255),) * 3 for edge in edges)

    @pytest.mark.parametrize("size", Size)
    def test_sheets_hold_as_many_as_fit_and_every_code_is_read_on_both_sides(self, size: Size, tmp_path: Path) -> None:
        many = FORMATS[size].on_a_sheet
        faces = [replace(BADGE, token=code()) for _badge in range(many + 1)]
        pdf = sheet_pdf(faces, size=size)
        assert pages_of(pdf) == 4
        for side in (1, 2):
            page = page_of(pdf, tmp_path, side)
            assert in_mm(page) == (210, 297)
            assert sorted(read.text for read in codes_on(page)) == sorted(face.token for face in faces[:many])
        assert FORMATS[Size.CARD].on_a_sheet == 10

    def test_cards_are_cut_at_their_own_size(self) -> None:
        card = FORMATS[Size.CARD]
        assert (card.wide, card.high, card.scale) == (85.6, 54, 1)

    @pytest.mark.parametrize("size", Size)
    def test_names_company_country_and_both_words_of_the_kind_are_on_it(self, size: Size) -> None:
        text = text_of(badge_pdf([BADGE], size=size))
        for word in ("Keiko", "Keiko Morita", "Morita Living Co., Ltd.", "Japan", "Importer", "Nhà nhập khẩu"):
            assert word in text

    def test_the_work_is_told_of_and_ends_when_it_is_stopped(self) -> None:
        told_of: list[int] = []
        sheet_pdf([BADGE] * 9, tell=told_of.append)
        assert told_of == [4, 8, 9]

        def stop(done: int) -> None:
            raise RuntimeError

        with pytest.raises(RuntimeError):
            sheet_pdf([BADGE] * 9, tell=stop)

    def test_only_a6_is_folded(self) -> None:
        with pytest.raises(ValueError, match="folded"):
            badge_pdf([BADGE], size=Size.CARD, folded=True)


class TestScripts:
    @pytest.mark.parametrize("size", Size)
    @pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
    @needs_poppler
    def test_the_latin_form_is_printed_and_the_own_script_below_it(
        self, names: tuple[str, str, str], size: Size
    ) -> None:
        given, full, native = names
        pdf = badge_pdf([replace(BADGE, given_name=given, full_name=full, native_name=native)], size=size)
        text = text_of(pdf)
        assert given in text
        assert native.replace(" ", "") in text.replace(" ", "")
        assert "?" not in text
        assert not drawn_without_a_letter(pdf)

    @pytest.mark.parametrize("native", UNPRINTED.values(), ids=UNPRINTED)
    @needs_poppler
    def test_what_no_font_has_whole_is_left_out(self, native: str) -> None:
        pdf = badge_pdf([replace(BADGE, native_name=native)])
        text = text_of(pdf)
        assert "Keiko" in text
        assert "?" not in text
        assert not set(native) - set(" ") & set(text)
        assert not drawn_without_a_letter(pdf)

    def test_every_font_has_a_letter_for_all_it_is_chosen_for(self) -> None:
        """No empty box: a line is set in a font whose own table has each character, with an outline."""
        for _given, _full, native in NAMES.values():
            name = font_for(clean(native))
            assert name is not None
            font = TTFont(FONTS / f"{name}.ttf")
            letters = font.getBestCmap()
            for letter in clean(native).replace(" ", ""):
                glyph = letters[ord(letter)]
                assert font.getGlyphID(glyph) != 0
                assert font["glyf"][glyph].numberOfContours != 0

    def test_the_forms_of_a_character_are_those_of_the_country(self) -> None:
        assert font_for("森田恵子", japanese=True) == "noto-names-kana"
        assert font_for("王梓涵", japanese=True) == "noto-names-han"  # one that Japan does not write
        assert font_for("森田") == "noto-names-han"

    @needs_poppler
    def test_a_name_that_has_no_latin_form_is_no_row_of_question_marks(self) -> None:
        text = text_of(
            badge_pdf([replace(BADGE, given_name="Ольга", full_name="Ольга Иванова", company="ООО Ремёсла")])
        )
        assert "Ольга Иванова" in text
        assert "ООО Ремёсла" in text
        assert "?" not in text

    def test_the_fonts_stay_small_with_their_licence_beside_them(self) -> None:
        assert sum((FONTS / f"{name}.ttf").stat().st_size for name in SCRIPTS) < 4_500_000
        assert "SIL Open Font License" in (FONTS / "OFL-noto.txt").read_text(encoding="utf-8")


def drawn_without_a_letter(pdf: bytes) -> list[str]:
    """Glyphs of the page that stand for no character: what an empty box is to a reader of the text."""
    boxes = told("pdftotext", pdf, "-bbox").decode()
    return re.findall(r">[^<]*[\ufffd\u25a1\u0000][^<]*<", boxes)
