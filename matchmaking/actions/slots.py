"""The times at which two sides can meet."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from booths.models import Reservation
from fairs import clock
from fairs.models import Edition, OpeningDay, Participation, Person
from matchmaking.actions.diaries import Diary, Limits, diaries_of, seats_of
from matchmaking.actions.times import Slot, nearest, overlaps
from matchmaking.models import Meeting, MeetingRules, Occupancy, Place, Seat, Table, cells

__all__ = ["Slot", "free_slots", "nearest", "overlaps", "rules_of", "slot_now", "slots"]


def rules_of(edition: Edition) -> MeetingRules:
    """How the edition cuts its days; half hours without lunch until somebody says otherwise."""
    rules = MeetingRules.objects.filter(edition=edition).first() or MeetingRules()
    rules.edition = edition
    return rules


def slots(edition: Edition, minutes: int | None = None) -> list[Slot]:
    """Every time to meet on the edition's trade days, in order, none of them over lunch or past closing.

    As long as usual, or so many minutes.
    """
    return times_of(rules_of(edition), minutes)


def times_of(rules: MeetingRules, minutes: int | None = None) -> list[Slot]:
    """The same under rules that were read before."""
    trade = [day for day in rules.days if day.audience == OpeningDay.Audience.TRADE]
    return [slot for day in trade for slot in _slots_of(day, rules, minutes or rules.slot_minutes)]


def free_slots(
    exhibitor: Participation,
    importer: Participation,
    *,
    person: Person | None = None,
    minutes: int | None = None,
    place: str = "",
    besides: Meeting | None = None,
) -> list[Slot]:
    """The times still ahead at which a seat of each side is free, and a table if they meet at one.

    `person` is who comes for the importer; `besides` is a meeting whose own time counts as free.
    """
    edition, now = exhibitor.edition, clock.now()
    rules = rules_of(edition)
    ahead = [slot for slot in times_of(rules, minutes) if slot.starts_at > now]
    named = seats_of(exhibitor, importer)
    parts = seats_on(exhibitor, importer, person, named=named)
    both = diaries_of(edition, parts, limits_of(rules), besides=besides)
    hall = hall_of(exhibitor)
    tables = free_tables(edition, besides=besides) if (place or rules.place) == Place.TABLE else None
    return [
        slot
        for slot in ahead
        if all(diary.seat_for(slot, way_after(slot, rules), hall) for diary in both)
        and (tables is None or any(tables.free(table, slot) for table in tables.tables))
    ]


def seats_on(
    exhibitor: Participation,
    importer: Participation,
    person: Person | None,
    receiver: Seat | None = None,
    *,
    named: dict[int, list[Seat]],
) -> dict[Participation, list[int]]:
    """The seats of each side that count, of those it `named`: whoever receives, or any that is open; the one of the
    person who comes.
    """
    receiving = [receiver.number] if receiver else [seat.number for seat in named[exhibitor.pk]]
    theirs = [seat.number for seat in named[importer.pk] if person and seat.person_id == person.pk]
    return {exhibitor: receiving or [1], importer: theirs or [seat.number for seat in named[importer.pk]] or [1]}


def limits_of(rules: MeetingRules) -> Limits:
    """How many meetings one person may have under the rules."""
    times_a_day = Counter(slot.starts_at.date() for slot in times_of(rules))
    most = {day: rules.most_a_day(number) for day, number in times_a_day.items()}
    return Limits(rules.edition.zone, most, rules.most_in_all)


def way_after(slot: Slot, rules: MeetingRules) -> Slot:
    """The time that going to another hall takes."""
    return Slot(slot.ends_at, slot.ends_at + timedelta(minutes=rules.way_minutes))


def hall_of(exhibitor: Participation) -> int | None:
    """The hall of the exhibitor's first booth."""
    return stand_of(exhibitor)[0]


def booths_of(exhibitor: Participation) -> str:
    """The codes of the booths where an exhibitor is to be found, such as A108, A109."""
    return stand_of(exhibitor)[1]


def stand_of(exhibitor: Participation) -> tuple[int | None, str]:
    """Both of these, read once."""
    booths = _booths(exhibitor)
    return next((hall for _code, hall in booths), None), ", ".join(code for code, _hall in booths)[:100]


class Tables:
    """The tables in use, and when they are taken."""

    def __init__(self, tables: list[Table], taken: set[tuple[int, datetime]]) -> None:
        self.tables, self.taken = tables, taken

    def free(self, table: Table, slot: Slot) -> bool:
        """Whether nobody sits there then."""
        return not any((table.pk, cell) in self.taken for cell in cells(*slot))

    def near(self, hall: int | None, slot: Slot, *, before: int | None = None) -> Table | None:
        """A free one: the one that it was before, else one of this hall, else any."""
        free = [table for table in self.tables if self.free(table, slot)]
        return min(free, key=lambda table: (table.pk != before, table.hall_id != hall, table.number), default=None)


def free_tables(edition: Edition, *, besides: Meeting | None = None) -> Tables:
    """The tables of an edition and when they are taken from now on."""
    held = Occupancy.objects.filter(table__edition=edition, starts_at__gt=clock.now() - timedelta(hours=2))
    if besides:
        held = held.exclude(meeting=besides)
    taken = set(held.values_list("table_id", "starts_at"))
    return Tables(list(Table.objects.filter(edition=edition, open=True)), taken)


def slot_now(edition: Edition, at: datetime | None = None) -> Slot:
    """A meeting that begins this minute, or at a moment that a phone kept, which is never ahead nor before the fair."""
    opened = datetime.combine(edition.opens_on, time.min, edition.zone)
    moment = max(opened, min(at, clock.now())) if at else clock.now()
    start = moment.replace(second=0, microsecond=0)
    return Slot(start, start + timedelta(minutes=rules_of(edition).slot_minutes))


def why_not(diaries: list[Diary], slot: Slot, way: Slot, hall: int | None) -> tuple[list[Diary], bool]:
    """Whose seats are not to be had then, and whether that is only because they have had their fill."""
    missing = [diary for diary in diaries if diary.seat_for(slot, way, hall) is None]
    filled = [diary for diary in missing if any(diary.fits(seat, slot, way, hall) for seat in diary.seats)]
    return missing, bool(missing) and len(filled) == len(missing)


def _booths(exhibitor: Participation) -> list[tuple[str, int]]:
    """The codes of an exhibitor's booths, each with its hall."""
    taken = Reservation.objects.filter(
        edition_id=exhibitor.edition_id,
        company_id=exhibitor.company_id,
        state__in=["reserved", "confirmed", "handed_over"],
    )
    return sorted(taken.values_list("booth__code", "booth__hall_id"))


def _slots_of(day: OpeningDay, rules: MeetingRules, minutes: int) -> Iterator[Slot]:
    length, step = timedelta(minutes=minutes), timedelta(minutes=rules.step_minutes or rules.slot_minutes)
    lunch = _lunch(day, rules)
    start = day.starts
    while start + length <= day.ends:
        slot = Slot(start, start + length)
        if lunch and overlaps(slot, [lunch]):
            start = lunch.ends_at
            continue
        yield slot
        start += step


def _lunch(day: OpeningDay, rules: MeetingRules) -> Slot | None:
    if not rules.lunch_from or not rules.lunch_to or rules.lunch_to <= rules.lunch_from:
        return None
    zone = day.edition.zone
    return Slot(datetime.combine(day.date, rules.lunch_from, zone), datetime.combine(day.date, rules.lunch_to, zone))
