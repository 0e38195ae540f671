"""Carrying the catalogue of services, the circuits and the open flames of one edition over to the next."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from booths.actions.copying import twin
from booths.models import Booth, Circuit, CircuitBooth, FlameZone, Hall, ServicePrice, Zone
from fairs.models import Edition

DAYS = ("order_until", "late_until")


def copy_services(source: Edition, target: Edition) -> None:
    """Copy services with their prices, days moved with the opening, and what circuits and zones bear; no orders.

    Called inside the transaction that begins the new edition, once its floor is copied.
    """
    shift = target.opens_on - source.opens_on
    for item in source.service_items.prefetch_related("prices"):
        prices = list(item.prices.all())
        made = twin(item, edition=target, taken=0, **{name: _moved(getattr(item, name), shift) for name in DAYS})
        made.save()
        ServicePrice.objects.bulk_create(twin(price, item=made) for price in prices)
    _copy_circuits(source, target)
    zones = _by_code(Zone.objects.filter(edition=target))
    flames = FlameZone.objects.filter(zone__edition=source).select_related("zone")
    FlameZone.objects.bulk_create(
        FlameZone(zone=zones[row.zone.code], allowed=row.allowed) for row in flames if row.zone.code in zones
    )


def _copy_circuits(source: Edition, target: Edition) -> None:
    halls, zones = (_by_code(model.objects.filter(edition=target)) for model in (Hall, Zone))
    booths = _by_code(Booth.objects.filter(edition=target))
    rows = Circuit.objects.filter(edition=source).select_related("hall", "zone")
    for circuit in rows.prefetch_related("named_booths__booth"):
        named = [booths[row.booth.code] for row in circuit.named_booths.all() if row.booth.code in booths]
        hall = halls.get(circuit.hall.code) if circuit.hall else None
        zone = zones.get(circuit.zone.code) if circuit.zone else None
        made = twin(circuit, edition=target, load=0, hall=hall, zone=zone)
        made.save()
        CircuitBooth.objects.bulk_create(CircuitBooth(circuit=made, booth=booth) for booth in named)


def _by_code(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.code: row for row in rows}


def _moved(day: date | None, shift: timedelta) -> date | None:
    return day + shift if day else None
