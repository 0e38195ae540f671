"""What of each side's seats is taken, and where a further meeting fits."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fairs.models import Edition, Participation
from matchmaking.actions.times import Slot
from matchmaking.models import Meeting, Occupancy, Seat, cells

WAY = Occupancy.Kind.WAY
AWAY = Occupancy.Kind.AWAY


class Taken(NamedTuple):
    """By what five minutes of a seat are taken, and in which hall."""

    kind: str
    hall: int | None


@dataclass(frozen=True)
class Limits:
    """How many meetings one person may have: on each day, and in all."""

    zone: ZoneInfo
    a_day: Mapping[date, int]
    in_all: int | None


@dataclass
class Diary:
    """The seats of one side, in the order in which they are offered, and what is taken of them."""

    part: Participation
    seats: list[int]
    limits: Limits
    taken: dict[tuple[int, datetime], Taken] = field(default_factory=dict)
    had: dict[int, dict[int, date]] = field(default_factory=lambda: defaultdict(dict))  # seat: meeting: its day

    def seat_for(self, slot: Slot, way: Slot, hall: int | None) -> int | None:
        """The first seat that is free then and has not had its fill; None when there is none."""
        fit = (seat for seat in self.seats if self.fits(seat, slot, way, hall) and not self.full(seat, slot))
        return next(fit, None)

    def fits(self, seat: int, slot: Slot, way: Slot, hall: int | None) -> bool:
        """Whether the seat is free for the meeting, and for the way to whatever follows it elsewhere."""
        here = all(self._free(seat, cell, hall) for cell in cells(*slot))
        return here and all(self._on(seat, cell, hall) for cell in cells(*way))

    def full(self, seat: int, slot: Slot) -> bool:
        """Whether whoever sits there has had as many meetings as one person may have, that day or in all."""
        days = self.had.get(seat, {})
        day = slot.starts_at.astimezone(self.limits.zone).date()
        of_day = sum(one == day for one in days.values())
        too_many = self.limits.in_all is not None and len(days) >= self.limits.in_all
        return too_many or of_day >= self.limits.a_day.get(day, len(days) + 1)

    def _free(self, seat: int, cell: datetime, hall: int | None) -> bool:
        """Nothing, or the way from a meeting in this very hall, which nobody has to go."""
        taken = self.taken.get((seat, cell))
        return taken is None or (taken.kind == WAY and hall is not None and taken.hall == hall)

    def _on(self, seat: int, cell: datetime, hall: int | None) -> bool:
        """Nothing that needs going there: what follows at once is in this very hall."""
        taken = self.taken.get((seat, cell))
        return taken is None or taken.kind in (WAY, AWAY) or (hall is not None and taken.hall == hall)


def diaries_of(
    edition: Edition, parts: Mapping[Participation, list[int]], limits: Limits, *, besides: Meeting | None = None
) -> list[Diary]:
    """The diaries of some sides, with the seats that count of each; `besides` leaves a meeting out."""
    found = {part.pk: Diary(part, seats, limits) for part, seats in parts.items()}
    rows = Occupancy.objects.filter(participation__in=found).values_list(
        "participation_id", "seat", "starts_at", "kind", "meeting_id", "meeting__hall_id"
    )
    own = besides.pk if besides else None
    for part, seat, cell, kind, meeting, hall in rows:
        if meeting is not None and meeting == own:
            continue
        found[part].taken[seat, cell] = Taken(kind, hall)
        if kind == Occupancy.Kind.MEETING:
            found[part].had[seat][meeting] = cell.astimezone(edition.zone).date()
    return list(found.values())


def seats_of(*parts: Participation) -> dict[int, list[Seat]]:
    """The open seats that each side has named."""
    named: dict[int, list[Seat]] = {part.pk: [] for part in parts}
    for seat in Seat.objects.filter(part__in=parts, open=True):
        named[seat.part_id].append(seat)
    return named
