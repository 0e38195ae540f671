"""Invited, registered, approved, hosted, came; as companies, people and entries: never one number for another."""

from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from buyers.models import Badge, Companion, Registration, Scan
from fairs.models import Edition, Entry

# With the figure of the report that counts its companies.
STEPS = {
    "invited": ("D1", "invited"),
    "registered": ("D1", "registered"),
    "approved": ("D1", "approved"),
    "hosted": ("D2", "companies"),
    "came": ("D1", "attended"),
}


def asked() -> Exists:
    """Whether the journal remembers an invitation, whatever became of it."""
    invitations = Entry.objects.filter(verb="buyers.registration.invite")
    return Exists(invitations.filter(object_id=Cast(OuterRef("pk"), CharField(max_length=40))))


def condition(step: str) -> Q:
    """Which registrations came so far; rows need `was_asked` and `was_here`, see `at_step`."""
    return {
        "invited": Q(state="invited") | Q(was_asked=True),
        "registered": Q(state__in=Registration.FILLED_IN),
        "approved": Q(state="approved"),
        "hosted": Q(state="approved", grade__hosted=True),
        "came": Q(state="approved", was_here=True),
    }[step]


def at_step(rows: Any, step: str) -> Any:
    """The registrations that came so far; all of them without a step."""
    return _told(rows).filter(condition(step)) if step else rows


def counted_apart(edition: Edition) -> list[dict[str, Any]]:
    """A row for each step with its companies, people and entries, each of which opens its own rows; three queries."""
    rows = _told(Registration.objects.filter(edition=edition)).order_by()
    counts = rows.aggregate(
        **{f"{step}_people": Count("pk", filter=condition(step)) for step in STEPS},
        **{f"{step}_companies": Count("company", filter=condition(step), distinct=True) for step in STEPS},
    )
    entries = Scan.objects.filter(edition=edition, badge__kind=Badge.Kind.IMPORTER).entries().count()
    shown = [_row(edition, step, label, counts, entries if step == "came" else None) for step, label in _words()]
    beside = Companion.objects.filter(registration__edition=edition, state=Companion.State.APPROVED).count()
    blank = {"number": None, "url": "", "what": ""}
    with_them = {"number": beside, "url": "", "what": ""}
    return [*shown, {"label": _("Companions and interpreters"), "cells": [blank, with_them, blank]}]


def _told(rows: QuerySet[Registration]) -> Any:
    here = Exists(Registration.objects.filter(pk=OuterRef("pk")).present())
    return rows.annotate(was_asked=asked(), was_here=here)


def _words() -> list[tuple[str, str]]:
    words = {
        "invited": _("Invited"),
        "registered": _("Registered"),
        "approved": _("Approved"),
        "hosted": _("of them hosted"),
        "came": _("Came"),
    }
    return [(step, words[step]) for step in STEPS]


def _row(edition: Edition, step: str, label: str, counts: dict[str, int], entries: int | None) -> dict[str, Any]:
    line, figure = STEPS[step]
    report = reverse("fairs:report_rows", args=[edition.slug, line, figure])
    people = reverse("buyers:importers_desk", args=[edition.slug]) + f"?step={step}#list"
    gates = reverse("fairs:report_rows", args=[edition.slug, "D1", "entries"]) if entries is not None else ""
    return {
        "label": label,
        "cells": [
            {"number": counts[f"{step}_companies"], "url": report, "what": _("companies")},
            {"number": counts[f"{step}_people"], "url": people, "what": _("people")},
            {"number": entries, "url": gates, "what": _("entries")},
        ],
    }
