"""The official result report as a document of Word: what may stand in its template, and what is put there.

Any organiser may hand in a template of their own, for forms change, and each authority has its own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs import report_words, reports
from fairs.errors import Invalid
from fairs.models import Edition
from fairs.papers.rows import Across
from fairs.papers.word import NotADocument, Table, filled, lines_of, names_in
from fairs.report_files import NOT_RECORDED, in_words, office_of, source_of
from fairs.report_lines import INDICATOR
from fairs.report_templates import form, own, sha256_of
from fairs.statements import Statement, Words, not_intact
from fairs.templatetags.fair import day, language, moment

NOTHING = "–"
DOTS = "……………"
TABLE, INDICATORS = "table", "indicators"
REASONS = {
    "size": gettext_lazy("The template is larger than 5 MB. Leave the pictures out, then try again."),
    "kind": gettext_lazy("This is not a document of Word. Save it as .docx, then try again."),
    "macros": gettext_lazy("The document has macros. Save it as .docx without them, then try again."),
    "outside": gettext_lazy(
        "The document loads something from elsewhere when it is opened, such as a picture or another template. Put it "
        "into the document itself, then try again."
    ),
    "braces": gettext_lazy("A placeholder is not closed. It looks like {{name}}. Look near: %(where)s"),
}


@dataclass(frozen=True)
class Place:
    """A name that a template may have beside the figures: what it stands for, and how it is written."""

    meaning: Any
    write: Callable[[Statement], str]


def said(part: str, name: str, nothing: str = "") -> Callable[[Statement], str]:
    """What the edition, the series or the frame says, else `nothing`."""
    return lambda of: of.word(part, name) or nothing


def sender(of: Statement) -> str:
    """Who reports: the organiser, else the host."""
    return of.word("series", "operator") or of.word("series", "host") or DOTS


def contact(of: Statement) -> str:
    """The organiser's phone and e-mail."""
    return ", ".join(text for name in ("phone", "email") if (text := of.word("series", name))) or NOTHING


def copies(of: Statement) -> Iterator[str]:
    """Who gets a copy, each with a dash before it."""
    return (f"- {line.strip()}" for line in of.word("frame", "copies").splitlines() if line.strip())


def basis(of: Statement) -> Iterator[str]:
    """The legal papers as an official paper names them."""
    for paper in of.said["papers"]:
        words = {name: str(Words(paper[name])) for name in ("issuer", "subject")}
        words |= {"number": paper["number"], "day": day(date.fromisoformat(paper["issued_on"]))}
        yield _("Pursuant to %(number)s of %(day)s of %(issuer)s on %(subject)s;") % words


def long_day(of: Statement) -> str:
    """The day of signing as an official paper writes it, with dots for a report that nobody has signed."""
    when = of.signed.signed_at.astimezone(of.zone).date() if of.signed else None
    if language() != "vi":
        return date_format(when, "j F Y") if when else DOTS
    if when is None:
        return "ngày …… tháng …… năm ……"
    # Days below ten and the first two months take a nought, so that nothing can be written before them.
    return f"ngày {when.day:02d} tháng {when.month:0{2 if when.month < 3 else 1}d} năm {when.year}"


PLACES = {
    "superior": Place(
        gettext_lazy("body above the organiser, in capitals"), lambda of: of.word("frame", "superior").upper()
    ),
    "sender": Place(gettext_lazy("organiser"), sender),
    "sender_capitals": Place(gettext_lazy("organiser, in capitals"), lambda of: sender(of).upper()),
    "sender_address": Place(gettext_lazy("the organiser’s address"), said("series", "address", NOTHING)),
    "sender_contact": Place(gettext_lazy("the organiser’s phone and e-mail"), contact),
    "sender_tax_code": Place(gettext_lazy("the organiser’s tax code"), said("series", "tax_code", NOTHING)),
    "host": Place(gettext_lazy("host"), said("series", "host", NOTHING)),
    "number": Place(gettext_lazy("number and symbol of the report"), said("frame", "number", DOTS)),
    "place": Place(gettext_lazy("place of writing"), said("frame", "place", DOTS)),
    "day": Place(gettext_lazy("day of signing; dots until somebody has signed"), long_day),
    "addressee": Place(gettext_lazy("addressee"), said("frame", "addressee", DOTS)),
    "name": Place(gettext_lazy("name of the fair"), said("edition", "name")),
    "edition_number": Place(gettext_lazy("number of the edition"), said("edition", "number", NOTHING)),
    "theme": Place(gettext_lazy("theme"), said("edition", "theme", NOTHING)),
    "opens_on": Place(gettext_lazy("first day"), lambda of: day(of.opens_on)),
    "closes_on": Place(gettext_lazy("last day"), lambda of: day(of.closes_on)),
    "days": Place(gettext_lazy("how many days it lasted"), lambda of: str((of.closes_on - of.opens_on).days + 1)),
    "venue": Place(gettext_lazy("venue"), said("edition", "venue")),
    "venue_address": Place(gettext_lazy("address of the venue"), said("edition", "venue_address")),
    "basis": Place(gettext_lazy("legal papers, one on each line"), lambda of: lines_of(basis(of))),
    "remarks": Place(gettext_lazy("remarks and proposals, a paragraph on each line"), said("frame", "remarks", DOTS)),
    "level": Place(gettext_lazy("from which level of evidence on contracts count"), lambda of: str(of.level)),
    "measured_at": Place(gettext_lazy("moment of the figures"), lambda of: moment(of.measured_at)),
    "source": Place(
        gettext_lazy("moment, level, version and SHA-256, one on each line"), lambda of: lines_of(source_of(of))
    ),
    "version": Place(
        gettext_lazy("number of the signed version"), lambda of: str(of.signed.number) if of.signed else NOTHING
    ),
    "sha256": Place(
        gettext_lazy("SHA-256 of the signed version"), lambda of: of.signed.sha256 if of.signed else NOTHING
    ),
    "copies": Place(gettext_lazy("copies to, one on each line"), lambda of: lines_of(copies(of))),
    "office": Place(gettext_lazy("office of who signs, in capitals"), lambda of: office_of(of).upper()),
    "signer": Place(gettext_lazy("name of who signed"), lambda of: of.signed.signed_by.full_name if of.signed else ""),
}


