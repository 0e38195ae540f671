"""The form of an official Vietnamese report as a document of Word: head, title, addressee, text, signature, copies.

Margins, founts and places follow the appendix of Decree 30/2020/NĐ-CP on the papers of offices.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from fairs.papers.word import saved

FOUNT = "Times New Roman"
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Block:
    """A paragraph of the text; `kind` is text, heading, or plain for what becomes a table."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Form:
    """What the paper says, placeholders among it."""

    superior: str
    sender: str
    number: str
    nation: str
    motto: str
    place_and_day: str
    title: str
    subject: str
    addressee: str
    blocks: Sequence[Block]
    annex: Sequence[Block]
    copies_title: str
    copies: str
    office: str
    signer: str
    lang: str = "vi-VN"


def official_form(form: Form) -> bytes:
    """The form as a document that anybody can change in Word."""
    document = Document()
    _set_page(document, form)
    _head(document, form)
    _line(document, form.title, size=14, bold=True, before=18)
    _line(document, form.subject, size=14, bold=True, after=6)
    _line(document, form.addressee, size=14, before=6, after=12)
    for block in form.blocks:
        _block(document, block)
    _foot(document, form)
    document.add_page_break()
    for block in form.annex:
        _block(document, block)
    return saved(document)


def _set_page(document: Any, form: Form) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FOUNT, Pt(14)
    founts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        founts.set(qn(script), FOUNT)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{form.lang}"/>'))
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.title = form.subject
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = form.lang


def _head(document: Any, form: Form) -> None:
    left, right = _pair(document, 7.2, 9.3)
    _in(left, form.superior, size=13)
    _in(left, form.sender, size=13, bold=True)
    _in(left, "_______", size=8)
    _in(left, form.number, size=13)
    _in(right, form.nation, size=13, bold=True)
    _in(right, form.motto, size=14, bold=True)
    _in(right, "_______________", size=8)
    _in(right, form.place_and_day, size=14, italic=True)


def _foot(document: Any, form: Form) -> None:
    _line(document, "", size=8)
    left, right = _pair(document, 8, 8.5)
    _in(left, form.copies_title, size=12, bold=True, italic=True, align=LEFT)
    _in(left, form.copies, size=11, align=LEFT)
    _in(right, form.office, size=14, bold=True)
    for _number in range(4):
        _in(right, "", size=14)
    _in(right, form.signer, size=14, bold=True)


def _block(document: Any, block: Block) -> None:
    if block.kind == "heading":
        paragraph = _line(document, block.text, size=14, bold=True, before=10, after=4, align=LEFT)
        paragraph.paragraph_format.keep_with_next = True
        return
    paragraph = _line(
        document, block.text, size=14, before=3, after=3, align=LEFT if block.kind == "plain" else JUSTIFY
    )
    if block.kind == "text":
        paragraph.paragraph_format.first_line_indent = Cm(1)
        paragraph.paragraph_format.line_spacing = 1.15


def _pair(document: Any, left: float, right: float) -> tuple[Any, Any]:
    """Two cells side by side, without lines."""
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, (left, right), strict=True):
        cell.width = Cm(width)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _in(cell: Any, text: str, *, align: Any = CENTRE, **look: Any) -> None:
    """One more paragraph of a cell, which begins with an empty one."""
    first = cell.paragraphs[0]
    paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    _write(paragraph, text, align=align, **look)


def _line(document: Any, text: str, *, align: Any = CENTRE, before: int = 0, after: int = 0, **look: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    _write(paragraph, text, align=align, **look)
    return paragraph


def _write(paragraph: Any, text: str, *, align: Any, size: float, bold: bool = False, italic: bool = False) -> None:
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
