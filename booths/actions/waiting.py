"""The waiting room in front of a rush: a place in line, kept by asking now and then, and let in by turns.

The rule, in one place:

- An application has one place, whoever of its company asks and however often; asking again changes nothing but that
  it was seen. Who stays away longer than the room is patient loses the place, and comes last when they come again.
- The line goes by the later of one's turn in the sale and of coming (`ready_at`), then by coming.
- So many are let in each minute, never more than may be inside at a time. Whoever asks lets in who is due, and the
  heartbeat does: nobody has to be awake for the line to move, and two who ask at once let nobody in twice.
"""

from contextlib import suppress
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.models import Application, WaitingPlace, WaitingRoom
from booths.turns import Turn, turn_of
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.states import StateConflict

AT_ONCE = 6  # parts of a minute: after a lull, ten seconds' worth are let in together and not more
SEEN_EACH = timedelta(seconds=15)  # so often at most it is written down that somebody is still there


def join_waiting_room(application: Application, *, by: Actor) -> WaitingPlace:
    """Take a place in the waiting room, or keep the one it has: asked again, nobody gets ahead.

    Refuses with `not_accepted`, with `no_waiting_room` when none stands, and with `not_your_turn` whom no round is for.
    """
    require(by, "booths.hold", application)
    if application.state != Application.State.ACCEPTED:
        raise Refused("not_accepted", _("This application has not been accepted yet, so it cannot hold booths."))
    turn = turn_of(application)
    if turn.room is None:
        raise Refused("no_waiting_room", _("There is no waiting room now. Choose on the plan."))
    if turn.rounds and turn.opening is None:
        raise turn.refusal
    place = stay(turn) or _new_place(application, turn, turn.room, by=by)
    let_in(turn.room)
    place.refresh_from_db()
    return place


def stay(turn: Turn) -> WaitingPlace | None:
    """The place of an application that still counts, seen now; one that was left too long, or is used up, is ended."""
    room, place = turn.room, turn.place
    if room is None or place is None:
        return None
    if place.state == WaitingPlace.State.INSIDE and not turn.inside:
        _end(place, "end")
        return None
    if place.state == WaitingPlace.State.WAITING and place.kept_until <= turn.now:
        _end(place, "lose")
        return None
    kept_until = turn.now + room.patience
    if kept_until - place.kept_until >= min(SEEN_EACH, room.patience / 4):
        WaitingPlace.objects.filter(pk=place.pk).update(kept_until=kept_until)
        place.kept_until = kept_until
    return place


def leave_waiting_room(place: WaitingPlace, *, by: Actor) -> WaitingPlace:
    """Give the place up, or say that one has chosen: the next may come in."""
    require(by, "booths.hold", place.application)
    with transaction.atomic():
        place.follow("leave", by=by)
        announce(place.edition, "waiting_room")
    let_in(place.room)
    return place


def let_in(room: WaitingRoom) -> list[WaitingPlace]:
    """Let in who is due by now; of two who ask at the same moment one does it."""
    if clock.now() < room.let_in_until + room.each or not room.stands_at(clock.now()):
        return []
    with transaction.atomic():
        rows = WaitingRoom.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        mine = rows.select_related("edition").filter(pk=room.pk).first()
        if mine is None:
            return []
        due = _due(mine)
        for place in due:
            place.follow("let_in", by=None, inside_until=clock.now() + timedelta(minutes=mine.inside_minutes))
        if due:
            mine.save(update_fields=["let_in_until"])
            announce(mine.edition, "waiting_room")
    return due


def tidy_waiting_rooms() -> None:
    """End the places of who went away or has chosen long enough, let in who is due; of a room that closed, end all."""
    for room in WaitingRoom.objects.filter(places__state__in=WaitingPlace.LIVE).distinct():
        now = clock.now()
        closed = room.closes_at <= now
        waiting = room.places.filter(state=WaitingPlace.State.WAITING)
        inside = room.places.filter(state=WaitingPlace.State.INSIDE)
        for place in waiting if closed else WaitingPlace.objects.away(room, now):
            _end(place, "lose")
        for place in inside if closed else inside.filter(inside_until__lte=now):
            _end(place, "end")
        let_in(room)


def order_anew(edition: Edition) -> None:
    """Put those who wait in the order of the rounds as they are now, inside the transaction that changes them.

    The room is locked first, as by whoever lets people in: both go through the places of it.
    """
    if WaitingRoom.objects.select_for_update(no_key=True).filter(edition=edition).first() is None:
        return
    waiting = WaitingPlace.objects.filter(application__edition=edition, state=WaitingPlace.State.WAITING)
    for place in waiting.select_related("application__edition", "application__company").order_by("pk"):
        opens_at = turn_of(place.application).opens_at
        ready_at = max(opens_at, place.came_at) if opens_at else place.came_at
        if ready_at != place.ready_at:
            WaitingPlace.objects.filter(pk=place.pk).update(ready_at=ready_at)


def _new_place(application: Application, turn: Turn, room: WaitingRoom, *, by: Actor) -> WaitingPlace:
    now = turn.now
    try:
        with transaction.atomic():
            place = WaitingPlace.objects.create(
                room=room,
                application=application,
                came_at=now,
                ready_at=max(turn.opens_at or now, now),
                kept_until=now + room.patience,
            )
            record("join", place, by=by)
    except IntegrityError:  # another of the company came at the same moment, and that is their place
        return WaitingPlace.objects.live().get(application=application)
    return place


def _due(room: WaitingRoom) -> list[WaitingPlace]:
    """The next of the line, as many as the pace and the room inside allow, with the pace that they use up."""
    now = clock.now()
    burst = max(1, room.per_minute // AT_ONCE)
    since = max(room.let_in_until, now - burst * room.each)
    free = room.inside_at_most - WaitingPlace.objects.inside(room, now).count()
    allowed = min(int((now - since) / room.each), burst, free)
    if allowed < 1:
        return []
    line = WaitingPlace.objects.in_line(room, now).filter(ready_at__lte=now)
    found = list(line.select_for_update(of=("self",)).select_related("application__company")[:allowed])
    room.let_in_until = since + len(found) * room.each
    return found


def _end(place: WaitingPlace, verb: str) -> None:
    with suppress(StateConflict), transaction.atomic():
        place.follow(verb, by=None)
        announce(place.edition, "waiting_room")
