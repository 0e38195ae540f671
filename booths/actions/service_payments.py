"""What an order of services costs, and what its notice means for it: paid, owed again, owed no more."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from booths.actions.reservations import locked
from booths.actions.service_shares import give_back_shares, lock_circuits, take_shares
from booths.models import Application, OrderLine, Reservation, ServiceOrder
from fairs import clock
from fairs.errors import Refused
from fairs.live import announce
from fairs.models import Notice, NoticeLine
from fairs.money.actions.notices import issue_notice
from fairs.money.offered import first_days
from fairs.money.vat import vat_rate_on
from fairs.permissions import Actor

State = ServiceOrder.State


def charge(order: ServiceOrder, *, by: Actor) -> Notice | None:
    """Issue the notice of an order just written; one that costs nothing is confirmed at once, without a notice."""
    application, lines = order.application, list(order.lines.select_related("item"))
    if not sum(line.amount for line in lines):
        order.follow("confirm", by=by)
        return None
    return issue_notice(
        application.edition,
        company=application.company,
        currency=order.currency,
        lines=_notice_lines(order, lines),
        contact=application.contact,
        by=by,
        **_terms(application),
    )


def confirm_orders(*, ids: Sequence[int], by: Actor) -> None:
    """Confirm the orders that a settled notice was about, inside that transaction; passes they bring count from now."""
    _follow(_in(ids, State.ORDERED), "confirm", by=by)


def reopen_orders(*, ids: Sequence[int], by: Actor) -> None:
    """The orders wait for payment again; what was delivered stays so."""
    _follow(_in(ids, State.CONFIRMED), "reopen", by=by)


def end_orders(*, ids: Sequence[int], by: Actor) -> None:
    """Cancel the orders whose notice is owed no more: stock, load and flames are free for others."""
    _lock_circuits_of(ids)
    for order in _in(ids, State.ORDERED, State.CONFIRMED):
        give_back_shares(order)
        order.follow("cancel", by=by)
        announce(order.edition, "services")


def renew_orders(*, ids: Sequence[int], by: Actor) -> Notice:
    """Take orders up again for which money came after they had been cancelled, at the prices they had.

    Answers the notice that charges for them. Refuses with `no_booth`, or as `order_services` when somebody else has
    what is left; then nothing is taken.
    """
    order = ServiceOrder.objects.select_related("application").get(pk=min(ids))
    application = locked(order.application)
    _lock_circuits_of(ids)
    [order] = _in([order.pk], *State)
    if order.state != State.CANCELLED:
        return _notice_of(order)
    if not application.reservations.filter(booth=order.booth_id, state__in=Reservation.KEPT).exists():
        raise Refused("no_booth", _("Services are for a booth that you have reserved. Choose one of yours."))
    take_shares(order, order.lines.select_related("item"))
    if order.flames and not order.flame_what:  # it burns only since it was ordered
        raise Refused("no_flame_declaration", _("Say what burns and how it is guarded."))
    order.save(update_fields=["watts", "flames", "circuit", "flame_zone"])
    order.follow("renew", by=by)
    announce(application.edition, "services")
    notice = charge(order, by=by)
    if notice is None:
        raise Refused("not_payable", _("Nothing is owed on this notice any more."))
    return notice


def _notice_of(order: ServiceOrder) -> Notice:
    notice = Notice.objects.live().about(ServiceOrder.SOURCE, [order.pk]).first()
    if notice is None:
        raise Refused("not_payable", _("Nothing is owed on this notice any more."))
    return notice


def _lock_circuits_of(ids: Sequence[int]) -> None:
    """Before the orders, where any draws power."""
    powered = ServiceOrder.objects.filter(pk__in=ids, watts__gt=0).order_by()
    lock_circuits(powered.values_list("application__edition", flat=True))


def _in(ids: Sequence[int], *states: str) -> QuerySet[ServiceOrder]:
    """Of the orders those in one of the states, locked in the order of their keys."""
    rows = ServiceOrder.objects.select_for_update(of=("self",)).select_related("application__edition", "booth__zone")
    return rows.filter(pk__in=ids, state__in=states).order_by("pk")


def _follow(orders: QuerySet[ServiceOrder], verb: str, *, by: Actor) -> None:
    for order in orders:
        order.follow(verb, by=by)
        announce(order.edition, "services")


def _terms(application: Application) -> dict[str, Any]:
    """When it is to be paid: all at once, within the days of the sale terms, and kept unpaid as long as a booth."""
    terms, today = application.edition.sale_terms, clock.today(application.edition)
    ways = first_days(application.edition, application.company, days=terms.payment_days)
    due_on = max(ways.values(), default=today + timedelta(days=terms.payment_days))
    kept = None if terms.release_days is None else due_on + timedelta(days=terms.release_days)
    return {"due_on": due_on, "ways": ways, "release_on": kept}


def _notice_lines(order: ServiceOrder, lines: Sequence[OrderLine]) -> list[NoticeLine]:
    """For each service its price, and apart from it what comes on top of it on a late day."""
    today, edition = clock.today(order.edition), order.edition
    vat = {fee: vat_rate_on(edition, fee, today) for fee in {line.item.fee for line in lines}}
    about = {"kind": NoticeLine.Kind.PRICE, "source_kind": ServiceOrder.SOURCE, "source_id": order.pk}
    made = []
    for line in lines:
        item, rate = line.item, {"fee": line.item.fee, "vat_rate": vat[line.item.fee]}
        text = {
            "text_vi": f"{item.name_vi}, gian {order.booth.code}",
            "text_en": f"{item.name_en or item.name_vi}, booth {order.booth.code}",
        }
        price = {"quantity": line.quantity, "unit_price": line.unit_price, "amount": line.list_price}
        made.append(NoticeLine(**about, **text, **price, **rate))
        if line.surcharge:
            made.append(NoticeLine(**about, **_late(line), **rate))
    return made


def _late(line: OrderLine) -> dict[str, Any]:
    percent = f"{line.late_percent.normalize():f}"
    return {
        "text_vi": f"Phụ thu đặt muộn {percent}%: {line.item.name_vi}",
        "text_en": f"Late surcharge of {percent}%: {line.item.name_en or line.item.name_vi}",
        "unit_price": line.surcharge,
        "amount": line.surcharge,
    }
