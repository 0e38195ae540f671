"""What an order takes of things there are only so many of: stock, watts of a circuit, open flames of a zone.

Each is one conditional UPDATE with a constraint behind it: of two orders that want the last of something one gets it.
Whoever locks several of these does so in one order, or two would wait for each other: circuits, orders, zone, items by
their keys.
"""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths.circuits import circuit_of
from booths.models import Booth, Circuit, FlameZone, OrderLine, ServiceItem, ServiceOrder
from fairs.errors import Refused
from fairs.templatetags.fair import local, number


def take_shares(order: ServiceOrder, lines: Iterable[OrderLine]) -> None:
    """Take what an order needs, inside the transaction that writes it, and note on it where.

    Refuses with `sold_out`, `circuit_full`, `flames_forbidden` or `flames_full`, each naming what is left.
    """
    rows = sorted(lines, key=lambda line: line.item_id)
    order.watts = sum(line.quantity * line.item.watts for line in rows)
    order.flames = sum(line.quantity for line in rows if line.item.open_flame)
    order.circuit = _take_load(order.booth, order.watts) if order.watts else None
    order.flame_zone = _take_flames(order.booth, order.flames) if order.flames else None
    for line in rows:
        _take_stock(line)


def give_back_shares(order: ServiceOrder) -> None:
    """Give back what a locked order took, inside the transaction that cancels it, with the circuits locked before."""
    if order.circuit_id:
        Circuit.objects.filter(pk=order.circuit_id).update(load=F("load") - order.watts)
    if order.flame_zone_id:
        FlameZone.objects.filter(pk=order.flame_zone_id).update(taken=F("taken") - order.flames)
    for line in order.lines.order_by("item_id"):
        ServiceItem.objects.filter(pk=line.item_id).update(taken=F("taken") - line.quantity)


def lock_circuits(editions: Iterable[int]) -> None:
    """Keep the circuits of some editions from whoever lays them anew or orders power, until the transaction ends."""
    list(Circuit.objects.select_for_update(no_key=True).filter(edition__in=list(editions)).order_by("pk"))


def _take_stock(line: OrderLine) -> None:
    enough = Q(stock=None) | Q(stock__gte=F("taken") + line.quantity)
    if ServiceItem.objects.filter(enough, pk=line.item_id).update(taken=F("taken") + line.quantity):
        return
    left = ServiceItem.objects.get(pk=line.item_id).left or 0
    named = {"name": local(line.item, "name"), "left": number(left)}
    sentence = ngettext(
        "Of “%(name)s” only %(left)s is left. Order fewer.", "Of “%(name)s” only %(left)s are left. Order fewer.", left
    ) if left else _("“%(name)s” is sold out.")  # fmt: skip
    raise Refused("sold_out", sentence % named, {f"q{line.item_id}": [sentence % named]})


def _take_load(booth: Booth, watts: int) -> Circuit | None:
    """The circuit of a booth with the load on it; None where no circuit is known, which then bounds nothing.

    All circuits of the edition are locked first: none is laid anew between the look and the load.
    """
    lock_circuits([booth.edition_id])
    circuit = circuit_of(booth)
    if circuit is None:
        return None
    room = Q(load__lte=F("watts") * F("share_percent") / 100 - watts)
    if not Circuit.objects.filter(room, pk=circuit.pk).update(load=F("load") + watts):
        sentence = _("The circuit of booth %(booth)s has %(left)s W left, and this needs %(watts)s W. Order less.")
        named = {"booth": booth.code, "left": number(circuit.left), "watts": number(watts)}
        raise Refused("circuit_full", sentence % named)
    return circuit


def _take_flames(booth: Booth, flames: int) -> FlameZone:
    zone = FlameZone.objects.filter(zone=booth.zone_id).first()
    named = {"zone": local(booth.zone, "name")}
    if zone is None or not zone.allowed:
        raise Refused("flames_forbidden", _("In zone %(zone)s nothing may burn. Order without open flames.") % named)
    if not FlameZone.objects.filter(pk=zone.pk, allowed__gte=F("taken") + flames).update(taken=F("taken") + flames):
        left = FlameZone.objects.get(pk=zone.pk).left
        sentence = ngettext(
            "In zone %(zone)s %(left)s more open flame is allowed.",
            "In zone %(zone)s %(left)s more open flames are allowed.",
            left,
        )
        raise Refused("flames_full", sentence % (named | {"left": number(left)}))
    return zone
