"""Makes the TTF files that papers are printed with.

Be Vietnam Pro comes to the web as three WOFF2 subsets for each weight and has no tabular figures. This joins the
subsets into one TTF, cuts a second one whose digits all advance alike, and lists the kerning pairs of display weights.

    npm pack @fontsource/be-vietnam-pro@5.3.0 && tar xf fontsource-be-vietnam-pro-5.3.0.tgz
    python fairs/fonts/build.py package
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

Pair = tuple[str, str, int]  # two glyphs, correction in font units

HERE = Path(__file__).parent
WEIGHTS = (400, 600, 700)
KERNED_WEIGHTS = (600, 700)
SUBSETS = ("latin", "latin-ext", "vietnamese")
DIGITS = range(ord("0"), ord("9") + 1)
SIDE_BEARING = 26  # font units, both sides together, round the widest digit
LEAST_KERN = 8  # font units: a smaller correction is not seen on paper


def main(package: Path) -> None:
    """Writes every TTF and kerning.json beside this file from an unpacked npm `package`."""
    kerning = {}
    for weight in WEIGHTS:
        font = joined(package, weight)
        if weight in KERNED_WEIGHTS:
            kerning[str(weight)] = kerning_pairs(font)
        strip_layout(font)
        font.save(HERE / f"be-vietnam-pro-{weight}.ttf")
        equalise_digits(font)
        rename(font, "Cho Phien Figures")
        font.save(HERE / f"cho-phien-figures-{weight}.ttf")
    text = json.dumps(kerning, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (HERE / "kerning.json").write_text(text + "\n", encoding="utf-8")


def joined(package: Path, weight: int) -> TTFont:
    """One font with the glyphs of all subsets of `weight`."""
    with tempfile.TemporaryDirectory() as folder:
        parts = [plain(package, subset, weight, Path(folder)) for subset in SUBSETS]
        font = Merger(options=Options(drop_tables=["GSUB", "GDEF", "STAT"])).merge(parts)
        font.recalcTimestamp = False  # the same subsets give the same files
        font["head"].created = font["head"].modified = TTFont(parts[0])["head"].created
        return font


def plain(package: Path, subset: str, weight: int, folder: Path) -> str:
    font = TTFont(package / "files" / f"be-vietnam-pro-{subset}-{weight}-normal.woff2")
    font.flavor = None
    path = folder / f"{subset}.ttf"
    font.save(path)
    return str(path)


def strip_layout(font: TTFont) -> None:
    for table in ("GPOS", "GSUB", "GDEF", "STAT", "DSIG"):
        if table in font:
            del font[table]


def kerning_pairs(font: TTFont) -> dict[str, int]:
    """Two plain letters -> correction in font units; accented letters are kerned like their plain ones.

    The subsets hold no pairs between each other, so an accented letter's own pairs would be found for some only.
    """
    letters = {glyph: chr(code) for code, glyph in sorted(font.getBestCmap().items(), reverse=True)}
    pairs: dict[str, int] = {}
    for left, right, value in pair_values(font):
        if left in letters and right in letters:
            pairs.setdefault(letters[left] + letters[right], value)
    return {pair: value for pair, value in pairs.items() if abs(value) >= LEAST_KERN and is_plain(pair)}


def is_plain(pair: str) -> bool:
    return pair.isascii() and pair.isalpha()


def pair_values(font: TTFont) -> Iterator[Pair]:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if type(subtable).__name__ != "PairPos":
                continue
            yield from (single_values if subtable.Format == 1 else class_values)(subtable)


def single_values(subtable: Any) -> Iterator[Pair]:
    for left, pair_set in zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True):
        for record in pair_set.PairValueRecord:
            yield left, record.SecondGlyph, advance(record.Value1)


def class_values(subtable: Any) -> Iterator[Pair]:
    lefts, rights = subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs
    for left in subtable.Coverage.glyphs:
        row = subtable.Class1Record[lefts.get(left, 0)].Class2Record
        for right, number in rights.items():
            yield left, right, advance(row[number].Value1)


def advance(value: Any) -> int:
    return getattr(value, "XAdvance", 0) if value else 0


def equalise_digits(font: TTFont) -> None:
    """Centres every digit in the advance that the widest one needs."""
    glyphs, cmap, metrics = font["glyf"], font.getBestCmap(), font["hmtx"].metrics
    names = [cmap[code] for code in DIGITS]
    widest = max(glyphs[name].xMax - glyphs[name].xMin for name in names) + SIDE_BEARING
    for name in names:
        glyph = glyphs[name]
        left = round((widest - (glyph.xMax - glyph.xMin)) / 2)
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (widest, glyph.xMin)


def rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 16):
            record.string = family
        if record.nameID == 6:
            record.string = family.replace(" ", "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
