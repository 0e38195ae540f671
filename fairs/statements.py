"""A report read back from its snapshot, and from nothing else; and what differs between two of them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from fairs import report_words, reports, snapshots
from fairs.errors import Refused
from fairs.indicators import Indicator
from fairs.models import Edition, SignedReport
from fairs.templatetags.fair import language


class Words:
    """A text kept in two languages, which reads in that of the page."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self.said = said

    def __str__(self) -> str:
        return self.said[language()]

    def __bool__(self) -> bool:
        return bool(self.said["vi"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.said == other.said

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.said.items())))


@dataclass(frozen=True)
class Kept(reports.Result):
    """A figure as it was measured then; its percent is what was reckoned then too."""

    kept: Decimal | None = None
    kept_unit: str = ""
    before: reports.Amount | None = None  # at the last edition
    change: Decimal | None = None  # against it, in hundredths

    @property
    def percent(self) -> Decimal | None:
        return self.kept

    @property
    def unit_of_plan(self) -> str:
        return self.kept_unit


@dataclass(frozen=True)
class Change:
    """One thing that two statements say differently; `line` is a code, or empty for what stands around the figures."""

    line: str
    title: Any
    label: Any
    what: str  # a key of WHAT
    before: Any
    after: Any

    @property
    def what_word(self) -> Any:
        """Which side of the figure changed."""
        return WHAT[self.what]


WHAT = {
    "actual": _("Actual"),
    "plan": _("Plan"),
    "last": _("Last edition"),
    "rule": _("How it is counted"),
    "words": _("Words"),
}


class Statement:
    """What a report said: its lines with their figures, and the words around them."""

    def __init__(self, said: Mapping[str, Any], edition: Edition, signed: SignedReport | None = None) -> None:
        self.said, self.edition, self.signed = said, edition, signed

    @property
    def zone(self) -> ZoneInfo:
        """Where the fair was."""
        return ZoneInfo(self.said["edition"]["time_zone"])

    @property
    def measured_at(self) -> datetime:
        """The moment of the figures."""
        return datetime.fromisoformat(self.said["measured_at"]).astimezone(self.zone)

    @property
    def opens_on(self) -> date:
        """The first day."""
        return date.fromisoformat(self.said["edition"]["opens_on"])

    @property
    def closes_on(self) -> date:
        """The last day."""
        return date.fromisoformat(self.said["edition"]["closes_on"])

    @property
    def level(self) -> Words:
        """From which level of evidence on contracts count."""
        return Words(self.said["level"]["label"])

    def word(self, part: str, name: str) -> str:
        """What the edition, series or frame says, in the language of the page."""
        text = self.said[part][name]
        return str(Words(text)) if isinstance(text, dict) else str(text)

    @cached_property
    def found(self) -> reports.Results:
        """Every line with its figures, in the form in which the report of now has them."""
        return [_line(one) for one in self.said["lines"]]

    @cached_property
    def by_name(self) -> dict[str, reports.Result]:
        """The figures by their names, such as B1.built."""
        return reports.by_name(self.found)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The figures that had a target, as they were compared then."""
        found = (one for one in self.by_name.values() if isinstance(one, Kept))
        return [Indicator(one, one.before, one.change) for one in found if one.plan is not None]

    def facts(self, code: str) -> list[reports.Fact]:
        """What a line of words said, in the language of the page."""
        said = self._line(code)["facts"]
        return [reports.Fact(Words(one["label"]), str(Words(one["text"]))) for one in said]

    def recorded(self, code: str) -> bool:
        """Whether anything of a line was recorded at all."""
        return bool(self._line(code)["recorded"])

    def firms(self, name: str) -> int | None:
        """How many companies stand behind an amount of money, on the side that has fewer."""
        code, _dot, key = name.partition(".")
        known: dict[str, int | None] = {one["key"]: one["firms"] for one in self._line(code)["figures"]}
        return known.get(key)

    def sums(self, code: str) -> list[reports.Addition]:
        """The parts of a line against their whole, as they were."""
        return [_sum(one) for one in self._line(code)["sums"]]

    def _line(self, code: str) -> Mapping[str, Any]:
        return next(one for one in self.said["lines"] if one["code"] == code)


def as_signed(signed: SignedReport) -> Statement:
    """What a version says. Refuses with `not_intact` when its text has not the hash it was signed with."""
    if not signed.intact:
        raise not_intact(signed)
    return Statement(json.loads(signed.snapshot), signed.edition, signed)


def not_intact(signed: SignedReport) -> Refused:
    """Why nothing is shown of a version that somebody wrote into."""
    sentence = _(
        "Version %(number)s was changed after it was signed: its text does not have the hash that it was signed "
        "with. Its figures are not shown. Restore the database from a backup, and find out who wrote into it."
    )
    return Refused("not_intact", sentence % {"number": signed.number})


def as_now(edition: Edition) -> Statement:
    """What the report says at this moment, by the way of a snapshot like every version."""
    return Statement(snapshots.taken(edition), edition)


def languages() -> list[tuple[str, str]]:
    """The languages of the report, each by its own name."""
    return [(code, get_language_info(code)["name_local"]) for code in snapshots.LANGUAGES]


def changes(before: Statement, after: Statement) -> list[Change]:
    """What the second says differently, line by line; the moment of measuring and the wording of titles are none."""
    then, now = dict(_facts(before)), dict(_facts(after))
    found = []
    for key in [*then, *(key for key in now if key not in then)]:
        old, new = then.get(key), now.get(key)
        if old is None or new is None or old.value != new.value:
            known = new or old
            assert known is not None
            shown = [fact.shown if fact else NOTHING for fact in (old, new)]
            found.append(Change(key[0], known.title, known.label, key[2], *shown))
    return sorted(found, key=lambda change: change.line)


class Shown:
    """A value that is written when it is read, in the language of the page."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __str__(self) -> str:
        if isinstance(self.value, dict):
            return str(Words(self.value))
        if isinstance(self.value, list):
            return "; ".join(report_words.amount(_amount(one)) for one in self.value)
        return str(self.value)


