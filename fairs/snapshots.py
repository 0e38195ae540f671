"""What the result report says at one moment, as text that can be kept and hashed.

A snapshot is canonical JSON: keys in order, no spaces, UTF-8. Words stand in both languages, numbers as exact text with
their unit, so that it can be shown in either for ever and by nothing else. Form 2 names the templates of the document
by their SHA-256; their bytes are kept beside the version.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from fairs import clock, reports
from fairs.evidence import LEVELS, level_of
from fairs.indicators import Indicator, compared, last_edition
from fairs.models import Edition, ReportFrame, Series, SignedReport
from fairs.report_templates import sha256_of, template

FORM = 2  # of the snapshot; a reader knows every form there ever was
LANGUAGES = ("vi", "en")
OF_DEALS = "F"  # lines of papers between two companies
SIDES = ("exhibitor", "importer")
BY_DAY = "D4.by_day"  # a figure whose rows have a day and its entries
OF_AN_EDITION = ("name", "theme", "venue")
OF_A_SERIES = ("name", "host", "operator")
OF_A_PAPER = ("issuer", "subject")
OF_A_FRAME = ("superior", "place", "addressee", "office", "copies", "remarks")

Said = dict[str, Any]


def taken(edition: Edition, *, before: SignedReport | None = None) -> Said:
    """Everything the report says now; `before` is the version that this one follows."""
    level, last, frame = level_of(edition), last_edition(edition), frame_of(edition)
    return {
        "form": FORM,
        "measured_at": clock.now().isoformat(),
        "before": before.sha256 if before else "",
        "edition": _edition(edition),
        "series": _series(edition.series),
        "frame": _frame(frame),
        "templates": {lang: sha256_of(template(frame, lang)) for lang in LANGUAGES},
        "papers": [_paper(paper) for paper in edition.legal_papers.all()],
        "level": {"code": level, "label": both(LEVELS[level])},
        "plan": _plan(edition),
        "last": _named(last, ("name",)) | {"slug": last.slug} if last else None,
        "lines": _lines(edition, reports.results(edition), last),
        "days": _days(edition),
    }


def canonical(said: Mapping[str, Any]) -> str:
    """The one text of a snapshot."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def both(text: Any) -> dict[str, str]:
    """A sentence in every language of the site."""
    said = {}
    for code in LANGUAGES:
        with translation.override(code):
            said[code] = str(text)
    return said


def frame_of(edition: Edition) -> ReportFrame:
    """What the edition's official report says around the figures, with what holds where nobody has said anything."""
    return ReportFrame.objects.filter(edition=edition).first() or ReportFrame(edition=edition)


def _edition(edition: Edition) -> Said:
    days = {name: getattr(edition, name).isoformat() for name in ("opens_on", "closes_on")}
    facts = _as_text(edition, "slug", "number", "venue_address", "time_zone")
    return _named(edition, OF_AN_EDITION) | facts | days


def _series(series: Series) -> Said:
    return _named(series, OF_A_SERIES) | _as_text(series, "address", "phone", "email", "tax_code")


def _frame(frame: ReportFrame) -> Said:
    return _named(frame, OF_A_FRAME) | {"number": frame.number, "due_on": frame.due_on.isoformat()}


def _paper(paper: Any) -> Said:
    return _named(paper, OF_A_PAPER) | {"number": paper.number, "issued_on": paper.issued_on.isoformat()}


def _plan(edition: Edition) -> Said | None:
    """The version of the plan that the figures are held against."""
    version = edition.plan_versions.select_related("legal_paper").first()
    if version is None:
        return None
    paper = version.legal_paper.number if version.legal_paper else ""
    return {"number": version.number, "since": version.since.isoformat(), "paper": paper}


def _named(thing: Any, names: tuple[str, ...]) -> Said:
    """Columns that stand in two languages; an empty English one says what the Vietnamese one does."""
    found = {}
    for name in names:
        vi = getattr(thing, f"{name}_vi")
        found[name] = {"vi": vi, "en": getattr(thing, f"{name}_en") or vi}
    return found


