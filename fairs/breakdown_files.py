"""Breakdowns as files: a workbook with a sheet for each cut, and a paper."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fairs import breakdowns, report_words
from fairs.breakdowns import Breakdown, Numbers, Parted
from fairs.models import Edition
from fairs.papers.report import Column as PaperColumn
from fairs.papers.report import ReportFace, report_pdf
from fairs.report_files import as_cells, as_sheet_columns, when_measured
from fairs.sheets import Column as SheetColumn
from fairs.sheets import Number, Page, to_workbook
from fairs.templatetags.fair import day_range, language, local, percent


def workbook(edition: Edition, of: Breakdown) -> bytes:
    """A sheet for each cut, its total last, and a sheet with every row."""
    return to_workbook(_pages(edition, of))


def rows_workbook(edition: Edition, of: Breakdown, title: str, rows: Any) -> bytes:
    """The rows behind one number."""
    return to_workbook([_rows_page(edition, of, title, rows)])


def paper(edition: Edition, of: Breakdown) -> bytes:
    """Every cut, one below the other, on A4."""
    width = 1.5
    extra = [PaperColumn(str(of.share[2]), width, "right", figures=True)] if of.share else []
    return report_pdf(
        ReportFace(
            title=str(of.title),
            subtitle=local(edition, "name"),
            organiser=local(edition.series, "operator"),
            facts=[
                f"{day_range(edition.opens_on, edition.closes_on)} · {local(edition, 'venue')}",
                when_measured(edition),
            ],
            columns=[
                PaperColumn(_("Part"), 4),
                *(PaperColumn(str(one.title), width, "right", figures=True) for one in of.measures),
                *extra,
            ],
            rows=list(_paper_rows(edition, of)),
            notes=[str(of.note)] if of.note else [],
            page_word=_("Page"),
            lang=language(),
        )
    )


def share(of: Breakdown, numbers: Numbers) -> str:
    """The share that the breakdown shows of these numbers, or nothing of nothing."""
    if of.share is None or not numbers[of.share[1]]:
        return ""
    return percent(Decimal(numbers[of.share[0]]) / Decimal(numbers[of.share[1]]))


def _pages(edition: Edition, of: Breakdown) -> Iterator[Page]:
    whole = breakdowns.total(of, edition)
    for cut in of.cuts:
        yield _cut_page(edition, of, breakdowns.parted(of, cut, edition, whole), whole)
    yield _rows_page(edition, of, str(of.title), of.rows(edition))


def _cut_page(edition: Edition, of: Breakdown, found: Parted, whole: Numbers) -> Page:
    columns = [
        SheetColumn("part", (found.cut.title,)),
        *(SheetColumn(one.key, (one.title,), Number(decimals=2 if one.of is not None else 0)) for one in of.measures),
    ]
    rows: list[list[Any]] = [[str(part.name), *_in_order(of, part.numbers)] for part in found.parts]
    rows.append([_("Total"), *_in_order(of, whole)])
    return Page(str(found.cut.title), columns, rows, [f"{of.title}: {local(edition, 'name')}", *_notes(edition, found)])


def _notes(edition: Edition, found: Parted) -> list[str]:
    wrong = [_("The parts do not add up: %(what)s") % {"what": one.title} for one, _made in found.wrong]
    return [when_measured(edition), *wrong]


def _rows_page(edition: Edition, of: Breakdown, title: str, rows: Any) -> Page:
    columns = [column for each in of.columns for column in as_sheet_columns(each)]
    lines = ([value for each in of.columns for value in as_cells(each, row, edition.zone)] for row in rows)
    return Page(title, columns, lines, [title, local(edition, "name"), when_measured(edition)])


def _paper_rows(edition: Edition, of: Breakdown) -> Iterator[Sequence[str]]:
    whole = breakdowns.total(of, edition)
    for cut in of.cuts:
        found = breakdowns.parted(of, cut, edition, whole)
        yield [str(cut.title)]
        for part in found.parts:
            yield [str(part.name), *_words(of, part.numbers)]
        yield [_("Total"), *_words(of, whole)]
        if found.wrong:
            yield [_notes(edition, found)[-1]]


def _words(of: Breakdown, numbers: Numbers) -> list[str]:
    said = [report_words.WORDS["number"](value) for value in _in_order(of, numbers)]
    return [*said, share(of, numbers)] if of.share else said


def _in_order(of: Breakdown, numbers: Numbers) -> list[Decimal | int]:
    return [numbers[one.key] for one in of.measures]
