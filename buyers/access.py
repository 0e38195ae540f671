"""When which kind of badge opens which gate, as an edition says or as is usual."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from buyers.entering import Window, by_kind
from buyers.models import AccessRule, Badge
from fairs.models import Edition, OpeningDay

# Those who build and take down come before and after the fair's own days (domain practice: only their passes do).
WORKING_KINDS = (Badge.Kind.EXHIBITOR, Badge.Kind.ORGANISER, Badge.Kind.STAFF, Badge.Kind.CONTRACTOR)
MOVE_IN, MOVE_OUT = timedelta(days=5), timedelta(days=2)


class Access(NamedTuple):
    """All that decides at the gates of an edition: the windows of each kind, and the areas with rules of their own."""

    windows: Mapping[str, list[Window]]
    areas: frozenset[int | None]


def access_to(edition: Edition) -> Access:
    """By the edition's rules; an edition without any has the usual ones."""
    rules = list(AccessRule.objects.filter(edition=edition)) or list(usual_rules(edition))
    windows = by_kind((rule.kind, Window(rule.area_id, rule.begins_at, rule.ends_at)) for rule in rules)
    return Access(windows, frozenset(rule.area_id for rule in rules))


def usual_rules(edition: Edition) -> Iterator[AccessRule]:
    """From the opening days: the public on public days, who works there from building up to taking down, others always.

    Each day counts whole: the hours of opening are kept by the doors.
    """
    days = list(OpeningDay.objects.filter(edition=edition))
    for kind in Badge.Kind:
        if kind in WORKING_KINDS:
            yield _rule(edition, kind, edition.opens_on - MOVE_IN, edition.closes_on + MOVE_OUT)
            continue
        for day in days:
            if kind != Badge.Kind.VISITOR or day.audience == OpeningDay.Audience.PUBLIC:
                yield _rule(edition, kind, day.date, day.date)


def _rule(edition: Edition, kind: str, first: date, last: date) -> AccessRule:
    return AccessRule(
        edition=edition,
        kind=kind,
        begins_at=datetime.combine(first, time.min, edition.zone),
        ends_at=datetime.combine(last, time.min, edition.zone) + timedelta(days=1),
    )
