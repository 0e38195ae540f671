"""What a time to meet is."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format


class Slot(NamedTuple):
    """A time to meet, as aware moments in the edition's zone."""

    starts_at: datetime
    ends_at: datetime


def overlaps(slot: Slot, taken: Iterable[Slot]) -> bool:
    """Whether a part of the slot is taken."""
    return any(other.starts_at < slot.ends_at and slot.starts_at < other.ends_at for other in taken)


def nearest(free: list[Slot], moment: datetime, most: int = 3) -> list[Slot]:
    """The free times closest to a moment, in order."""
    closest = sorted(free, key=lambda slot: abs(slot.starts_at - moment))[:most]
    return sorted(closest)


def when(slot: Slot) -> str:
    """A time as a refusal names it: 18/10 10:30."""
    return f"{date_format(slot.starts_at, 'MONTH_DAY_FORMAT')} {slot.starts_at:%H:%M}"
