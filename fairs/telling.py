"""The journal in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fairs.discovery import sentence, sentence_of_many, verbs
from fairs.models import Company, Consent, DataRequest, Entry, Officer

MOST_NAMES = 6  # of one deed on many things; the rest is counted
CODES = {
    "fairs.officer": Officer.Role.choices,
    "fairs.consent": Consent.Purpose.choices,
    "fairs.datarequest": DataRequest.Kind.choices,
}


@dataclass(frozen=True)
class Line:
    """One deed as a sentence with its company in bold."""

    at: datetime
    text: SafeString
    entries: list[Entry]

    @property
    def entry(self) -> Entry:
        """Its latest entry."""
        return self.entries[0]

    @property
    def company(self) -> Company | None:
        """The one company it is about."""
        return self.entry.company if len({entry.company_id for entry in self.entries}) == 1 else None

    @property
    def day(self) -> date:
        """The day in the time zone of this page."""
        return timezone.localtime(self.at).date()


def told(entries: "QuerySet[Entry]") -> list[Line]:
    """Entries as lines, in their order; what one person did to many things in a minute is one line."""
    return [_line(batch) for batch in _batches(entries.select_related("actor", "company"))]


def verb_choices() -> list[tuple[str, str]]:
    """Every verb with its sentence, the names left open, in the order of the alphabet."""
    blank = {"actor": "…", "company": "…", "subject": "…"}
    return sorted(((verb, str(sentence(verb)) % blank) for verb in verbs()), key=lambda pair: pair[1].strip("… “"))


def _batches(entries: "QuerySet[Entry]") -> list[list[Entry]]:
    """Entries told together, in the order of the first of each."""
    batches: dict[Any, list[Entry]] = {}
    for entry in entries:
        batches.setdefault(_batch_key(entry), []).append(entry)
    return list(batches.values())


def _batch_key(entry: Entry) -> Any:
    """What entries told together have in common; a verb without a sentence for many is told one by one."""
    many = sentence_of_many(entry.verb)
    if many is None:
        return entry.pk
    company = entry.company_id if "%(company)s" in str(many) else None
    return entry.verb, entry.actor_id, company, entry.at.replace(second=0, microsecond=0)


def _line(batch: list[Entry]) -> Line:
    """A verb that nobody has worded is shown by its name."""
    entry = batch[0]
    worded = sentence(entry.verb) if len(batch) == 1 else sentence_of_many(entry.verb)
    company = f"<b>{escape(entry.company.name_vi)}</b>" if entry.company else escape(_("a company"))
    text = escape(str(worded or entry.verb)) % {
        "actor": escape(entry.actor.full_name if entry.actor else _("The system")),
        "company": company,
        "subject": escape(_subjects(batch)),
        "count": len(batch),
    }
    return Line(entry.at, mark_safe(text), batch)  # every name is escaped


def _subjects(batch: list[Entry]) -> str:
    """The names of all things, in their order; of very many the first ones."""
    names = sorted(_subject(entry) for entry in batch)
    rest = len(names) - MOST_NAMES
    if rest <= 1:
        return ", ".join(names)
    shown = ", ".join(names[:MOST_NAMES])
    return _("%(names)s and %(count)d more") % {"names": shown, "count": rest}


def _subject(entry: Entry) -> str:
    """The name of one thing; what is kept by its code is told in the page's language."""
    words = dict(CODES.get(entry.verb.rpartition(".")[0], ()))
    return str(words.get(entry.subject, entry.subject))