def _as_text(thing: Any, *names: str) -> Said:
    values = {name: getattr(thing, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _lines(edition: Edition, found: reports.Results, last: Edition | None) -> list[Said]:
    facts = _facts(edition)
    aimed = {one.result.figure: one for one in compared(reports.aimed_of(found), last)}
    return [
        {
            "code": line.code,
            "title": both(line.title),
            "rule": both(line.note),
            "unit": both(line.unit),
            "recorded": line.recorded,
            "facts": facts.get(line.code, []),
            "figures": [_figure(edition, one, aimed.get(one.figure)) for one in results],
            "sums": [_sum(one) for one in reports.addition(line, found)],
        }
        for line, results in found
    ]


def _facts(edition: Edition) -> dict[str, list[Said]]:
    """The lines of words by their codes, each fact in every language."""
    said = {}
    for code in LANGUAGES:
        with translation.override(code):
            said[code] = {line: [_fact(one) for one in facts] for line, facts in reports.facts(edition).items()}
    return {line: _in_all(said, line) for line in said[LANGUAGES[0]]}


def _in_all(said: dict[str, dict[str, list[tuple[str, str]]]], line: str) -> list[Said]:
    """The facts of a line, which stand in the same order in every language."""
    found = []
    for same in zip(*(said[code][line] for code in LANGUAGES), strict=True):
        label, text = ({code: one[part] for code, one in zip(LANGUAGES, same, strict=True)} for part in (0, 1))
        found.append({"label": label, "text": text})
    return found


def _fact(one: reports.Fact) -> tuple[str, str]:
    return str(one.label), str(one.text)


def _figure(edition: Edition, result: reports.Result, aimed: Indicator | None) -> Said:
    return {
        "key": result.figure.key,
        "label": both(result.figure.label),
        "amounts": [_amount(amount) for amount in result.amounts],
        "plan": None if result.plan is None else exact(result.plan),
        "plan_unit": result.unit_of_plan,
        "percent": None if result.percent is None else exact(result.percent),
        "last": None if aimed is None or aimed.before is None else _amount(aimed.before),
        "change": None if aimed is None or aimed.change is None else exact(aimed.change),
        "firms": _firms(edition, result) if result.line.code.startswith(OF_DEALS) else None,
    }


def _firms(edition: Edition, result: reports.Result) -> int | None:
    """How many companies stand behind an amount of money on the side that has fewer; None where there are no sides."""
    if not any(amount.unit for amount in result.amounts):
        return None
    rows = result.figure.rows(edition)
    firms = _sides_asked(rows) if isinstance(rows, QuerySet) else _sides_read(rows)
    return min((len(side) for side in firms), default=None)


def _sides_asked(rows: QuerySet[Any]) -> list[set[Any]]:
    columns = {field.name for field in rows.model._meta.get_fields()}
    sides = [name for name in SIDES if name in columns]
    return [set(rows.order_by().values_list(name, flat=True).distinct()) for name in sides]


def _sides_read(rows: list[Any]) -> list[set[Any]]:
    sides = [f"{name}_id" for name in SIDES]
    return [{getattr(row, side) for row in rows} for side in sides if rows and hasattr(rows[0], side)]


def _days(edition: Edition) -> list[Said]:
    """The entries of each day, all kinds of badges together."""
    known = reports.find(BY_DAY)
    counted: dict[str, int] = {}
    for row in known[1].rows(edition) if known else ():
        when = row["day"].isoformat()[:10]
        counted[when] = counted.get(when, 0) + row["entries"]
    return [{"day": when, "entries": counted[when]} for when in sorted(counted)]


def _sum(one: reports.Addition) -> Said:
    return {
        "parts": [{"label": both(label), **_amount(amount)} for label, amount in one.parts],
        "whole": _amount(one.whole),
        "label": both(one.label),
    }


def _amount(amount: reports.Amount) -> Said:
    return {"value": exact(amount.value), "unit": amount.unit}


def exact(value: Decimal | int) -> str:
    """A number without a thing that its column or database adds: 6.00 and 6 are one text."""
    number = Decimal(value)
    whole = number == number.to_integral_value()
    return format(number.quantize(Decimal(1)) if whole else number.normalize(), "f")
