"""Meetings counted: for each exhibitor, importer, country, product group, day and hour; and slot by slot."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractHour, TruncDate
from django.utils.translation import gettext_lazy as _

from fairs.models import Company, Edition, ProductGroup
from fairs.templatetags.fair import country, day, local
from matchmaking.actions.slots import slots
from matchmaking.models import Meeting, Rating
from matchmaking.reports import LATE

AGREED = ("accepted", "held", "no_show")
ANSWERS = (*Rating.Worth, *Rating.Step)
DEGREES = 5  # of colour on the map of slots, beside the number


class Counts(NamedTuple):
    """Of some meetings. What was not booked stands apart, and is in none of the others."""

    requested: int = 0
    agreed: int = 0
    held: int = 0
    cancelled: int = 0
    late: int = 0
    no_show: int = 0
    walk_in: int = 0

    @property
    def agreed_share(self) -> float | None:
        """Agreed of those asked for."""
        return self.agreed / self.requested if self.requested else None

    @property
    def kept_share(self) -> float | None:
        """Held of those whose end is known."""
        known = self.held + self.no_show
        return self.held / known if known else None


class Row(NamedTuple):
    """The counts of one exhibitor, country, hour…"""

    label: Any
    counts: Counts


@dataclass(frozen=True)
class Way:
    """By what meetings are told apart, and how that is named."""

    title: Any
    key: Callable[[Edition], Any]
    named: Callable[[Edition, list[Any]], dict[Any, Any]]


class Opinion(NamedTuple):
    """What one side says of its meetings: how many it rated, and of these how many for each of ANSWERS."""

    side: Any
    rated: int
    numbers: list[int]


class Cell(NamedTuple):
    """A time of a day on the map of slots: how many meetings are or were agreed, and how deep its colour is."""

    number: int
    degree: int


def whole(edition: Edition) -> Counts:
    """Of all meetings of an edition."""
    return Counts(**Meeting.objects.filter(edition=edition).aggregate(**COUNTED))


def rows(edition: Edition, way: str) -> list[Row]:
    """A row for each, those with most meetings first; days and hours in their own order.

    An exhibitor with several product groups counts in each of them.
    """
    how = WAYS[way]
    found = Meeting.objects.filter(edition=edition).order_by().annotate(by=how.key(edition)).values("by")
    counted = {one.pop("by"): Counts(**one) for one in found.annotate(**COUNTED)}
    names = how.named(edition, list(counted))
    if way in IN_ORDER:
        return [Row(names[key], counted[key]) for key in sorted(counted)]
    return sorted((Row(names[key], counts) for key, counts in counted.items()), key=_rank)


def opinions(edition: Edition) -> list[Opinion]:
    """Of each side that has rated any: totals alone, since who said what is read by their own company."""
    said = Rating.objects.filter(meeting__edition=edition).order_by().values_list("side", "worth", "step")
    found: dict[str, Counter[str]] = {side: Counter() for side in Rating.Side.values}
    for side, worth, step, number in said.annotate(number=Count("pk")):
        found[side].update({worth: number, step: number})
    return [
        Opinion(label, sum(found[side][one] for one in Rating.Worth), [found[side][one] for one in ANSWERS])
        for side, label in Rating.Side.choices
        if found[side]
    ]


def map_of_slots(edition: Edition) -> tuple[list[date], list[tuple[str, list[Cell | None]]]]:
    """The days, and for each time of beginning a cell for each day; None where that day has no such time."""
    taken = Meeting.objects.filter(edition=edition, state__in=AGREED).values_list("starts_at", "ends_at")
    spans = Counter(taken.order_by())
    numbers = {
        slot.starts_at: sum(n for (begins, ends), n in spans.items() if begins < slot.ends_at and slot.starts_at < ends)
        for slot in slots(edition)
    }
    most = max(numbers.values(), default=0)
    cells = {
        moment.astimezone(edition.zone): Cell(number, -(-number * DEGREES // most) if most else 0)
        for moment, number in numbers.items()
    }
    days = sorted({moment.date() for moment in cells})
    by_time = {(f"{moment:%H:%M}", moment.date()): cell for moment, cell in cells.items()}
    times = sorted({time for time, _day in by_time})
    return days, [(time, [by_time.get((time, one)) for one in days]) for time in times]


def _rank(row: Row) -> tuple[int, str]:
    counts = row.counts
    return -(counts.requested + counts.walk_in), str(row.label)


def _company(_edition: Edition, keys: list[Any]) -> dict[Any, Any]:
    return {one.pk: local(one, "name") for one in Company.objects.filter(pk__in=keys)}


def _group(_edition: Edition, keys: list[Any]) -> dict[Any, Any]:
    return {None: _("Not stated")} | {one.pk: local(one, "name") for one in ProductGroup.objects.filter(pk__in=keys)}


_booked = Q(walk_in=False)
COUNTED = {
    "requested": Count("pk", _booked),
    "agreed": Count("pk", _booked & Q(state__in=AGREED)),
    "held": Count("pk", _booked & Q(state="held")),
    "cancelled": Count("pk", _booked & Q(state="cancelled")),
    "late": Count("pk", _booked & LATE),
    "no_show": Count("pk", _booked & Q(state="no_show")),
    "walk_in": Count("pk", Q(walk_in=True)),
}
WAYS = {
    "exhibitor": Way(_("Exhibitor"), lambda _edition: F("exhibitor__company"), _company),
    "importer": Way(_("Importer"), lambda _edition: F("importer__company"), _company),
    "country": Way(
        _("Country or territory"),
        lambda _edition: F("importer__company__country"),
        lambda _edition, keys: {key: country(key) for key in keys},
    ),
    "group": Way(_("Product group"), lambda _edition: F("exhibitor__company__product_groups"), _group),
    "day": Way(
        _("Day"),
        lambda edition: TruncDate("starts_at", tzinfo=edition.zone),
        lambda _edition, keys: {key: day(key, "long") for key in keys},
    ),
    "hour": Way(
        _("Hour"),
        lambda edition: ExtractHour("starts_at", tzinfo=edition.zone),
        lambda _edition, keys: {key: f"{key}h" for key in keys},
    ),
}
IN_ORDER = frozenset({"day", "hour"})
