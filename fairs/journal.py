"""The append-only record of who did what: history, activity feed, audit export."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from fairs import clock

if TYPE_CHECKING:
    from fairs.models import Entry
    from fairs.permissions import Actor


def record(verb: str, thing: models.Model, *, by: "Actor", fields: Iterable[str] = (), **subject: Any) -> "Entry":
    """Write one entry about a thing, inside the caller's transaction.

    Keeps ids and the names of changed fields, never personal values. The thing may offer `edition`, `company` (on whose
    behalf) and `journal_subject` (a short name such as a booth's code); `company_id`, `subject` override.
    """
    entry = _entry(verb, thing, by=by, fields=fields, **subject)
    entry.save(force_insert=True)
    return entry


def record_many(verb: str, things: Iterable[models.Model], *, by: "Actor", fields: Iterable[str] = ()) -> None:
    """Write one entry about each thing, all by one statement."""
    from fairs.models import Entry  # the models import this module

    named = list(fields)
    Entry.objects.bulk_create(_entry(verb, thing, by=by, fields=named) for thing in things)


def _entry(verb: str, thing: models.Model, *, by: "Actor", fields: Iterable[str], **subject: Any) -> "Entry":
    from fairs.models import Entry  # the models import this module

    return Entry(
        at=clock.now(),
        verb=f"{thing._meta.label_lower}.{verb}",
        actor_id=by.pk if by is not None and by.is_authenticated else None,
        edition_id=getattr(thing, "edition_id", None) or (thing.pk if thing._meta.model_name == "edition" else None),
        company_id=subject.get("company_id") or getattr(thing, "company_id", None),
        object_id=str(thing.pk),
        subject=str(subject.get("subject") or getattr(thing, "journal_subject", ""))[:200],
        fields=sorted(set(fields)),
    )
