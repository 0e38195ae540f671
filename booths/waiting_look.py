"""What the waiting room says about a place: how many come before it, and how long that may take."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from booths.models import WaitingPlace, WaitingRoom
from fairs import clock


def ahead_of(place: WaitingPlace) -> int | None:
    """How many who are still there are let in before a place; None for one that does not wait."""
    if place.state != WaitingPlace.State.WAITING:
        return None
    counted: Any = WaitingPlace.objects.with_ahead(clock.now()).filter(pk=place.pk).first()
    ahead: int | None = counted.ahead if counted else None
    return ahead


@dataclass(frozen=True)
class Line:
    """A waiting place as its own page shows it."""

    room: WaitingRoom
    place: WaitingPlace
    ahead: int

    @property
    def number(self) -> int:
        """Which one it is."""
        return self.ahead + 1

    @property
    def minutes(self) -> int:
        """How long it takes at most until it is let in, if everybody before it takes all their time."""
        return ceil(self.number / self.room.pace)

    @property
    def near(self) -> bool:
        """Whether it may be let in within the next quarter of a minute or so: its page then hears of every step."""
        return self.number <= max(5, self.room.per_minute // 4) and not self.seconds_to_turn

    @property
    def every(self) -> int:
        """Seconds until its page asks again; the far end of a long line asks less often."""
        return 5 if self.near else 15 if self.number <= 4 * self.room.per_minute else 25

    @property
    def seconds_to_turn(self) -> int:
        """Until its round of the sale opens; 0 once it has."""
        return max(0, int((self.place.ready_at - clock.now()).total_seconds()))


@dataclass(frozen=True)
class RoomCounts:
    """How full a waiting room is, for the desk."""

    waiting: int
    away: int
    inside: int
    through: int


def line_of(place: WaitingPlace, room: WaitingRoom) -> Line:
    """A place that waits in a room, with how many come before it."""
    return Line(room, place, ahead_of(place) or 0)


def counts_of(room: WaitingRoom) -> RoomCounts:
    """Who waits, who is away for now, who may choose, who has been let in so far."""
    now, places = clock.now(), WaitingPlace.objects
    return RoomCounts(
        waiting=places.in_line(room, now).count(),
        away=places.away(room, now).count(),
        inside=places.inside(room, now).count(),
        through=places.filter(room=room, inside_until__isnull=False).count(),
    )