def known_names() -> dict[str, Any]:
    """Every name that a template may have, with what it stands for."""
    found: dict[str, Any] = {name: place.meaning for name, place in PLACES.items()}
    found[TABLE] = gettext_lazy("all lines of the report as a table")
    found[INDICATORS] = gettext_lazy("plan, result and last edition, figure by figure, as a table")
    for letter, title in report_words.SECTIONS.items():
        found[f"{TABLE}.{letter}"] = title
    for line in reports.lines():
        found[line.code] = line.title
        found |= {line.name_of(figure): figure.label for figure in line.figures}
    return found


def check_template(content: bytes) -> None:
    """Refuses with `template_…` what cannot be filled, and with `template_unknown` names that nothing stands for."""
    try:
        names = names_in(content)
    except NotADocument as refusal:
        sentence = str(REASONS[refusal.code]).replace("%(where)s", refusal.where)
        raise Invalid(f"template_{refusal.code}", sentence, {"file": [sentence]}) from None
    known = known_names()
    if strange := [f"{{{{{name}}}}}" for name in names if _bare(name) not in known]:
        sentence = _("The report has nothing by the name of %(names)s. The names that it knows stand on this page.")
        sentence = sentence % {"names": ", ".join(strange)}
        raise Invalid("template_unknown", sentence, {"file": [sentence]})


def document(of: Statement, template: bytes | None = None) -> bytes:
    """The report in the language of the page, put into a template or into the form that comes with the program."""
    content = form(language()) if template is None else template
    names = names_in(content)
    tables = {name: _table(of, name) for name in names if is_table(name)}
    return filled(content, {name: value_of(of, name) for name in names if name not in tables}, tables)


def is_table(name: str) -> bool:
    """Whether a name becomes a table."""
    return name == INDICATORS or name.partition(".")[0] == TABLE


def template_of(edition: Edition) -> bytes | None:
    """The organiser's own template in the language of the page, if there is one."""
    frame = getattr(edition, "report_frame", None)
    return own(frame, language()) if frame else None


def kept_template(of: Statement) -> bytes | None:
    """The template that a version was signed with, in the language of the page; None before templates were kept.

    Refuses with `not_intact` one that has not the hash that the version names.
    """
    named = of.said.get("templates")
    if of.signed is None or named is None:
        return None
    content = bytes(of.signed.templates.get(lang=language()).content)
    if sha256_of(content) != named[language()]:
        raise not_intact(of.signed)
    return content


def value_of(of: Statement, name: str) -> str:
    """What is put in the place of a name; what a version does not have is not recorded in it."""
    if place := PLACES.get(name):
        return place.write(of)
    bare = _bare(name)
    if "." not in bare:
        return _whole_line(of, bare)
    result = of.by_name.get(bare)
    if result is None:
        return "0" if _left_out(of, bare) else str(NOT_RECORDED)
    return _PARTS[name[len(bare) :]](result)


_PARTS: dict[str, Callable[[reports.Result], str]] = {
    "": lambda result: "; ".join(map(report_words.amount, result.amounts)),
    ".plan": lambda result: report_words.plan(result) or NOTHING,
    ".percent": lambda result: report_words.share(result) or NOTHING,
}


def _bare(name: str) -> str:
    """The figure of a name that asks for its plan or percent."""
    bare, _dot, part = name.rpartition(".")
    return bare if "." in bare and part in ("plan", "percent") else name


def _whole_line(of: Statement, code: str) -> str:
    """What a line says in words, and all its figures, each on a line of its own."""
    for line, results in of.found:
        if line.code == code:
            figures = (f"{one.figure.label}: {value_of(of, f'{code}.{one.figure.key}')}" for one in results)
            return lines_of([*(": ".join(words) for words in in_words(of, line)), *figures])
    return str(NOT_RECORDED)


def _left_out(of: Statement, name: str) -> bool:
    """Whether a figure is one of those that are left out while they are zero, of a line that the statement has."""
    known = reports.find(name)
    return bool(known and known[1].if_any and any(one.code == known[0].code for one, _results in of.found))


def _table(of: Statement, name: str) -> Table:
    """All lines, or those of one letter; or the indicators."""
    if name == INDICATORS:
        columns = reports.shown(INDICATOR, of.indicators)
        cells = [[report_words.cell(column, one) for column in columns] for one in of.indicators]
        return Table([str(column.title) for column in columns], cells, [36, 14, 14, 10, 14, 12][: len(columns)])
    letter = name.partition(".")[2]
    rows: list[Sequence[str]] = []
    for line, results in of.found:
        if line.code.startswith(letter):
            rows.append([f"{line.code}  {line.title}"])
            rows += map(Across, in_words(of, line))
            rows += [row for one in results for row in _rows(one)]
    return Table([_("Figure"), _("Actual"), _("Plan"), _("Percent")], rows, [46, 24, 18, 12])


def _rows(one: reports.Result) -> list[list[str]]:
    first, *others = map(report_words.amount, one.amounts)
    named = [str(one.figure.label), first, report_words.plan(one), report_words.share(one)]
    return [named, *(["", amount, "", ""] for amount in others)]
