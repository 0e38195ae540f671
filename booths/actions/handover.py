"""Booths handed over at move-in and taken back at move-out: what officers find, what is to be mended."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.windows import closing, last_hour
from booths.models import BoothCheck, Fault, Reservation
from fairs import clock
from fairs.actions.photos import attachment
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.templatetags.fair import moment


def check_booth(
    reservation: Reservation,
    *,
    key: str,
    by: Actor,
    built: bool = False,
    occupied: bool = False,
    keys: int = 0,
    sockets: int = 0,
    signed_name: str = "",
    note: str = "",
) -> BoothCheck:
    """Note how a booth is at move-in; once the exhibitor has come and says who takes it over, it is handed over.

    The same `key` again answers the first check. Refuses with `not_kept`, with `not_paid` an exhibitor who is to get
    a booth without a permit, and with `nobody_there` a name of somebody who has not come.
    """
    require(by, "booths.check_booths", reservation)
    signed_name = " ".join(signed_name.split())
    if signed_name and not occupied:
        sentence = _("Whoever takes the booth over has come: tick that too.")
        raise Invalid("nobody_there", sentence, {"occupied": [sentence]})
    fields: dict[str, Any] = {"built": built, "occupied": occupied, "keys": keys, "sockets": sockets}
    fields |= {"signed_name": signed_name, "note": note.strip()}
    try:
        with transaction.atomic():
            now = _locked(reservation, key, BoothCheck)
            if isinstance(now, BoothCheck):
                return now
            if occupied and not now.permit:
                raise Refused("not_paid", _("This booth is not paid. Send the exhibitor to the booth desk first."))
            made = BoothCheck.objects.create(reservation=now, moment=BoothCheck.Moment.IN, key=key, by=by, **fields)
            record("note", made, by=by, fields=fields)
            if signed_name and now.can("hand_over"):
                now.follow("hand_over", by=by)
                announce(now.edition, "floor")
            announce(now.edition, "handover")
    except IntegrityError:  # the same form twice at one moment
        return BoothCheck.objects.get(key=key)
    return made


def clear_booth(
    reservation: Reservation, *, key: str, clearance: str, by: Actor, note: str = "", photo: bytes = b""
) -> BoothCheck:
    """Note how a booth was left at move-out, and whether that was after the last hour; nothing is charged by it.

    The same `key` again answers the first check. Refuses with `not_kept`, `fair_open` before the fair has closed,
    `no_note` where something is wrong and nobody says what, and `bad_photo`.
    """
    require(by, "booths.check_booths", reservation)
    known = BoothCheck.objects.filter(key=key, reservation=reservation).first()
    if known:
        return known
    if clearance not in BoothCheck.Clearance.values:
        raise Invalid("clearance", _("Say how the booth was left."))
    if clearance != BoothCheck.Clearance.CLEARED and not note.strip():
        sentence = _("Write what is wrong: the exhibitor may ask.")
        raise Invalid("no_note", sentence, {"note": [sentence]})
    _check_closed(reservation.edition)
    file = attachment(photo) if photo else ""
    fields = {"clearance": clearance, "note": note.strip(), "photo": file}
    try:
        with transaction.atomic():
            now = _locked(reservation, key, BoothCheck)
            if isinstance(now, BoothCheck):
                return now
            late = is_late(now)
            made = BoothCheck.objects.create(
                reservation=now, moment=BoothCheck.Moment.OUT, key=key, by=by, late=late, **fields
            )
            record("note", made, by=by, fields=fields)
            announce(now.edition, "handover")
    except IntegrityError:
        return BoothCheck.objects.get(key=key)
    return made


def is_late(reservation: Reservation) -> bool:
    """Whether the last hour in which vehicles fetch goods from this booth is over."""
    booth = reservation.booth
    last = last_hour(reservation.edition, "out", hall=booth.hall_id, zone=booth.zone_id)
    return last is not None and clock.now() > last


def find_fault(reservation: Reservation, *, key: str, note: str, by: Actor, photo: bytes = b"") -> Fault:
    """Note something that the organiser is to mend. The same `key` again answers the first note.

    Refuses with `no_note`, `not_kept` and `bad_photo`.
    """
    require(by, "booths.check_booths", reservation)
    if not note.strip():
        sentence = _("Write what is wrong.")
        raise Invalid("no_note", sentence, {"note": [sentence]})
    known = Fault.objects.filter(key=key, reservation=reservation).first()
    if known:
        return known
    file = attachment(photo) if photo else ""
    try:
        with transaction.atomic():
            now = _locked(reservation, key, Fault)
            if isinstance(now, Fault):
                return now
            made = Fault.objects.create(reservation=now, key=key, note=note.strip(), photo=file, found_by=by)
            record("find", made, by=by, fields=["note"])
            announce(now.edition, "handover")
    except IntegrityError:
        return Fault.objects.get(key=key)
    return made


def mend_fault(fault: Fault, *, by: Actor) -> Fault:
    """Say that a fault is mended; its exhibitor gets a letter. Said again, nothing changes."""
    require(by, "booths.check_booths", fault)
    with transaction.atomic():
        rows = Fault.objects.select_for_update(of=("self",)).select_related("reservation__application__contact")
        now = rows.get(pk=fault.pk)
        if now.state == Fault.State.MENDED:
            return now
        now.follow("mend", by=by, mended_by=by)
        owe("booths.fault_mended", to=now.reservation.application.contact, about=now, edition=now.edition)
        announce(now.edition, "handover")
    return now


def _locked(reservation: Reservation, key: str, model: Any) -> Any:
    """What this key has made before, else the reservation as it is now, kept from others."""
    rows = Reservation.objects.select_for_update(of=("self",)).select_related("edition", "booth")
    now = rows.get(pk=reservation.pk)
    known = model.objects.filter(key=key, reservation=now).first()
    if known is None and now.state not in Reservation.KEPT:
        raise Refused("not_kept", _("Nobody has this booth any more. Load the page again."))
    return known or now


def _check_closed(edition: Edition) -> None:
    closes = closing(edition)
    if closes and clock.now() < closes:
        raise Refused(
            "fair_open", _("The fair closes on %(moment)s: nobody clears before.") % {"moment": moment(closes)}
        )
