"""Who is at the fair, for the organiser's first page."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import template
from django.db.models import Count
from django.db.models.functions import ExtractHour, TruncDate
from django.utils.translation import gettext as _

from buyers.models import Scan
from buyers.reports import attended, countries_of, in_states
from fairs.charts import Column, chart
from fairs.headlines import Moment
from fairs.reference import country_tiles
from fairs.templatetags.fair import country as country_name
from fairs.tile_map import COUNTRY, TileMap, tile_map

register = template.Library()


@register.simple_tag
def visits_by_hour(moment: Moment) -> dict[str, Any]:
    """Today's visits by hour beside yesterday's; when the fair is over, all of them by day."""
    counts = _counts(moment)
    if moment.phase == "after":
        days = {day.date: sum(n for (date_, _hour), n in counts.items() if date_ == day.date) for day in moment.days}
        return {
            "chart": chart([Column(day, [number]) for day, number in days.items()]),
            "series": [_("Visits")],
            "by_day": True,
            "today": sum(days.values()),
        }
    today, yesterday = moment.today, moment.today - timedelta(days=1)
    known = yesterday >= moment.edition.opens_on
    return {
        "chart": chart([_hour(moment, counts, hour, known) for hour in _hours(moment, counts)]),
        "series": [_("Today")],
        "before": _("Yesterday") if known else "",
        "by_day": False,
        "today": _of(counts, today),
        "yesterday": _of(counts, yesterday) if known else None,
    }


@register.simple_tag
def countries_present(moment: Moment, most: int = 11) -> dict[str, Any]:
    """Countries of the importing companies that came, before the opening of those approved; the most first."""
    companies = in_states("approved") if moment.phase == "before" else attended
    rows = countries_of(companies)(moment.edition)
    widest = max((row["number"] for row in rows), default=1)
    shown = rows if len(rows) <= most + 1 else rows[:most]
    return {
        "rows": [row | {"share": row["number"] * 100 / widest} for row in shown],
        "rest": len(rows) - len(shown),
        "rest_number": sum(row["number"] for row in rows[len(shown) :]),
        "count": len(rows),
        "companies": sum(row["number"] for row in rows),
        "map": _map({row["country"]: row["number"] for row in rows}),
    }


def _map(numbers: Mapping[str, int]) -> TileMap:
    every = [(code, country_name(code), code, numbers.get(code, 0)) for code in {**country_tiles(), **numbers}]
    return tile_map(country_tiles(), every, COUNTRY)


Counts = dict[tuple[date, int], int]


def _counts(moment: Moment) -> Counts:
    """Visits by day and hour of the fair's own clock: of today and yesterday, or of all days once it is over."""
    zone = moment.edition.zone
    first = moment.edition.opens_on if moment.phase == "after" else moment.today - timedelta(days=1)
    scans = Scan.objects.filter(edition=moment.edition, at__gte=datetime.combine(first, time.min, zone)).visits()
    by_hour = scans.order_by().annotate(day=TruncDate("at", tzinfo=zone), hour=ExtractHour("at", tzinfo=zone))
    rows = by_hour.values("day", "hour").annotate(number=Count("pk"))
    return {(row["day"], row["hour"]): row["number"] for row in rows}


def _hours(moment: Moment, counts: Counts) -> range:
    """From the opening of the doors to the last hour of the day, or wider when somebody came earlier or later."""
    day = next((day for day in moment.days if day.date == moment.today), None)
    hours = [hour for _day, hour in counts]
    if day:
        hours += [day.opens_at.hour, day.closes_at.hour - (day.closes_at.minute == 0)]
    return range(min(hours, default=9), max(hours, default=17) + 1)


def _hour(moment: Moment, counts: Counts, hour: int, known: bool) -> Column:
    """One hour; those to come have no bar yet."""
    now = moment.now.astimezone(moment.edition.zone).hour
    return Column(
        f"{hour}h",
        [counts.get((moment.today, hour), 0) if hour <= now else None],
        before=counts.get((moment.today - timedelta(days=1), hour), 0) if known else None,
        unfinished=hour == now,
    )


def _of(counts: Counts, day: date) -> int:
    return sum(number for (date_, _hour), number in counts.items() if date_ == day)
