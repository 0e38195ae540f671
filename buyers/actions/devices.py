"""The phones and tablets that read badges at the gates: added, enrolled by a QR code, heard of, cut off."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.models import Device, Gate
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require

CODE_HOLDS = timedelta(days=1)
HEARD_EVERY = timedelta(seconds=20)  # a device at work writes its row no oftener


def add_device(gate: Gate, *, name: str, by: Actor) -> tuple[Device, str]:
    """Prepare a device for a gate; the answered code, shown once as a QR, enrols one phone within a day."""
    require(by, "buyers.set_up_gates", gate)
    code = secrets.token_urlsafe(24)
    with transaction.atomic():
        device = Device.objects.create(edition=gate.edition, gate=gate, name=name, added_by=by, key_hash=key_hash(code))
        record("add", device, by=by)
        announce(gate.edition, "devices")
    return device, code


def enrol_device(code: str) -> tuple[Device, str]:
    """Give the phone that shows the code a key of its own; the code opens nothing any more.

    Refuses with `unknown_enrolment` a code that is wrong, used or older than a day.
    """
    known = Device.objects.filter(key_hash=key_hash(code), state=Device.State.WAITING)
    device = known.filter(added_at__gt=clock.now() - CODE_HOLDS).select_related("edition", "gate").first()
    if device is None:
        raise Refused("unknown_enrolment", _("This code is used or too old. Ask the organiser for a new one."))
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        device.follow("enrol", by=None, key_hash=key_hash(key), seen_at=clock.now())
        announce(device.edition, "devices")
    return device, key


def cut_off_device(device: Device, *, by: Actor) -> Device:
    """From now on the device gets no list and nothing it sends is taken; it forgets what it has when it next asks."""
    require(by, "buyers.set_up_gates", device)
    with transaction.atomic():
        device.follow("cut_off", by=by)
        announce(device.edition, "devices")
    return device


def hear_of(device: Device, *, unsent: int, gate: Gate | None = None, listed_at: datetime | None = None) -> None:
    """Keep when the device was last heard of, what it has not sent yet, how old its list is, where it stands."""
    now = clock.now()
    told: dict[str, Any] = {"unsent": unsent, "gate_id": gate.pk if gate else device.gate_id}
    if listed_at:
        told["listed_at"] = listed_at
    changed = any(getattr(device, name) != value for name, value in told.items())
    if changed or device.seen_at is None or device.seen_at < now - HEARD_EVERY:
        Device.objects.filter(pk=device.pk).update(seen_at=now, **told)


def key_hash(key: str) -> str:
    """What is kept of a code or key."""
    return sha256(key.encode()).hexdigest()
