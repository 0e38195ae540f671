"""The fair day by day, and its product groups by value, for the director's dashboard."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Count, F, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from buyers.reports import by_day
from fairs.charts import Column, chart
from fairs.headlines import CONTRACTS, MET, VISITS, Moment
from fairs.models import ProductGroup
from fairs.templatetags.fair import local
from matchmaking.reports import HELD, contracts, meetings

register = template.Library()
Days = dict[date, int]


@register.simple_tag
def days_of(moment: Moment) -> dict[str, Any]:
    """Visits, meetings held and contracts signed on each day of the fair, with what lies before and after it, so that
    each adds up to the report's figure.
    """
    series = [
        (VISITS.label, _visits(moment)),
        (MET.label, _meetings(moment)),
        (CONTRACTS.label, _contracts(moment)),
    ]
    days, labels = [day.date for day in moment.days], [label for label, _found in series]
    return {
        "charts": [
            {
                "label": label,
                "total": sum(found.values()),
                "chart": chart([_column(day, found, moment) for day in days]),
            }
            for label, found in series
        ],
        "labels": labels,
        "rows": [(day, [found.get(day, 0) for _label, found in series]) for day in days],
        "others": [
            (words, numbers, [pair for pair in zip(labels, numbers, strict=True) if pair[1]])
            for words, numbers in (
                (_("Before the fair"), [_outside(found, days, first=True) for _label, found in series]),
                (_("On other days"), [_outside(found, days, first=False) for _label, found in series]),
            )
            if any(numbers)
        ],
        "totals": [sum(found.values()) for _label, found in series],
    }


@register.simple_tag
def groups_by_value(moment: Moment) -> dict[str, Any]:
    """The contracts of the report by product group, in US dollars, the most first; for the organiser alone."""
    made = contracts(moment.edition).filter(usd__isnull=False).order_by().values("product_group")
    found = list(made.annotate(usd=Sum("usd"), number=Count("pk")).order_by("-usd"))
    groups = ProductGroup.objects.in_bulk([row["product_group"] for row in found])
    most = max((row["usd"] for row in found), default=Decimal(0)) or Decimal(1)
    return {
        "rows": [
            {
                "name": local(groups[row["product_group"]], "name"),
                "usd": row["usd"],
                "number": row["number"],
                "share": row["usd"] * 100 / most,
            }
            for row in found
        ],
        "total": sum((row["usd"] for row in found), Decimal(0)),
    }


def _column(day: date, found: Days, moment: Moment) -> Column:
    """A day; one to come has no bar yet."""
    return Column(day, [found.get(day, 0) if day <= moment.today else None], unfinished=day == moment.today)


def _outside(found: Days, days: list[date], *, first: bool) -> int:
    opening = min(days, default=date.max)
    return sum(number for day, number in found.items() if day not in days and (day < opening) is first)


def _visits(moment: Moment) -> Days:
    found: Days = {}
    for row in by_day(moment.edition):
        found[row["day"]] = found.get(row["day"], 0) + row["entries"]
    return found


def _meetings(moment: Moment) -> Days:
    held = meetings(moment.edition).filter(HELD)
    return _counted(held.annotate(day=TruncDate("starts_at", tzinfo=moment.edition.zone)))


def _contracts(moment: Moment) -> Days:
    return _counted(contracts(moment.edition).annotate(day=F("signed_on")))


def _counted(rows: Any) -> Days:
    return dict(rows.order_by().values("day").annotate(number=Count("pk")).values_list("day", "number"))
