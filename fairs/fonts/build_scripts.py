"""Makes the TTF files for names in scripts that Be Vietnam Pro does not have.

Noto Sans comes to the web as many WOFF2 subsets. This picks the characters of names from them: Cyrillic and Greek; the
Chinese of GB 2312 and what the first level of Big5 adds; the kana and the first level of JIS X 0208; the Hangul of
KS X 1001. Rarer characters are left out: a name that has one is printed in its Latin form alone.

    npm pack @fontsource/noto-sans@5.3.0 @fontsource/noto-sans-sc@5.3.0 @fontsource/noto-sans-tc@5.3.0 \\
        @fontsource/noto-sans-jp@5.3.0 @fontsource/noto-sans-kr@5.3.0
    for one in *.tgz; do mkdir "${one%-5.3.0.tgz}"; tar xf "$one" -C "${one%-5.3.0.tgz}"; done
    python fairs/fonts/build_scripts.py .
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

HERE = Path(__file__).parent
PLAIN = frozenset(range(0x20, 0x7F)) | {0xB7}  # a mixed name stands in one font
Drawn = dict[int, tuple[Glyph, int]]  # code point -> outline, advance


def main(packages: Path) -> None:
    """Writes every TTF beside this file from unpacked npm packages, each in a folder of its name."""
    simplified = of_codec("gb2312", range(0xB0, 0xF8))
    save("noto-names-eastern", [(packages / "fontsource-noto-sans", PLAIN | eastern())])
    save(
        "noto-names-han",
        [
            (packages / "fontsource-noto-sans-sc", PLAIN | simplified),
            (packages / "fontsource-noto-sans-tc", of_big5() - simplified),
        ],
    )
    japanese = of_codec("euc_jp", range(0xB0, 0xD0)) | of_codec("euc_jp", (0xA4, 0xA5)) | set(map(ord, "々〆ー・"))
    save("noto-names-kana", [(packages / "fontsource-noto-sans-jp", PLAIN | japanese)])
    hangul = of_codec("euc_kr", range(0xB0, 0xC9))
    save("noto-names-hangul", [(packages / "fontsource-noto-sans-kr", PLAIN | hangul)])


def eastern() -> set[int]:
    """Cyrillic and Greek as names are written in them today."""
    return {*range(0x0400, 0x0460), 0x0490, 0x0491, *range(0x0386, 0x03CF)}


def of_codec(codec: str, rows: Iterable[int]) -> set[int]:
    """The characters in these rows of a national standard, as Python's codec knows it."""
    return set(decoded(codec, ((row, cell) for row in rows for cell in range(0xA1, 0xFF))))


def of_big5() -> set[int]:
    """The first level of Big5: 5,401 characters in common use in Taiwan and Hong Kong."""
    cells = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    pairs = ((row, cell) for row in range(0xA4, 0xC7) for cell in cells if (row, cell) <= (0xC6, 0x7E))
    return set(decoded("big5", pairs))


def decoded(codec: str, pairs: Iterable[tuple[int, int]]) -> Iterator[int]:
    for pair in pairs:
        text = bytes(pair).decode(codec, "ignore")
        if len(text) == 1:
            yield ord(text)


def save(name: str, sources: list[tuple[Path, set[int] | frozenset[int]]]) -> None:
    """One font with the characters wanted of each package; the same packages give the same file."""
    drawn: Drawn = {}
    for folder, wanted in sources:
        drawn |= picked(folder, wanted - drawn.keys())
    names = {code: f"u{code:04X}" for code in sorted(drawn)}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()} | {names[code]: drawn[code][0] for code in names})
    builder.setupHorizontalMetrics({".notdef": (1000, 0)} | {names[code]: (drawn[code][1], 0) for code in names})
    builder.setupHorizontalHeader(ascent=1069, descent=-293)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name, "fullName": name})
    builder.setupOS2(sTypoAscender=1069, sTypoDescender=-293, usWinAscent=1069, usWinDescent=293, sCapHeight=714)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    left_bearings(builder.font)
    builder.font.save(HERE / f"{name}.ttf")


def picked(folder: Path, wanted: set[int] | frozenset[int]) -> Drawn:
    drawn: Drawn = {}
    for file in sorted((folder / "package" / "files").glob("*-400-normal.woff2")):
        font = TTFont(file)
        glyphs, scale = font.getGlyphSet(), 1000 / font["head"].unitsPerEm
        assert scale == 1, file
        for code, name in font.getBestCmap().items():
            if code in wanted and code not in drawn:
                drawn[code] = outline(glyphs, name), font["hmtx"][name][0]
    return drawn


def outline(glyphs: object, name: str) -> Glyph:
    """The glyph without components, which would need others."""
    recording = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(recording)  # type: ignore[index]
    pen = TTGlyphPen(None)
    recording.replay(pen)
    return pen.glyph()


def left_bearings(font: TTFont) -> None:
    """Readers that go by the metrics would shift a glyph whose bearing is not its own."""
    glyphs, metrics = font["glyf"], font["hmtx"].metrics
    for name, (advance, _bearing) in list(metrics.items()):
        metrics[name] = (advance, getattr(glyphs[name], "xMin", 0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
