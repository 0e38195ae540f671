"""The way of the importers through the fair, for the organiser's first page."""

from math import sqrt
from typing import Any

from django import template
from django.db.models import QuerySet
from django.utils.translation import pgettext

from buyers.models import Registration
from buyers.reports import attended, in_states, invited
from fairs.headlines import Moment
from fairs.models import Edition
from matchmaking.reports import AGREED, HELD, contracts, meetings

register = template.Library()


@register.simple_tag
def path_of(moment: Moment) -> list[dict[str, Any]]:
    """Importing companies at each step, from the invitation to an agreed meeting, or once it opened to a contract.

    Each with its share of the step before, and a width in hundredths by the square root of its number.
    """
    steps = _before(moment.edition) if moment.phase == "before" else _from_opening(moment.edition)
    widest = max((number for _label, number in steps), default=0) or 1
    return [
        {
            "label": label,
            "number": number,
            "width": sqrt(number / widest) * 100,
            "share": number / before if before else None,
            "before": earlier,
        }
        for (label, number), (earlier, before) in zip(steps, [("", 0), *steps], strict=False)
    ]


def _before(edition: Edition) -> list[tuple[str, int]]:
    return [
        (pgettext("importers", "Invited"), invited(edition).count()),
        (pgettext("importers", "Registered"), in_states(*Registration.FILLED_IN)(edition).count()),
        (pgettext("importers", "Approved"), in_states("approved")(edition).count()),
        (pgettext("importers", "Meeting agreed"), _importers(meetings(edition).filter(AGREED))),
    ]


def _from_opening(edition: Edition) -> list[tuple[str, int]]:
    return [
        (pgettext("importers", "Invited"), invited(edition).count()),
        (pgettext("importers", "Came"), attended(edition).count()),
        (pgettext("importers", "Met"), _importers(meetings(edition).filter(HELD))),
        (pgettext("importers", "Signed"), _importers(contracts(edition))),
    ]


def _importers(rows: QuerySet[Any]) -> int:
    """Importing companies of meetings or contracts, each once."""
    return rows.order_by().values("importer__company").distinct().count()
