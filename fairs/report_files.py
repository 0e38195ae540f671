"""The report as files: a workbook with every row behind it, and a paper to sign."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from fairs import clock, report_words, reports
from fairs.models import Edition
from fairs.papers.report import Column as PaperColumn
from fairs.papers.report import ReportFace, report_pdf
from fairs.sheets import Column as SheetColumn
from fairs.sheets import Date, Kind, Number, Page, Text, to_workbook
from fairs.templatetags.fair import country, day_range, language, local, moment

KINDS: dict[str, Kind] = {"number": Number(decimals=0), "money": Number(decimals=2), "date": Date(), "time": Date()}


def workbook(edition: Edition, roles: frozenset[str]) -> bytes:
    """A summary, and for each figure that these roles may read a worksheet with its rows."""
    found = reports.results(edition)
    return to_workbook(_pages(edition, found, roles))


def rows_workbook(edition: Edition, line: reports.Line, figure: reports.Figure) -> bytes:
    """The rows behind one figure."""
    return to_workbook([_rows_page(edition, line, figure)])


def paper(edition: Edition) -> bytes:
    """The summary on A4."""
    return report_pdf(
        ReportFace(
            title=_("Result report"),
            subtitle=local(edition, "name"),
            organiser=local(edition.series, "operator"),
            facts=[
                f"{day_range(edition.opens_on, edition.closes_on)} · {local(edition, 'venue')}",
                when_measured(edition),
            ],
            columns=[
                PaperColumn(_("Figure"), 5),
                PaperColumn(_("Actual"), 2.4, "right", figures=True),
                PaperColumn(_("Plan"), 2.2, "right", figures=True),
                PaperColumn(_("Percent"), 1.2, "right", figures=True),
            ],
            rows=list(_paper_rows(reports.results(edition))),
            page_word=_("Page"),
            lang=language(),
        )
    )


def _pages(edition: Edition, found: reports.Results, roles: frozenset[str]) -> Iterator[Page]:
    yield _summary(edition, found)
    for line, results in found:
        if line.open_to(roles):
            yield from (_rows_page(edition, line, result.figure) for result in results)


def _summary(edition: Edition, found: reports.Results) -> Page:
    columns = [
        SheetColumn("line", (_("Line"),)),
        SheetColumn("title", (_("Title"),)),
        SheetColumn("figure", (_("Figure"),)),
        SheetColumn("actual", (_("Actual"),), Number()),
        SheetColumn("plan", (_("Plan"),), Number()),
        SheetColumn("unit", (_("Currency"),)),
        SheetColumn("percent", (_("Percent"),), Number(decimals=1)),
    ]
    rows = [
        [line.code, line.title, result.figure.label, amount.value, result.plan, amount.unit, _rounded(result.percent)]
        for line, results in found
        for result in results
        for amount in result.amounts
    ]
    heading = f"{_('Result report')}: {local(edition, 'name')}"
    return Page(_("Summary"), columns, rows, [heading, when_measured(edition)])


def _rows_page(edition: Edition, line: reports.Line, figure: reports.Figure) -> Page:
    columns = [column for each in figure.columns for column in as_sheet_columns(each)]
    rows = ([value for each in figure.columns for value in as_cells(each, row, edition.zone)]
            for row in figure.each_row(edition))  # fmt: skip
    heading = f"{line.code} {line.title}: {figure.label}"
    return Page(f"{line.code} {figure.label}", columns, rows, [heading, local(edition, "name"), when_measured(edition)])


def as_sheet_columns(column: reports.Column) -> list[SheetColumn]:
    """An amount stands in two columns, so that it can be added up."""
    heading = SheetColumn(column.key, (column.title,), KINDS.get(column.kind, Text()))
    return [heading, SheetColumn("currency", (_("Currency"),))] if column.kind == "money" else [heading]


def as_cells(column: reports.Column, row: Any, zone: ZoneInfo) -> Sequence[object]:
    """What a row says in the sheet's columns of one column of the report."""
    value = column.value(row)
    if column.kind == "money":
        return value or (None, None)
    if column.kind == "time" and value:
        return [value.astimezone(zone)]
    return [country(value) if column.kind == "country" else value]


def _paper_rows(found: reports.Results) -> Iterator[Sequence[str]]:
    for line, results in found:
        yield [f"{line.code}  {line.title}"]
        for result in results:
            first, *others = map(report_words.amount, result.amounts)
            yield [str(result.figure.label), first, report_words.plan(result), report_words.share(result)]
            yield from (["", amount, "", ""] for amount in others)


def when_measured(edition: Edition) -> str:
    """The line that says of which moment the numbers are."""
    return _("Measured on %(moment)s") % {"moment": moment(clock.now().astimezone(edition.zone))}


def _rounded(percent: Any) -> Any:
    return None if percent is None else round(percent, 1)