NOTHING: Any = Shown("–")


@dataclass(frozen=True)
class Fact:
    """One thing a statement says: its value as it is compared, its name as it is shown."""

    value: Any
    title: Any
    label: Any

    @property
    def shown(self) -> Shown:
        """The value as a page writes it."""
        empty = not any(self.value.values()) if isinstance(self.value, dict) else self.value in (None, "", [])
        return NOTHING if empty else Shown(self.value)


def _facts(of: Statement) -> Iterator[tuple[tuple[str, str, str], Fact]]:
    for part, names in AROUND.items():
        for name, label in names.items():
            yield ("", f"{part}.{name}", "words"), Fact(of.said[part][name], "", label)
    papers = "; ".join(f"{paper['number']} ({paper['issued_on']})" for paper in of.said["papers"])
    yield ("", "papers", "words"), Fact(papers, "", _("Legal basis"))
    plan = of.said["plan"]
    yield ("", "version", "words"), Fact(plan and f"{plan['number']} ({plan['since']})", "", _("version of the plan"))
    yield ("", "level", "words"), Fact(of.said["level"]["label"], "", _("level of evidence"))
    for lang, sha256 in of.said.get("templates", {}).items():
        yield ("", f"template.{lang}", "words"), Fact(sha256[:12], "", TEMPLATES[lang])
    for line in of.said["lines"]:
        yield from _facts_of(line)


def _facts_of(line: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], Fact]]:
    code, title = line["code"], Words(line["title"])
    yield (code, "", "rule"), Fact(line["rule"], title, "")
    for number, one in enumerate(line["facts"]):
        yield (code, str(number), "words"), Fact(one["text"], title, Words(one["label"]))
    for one in line["figures"]:
        label, key = Words(one["label"]), one["key"]
        plan = None if one["plan"] is None else [{"value": one["plan"], "unit": one["plan_unit"]}]
        yield (code, key, "actual"), Fact(one["amounts"], title, label)
        yield (code, key, "plan"), Fact(plan, title, label)
        yield (code, key, "last"), Fact(one["last"] and [one["last"]], title, label)


TEMPLATES = {"vi": _("template in Vietnamese"), "en": _("template in English")}
AROUND: dict[str, dict[str, Promise | str]] = {
    "edition": {
        "name": _("Name"), "theme": _("Theme"), "venue": _("Venue"), "number": _("number of the edition"),
        "opens_on": _("opens on"), "closes_on": _("closes on"),
    },
    "series": {"host": _("Host"), "operator": _("Organiser")},
    "frame": {
        "superior": _("Body above the organiser"), "addressee": _("Addressee"), "office": _("Office of who signs"),
        "number": _("number and symbol"), "place": _("Place of writing"), "copies": _("Copies to"),
        "remarks": _("Remarks and proposals"),
    },
}  # fmt: skip


def _line(said: Mapping[str, Any]) -> tuple[reports.Line, list[reports.Result]]:
    figures = [reports.Figure(one["key"], Words(one["label"]), _no_rows, ()) for one in said["figures"]]
    line = reports.Line(said["code"], Words(said["title"]), figures, note=Words(said["rule"]), unit=Words(said["unit"]))
    return line, [_kept(line, figure, one) for figure, one in zip(figures, said["figures"], strict=True)]


def _kept(line: reports.Line, figure: reports.Figure, said: Mapping[str, Any]) -> Kept:
    return Kept(
        line=line,
        figure=figure,
        amounts=[_amount(one) for one in said["amounts"]],
        plan=_number(said["plan"]),
        kept=_number(said["percent"]),
        kept_unit=said["plan_unit"],
        before=said["last"] and _amount(said["last"]),
        change=_number(said["change"]),
    )


def _sum(said: Mapping[str, Any]) -> reports.Addition:
    parts = [(Words(part["label"]), _amount(part)) for part in said["parts"]]
    return reports.Addition(parts, _amount(said["whole"]), Words(said["label"]))


def _amount(said: Mapping[str, Any]) -> reports.Amount:
    return reports.Amount(Decimal(said["value"]), said["unit"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _no_rows(edition: Edition) -> list[Any]:
    """What was counted then is not kept with it: the rows of now may be others."""
    return []
