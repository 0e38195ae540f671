"""The times at which two sides can meet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from fairs import clock
from fairs.models import Edition, OpeningDay, Participation
from matchmaking.models import Meeting, MeetingRules, Occupancy


class Slot(NamedTuple):
    """A time to meet, as aware moments in the edition's zone."""

    starts_at: datetime
    ends_at: datetime


def rules_of(edition: Edition) -> MeetingRules:
    """How the edition cuts its days; half hours without lunch until somebody says otherwise."""
    return MeetingRules.objects.filter(edition=edition).first() or MeetingRules(edition=edition)


def slots(edition: Edition) -> list[Slot]:
    """Every time to meet on the edition's trade days, in order, none of them over lunch or past closing."""
    rules = rules_of(edition)
    days = edition.days.filter(audience=OpeningDay.Audience.TRADE).select_related("edition").order_by("date")
    return [slot for day in days for slot in _slots_of(day, rules)]


def free_slots(exhibitor: Participation, importer: Participation) -> list[Slot]:
    """The times still ahead at which neither side has agreed to meet anybody."""
    taken = taken_times(exhibitor, importer)
    now = clock.now()
    ahead = [slot for slot in slots(exhibitor.edition) if slot.starts_at > now]
    return [slot for slot in ahead if not overlaps(slot, taken)]


def taken_times(*parts: Participation) -> list[Slot]:
    """When the parties are busy with agreed meetings."""
    held = Occupancy.objects.filter(participation__in=parts).values_list("starts_at", "meeting__ends_at")
    return [Slot(*times) for times in held]


def overlaps(slot: Slot, taken: list[Slot]) -> bool:
    """Whether a part of the slot is taken; also by meetings made when slots had another length."""
    return any(other.starts_at < slot.ends_at and slot.starts_at < other.ends_at for other in taken)


def nearest(free: list[Slot], moment: datetime, most: int = 3) -> list[Slot]:
    """The free times closest to a moment, in order."""
    closest = sorted(free, key=lambda slot: abs(slot.starts_at - moment))[:most]
    return sorted(closest)


def slot_now(edition: Edition) -> Slot:
    """A meeting that begins this minute."""
    start = clock.now().replace(second=0, microsecond=0)
    return Slot(start, start + timedelta(minutes=rules_of(edition).slot_minutes))


def busy_ids(meeting: Meeting) -> frozenset[int]:
    """Which of the meeting's parties have agreed to something else at its time."""
    others = Occupancy.objects.exclude(meeting_id=meeting.pk).filter(
        participation__in=[meeting.exhibitor_id, meeting.importer_id],
        starts_at__lt=meeting.ends_at,
        meeting__ends_at__gt=meeting.starts_at,
    )
    return frozenset(others.values_list("participation_id", flat=True))


def _slots_of(day: OpeningDay, rules: MeetingRules) -> Iterator[Slot]:
    length = timedelta(minutes=rules.slot_minutes)
    lunch = _lunch(day, rules)
    start = day.starts
    while start + length <= day.ends:
        slot = Slot(start, start + length)
        if lunch and overlaps(slot, [lunch]):
            start = lunch.ends_at
            continue
        yield slot
        start = slot.ends_at


def _lunch(day: OpeningDay, rules: MeetingRules) -> Slot | None:
    if not rules.lunch_from or not rules.lunch_to or rules.lunch_to <= rules.lunch_from:
        return None
    zone = day.edition.zone
    return Slot(datetime.combine(day.date, rules.lunch_from, zone), datetime.combine(day.date, rules.lunch_to, zone))
