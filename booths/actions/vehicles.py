"""Booking a vehicle into a slot, changing it, calling it off."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from booths.models import Application, MoveSlot, MoveWindow, Reservation, VehiclePass
from fairs import clock
from fairs.actions.merging import still_standing
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require
from fairs.templatetags.fair import clock as hour

DETAILS = ("kind", "plate", "driver_name", "driver_phone")


def book_vehicle(
    application: Application,
    *,
    slot: MoveSlot,
    reservations: Sequence[Reservation],
    plate: str,
    key: str,
    by: Actor,
    kind: str = VehiclePass.Kind.VAN,
    driver_name: str = "",
    driver_phone: str = "",
) -> VehiclePass:
    """Book a vehicle that comes to some of the application's booths; the same `key` again answers the same pass.

    Refuses with `no_plate`, `no_booth`, `not_your_booth`, `no_permit` before all of the booths are paid, `other_hall`
    when the hours are not for them, `slot_over`, `slot_full` with what is still free near it, `too_many_vehicles` of
    one exhibitor, `vehicle_booked` for a plate that is in the slot already, and `company_merged`.
    """
    require(by, "booths.book_vehicle", application)
    known = VehiclePass.objects.filter(key=key, application=application).first()
    if known:
        return known
    try:
        with transaction.atomic():
            company = still_standing(application.company)
            slot = MoveSlot.objects.select_related("window").get(pk=slot.pk)
            _check_booths(application, slot.window, reservations)
            _check_number(application, slot)
            take_place(slot)
            made = VehiclePass.objects.create(
                edition=application.edition, slot=slot, application=application, company=company,
                kind=kind, plate=written(plate), driver_name=driver_name, driver_phone=driver_phone, key=key,
                booked_by=by if by and by.is_authenticated else None,
            )  # fmt: skip
            made.reservations.set(reservations)
            record("book", made, by=by, fields=["slot"])
            announce(application.edition, "yard")
    except IntegrityError:
        return _sent_twice(application, key)
    return made


def change_vehicle(
    vehicle_pass: VehiclePass, *, by: Actor, slot: MoveSlot | None = None, **details: Any
) -> VehiclePass:
    """Bring another vehicle or driver, or come at another time; its codes stay. Refuses as booking does."""
    require(by, "booths.book_vehicle", vehicle_pass)
    try:
        with transaction.atomic():
            still_standing(vehicle_pass.company)
            now = locked_pass(vehicle_pass)
            if now.state != VehiclePass.State.BOOKED:
                raise Refused("not_booked", _("This vehicle has come, or is not expected any more."))
            fields = {name: written(value) if name == "plate" else value for name, value in details.items()}
            changed = [name for name in DETAILS if name in fields and getattr(now, name) != fields[name]]
            for name in changed:
                setattr(now, name, fields[name])
            changed += _move(now, slot) if slot and slot.pk != now.slot_id else []
            if changed:
                now.save(update_fields=changed)
                record("change", now, by=by, fields=changed)
                announce(now.edition, "yard")
    except IntegrityError:
        raise _twice_in_a_slot() from None
    return now


def cancel_vehicle(vehicle_pass: VehiclePass, *, by: Actor) -> VehiclePass:
    """Call a vehicle off: its place is free, plate and driver are forgotten. Called off before, it stays so."""
    require(by, "booths.book_vehicle", vehicle_pass)
    with transaction.atomic():
        now = locked_pass(vehicle_pass)
        if now.state != VehiclePass.State.CANCELLED:
            call_off(now, by=by)
    return now


def cancel_vehicles_of(reservation: Reservation, *, by: Actor) -> None:
    """Call off the booked vehicles that come to this booth alone, inside the transaction that takes it back."""
    booked = VehiclePass.objects.filter(reservations=reservation, state=VehiclePass.State.BOOKED)
    for one in booked.order_by("pk"):
        if not one.reservations.exclude(pk=reservation.pk).filter(state__in=Reservation.KEPT).exists():
            call_off(locked_pass(one), by=by)


def call_off(vehicle_pass: VehiclePass, *, by: Actor) -> None:
    """The locked pass is cancelled, inside the caller's transaction."""
    forgotten = {"plate": "", "driver_name": "", "driver_phone": "", "forgotten_at": clock.now()}
    vehicle_pass.follow("cancel", by=by, **forgotten)
    give_place_back(vehicle_pass.slot_id)
    announce(vehicle_pass.edition, "yard")


