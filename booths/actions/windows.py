"""Hours for vehicles, cut into slots: set, changed, taken away, carried over to the next edition."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.models import Hall, MoveSlot, MoveWindow, Zone
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.templatetags.fair import moment

MOST_SLOTS = 200
Slots = dict[datetime, datetime]  # end by beginning


def set_window(edition: Edition, *, window: MoveWindow | None = None, by: Actor, **fields: Any) -> MoveWindow:
    """Open hours for vehicles, or change them. `fields` are those of MoveWindow but for the edition.

    Refuses with `times_turned_round`, `too_many_slots`, `fair_not_closed` for a move-out that begins before the fair
    has closed, `other_floor` for a hall or zone of another edition, and `vehicles_booked` where a change would leave
    vehicles without their slot.
    """
    require(by, "booths.set_up_floor", edition)
    with transaction.atomic():
        Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        changed = window or MoveWindow(edition=edition)
        if changed.edition_id != edition.pk:
            raise Invalid("other_edition", _("These hours belong to another edition."))
        for name, value in fields.items():
            setattr(changed, name, value)
        slots = _slots(changed)
        _check(changed)
        changed.save()
        _write_slots(changed, slots)
        record("set", changed, by=by, fields=fields)
        announce(edition, "yard")
    return changed


def remove_window(window: MoveWindow, *, by: Actor) -> None:
    """Take hours for vehicles away; refuses with `vehicles_booked` once there was a pass for them."""
    require(by, "booths.set_up_floor", window)
    with transaction.atomic():
        slots = list(window.slots.select_for_update().order_by("pk"))
        if any(slot.booked for slot in slots) or window.slots.filter(passes__isnull=False).exists():
            raise Refused("vehicles_booked", _("Vehicles were booked for these hours, so they stay on record."))
        record("remove", window, by=by)
        announce(window.edition, "yard")
        window.delete()


def last_hour(edition: Edition, way: str, *, hall: int, zone: int) -> datetime | None:
    """When the last window for vehicles to a hall and zone ends, None without one."""
    windows = edition.move_windows.filter(way=way).fitting({hall}, {zone})
    found: datetime | None = windows.order_by("-ends_at").values_list("ends_at", flat=True).first()
    return found


def copy_windows(source: Edition, target: Edition) -> None:
    """Carry the hours over, as many days before or after the opening; nobody's vehicles go along."""
    shift = target.opens_on - source.opens_on
    halls = {hall.code: hall for hall in Hall.objects.filter(edition=target)}
    zones = {zone.code: zone for zone in Zone.objects.filter(edition=target)}
    for window in source.move_windows.select_related("hall", "zone"):
        hall, zone = window.hall and halls.get(window.hall.code), window.zone and zones.get(window.zone.code)
        starts_at, ends_at = (_shifted(source, target, one, shift) for one in (window.starts_at, window.ends_at))
        window.pk, window.edition, window.hall, window.zone = None, target, hall, zone
        window.starts_at, window.ends_at, window._state.adding = starts_at, ends_at, True
        window.save()
        _write_slots(window, _slots(window))


def _shifted(source: Edition, target: Edition, at: datetime, shift: timedelta) -> datetime:
    """The same hour on the clock of the other edition's place."""
    there = at.astimezone(source.zone).replace(tzinfo=None) + shift
    return there.replace(tzinfo=target.zone)


def _slots(window: MoveWindow) -> Slots:
    """A window cut into slots of its minutes; a shorter rest is the end of the last."""
    if window.ends_at <= window.starts_at:
        sentence = _("The end comes after the beginning.")
        raise Invalid("times_turned_round", sentence, {"ends_at": [sentence]})
    step = timedelta(minutes=window.slot_minutes)
    number = max(1, (window.ends_at - window.starts_at) // step)
    if number > MOST_SLOTS:
        sentence = _("That makes %(number)d slots, and %(most)d are the most. Make them longer, or the hours shorter.")
        words = sentence % {"number": number, "most": MOST_SLOTS}
        raise Invalid("too_many_slots", words, {"slot_minutes": [words]})
    beginnings = [window.starts_at + step * place for place in range(number)]
    return dict(zip(beginnings, [*beginnings[1:], window.ends_at], strict=True))


def _check(window: MoveWindow) -> None:
    for thing in (window.hall, window.zone):
        if thing is not None and thing.edition_id != window.edition_id:
            raise Invalid("other_floor", _("This hall or zone belongs to another edition."))
    closes = closing(window.edition)
    if window.way == MoveWindow.Way.OUT and closes and window.starts_at < closes:
        sentence = _("The fair closes on %(moment)s: nobody moves out before.") % {"moment": moment(closes)}
        raise Invalid("fair_not_closed", sentence, {"starts_at": [sentence]})


def closing(edition: Edition) -> datetime | None:
    """The moment the doors close for the last time."""
    last = edition.days.select_related("edition").order_by("-date").first()
    return last.ends if last else None


def _write_slots(window: MoveWindow, wanted: Slots) -> None:
    """Slots that stay take the new number of vehicles, those that go away must be empty; one with a history is shut."""
    now = {slot.starts_at: slot for slot in window.slots.select_for_update().order_by("pk")}
    for begins, slot in now.items():
        stays = wanted.get(begins) == slot.ends_at
        slot.capacity = window.vehicles if stays else 0
        if slot.booked > slot.capacity:
            raise Refused(
                "vehicles_booked",
                _("%(number)d vehicles are booked for %(moment)s. Move or cancel them first.")
                % {"number": slot.booked, "moment": moment(slot.starts_at)},
            )
    MoveSlot.objects.bulk_update(now.values(), ["capacity"])
    gone = [slot.pk for begins, slot in now.items() if begins not in wanted or wanted[begins] != slot.ends_at]
    MoveSlot.objects.filter(pk__in=gone, passes=None).delete()
    kept = set(window.slots.values_list("starts_at", flat=True))
    _reopen(window, wanted, kept)
    MoveSlot.objects.bulk_create(
        MoveSlot(window=window, starts_at=begins, ends_at=ends, capacity=window.vehicles)
        for begins, ends in wanted.items()
        if begins not in kept
    )


def _reopen(window: MoveWindow, wanted: Slots, kept: set[datetime]) -> None:
    """A slot that was shut and begins when a wanted one does takes that one's end."""
    for begins in kept & wanted.keys():
        shut = window.slots.filter(starts_at=begins).exclude(ends_at=wanted[begins])
        shut.update(ends_at=wanted[begins], capacity=window.vehicles)
