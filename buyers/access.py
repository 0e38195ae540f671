"""When which kind of badge opens which gate, as an edition says or as is usual."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from buyers.entering import Window, by_kind
from buyers.models import AccessRule, Badge
from fairs.models import Edition, OpeningDay

# Those who build and take down come before and after the fair's own days (domain practice: only their passes do).
WORKING_KINDS = (Badge.Kind.EXHIBITOR, Badge.Kind.ORGANISER, Badge.Kind.STAFF, Badge.Kind.CONTRACTOR)
KINDS = tuple(Badge.Kind.values)
MOVE_IN, MOVE_OUT = timedelta(days=5), timedelta(days=2)


class Access(NamedTuple):
    """All that decides at the gates of an edition: the windows of each kind, and the areas with rules of their own."""

    windows: Mapping[str, list[Window]]
    areas: frozenset[int | None]


def access_to(edition: Edition) -> Access:
    """By the edition's rules; an edition without any has the usual ones."""
    rows = AccessRule.objects.filter(edition=edition).order_by().values_list("kind", "area", "begins_at", "ends_at")
    rules = [(kind, Window(area, begins, ends)) for kind, area, begins, ends in rows] or list(usual_windows(edition))
    return Access(by_kind(rules), frozenset(window.area for _kind, window in rules))


def usual_rules(edition: Edition) -> list[AccessRule]:
    """The usual times as rules that can be seen, and kept."""
    return [
        AccessRule(edition=edition, kind=kind, begins_at=window.begins, ends_at=window.ends)
        for kind, window in usual_windows(edition)
    ]


def usual_windows(edition: Edition) -> Iterator[tuple[str, Window]]:
    """From the opening days: the public on public days, who works there from building up to taking down, others always.

    Each day counts whole: the hours of opening are kept by the doors.
    """
    building = _days(edition, edition.opens_on - MOVE_IN, edition.closes_on + MOVE_OUT)
    days = OpeningDay.objects.filter(edition=edition).values_list("date", "audience")
    opened = [(_days(edition, day, day), audience == OpeningDay.Audience.PUBLIC) for day, audience in days]
    for kind in KINDS:
        if kind in WORKING_KINDS:
            yield kind, building
            continue
        for window, public in opened:
            if public or kind != Badge.Kind.VISITOR:
                yield kind, window


def _days(edition: Edition, first: date, last: date) -> Window:
    """From the midnight before the first day to that after the last."""
    begins = datetime.combine(first, time.min, edition.zone)
    return Window(None, begins, datetime.combine(last, time.min, edition.zone) + timedelta(days=1))
