"""A document of Word whose {{placeholders}} are filled, and which of them it has."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from fairs.papers.rows import Across

MOST_BYTES = 5 * 1024**2
MOST_UNPACKED = 50 * 1024**2
MOST_PARTS = 500
PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BRACES = re.compile(r"\{\{|\}\}")
TEXT, PARAGRAPH, SPACE = qn("w:t"), qn("w:p"), "{http://www.w3.org/XML/1998/namespace}space"
OUTSIDE = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>")


class NotADocument(ValueError):
    """What was given cannot be filled; `code` says why: size, kind, macros, outside, braces."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code)
        self.code, self.where = code, where


@dataclass(frozen=True)
class Table:
    """Rows under their titles; a row of a single text is a heading across the table, one `Across` has a wide end.

    `widths` are shares of the whole; columns after the first are set to the right.
    """

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


def names_in(content: bytes) -> list[str]:
    """The names of all placeholders, each once, in their order. Refuses what is no document, and braces left open."""
    found: dict[str, None] = {}
    for paragraph in _paragraphs(_opened(content)):
        text = "".join(one.text or "" for one in _texts(paragraph))
        if BRACES.search(PLACE.sub("", text)):
            raise NotADocument("braces", text[:80])
        found |= dict.fromkeys(match[1] for match in PLACE.finditer(text))
    return list(found)


def filled(content: bytes, words: Mapping[str, str], tables: Mapping[str, Table]) -> bytes:
    """The document with every placeholder replaced; formats stay those of where a placeholder begins.

    A paragraph of nothing but one placeholder is repeated for each line of its text, or becomes the table of that name.
    """
    document = _opened(content)
    for paragraph in list(_paragraphs(document)):
        text = "".join(one.text or "" for one in _texts(paragraph))
        alone = PLACE.fullmatch(text.strip())
        if alone and alone[1] in tables:
            paragraph.addprevious(_drawn(tables[alone[1]]))
            _end(paragraph)
        elif alone:
            _repeat(paragraph, alone[1], words)
        elif "{{" in text:
            _fill(paragraph, words)
    return saved(document)


def _opened(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise NotADocument("size")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check(archive)
        return Document(BytesIO(content))
    except NotADocument:
        raise
    except Exception as error:
        raise NotADocument("kind") from error


def _check(archive: zipfile.ZipFile) -> None:
    """Nothing that unpacks to a flood, runs, or loads something from elsewhere when it is opened."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotADocument("size")
    if any("vbaproject" in part.filename.casefold() for part in parts):
        raise NotADocument("macros")
    for part in parts:
        if part.filename.endswith(".rels"):
            links = OUTSIDE.findall(archive.read(part))
            if any(b"/hyperlink" not in link for link in links):
                raise NotADocument("outside")


def saved(document: Any) -> bytes:
    """A document as a file; the same document makes the same bytes at any time."""
    made, file = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as same:
        for part in parts.infolist():
            same.writestr(zipfile.ZipInfo(part.filename), parts.read(part), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _paragraphs(document: Any) -> Iterator[Any]:
    """Those of the text, of tables and boxes in it, of the head and foot of pages."""
    for part in document.part.package.iter_parts():
        if getattr(part, "element", None) is not None:
            yield from part.element.iter(PARAGRAPH)


def _texts(paragraph: Any) -> list[Any]:
    """The pieces of a paragraph’s own text, not of a box that hangs on it."""
    return [one for one in paragraph.iter(TEXT) if next(one.iterancestors(PARAGRAPH)) is paragraph]


def _repeat(paragraph: Any, name: str, words: Mapping[str, str]) -> None:
    first, *others = words[name].split("\n") or [""]
    for line in reversed(others):
        twin = deepcopy(paragraph)
        paragraph.addnext(twin)
        _fill(twin, {name: line})
    _fill(paragraph, {name: first})


def _fill(paragraph: Any, words: Mapping[str, str]) -> None:
    """Put the words in place, from the last to the first, so that what stands before does not move."""
    texts = _texts(paragraph)
    whole = "".join(one.text or "" for one in texts)
    for match in reversed(list(PLACE.finditer(whole))):
        _put(texts, match.start(), match.end(), _plain(words[match[1]]))


def _put(texts: Sequence[Any], start: int, end: int, word: str) -> None:
    """Replace characters of a text that Word may have cut into many pieces."""
    at = 0
    for one in texts:
        text = one.text or ""
        left, right = max(start - at, 0), min(end - at, len(text))
        if left < right:
            one.text = text[:left] + word + text[right:]
            one.set(SPACE, "preserve")
            word = ""
        at += len(text)


def _plain(text: str) -> str:
    """On one line, and without what XML cannot hold."""
    return "".join(c for c in text.replace("\n", " ") if c.isprintable() or c in "\u00a0\u202f")


def _end(paragraph: Any) -> None:
    """A cell and a text end with a paragraph, so this one stays, empty."""
    for one in _texts(paragraph):
        one.text = ""


def _drawn(table: Table) -> Any:
    whole = sum(table.widths)
    widths = [5000 * width // whole for width in table.widths]  # fiftieths of a percent
    grid = "".join(f'<w:gridCol w:w="{width * 9000 // 5000}"/>' for width in widths)
    rows = [_row(table.titles, widths, bold=True, head=True)]
    rows += [_row(row, widths, bold=len(row) == 1 and not isinstance(row, Across)) for row in table.rows]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(cells: Sequence[str], widths: Sequence[int], *, bold: bool, head: bool = False) -> str:
    if len(cells) == 1 or isinstance(cells, Across):
        *narrow, wide = zip(cells, widths, strict=False)
        left = widths[len(narrow) :]
        found = [_cell(text, width, bold=bold) for text, width in narrow]
        found.append(_cell(wide[0], sum(left), bold=bold, span=len(left)))
    else:
        cut = zip(cells, widths, strict=False)
        found = [_cell(text, width, bold=bold, right=number > 0) for number, (text, width) in enumerate(cut)]
    repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{repeated}{''.join(found)}</w:tr>"


def _cell(text: str, width: int, *, bold: bool, span: int = 1, right: bool = False) -> str:
    look = ("<w:b/>" if bold else "") + '<w:sz w:val="22"/>'
    place = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>'
    place += f'<w:jc w:val="{"right" if right else "left"}"/>'
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/>{across}</w:tcPr><w:p><w:pPr>{place}</w:pPr>'
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(_plain(text))}</w:t></w:r></w:p></w:tc>'
    )


def lines_of(texts: Iterable[str]) -> str:
    """Texts of which each has a line of its own; those without anything have none."""
    return "\n".join(text for text in texts if text.strip())
