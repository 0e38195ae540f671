"""How meetings and deals are worded."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.models import ExchangeRate
from fairs.templatetags.fair import clock, day, language, weekday
from matchmaking.correction_words import content_words
from matchmaking.deal_codes import number_of

register = template.Library()
SOON = timedelta(hours=2)


@register.simple_tag
def starts_in(starts_at: datetime, now: datetime) -> str:
    """How far away the next meeting is: in minutes when it is near, else its day and hour."""
    away = starts_at - now
    if away <= SOON:
        minutes = max(1, round(away.total_seconds() / 60))
        return ngettext("Next, in %(n)d minute", "Next, in %(n)d minutes", minutes) % {"n": minutes}
    return _("Next: %(day)s, %(time)s") % {
        "day": f"{weekday(starts_at)} {day(starts_at, 'short')}",
        "time": clock(starts_at),
    }


@register.filter
def first_code(place: str) -> str:
    """The first booth of "A108, A109"."""
    return place.partition(",")[0]


@register.filter
def exact(value: Decimal) -> str:
    """A quantity with the digits that it has: 1,200 or 0.125."""
    return format_decimal(value.normalize(), format="#,##0.####", locale=language())


@register.filter
def correction_before(correction: Any) -> str:
    """What stood there, as a letter writes it."""
    return content_words(correction.field, correction.before)


@register.filter
def correction_after(correction: Any) -> str:
    """What stands there once it is agreed."""
    return content_words(correction.field, correction.after)


@register.filter
def letter_number(deal: Any) -> str:
    """The number that the other side's letter says, in two groups: 204 117."""
    digits = number_of(deal)
    return f"{digits[:3]}\N{NO-BREAK SPACE}{digits[3:]}"


@register.filter
def rate_words(rate: ExchangeRate) -> str:
    """A rate without the zeros behind it: 0.0066585."""
    return format_decimal(rate.usd.normalize(), format="#,##0.##########", locale=language())


@register.filter
def utc_offset(moment: datetime) -> str:
    """How far the time of the fair is from UTC: +7, or +5:30."""
    seconds = int((timezone.localtime(moment).utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours}{f':{minutes:02d}' if minutes else ''}"
