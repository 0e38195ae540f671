"""Laying circuits over the floor, and saying where something may burn."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.service_shares import lock_circuits
from booths.circuits import hang
from booths.models import Booth, Circuit, CircuitBooth, FlameZone, ServiceOrder, Zone
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.templatetags.fair import number

MOST_WATTS = 10_000_000


def set_circuit(
    edition: Edition, *, code: str, watts: int, by: Actor, share_percent: int = 80, booths: Sequence[Booth] = (),
    **fields: Any,
) -> Circuit:  # fmt: skip
    """Lay a circuit, or change the one of this code; live orders move with their booths, each load counted anew.

    `booths` hang on it by name, else those of its `hall`, `zone` or both. Refuses with `hangs_on_nothing`,
    `no_such_load`, `booth_on_another`, or `circuit_full` when what is ordered is more than one of them bears.
    """
    require(by, "booths.set_up_services", edition)
    _check(watts, share_percent, nothing=not (booths or fields.get("hall") or fields.get("zone")))
    with transaction.atomic():
        lock_circuits([edition.pk])  # nobody orders power meanwhile
        given = {"watts": watts, "share_percent": share_percent, "hall": None, "zone": None} | fields
        circuit = _saved(edition, code.strip().upper(), given)
        _name_booths(circuit, booths)
        _count_anew(edition)
        record("set", circuit, by=by, fields=[*given, "booths"])
        announce(edition, "services")
        circuit.refresh_from_db()
    return circuit


def remove_circuit(circuit: Circuit, *, by: Actor) -> None:
    """Take a circuit away; what was ordered on it counts on the circuit its booth then hangs on, if any.

    Refuses with `circuit_full` when that does not bear it.
    """
    require(by, "booths.set_up_services", circuit)
    edition = circuit.edition
    with transaction.atomic():
        lock_circuits([edition.pk])  # nobody orders power meanwhile
        record("remove", circuit, by=by)
        ServiceOrder.objects.filter(circuit=circuit).update(circuit=None)
        circuit.delete()
        _count_anew(edition)
        announce(edition, "services")


def set_flames(zone: Zone, *, allowed: int, by: Actor) -> FlameZone:
    """Say how many open flames a zone bears; zero forbids them. Refuses with `flames_ordered` below what is ordered."""
    require(by, "booths.set_up_services", zone)
    if not 0 <= allowed <= 1000:
        sentence = _("From 0 to %(most)s, please.") % {"most": number(1000)}
        raise Invalid("no_such_quantity", sentence, {"allowed": [sentence]})
    try:
        with transaction.atomic():
            row, _new = FlameZone.objects.update_or_create(zone=zone, defaults={"allowed": allowed})
            record("set", row, by=by, fields=["allowed"])
            announce(zone.edition, "services")
    except IntegrityError:
        taken = FlameZone.objects.get(zone=zone).taken
        sentence = _("%(taken)s are ordered already. Cancel orders first.") % {"taken": number(taken)}
        raise Refused("flames_ordered", sentence, {"allowed": [sentence]}) from None
    return row


def _check(watts: int, share: int, *, nothing: bool) -> None:
    if nothing:
        sentence = _("Choose a hall or a zone, or name the booths that hang on it.")
        raise Invalid("hangs_on_nothing", sentence, {"booths": [sentence]})
    if not 0 < watts <= MOST_WATTS:
        sentence = _("From 1 to %(most)s, please.") % {"most": number(MOST_WATTS)}
        raise Invalid("no_such_load", sentence, {"watts": [sentence]})
    if not 1 <= share <= 100:
        sentence = _("From 1 to 100, please.")
        raise Invalid("no_such_load", sentence, {"share_percent": [sentence]})


def _saved(edition: Edition, code: str, given: dict[str, Any]) -> Circuit:
    """Its load is set apart, once everything hangs where it will."""
    circuit = Circuit.objects.filter(edition=edition, code=code).first() or Circuit(edition=edition, code=code)
    for name, value in given.items():
        setattr(circuit, name, value)
    circuit.load = 0
    circuit.save()
    return circuit


def _name_booths(circuit: Circuit, booths: Sequence[Booth]) -> None:
    keys = {booth.pk for booth in booths}
    taken = CircuitBooth.objects.filter(booth__in=keys).exclude(circuit=circuit).select_related("booth", "circuit")
    if found := list(taken):
        named = {"booths": ", ".join(one.booth.code for one in found), "circuit": found[0].circuit.code}
        sentence = _("Booth %(booths)s is named for circuit %(circuit)s. Take it away there first.") % named
        raise Refused("booth_on_another", sentence, {"booths": [sentence]})
    circuit.named_booths.exclude(booth__in=keys).delete()
    there = set(circuit.named_booths.values_list("booth_id", flat=True))
    CircuitBooth.objects.bulk_create(CircuitBooth(circuit=circuit, booth_id=pk) for pk in sorted(keys - there))


def _count_anew(edition: Edition) -> None:
    """Hang every live order where its booth hangs now, and set each circuit's load to what comes to it."""
    circuits = list(Circuit.objects.filter(edition=edition).prefetch_related("named_booths").order_by("pk"))
    live = ServiceOrder.objects.live().filter(application__edition=edition, watts__gt=0)
    orders = list(live.select_for_update(of=("self",)).select_related("booth").order_by("pk"))
    hangs = hang([order.booth for order in orders], circuits)
    load = dict.fromkeys((circuit.pk for circuit in circuits), 0)
    for order in orders:
        order.circuit = hangs.get(order.booth_id)
        if order.circuit:
            load[order.circuit.pk] += order.watts
    ServiceOrder.objects.bulk_update(orders, ["circuit"], batch_size=500)
    for circuit in circuits:
        _set_load(circuit, load[circuit.pk])


def _set_load(circuit: Circuit, load: int) -> None:
    if load > circuit.usable:
        named = {"circuit": circuit.code, "load": number(load), "usable": number(circuit.usable)}
        sentence = _("%(load)s W are ordered on circuit %(circuit)s, and it may carry %(usable)s W.") % named
        raise Refused("circuit_full", sentence, {"watts": [sentence]})
    Circuit.objects.filter(pk=circuit.pk).update(load=load)