def take_place(slot: MoveSlot) -> None:
    """One place of a slot, by one conditional update: of two rivals for the last one wins."""
    if slot.ends_at <= clock.now():
        raise Refused("slot_over", _("This time is over. Choose a later one."))
    if not MoveSlot.objects.filter(pk=slot.pk, booked__lt=F("capacity")).update(booked=F("booked") + 1):
        raise _full(slot)


def give_place_back(slot_id: int) -> None:
    """One place more."""
    MoveSlot.objects.filter(pk=slot_id).update(booked=F("booked") - 1)


def locked_pass(vehicle_pass: VehiclePass) -> VehiclePass:
    """The pass as it is now, kept from others until the transaction ends."""
    rows = VehiclePass.objects.select_for_update(of=("self",)).select_related("edition", "slot__window", "application")
    return rows.get(pk=vehicle_pass.pk)


def written(plate: str) -> str:
    """A plate as it is compared: capitals, figures and nothing between; refuses with `no_plate`."""
    found = "".join(letter for letter in plate.upper() if letter.isalnum())
    if not 3 <= len(found) <= 15:
        sentence = _("Write the number plate, such as 29H-123.45.")
        raise Invalid("no_plate", sentence, {"plate": [sentence]})
    return found


def _move(now: VehiclePass, slot: MoveSlot) -> list[str]:
    """Into another slot; both are changed in the order of their keys, so that no two rivals wait for each other."""
    slot = MoveSlot.objects.select_related("window").get(pk=slot.pk)
    _check_booths(now.application, slot.window, list(now.reservations.select_related("booth")))
    if slot.window.way != now.slot.window.way:
        raise Invalid("other_way", _("Move-in and move-out have a pass each: book another."))
    if slot.window_id != now.slot.window_id:
        _check_number(now.application, slot)
    list(MoveSlot.objects.select_for_update().filter(pk__in=[slot.pk, now.slot_id]).order_by("pk"))
    take_place(slot)
    give_place_back(now.slot_id)
    now.slot = slot
    return ["slot"]


def _check_booths(application: Application, window: MoveWindow, reservations: Sequence[Reservation]) -> None:
    if not reservations:
        sentence = _("Choose at least one booth.")
        raise Invalid("no_booth", sentence, {"reservations": [sentence]})
    if window.edition_id != application.edition_id:
        raise Invalid("other_edition", _("These hours belong to another edition."))
    asked = {row.pk for row in reservations}
    own = Reservation.objects.kept().filter(application=application, pk__in=asked).select_related("booth")
    rows = list(own.select_for_update(of=("self",)).order_by("booth_id"))
    if len(rows) != len(asked):
        raise Refused("not_your_booth", _("One of these booths is not yours any more. Load the page again."))
    unpaid = [row.booth.code for row in rows if not row.permit]
    if unpaid:
        sentence = _("Booth %(codes)s has no permit to build yet: vehicles come once everything is paid.")
        raise Refused("no_permit", sentence % {"codes": ", ".join(unpaid)})
    halls, zones = ({getattr(row.booth, name) for row in rows} for name in ("hall_id", "zone_id"))
    if not MoveWindow.objects.filter(pk=window.pk).fitting(halls, zones).exists():
        raise Refused("other_hall", _("These hours are for other booths. Choose others, or book a vehicle for each."))


def _check_number(application: Application, slot: MoveSlot) -> None:
    """Asked with the company locked."""
    window = slot.window
    live = VehiclePass.objects.live().filter(slot__window=window, application=application)
    if live.count() >= window.vehicles_each:
        raise Refused(
            "too_many_vehicles",
            _("You have %(most)d vehicles in these hours already, which is the most.") % {"most": window.vehicles_each},
        )


def _full(slot: MoveSlot) -> Refused:
    others = MoveSlot.objects.open_at(clock.now()).filter(window=slot.window_id).exclude(pk=slot.pk)
    nearest = sorted(others, key=lambda one: abs(one.starts_at - slot.starts_at))[:3]
    if not nearest:
        return Refused("slot_full", _("This time is full, and so are the others of these hours."))
    hours = ", ".join(hour(one.starts_at) for one in sorted(nearest, key=lambda one: one.starts_at))
    return Refused("slot_full", _("This time is full. Still free near it: %(hours)s.") % {"hours": hours})


def _sent_twice(application: Application, key: str) -> VehiclePass:
    """What the other of two that met a constraint has made: the same form, or the same plate."""
    made = VehiclePass.objects.filter(Q(key=key), application=application).first()
    if made is None:
        raise _twice_in_a_slot()
    return made


def _twice_in_a_slot() -> Refused:
    sentence = _("This vehicle is booked for that time already.")
    return Refused("vehicle_booked", sentence, {"plate": [sentence]})
