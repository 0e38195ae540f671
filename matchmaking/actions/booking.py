"""Taking the time that a meeting needs: a seat of each side, a table, an interpreter; and giving it back.

The unique constraints of `Occupancy` have the last word. The sides are locked first, the importer and the exhibitor in
the order of their keys, so that who wants other seats of the same side waits and then finds one.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from fairs.errors import Refused
from fairs.models import Participation
from fairs.permissions import Actor
from matchmaking.actions.diaries import WAY, Diary, diaries_of, seats_of
from matchmaking.actions.languages import free_interpreter, languages_of, needs_interpreter, understand
from matchmaking.actions.slots import (
    free_slots,
    free_tables,
    limits_of,
    rules_of,
    seats_on,
    stand_of,
    way_after,
    why_not,
)
from matchmaking.actions.times import Slot, nearest, when
from matchmaking.models import Interpreter, Meeting, MeetingRules, Occupancy, Place, Seat, Table, cells

TRIES = 4  # of rivals for a table or an interpreter the loser looks for another one


@dataclass(frozen=True)
class Manner:
    """How a meeting is to be: who receives, where, and whether it may do without an interpreter."""

    receiver: Seat | None = None
    place: str = ""
    alone: bool = False


@dataclass(frozen=True)
class Plan:
    """What a meeting will take."""

    slot: Slot
    way: Slot
    seats: dict[int, int]  # of each side
    receiver: Seat | None
    table: Table | None
    interpreter: Interpreter | None
    hall: int | None
    place: str

    @property
    def fields(self) -> dict[str, Any]:
        """What of it the meeting keeps."""
        return {
            "starts_at": self.slot.starts_at, "ends_at": self.slot.ends_at, "receiver": self.receiver,
            "table": self.table, "interpreter": self.interpreter, "hall_id": self.hall, "place": self.place,
        }  # fmt: skip


def settle(meeting: Meeting, verb: str, slot: Slot, *, by: Actor, manner: Manner | None = None, **fields: Any) -> None:
    """Follow a verb that agrees on a time, and take all that the meeting needs then, giving back what it had.

    `fields` are what else changes, such as who comes: they are planned with. For the caller's transaction. Refuses with
    `slot_taken`, `limit_reached` or `no_table`, each naming the nearest times that would go, or `no_interpreter`.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                lock_sides(meeting)
                for name, value in fields.items():
                    setattr(meeting, name, value)
                plan = _plan(meeting, slot, manner or Manner())
                meeting.follow(verb, by=by, **plan.fields, **fields)
                release(meeting)
                _take(meeting, plan)
            return
        except IntegrityError:
            meeting.refresh_from_db()
            if attempt == TRIES:
                raise taken(meeting, slot, []) from None


