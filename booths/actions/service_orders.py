"""Ordering services for a booth, cancelling the order, ticking it as delivered."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from booths.actions.reservations import locked
from booths.actions.service_payments import charge, end_orders
from booths.actions.service_shares import take_shares
from booths.models import Application, Booth, OrderLine, Reservation, ServiceItem, ServiceOrder
from booths.services import OfferedService, offered, surcharge
from fairs import clock
from fairs.discovery import given_passes, more_passes
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Notice, Participation
from fairs.money.actions.credits import lower_notice
from fairs.money.actions.notices import drop_notice
from fairs.permissions import Actor, may, require
from fairs.states import StateConflict
from fairs.templatetags.fair import day, local, number

MOST = 10_000  # units in one line


def order_services(
    application: Application, *, booth: Booth, quantities: Mapping[int, int], key: str, by: Actor,
    flame_what: str = "", flame_guard: str = "",
) -> ServiceOrder:  # fmt: skip
    """Order services for a booth the application has, all or none, and issue the payment notice for them.

    `quantities` are units by the key of the service; zero is none. The same `key` again answers the first order.
    Refuses with `no_booth`, `nothing_ordered`, `not_offered`, `no_service_price`, `too_late`, `no_flame_declaration`,
    or, naming what is left, `sold_out`, `circuit_full`, `flames_forbidden`, `flames_full`.
    """
    require(by, "booths.order_services", application)
    with transaction.atomic():
        application = locked(application)
        if known := application.service_orders.filter(key=key).first():
            return known
        _check_booth(application, booth)
        wanted = _wanted(application, quantities)
        order = ServiceOrder(application=application, booth=booth, key=key, currency=_currency(wanted))
        lines = [_line(order, one, quantities[one.item.pk]) for one in wanted]
        _declare(order, lines, flame_what.strip(), flame_guard.strip())
        take_shares(order, lines)
        order.save()
        OrderLine.objects.bulk_create(lines)
        record("order", order, by=by, fields=["lines"])
        charge(order, by=by)
        announce(application.edition, "services")
    return order


def cancel_order(order: ServiceOrder, *, by: Actor) -> ServiceOrder:
    """Cancel an order: whoever ordered until the last day at the list price, afterwards the desk.

    An unpaid notice is cancelled; one on which money stands is credited whole, and the money is free to go back. At
    the desk that asks for the right to credit. Refuses with `too_late_to_cancel`, with `passes_in_use` while people
    have the passes that it paid for, or with `state_conflict` once delivered.
    """
    require(by, "booths.cancel_order", order)
    desk = may(by, "booths.run_services", order)
    if not desk and clock.today(order.edition) > cancel_until(order):
        raise Refused("too_late_to_cancel", _("The last day to cancel has passed. Write to the booth desk."))
    with transaction.atomic():
        _check_passes(order)
        notice = Notice.objects.live().about(ServiceOrder.SOURCE, [order.pk]).first()
        if notice is None:
            end_orders(ids=[order.pk], by=by)
        elif not notice.paid:
            drop_notice(notice, by=by)
        else:
            _credit(order, notice, desk=desk, by=by)
        order.refresh_from_db()
        if order.state != ServiceOrder.State.CANCELLED:  # it was delivered
            raise StateConflict(order, "cancel")
    return order


def _check_passes(order: ServiceOrder) -> None:
    """Passes that people already have are taken back first; the part is locked, as by whoever gives one."""
    brings = sum(line.quantity * line.passes for line in order.lines.all())
    if not brings or order.state not in ServiceOrder.PAID:
        return
    rows = Participation.objects.select_for_update(of=("self",))
    company = order.application.company_id
    part = rows.filter(edition=order.edition, company=company, role=Participation.Role.EXHIBITOR).first()
    if part is None:
        return
    left = part.pass_quota + more_passes(order.edition, company) - brings
    if given_passes(order.edition, company) > left:
        raise Refused("passes_in_use", _("People have these passes already. Take passes back first, then cancel."))


def give_services_back(application: Application, *, by: Actor) -> None:
    """Cancel what a locked application ordered and has not paid, inside the transaction in which it withdraws.

    Refuses with `has_services` while it has paid for some.
    """
    live = application.service_orders.live()
    notices = Notice.objects.live().about(ServiceOrder.SOURCE, list(live.values_list("pk", flat=True)))
    if notices.filter(paid__gt=0).exists():
        raise Refused("has_services", _("You have paid for services. Cancel them first, or write to the booth desk."))
    for notice in notices.order_by("pk"):
        drop_notice(notice, by=by)
    end_orders(ids=list(live.values_list("pk", flat=True)), by=by)


def deliver_order(order: ServiceOrder, *, by: Actor) -> ServiceOrder:
    """Tick a paid order as delivered."""
    return _tick(order, "deliver", by=by)


def undo_delivery(order: ServiceOrder, *, by: Actor) -> ServiceOrder:
    """Take the tick back: something is missing after all."""
    return _tick(order, "undeliver", by=by)


def cancel_until(order: ServiceOrder) -> date:
    """The last day on which whoever ordered may cancel: the earliest of its services' last days at the list price.

    Of fetched lines and items without a query.
    """
    return min(line.item.order_until for line in order.lines.all())


def _tick(order: ServiceOrder, verb: str, *, by: Actor) -> ServiceOrder:
    require(by, "booths.run_services", order)
    with transaction.atomic():
        order.follow(verb, by=by)
        announce(order.edition, "services")
    return order


def _credit(order: ServiceOrder, notice: Notice, *, desk: bool, by: Actor) -> None:
    if desk:
        require(by, "fairs.credit_notice", notice)
    lower_notice(
        notice, amount=notice.owed, end=True, reason=_("The order of services was cancelled."),
        key=f"{ServiceOrder.SOURCE}:{order.pk}:{notice.pk}", by=by,
    )  # fmt: skip


def _check_booth(application: Application, booth: Booth) -> None:
    kept = application.reservations.filter(booth=booth, state__in=Reservation.KEPT)
    if not kept.exists():
        sentence = _("Services are for a booth that you have reserved. Choose one of yours.")
        raise Refused("no_booth", sentence, {"booth": [sentence]})


def _wanted(application: Application, quantities: Mapping[int, int]) -> list[OfferedService]:
    """What is ordered, each service with its price of today."""
    asked = {pk: count for pk, count in quantities.items() if count}
    if not asked:
        raise Invalid("nothing_ordered", _("Say how many you need of at least one service."))
    items = list(ServiceItem.objects.filter(edition=application.edition_id, offered=True, pk__in=asked))
    if len(items) < len(asked):
        raise Refused("not_offered", _("One of these services is not offered any more. Look at the list again."))
    found = offered(items, application.company, clock.today(application.edition))
    for one in found:
        _check(one, asked[one.item.pk])
    return found


def _check(one: OfferedService, count: int) -> None:
    name, field = local(one.item, "name"), f"q{one.item.pk}"
    if not 0 < count <= MOST:
        sentence = _("From 0 to %(most)s, please.") % {"most": number(MOST)}
        raise Invalid("no_such_quantity", sentence, {field: [sentence]})
    if one.price is None:
        sentence = _("“%(name)s” has no price for you yet. Ask the booth desk.") % {"name": name}
        raise Refused("no_service_price", sentence, {field: [sentence]})
    if one.closed:
        sentence = _("“%(name)s” could be ordered until %(day)s.") % {"name": name, "day": day(one.item.last_day)}
        raise Refused("too_late", sentence, {field: [sentence]})


def _currency(wanted: list[OfferedService]) -> str:
    """One order is paid by one notice, in one currency."""
    currencies = {one.price.currency for one in wanted if one.price}
    if len(currencies) > 1:
        raise Refused("two_currencies", _("These services are sold in different currencies. Order them apart."))
    return currencies.pop()


def _line(order: ServiceOrder, one: OfferedService, count: int) -> OrderLine:
    assert one.price
    return OrderLine(
        order=order, item=one.item, quantity=count, unit_price=one.price.amount, late_percent=one.percent,
        surcharge=surcharge(one.price, count, one.percent), passes=one.item.passes,
    )  # fmt: skip


def _declare(order: ServiceOrder, lines: list[OrderLine], what: str, guard: str) -> None:
    """An open flame is ordered with a word on what burns and how it is guarded; otherwise nothing is kept of that."""
    if not any(line.item.open_flame for line in lines):
        return
    missing = {
        name: [_("Say it, please.")] for name, text in (("flame_what", what), ("flame_guard", guard)) if not text
    }
    if missing:
        raise Invalid("no_flame_declaration", _("Say what burns and how it is guarded."), missing)
    order.flame_what, order.flame_guard = what, guard
