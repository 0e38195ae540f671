"""The report as files: a workbook with every row behind it, and a paper to sign."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs import clock, report_words, reports
from fairs.models import Edition
from fairs.papers.letter import Signature
from fairs.papers.report import Column as PaperColumn
from fairs.papers.report import ReportFace, report_pdf
from fairs.papers.rows import Across
from fairs.report_lines import INDICATOR
from fairs.sheets import Column as SheetColumn
from fairs.sheets import Date, Kind, Number, Page, Text, to_workbook
from fairs.statements import Statement, as_now
from fairs.templatetags.fair import country, day, day_range, language, local, moment

NOT_RECORDED = gettext_lazy("not recorded yet")
KINDS: dict[str, Kind] = {"number": Number(decimals=0), "money": Number(decimals=2), "date": Date(), "time": Date()}


def workbook(edition: Edition, roles: frozenset[str]) -> bytes:
    """A summary, and for each figure that these roles may read a worksheet with its rows."""
    return to_workbook(_pages(edition, as_now(edition), roles))


def summary_workbook(of: Statement) -> bytes:
    """The summary alone: the rows of a version are not kept with it."""
    return to_workbook([_summary(of), *_indicators(of)])


def rows_workbook(edition: Edition, line: reports.Line, figure: reports.Figure) -> bytes:
    """The rows behind one figure."""
    return to_workbook([_rows_page(edition, line, figure)])


def paper(of: Statement) -> bytes:
    """The summary on A4; that of a version says which, its hash and who signed."""
    return report_pdf(
        ReportFace(
            title=_("Result report"),
            subtitle=of.word("edition", "name"),
            organiser=of.word("series", "operator"),
            facts=[f"{day_range(of.opens_on, of.closes_on)} · {of.word('edition', 'venue')}", *source_of(of)],
            columns=[
                PaperColumn(_("Figure"), 5),
                PaperColumn(_("Actual"), 2.4, "right", figures=True),
                PaperColumn(_("Plan"), 2.2, "right", figures=True),
                PaperColumn(_("Percent"), 1.2, "right", figures=True),
            ],
            rows=list(_paper_rows(of)),
            signatures=[_signature(of)] if of.signed else [],
            page_word=_("Page"),
            lang=language(),
        )
    )


def source_of(of: Statement) -> list[str]:
    """Of which moment the figures are, from which level on contracts count, and which version this is."""
    measured = _measured(of.measured_at)
    level = _("contracts counted when %(level)s") % {"level": of.level}
    return [f"{measured} · {level}", *_plan(of), *_version(of)]


def _plan(of: Statement) -> list[str]:
    plan = of.said["plan"]
    if plan is None:
        return []
    said = {"number": plan["number"], "day": day(date.fromisoformat(plan["since"]))}
    words = _("Plan: version %(number)s of %(day)s") % said
    return [f"{words}, {plan['paper']}" if plan["paper"] else words]


def _version(of: Statement) -> list[str]:
    if of.signed is None:
        return []
    said = {
        "number": of.signed.number,
        "moment": moment(of.signed.signed_at.astimezone(of.zone)),
        "name": of.signed.signed_by.full_name,
    }
    return [_("Version %(number)s, signed on %(moment)s by %(name)s") % said, f"SHA-256 {of.signed.sha256}"]


def _signature(of: Statement) -> Signature:
    assert of.signed is not None
    return Signature(office_of(of), "", of.signed.signed_by.full_name)


def office_of(of: Statement) -> str:
    """In which office the report is signed."""
    return of.word("frame", "office") or _("Director")


def _pages(edition: Edition, of: Statement, roles: frozenset[str]) -> Iterator[Page]:
    yield _summary(of)
    yield from _indicators(of)
    for line in reports.lines():
        if line.open_to(roles):
            shown = (figure for figure in line.figures if line.name_of(figure) in of.by_name)
            yield from (_rows_page(edition, line, figure) for figure in shown)


def _summary(of: Statement) -> Page:
    columns = [
        SheetColumn("line", (_("Line"),)),
        SheetColumn("title", (_("Title"),)),
        SheetColumn("figure", (_("Figure"),)),
        SheetColumn("actual", (_("Actual"),), Number()),
        SheetColumn("plan", (_("Plan"),), Number()),
        SheetColumn("unit", (_("Currency"),)),
        SheetColumn("percent", (_("Percent"),), Number(decimals=1)),
    ]
    heading = f"{_('Result report')}: {of.word('edition', 'name')}"
    return Page(_("Summary"), columns, list(_summary_rows(of)), [heading, *source_of(of)])


def _summary_rows(of: Statement) -> Iterator[list[Any]]:
    for line, results in of.found:
        head = [line.code, str(line.title)]
        for words in in_words(of, line):
            yield [*head, ": ".join(words), None, None, None, None]
        for one in results:
            for amount in one.amounts:
                yield [
                    *head, str(one.figure.label), amount.value, one.plan, amount.unit, _rounded(one.percent),
                ]  # fmt: skip


def _indicators(of: Statement) -> Iterator[Page]:
    """Plan, result and the last edition if there was one, figure by figure; no page without a plan."""
    shown = reports.shown(INDICATOR, of.indicators)
    columns = [column for each in shown for column in as_sheet_columns(each)]
    rows = [[value for each in shown for value in as_cells(each, one, of.zone)] for one in of.indicators]
    if rows:
        yield Page(_("Plan and result"), columns, rows, [_("Plan and result"), of.word("edition", "name")])


def in_words(of: Statement, line: reports.Line) -> list[list[str]]:
    """What a line says without figures: its facts as label and text, or that nothing is recorded."""
    if not of.recorded(line.code):
        return [[str(NOT_RECORDED)]]
    return [[str(fact.label), fact.text or str(NOT_RECORDED)] for fact in of.facts(line.code)]


def _rows_page(edition: Edition, line: reports.Line, figure: reports.Figure) -> Page:
    found: Iterable[Any] = figure.each_row(edition)
    if any(one.if_any for one in figure.columns):
        found = list(found)
    shown = reports.shown(figure.columns, found)
    columns = [column for each in shown for column in as_sheet_columns(each)]
    rows = ([value for each in shown for value in as_cells(each, row, edition.zone)] for row in found)
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


def _paper_rows(of: Statement) -> Iterator[Sequence[str]]:
    for line, results in of.found:
        yield [f"{line.code}  {line.title}"]
        yield from map(Across, in_words(of, line))
        for result in results:
            first, *others = map(report_words.amount, result.amounts)
            yield [str(result.figure.label), first, report_words.plan(result), report_words.share(result)]
            yield from (["", amount, "", ""] for amount in others)


def when_measured(edition: Edition) -> str:
    """The line that says of which moment the numbers are."""
    return _measured(clock.now().astimezone(edition.zone))


def _measured(when: datetime) -> str:
    return _("Measured on %(moment)s") % {"moment": moment(when)}


def _rounded(percent: Any) -> Any:
    return None if percent is None else round(percent, 1)
