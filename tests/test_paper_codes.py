"""QR codes, read back."""

from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from fairs.papers import qr
from tests.papers import VIETQR


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