def lock_sides(meeting: Meeting) -> None:
    """Let nobody else book either side until the transaction ends."""
    sides = Participation.objects.filter(pk__in=[meeting.exhibitor_id, meeting.importer_id])
    list(sides.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def release(meeting: Meeting) -> None:
    """Give back all the time a meeting has; who came from elsewhere before it has their way again."""
    rows = list(meeting.occupancies.order_by("starts_at"))
    if not rows:
        return
    meeting.occupancies.all().delete()
    if held := [one for one in rows if one.participation_id and one.kind != WAY]:
        _ways_again(meeting, held[0], {one.participation_id: one.seat for one in held})


def taken(meeting: Meeting, slot: Slot, missing: list[Diary], place: str = "") -> Refused:
    """The refusal of a time, with the nearest at which it would go."""
    names = ", ".join(diary.part.company.name_vi for diary in missing)
    if not names:
        sentence = _("No table is free at that time.") if place == Place.TABLE else _("This time is taken.")
        return _with_others("no_table" if place == Place.TABLE else "slot_taken", sentence, meeting, slot, place)
    sentence = _("%(company)s is not free at that time.") % {"company": names}
    return _with_others("slot_taken", sentence, meeting, slot, place)


def check_free(meeting: Meeting, slot: Slot, rules: MeetingRules, hall: int | None) -> None:
    """Refuse a time as `settle` would, without taking anything."""
    _seats(meeting, slot, Manner(), rules, hall)


def _plan(meeting: Meeting, slot: Slot, manner: Manner) -> Plan:
    rules = rules_of(meeting.edition)
    (hall, booths), table = stand_of(meeting.exhibitor), None
    place = manner.place or (Place.TABLE if meeting.table_id else rules.place)
    if place == Place.TABLE:
        table = free_tables(meeting.edition, besides=meeting).near(hall, slot, before=meeting.table_id)
        if table is None:
            raise taken(meeting, slot, [], place)
        hall, booths = table.hall_id, ""
    seats, receiver = _seats(meeting, slot, manner, rules, hall)
    interpreter = _interpreter(meeting, slot, receiver, manner)
    return Plan(slot, way_after(slot, rules), seats, receiver, table, interpreter, hall, booths)


def _seats(
    meeting: Meeting, slot: Slot, manner: Manner, rules: MeetingRules, hall: int | None
) -> tuple[dict[int, int], Seat | None]:
    """A free seat of each side, and who sits on the exhibitor's; before others, who speaks with the importer."""
    named = seats_of(meeting.exhibitor, meeting.importer)
    open_seats = named[meeting.exhibitor_id]
    parts = seats_on(meeting.exhibitor, meeting.importer, meeting.importer_person, manner.receiver, named=named)
    if len(parts[meeting.exhibitor]) > 1:
        theirs = languages_of(meeting.importer, meeting.importer_person)
        open_seats.sort(key=lambda seat: (seat != meeting.receiver, not understand(seat.spoken, theirs), seat.number))
        parts[meeting.exhibitor] = [seat.number for seat in open_seats]
    both = diaries_of(meeting.edition, parts, limits_of(rules), besides=meeting)
    way = way_after(slot, rules)
    missing, filled = why_not(both, slot, way, hall)
    if filled:
        raise _too_many(meeting, slot, missing)
    if missing:
        raise taken(meeting, slot, missing, manner.place)
    seats = {diary.part.pk: diary.seat_for(slot, way, hall) or 1 for diary in both}
    receiver = next((seat for seat in open_seats if seat.number == seats[meeting.exhibitor_id]), None)
    return seats, manner.receiver or receiver


def _interpreter(meeting: Meeting, slot: Slot, receiver: Seat | None, manner: Manner) -> Interpreter | None:
    if not needs_interpreter(meeting, receiver):
        return None
    found = free_interpreter(meeting, slot, receiver)
    if found is None and not manner.alone:
        sentence = _(
            "The two sides share no language, and no interpreter is free at that time. Agree without one, "
            "or propose another time."
        )
        raise Refused("no_interpreter", sentence)
    return found


def _take(meeting: Meeting, plan: Plan) -> None:
    """Write what the plan says, always in the same order, so that rivals wait and never lock each other."""
    here, way = cells(*plan.slot), cells(*plan.way)
    seats = [Q(participation=part, seat=seat) for part, seat in plan.seats.items()]
    own = Occupancy.objects.filter(seats[0] | seats[1])
    own.filter(starts_at__in=here, kind=WAY).delete()  # from this very hall, as the plan saw: nobody goes it
    known = set(own.filter(starts_at__in=way).values_list("participation", "starts_at"))
    rows = []
    for part, seat in sorted(plan.seats.items()):
        rows += [Occupancy(meeting=meeting, participation_id=part, seat=seat, starts_at=cell) for cell in here]
        rows += [_way(meeting, part, seat, cell) for cell in way if (part, cell) not in known]
    if plan.table:
        rows += [Occupancy(meeting=meeting, table=plan.table, starts_at=cell) for cell in here]
    if plan.interpreter:
        rows += [Occupancy(meeting=meeting, interpreter=plan.interpreter, starts_at=cell) for cell in here]
    Occupancy.objects.bulk_create(rows)


def _way(meeting: Meeting, part: int, seat: int, cell: Any) -> Occupancy:
    return Occupancy(meeting=meeting, participation_id=part, seat=seat, starts_at=cell, kind=WAY)


def _ways_again(gone: Meeting, first: Occupancy, seats: dict[int | None, int]) -> None:
    """Of meetings that ended when this one began, or a way before: what it had let them do without."""
    rules = rules_of(gone.edition)
    if not rules.way_minutes:
        return
    for part, seat in seats.items():
        before = Meeting.objects.filter(
            occupancies__participation=part,
            occupancies__seat=seat,
            ends_at__lte=first.starts_at,
            ends_at__gt=first.starts_at - timedelta(minutes=rules.way_minutes),
        )
        rows = [
            _way(one, part, seat, cell)  # type: ignore[arg-type]
            for one in before.distinct()
            for cell in cells(*way_after(Slot(one.starts_at, one.ends_at), rules))
        ]
        Occupancy.objects.bulk_create(rows, ignore_conflicts=True)


def _too_many(meeting: Meeting, slot: Slot, missing: list[Diary]) -> Refused:
    names = ", ".join(diary.part.company.name_vi for diary in missing)
    sentence = _("%(company)s has as many meetings as one person may have on that day.") % {"company": names}
    return _with_others("limit_reached", sentence, meeting, slot, "")


def _with_others(code: str, sentence: str, meeting: Meeting, slot: Slot, place: str) -> Refused:
    minutes = int((slot.ends_at - slot.starts_at).total_seconds() // 60)
    free = free_slots(
        meeting.exhibitor, meeting.importer, person=meeting.importer_person, minutes=minutes, place=place,
        besides=meeting if meeting.pk else None,
    )  # fmt: skip
    if near := nearest([one for one in free if one.starts_at != slot.starts_at], slot.starts_at):
        times = ", ".join(when(one) for one in near)
        sentence += " " + _("Nearest times free for both: %(times)s.") % {"times": times}
    return Refused(code, sentence, {"starts_at": [sentence]})
