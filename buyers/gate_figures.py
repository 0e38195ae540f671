"""How it goes at the gates: entries, people, the pace of each gate, and where a queue grows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, ExtractHour, TruncDate

from buyers.models import Badge, Gate, Scan
from fairs import clock
from fairs.models import Edition
from fairs.templatetags.fair import country

PACE_OF = timedelta(minutes=3)
FULL = 0.85  # of what a gate takes: people arrive in bursts, so a queue grows before it is wholly used


@dataclass(frozen=True)
class GateNow:
    """A gate with its readings of today and of the last minutes."""

    gate: Gate
    today: int
    per_minute: float
    refused: int  # of today: neither welcome nor already in

    @property
    def queue(self) -> bool:
        """Whether people are likely to stand in line there."""
        return self.per_minute >= FULL * self.gate.per_minute


def today_at_the_gates(edition: Edition) -> dict[str, int]:
    """Visitors' entries and people of today, and everybody who is inside now."""
    today = Scan.objects.of_day(edition, clock.today(edition))
    visits = today.visits().aggregate(visits=Count("pk"), visitors=Count("badge__person", distinct=True))
    return visits | {"inside": today.now_inside()}


def gates_now(edition: Edition) -> list[GateNow]:
    """Every gate of the edition, with its pace."""
    now = clock.now()
    today = Scan.objects.of_day(edition, clock.today(edition)).order_by().values("gate")
    counted = today.annotate(
        today=Count("pk"),
        lately=Count("pk", filter=Q(at__gt=now - PACE_OF, at__lte=now)),
        refused=Count("pk", filter=~Q(result__in=Scan.PASSED)),
    )
    rows: dict[int, Any] = {row["gate"]: row for row in counted}
    minutes = PACE_OF / timedelta(minutes=1)
    return [
        GateNow(
            gate,
            today=rows.get(gate.pk, {}).get("today", 0),
            per_minute=rows.get(gate.pk, {}).get("lately", 0) / minutes,
            refused=rows.get(gate.pk, {}).get("refused", 0),
        )
        for gate in Gate.objects.filter(edition=edition).select_related("area")
    ]


def visits_of(edition: Edition) -> dict[str, Any]:
    """Visitors' entries and people of the whole edition, by day and hour, by kind of badge, by country."""
    visits = Scan.objects.filter(edition=edition).visits().order_by()
    numbers = {"entries": Count("pk"), "people": Count("badge__person", distinct=True)}
    days = visits.annotate(day=TruncDate("at", tzinfo=edition.zone)).values("day").annotate(**numbers)
    hours = visits.annotate(
        day=TruncDate("at", tzinfo=edition.zone), hour=ExtractHour("at", tzinfo=edition.zone)
    ).values("day", "hour").annotate(number=Count("pk"))  # fmt: skip
    kinds: Any = visits.values("badge__kind").annotate(**numbers)
    come_from = Coalesce("badge__company__country", "badge__country")
    named: Any = visits.annotate(come_from=come_from).exclude(come_from="")
    countries = named.values("come_from").annotate(**numbers).order_by("-people", "come_from")
    return {
        "whole": visits.aggregate(**numbers),
        "days": list(days.order_by("day")),
        "hours": _table([(row["day"], row["hour"], row["number"]) for row in hours]),
        "kinds": [row | {"kind": Badge.Kind(row["badge__kind"]).label} for row in kinds.order_by("-entries")],
        "countries": [row | {"country": country(row["come_from"])} for row in countries],
    }


def _table(counts: list[tuple[Any, int, int]]) -> dict[str, Any]:
    """Days as columns, the hours in which anybody came as rows."""
    days = sorted({day for day, _hour, _number in counts})
    hours = [hour for _day, hour, _number in counts]
    found = {(day, hour): number for day, hour, number in counts}
    rows = range(min(hours, default=0), max(hours, default=-1) + 1)
    return {"days": days, "rows": [(hour, [found.get((day, hour), 0) for day in days]) for hour in rows]}
