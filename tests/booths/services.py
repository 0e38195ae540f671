"""What tests of services begin with: an exhibitor with a booth, a catalogue, a circuit."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from booths.models import (
    Application,
    Booth,
    Circuit,
    FlameZone,
    Reservation,
    ServiceItem,
    ServiceOrder,
    ServicePrice,
)
from fairs.models import Edition
from tests import world

UNTIL = date(2018, 9, 30)
LATE = date(2018, 10, 10)


def service(of: Edition, code: str = "table", *, price: int | None = 200_000, **fields: Any) -> ServiceItem:
    """A service until 30 September, and until 10 October with 20 percent on top; ten dollars for others."""
    given = {
        "kind": "furniture", "name_vi": f"Bàn {code}", "name_en": f"Table {code}", "order_until": UNTIL,
        "late_until": LATE, "late_percent": Decimal(20),
    }  # fmt: skip
    made = ServiceItem.objects.create(edition=of, code=code, **given | fields)
    if price is not None:
        ServicePrice.objects.create(item=made, audience="resident", currency="VND", amount=price)
        ServicePrice.objects.create(item=made, audience="non_resident", currency="USD", amount=10)
    return made


def power(of: Edition, code: str = "kw", **fields: Any) -> ServiceItem:
    """A kilowatt."""
    given: dict[str, Any] = {"kind": "power", "name_vi": "Điện 1 kW", "name_en": "Power 1 kW", "watts": 1000}
    return service(of, code, **given | fields)


def flame(of: Edition, code: str = "burner", **fields: Any) -> ServiceItem:
    """Something that burns."""
    given: dict[str, Any] = {"kind": "other", "name_vi": "Bếp lửa", "name_en": "Burner", "open_flame": True}
    return service(of, code, **given | fields)


def circuit(of: Edition, code: str = "C1", *, watts: int = 5000, **fields: Any) -> Circuit:
    """A circuit of the whole hall; of its watts 80 percent may be used."""
    hall = None if fields.get("zone") else of.halls.get()
    return Circuit.objects.create(edition=of, code=code, watts=watts, **{"hall": hall} | fields)


def flames(of: Edition, allowed: int = 2) -> FlameZone:
    """So many open flames in the zone of every booth."""
    return FlameZone.objects.create(zone=of.zones.get(), allowed=allowed)


def holder(booth: Booth, state: str = "confirmed", **company: Any) -> Application:
    """An exhibitor who has the booth."""
    made = world.application(booth.edition)
    for name, value in company.items():
        setattr(made.company, name, value)
    made.company.save()
    Reservation.objects.create(
        edition=booth.edition, booth=booth, application=made, company=made.company, state=state, held_until=world.NOON
    )
    return made


def ordered(application: Application, item: ServiceItem, booth: Booth, **fields: Any) -> ServiceOrder:
    """An order of one, written without a notice."""
    made = ServiceOrder.objects.create(
        application=application, booth=booth, **{"key": f"key {booth.pk}", "currency": "VND"} | fields
    )
    made.lines.create(item=item, quantity=1, unit_price=200_000)
    ServiceItem.objects.filter(pk=item.pk).update(taken=F("taken") + 1)
    return made


def services_of(cast: Any) -> None:
    """For the cast: a service that its exhibitor has ordered, a circuit, a zone with its open flames."""
    things = cast.things
    item = things["service_item"] = service(cast.edition)
    things["service_order"] = ordered(things["application"], item, things["booth"])
    things["circuit"] = circuit(cast.edition)
    things["flames"] = flames(cast.edition)
    things["zone"] = cast.edition.zones.get()
