"""Reading vehicle passes at an entrance: who comes in, who leaves, who did not come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.actions.vehicles import locked_pass
from booths.models import MoveWindow, Reservation, VehiclePass
from booths.vehicle_codes import fields_of
from fairs import clock
from fairs.callers import count_try, tries
from fairs.errors import Refused, TooMany
from fairs.journal import record_many
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require

EARLY = timedelta(minutes=15)  # a vehicle may come so long before its time
WRONG_AT_MOST, WRONG_WITHIN = 60, 10 * 60  # codes nobody knows, of one officer, and seconds
FORGET_AFTER = timedelta(days=30)  # after the last day: plates and drivers are not needed any more


class Answer(models.TextChoices):
    """What an officer is told of a code."""

    WELCOME = "welcome", gettext_lazy("Come in")
    EARLY = "early", gettext_lazy("Too early")
    OVER = "over", gettext_lazy("Time is over")
    OTHER_ENTRANCE = "other_entrance", gettext_lazy("Wrong entrance")
    INSIDE = "inside", gettext_lazy("Already inside")
    GONE = "gone", gettext_lazy("Has left")
    CANCELLED = "cancelled", gettext_lazy("Called off")
    NO_PERMIT = "no_permit", gettext_lazy("No permit to build")
    UNKNOWN = "unknown", gettext_lazy("Unknown code")


# An officer who has a reason may let these in all the same.
NEGOTIABLE = frozenset({Answer.EARLY, Answer.OVER, Answer.OTHER_ENTRANCE})


@dataclass(frozen=True)
class Reading:
    """What came of reading a code; without a pass for an unknown one."""

    answer: Answer
    vehicle_pass: VehiclePass | None = None
    late: timedelta = timedelta(0)

    @property
    def negotiable(self) -> bool:
        """Whether an officer may let it in all the same."""
        return self.answer in NEGOTIABLE


def read_pass(edition: Edition, *, code: str, key: str, by: Actor, entrance: str = "", anyway: bool = False) -> Reading:
    """Read a code at an entrance (its Vietnamese name; none named is any), and let the vehicle in if it may come.

    The same `key` again is the same reading, and is answered as it was. `anyway` lets in what an officer may decide
    about. Refuses with `too_many_unknown` codes of one officer.
    """
    require(by, "booths.read_passes", edition)
    with transaction.atomic():
        found = _pass_with(edition, code, by)
        if found is None:
            return Reading(Answer.UNKNOWN)
        now = locked_pass(found)
        answer = _answer(now, entrance, key)
        if answer == Answer.WELCOME or (anyway and answer in NEGOTIABLE):
            _let_in(now, key, by=by)
            answer = Answer.WELCOME
    late = max(timedelta(0), (now.arrived_at or clock.now()) - now.slot.ends_at)
    return Reading(answer, now, late)


def let_out(vehicle_pass: VehiclePass, *, by: Actor) -> VehiclePass:
    """The vehicle leaves the yard; said again, it stays as it was. Refuses with `not_inside`."""
    require(by, "booths.read_passes", vehicle_pass)
    with transaction.atomic():
        now = locked_pass(vehicle_pass)
        if now.state == VehiclePass.State.LEFT:
            return now
        if now.state != VehiclePass.State.ARRIVED:
            raise Refused("not_inside", _("This vehicle is not inside."))
        now.follow("leave", by=by, left_at=clock.now(), left_by=by)
        announce(now.edition, "yard")
    return now


def miss_vehicle(vehicle_pass: VehiclePass, *, by: Actor) -> VehiclePass:
    """Note that a vehicle did not come; it may be let in later. Refuses with `not_late` before its time is over."""
    require(by, "booths.read_passes", vehicle_pass)
    with transaction.atomic():
        now = locked_pass(vehicle_pass)
        if now.slot.ends_at > clock.now():
            raise Refused("not_late", _("Its time is not over yet."))
        if now.state != VehiclePass.State.NO_SHOW:
            now.follow("miss", by=by)
            announce(now.edition, "yard")
    return now


def note_missing() -> None:
    """Every vehicle whose hours are over, and that has not come."""
    over = VehiclePass.objects.filter(state=VehiclePass.State.BOOKED, slot__window__ends_at__lte=clock.now())
    for one in over.order_by("pk")[:500]:
        with transaction.atomic():
            now = locked_pass(one)
            if now.state == VehiclePass.State.BOOKED:
                now.follow("miss", by=None)


def forget_drivers() -> int:
    """Take plates and drivers out of passes some weeks after the fair; how many."""
    today = clock.now()
    rows = VehiclePass.objects.filter(forgotten_at=None, edition__closes_on__lt=(today - FORGET_AFTER).date())
    forgotten = {"plate": "", "driver_name": "", "driver_phone": "", "forgotten_at": today}
    with transaction.atomic():
        gone = list(rows.select_for_update(of=("self",)).order_by("pk")[:1000])
        record_many("forget", gone, by=None, fields=["driver_name", "driver_phone", "plate"])
        VehiclePass.objects.filter(pk__in=[one.pk for one in gone]).update(**forgotten)
    return len(gone)


def entrances(edition: Edition) -> list[MoveWindow]:
    """One window for each entrance there is, by name."""
    return list({one.entrance_vi: one for one in edition.move_windows.order_by("entrance_vi", "-pk")}.values())


def _pass_with(edition: Edition, code: str, by: Actor) -> VehiclePass | None:
    guesser = f"{edition.pk}:{by.pk}"
    if tries("vehicle-codes", guesser) >= WRONG_AT_MOST:
        raise TooMany("too_many_unknown", _("Too many unknown codes. Wait ten minutes, or look the vehicle up."))
    fields = fields_of(code)
    found = VehiclePass.objects.filter(edition=edition, **fields).first() if fields else None
    if found is None:
        count_try("vehicle-codes", guesser, within=WRONG_WITHIN)
    return found


def _answer(now: VehiclePass, entrance: str, key: str) -> Answer:
    states: dict[str, Answer] = {"left": Answer.GONE, "cancelled": Answer.CANCELLED, "arrived": Answer.INSIDE}
    if now.state == VehiclePass.State.ARRIVED and key and now.arrived_key == key:
        return Answer.WELCOME
    if now.state in states:
        return states[now.state]
    if not now.reservations.filter(state__in=Reservation.KEPT).exclude(permit="").exists():
        return Answer.NO_PERMIT
    return _of_time_and_place(now.slot.window, now.slot.starts_at, entrance)


def _of_time_and_place(window: MoveWindow, starts_at: datetime, entrance: str) -> Answer:
    if entrance and entrance != window.entrance_vi:
        return Answer.OTHER_ENTRANCE
    if clock.now() < starts_at - EARLY:
        return Answer.EARLY
    return Answer.OVER if clock.now() > window.ends_at else Answer.WELCOME


def _let_in(now: VehiclePass, key: str, *, by: Any) -> None:
    """Once: the reading that did it is answered as it was."""
    if now.state == VehiclePass.State.ARRIVED:
        return
    now.follow("arrive", by=by, arrived_at=clock.now(), arrived_by=by, arrived_key=key)
    announce(now.edition, "yard")
