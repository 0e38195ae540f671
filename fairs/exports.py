"""The copy of everything that is kept about one person, for them to read and for programs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairs import clock
from fairs.journal import record
from fairs.models import Person
from fairs.permissions import Actor
from fairs.personal import Part, parts

OWN = ("full_name", "given_name", "original_name", "honorific", "job_title", "email", "phone", "language", "joined_at",
    "last_login", "restricted_at")  # fmt: skip


@dataclass(frozen=True)
class Chapter:
    """The rows of one kind: for programs as they are, for people as words."""

    key: str
    title: str
    rows: list[dict[str, Any]]
    shown: list[list[tuple[str, str]]]


def export_person(person: Person, *, by: Actor) -> bytes:
    """A ZIP of all of it as JSON and as one page, in the active language; that it was made is written down.

    Asks no permission: the page or request that calls it has. Passport data is only in a copy that its holder makes.
    """
    told = chapters(person, by)
    facts = {"person": person.pk, "made_at": clock.now(), **{one.key: one.rows for one in told}}
    page = render_to_string("fairs/people/export.html", {"chapters": told, "language": get_language() or "vi"})
    bundle = BytesIO()
    with ZipFile(bundle, "w", ZIP_DEFLATED) as files:
        files.writestr("data.json", json.dumps(facts, default=_plain, ensure_ascii=False, indent=1))
        files.writestr("data.html", page)
    record("export", person, by=by)
    return bundle.getvalue()


def chapters(person: Person, reader: Actor) -> list[Chapter]:
    """The person themselves, then everything the apps hand over; what there is nothing of is left out."""
    own = Part("fairs.person", "pk", OWN)
    told = [_chapter(part, person, reader) for part in [own, *parts()]]
    return [one for one in told if one.rows]


def _chapter(part: Part, person: Person, reader: Actor) -> Chapter:
    model = apps.get_model(part.model)
    rows, shown = [], []
    for row in part.rows(person):
        more = part.more(row, reader) if part.more else {}
        rows.append({name: _value(row, name) for name in part.fields} | dict(more))
        named = [(_label(model, name), _words(row, name)) for name in part.fields]
        shown.append([(label, text) for label, text in [*named, *_flat(more)] if text])
    return Chapter(part.model, str(model._meta.verbose_name_plural), rows, shown)


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return str(value) if isinstance(value, models.Model) else value


def _words(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else _value(row, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else str(_plain(value))


def _label(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _flat(more: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What an app adds, one line each."""
    lines: list[tuple[str, str]] = []
    for name, value in more.items():
        if isinstance(value, Mapping):
            lines += _flat(value)
        elif isinstance(value, list):
            lines += [(name, str(one)) for one in value]
        else:
            lines.append((name, str(_plain(value))))
    return lines


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
