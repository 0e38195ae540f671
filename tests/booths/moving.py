"""A fair with hours for vehicles, for tests of moving in and out."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from booths.actions.vehicles import book_vehicle
from booths.actions.windows import set_window
from booths.models import Application, BoothCheck, Breach, Fault, MoveSlot, MoveWindow, Reservation, VehiclePass
from fairs import clock
from tests import world

DAY_BEFORE = datetime(2018, 10, 16, 1, 0, tzinfo=UTC)  # 8:00 in Hanoi, two days before the opening
CLOSED = datetime(2018, 10, 21, 10, 30, tzinfo=UTC)  # 17:30 on the last day
_keys = count(1)


def window(edition: Any, **fields: Any) -> MoveWindow:
    """Four hours of the morning before the fair, an hour for each vehicle, one vehicle at once."""
    given = {
        "way": "in", "hall": None, "zone": None, "starts_at": DAY_BEFORE, "ends_at": DAY_BEFORE + timedelta(hours=4),
        "slot_minutes": 60, "vehicles": 1, "vehicles_each": 3, "entrance_vi": "Cổng 3", "entrance_en": "Gate 3",
    }  # fmt: skip
    director = world.officer(edition, "director")
    return set_window(edition, by=director, **given | fields)


def first_slot(of: MoveWindow) -> MoveSlot:
    """The earliest."""
    return of.slots.order_by("starts_at")[0]


def exhibitor(edition: Any, *booths: Any, permit: bool = True, state: str = "confirmed") -> Application:
    """Somebody who has booths, paid for unless told otherwise."""
    application = world.application(edition, booths=max(1, len(booths)))
    for booth in booths:
        Reservation.objects.create(
            edition=edition, booth=booth, application=application, company=application.company, state=state,
            held_until=world.NOON, permit=f"GP-{booth.code}" if permit else "",
        )  # fmt: skip
    return application


def vehicle(application: Application, slot: MoveSlot, **fields: Any) -> VehiclePass:
    """One vehicle to all its booths, booked while booths are sold."""
    number = next(_keys)
    given: dict[str, Any] = {
        "reservations": list(application.reservations.all()), "plate": f"29H-{number:05d}", "key": f"k{number}",
        "driver_name": "Lê Văn Tám", "driver_phone": "0912 345 678", "by": application.contact,
    }  # fmt: skip
    with clock.at(world.NOON):
        return book_vehicle(application, slot=slot, **given | fields)


def things_of(cast: Any) -> dict[str, Any]:
    """Hours for vehicles and a vehicle of the cast's exhibitor, whose booth is not paid yet."""
    hours, reserved = window(cast.edition), cast.things["application"].reservations.get(state="reserved")
    slot = first_slot(hours)
    MoveSlot.objects.filter(pk=slot.pk).update(booked=1)
    one = VehiclePass.objects.create(
        edition=cast.edition, slot=slot, application=reserved.application, company=reserved.company, plate="29H12345",
        key="cast",
    )  # fmt: skip
    one.reservations.set([reserved])
    desk = cast.people["booth_desk"]
    return {
        "window": hours,
        "vehicle": one,
        "check": BoothCheck.objects.create(reservation=reserved, moment="in", key="cast", by=desk),
        "fault": Fault.objects.create(
            reservation=reserved, key="cast", note="No light", photo=ContentFile(b"\xff\xd8", "a.jpg"), found_by=desk
        ),
        "breach": Breach.objects.create(
            reservation=reserved, key="cast", rule="sub_letting", reason="Sold on", recorded_by=desk
        ),
    }
