"""What the meeting desk has on paper: the day's meetings, once by exhibitor and once by importer."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from fairs.day_packs import DayList, Heading, add_lists
from fairs.models import Edition
from matchmaking.models import Meeting

DESK = frozenset({"matchmaking_desk", "importer_desk"})


def meetings_on(edition: Edition, day: date) -> list[Meeting]:
    """The day's meetings that are agreed, or that may still be."""
    begins = datetime.combine(day, time.min, edition.zone)
    found = Meeting.objects.filter(edition=edition, state__in=["requested", "accepted", "held", "no_show"])
    of_day = found.filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    return list(of_day.with_sides().select_related("importer_person"))


def by_exhibitor(edition: Edition, day: date) -> Iterator[list[Any]]:
    """Each exhibitor's day under its name and booths."""
    found = sorted(meetings_on(edition, day), key=lambda one: (one.exhibitor.company.folded, one.starts_at))
    for part, theirs in groupby(found, key=lambda one: one.exhibitor):
        yield [part.company.name_vi]
        for one in theirs:
            who = f"{one.importer_person.full_name}, {one.importer.company.name_vi}"
            yield [*_when(one, edition), one.place or one.where, who, one.get_state_display()]


def by_importer(edition: Edition, day: date) -> Iterator[list[Any]]:
    """Each importer's day, with the booths they go to."""
    found = sorted(meetings_on(edition, day), key=lambda one: (one.importer.company.folded, one.starts_at))
    for part, theirs in groupby(found, key=lambda one: one.importer):
        yield [part.company.name_vi]
        for one in theirs:
            yield [*_when(one, edition), one.place or one.where, one.exhibitor.company.name_vi, one.get_state_display()]


def _when(one: Meeting, edition: Edition) -> list[str]:
    return [f"{moment.astimezone(edition.zone):%H:%M}" for moment in (one.starts_at, one.ends_at)]


def _headings(other: Any) -> list[Heading]:
    return [
        Heading(_("From"), 0.7),
        Heading(_("To"), 0.7),
        Heading(_("Booth"), 1),
        Heading(other, 4),
        Heading(_("State"), 1.6),
    ]


add_lists(
    [
        DayList("30-meetings-by-exhibitor", _("Meetings by exhibitor"), DESK, _headings(_("Importer")), by_exhibitor),
        DayList("31-meetings-by-importer", _("Meetings by importer"), DESK, _headings(_("Exhibitor")), by_importer),
    ]
)
