"""What an edition offers to be ordered, and at which prices."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.models import ServiceItem, ServicePrice
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Audience, Edition
from fairs.money.currencies import is_whole
from fairs.permissions import Actor, require
from fairs.templatetags.fair import number

FIELDS = frozenset(
    {
        "kind", "name_vi", "name_en", "note_vi", "note_en", "unit_vi", "unit_en", "fee", "stock", "order_until",
        "late_until", "late_percent", "watts", "open_flame", "passes", "order", "offered",
    }
)  # fmt: skip
Prices = Mapping[str, tuple[str, Decimal]]


def set_service(edition: Edition, *, code: str, prices: Prices, by: Actor, **fields: Any) -> ServiceItem:
    """Offer a service, or change the one of this code; what was ordered keeps its price, load and passes.

    `prices` are a currency and an amount of one unit, VAT included, by audience; an audience that is not named cannot
    order it. `fields` are those of ServiceItem. Refuses with `residents_pay_in_vnd`, `price_below_zero`,
    `no_such_unit`, `late_before_the_day` or `stock_below_taken`.
    """
    require(by, "booths.set_up_services", edition)
    _check_prices(prices)
    _check_days(fields)
    try:
        with transaction.atomic():
            item, _new = ServiceItem.objects.select_for_update().get_or_create(
                edition=edition, code=code.strip().lower(), defaults=fields
            )
            for name in FIELDS & fields.keys():
                setattr(item, name, fields[name])
            item.save(update_fields=sorted(FIELDS & fields.keys()))
            _set_prices(item, prices)
            record("set", item, by=by, fields=[*fields, "prices"])
            announce(edition, "services")
    except IntegrityError:  # the constraint: more is ordered than there would be
        raise _below_taken(edition, code) from None
    return item


def stop_offering(item: ServiceItem, *, by: Actor) -> ServiceItem:
    """Take a service out of the catalogue; orders that name it stay. One that nobody ordered is deleted."""
    require(by, "booths.set_up_services", item)
    with transaction.atomic():
        item = ServiceItem.objects.select_for_update().get(pk=item.pk)
        record("stop", item, by=by)
        announce(item.edition, "services")
        if item.lines.exists():
            item.offered = False
            item.save(update_fields=["offered"])
        else:
            item.delete()
    return item


def _set_prices(item: ServiceItem, prices: Prices) -> None:
    item.prices.exclude(audience__in=prices).delete()
    for audience, (currency, amount) in prices.items():
        ServicePrice.objects.update_or_create(
            item=item, audience=audience, defaults={"currency": currency, "amount": amount}
        )


def _check_prices(prices: Prices) -> None:
    for audience, (currency, amount) in prices.items():
        field = f"{audience}_amount"
        if audience == Audience.RESIDENT and currency != "VND":
            sentence = _("Residents of Vietnam pay in đồng. Choose VND.")
            raise Invalid("residents_pay_in_vnd", sentence, {"resident_currency": [sentence]})
        if amount < 0:
            sentence = _("A price is zero or more.")
            raise Invalid("price_below_zero", sentence, {field: [sentence]})
        if not is_whole(amount, currency):
            sentence = _("%(currency)s has no such small unit.") % {"currency": currency}
            raise Invalid("no_such_unit", sentence, {field: [sentence]})


def _check_days(fields: Mapping[str, Any]) -> None:
    late, until = fields.get("late_until"), fields.get("order_until")
    if late and until and late < until:
        sentence = _("Late orders end after the day for orders at the list price.")
        raise Invalid("late_before_the_day", sentence, {"late_until": [sentence]})
    if fields.get("late_percent", 0) < 0:
        sentence = _("A surcharge is zero or more.")
        raise Invalid("surcharge_below_zero", sentence, {"late_percent": [sentence]})


def _below_taken(edition: Edition, code: str) -> Refused:
    item = ServiceItem.objects.filter(edition=edition, code=code.strip().lower()).first()
    taken = number(item.taken if item else 0)
    sentence = _("%(taken)s are ordered already. The stock is at least that.") % {"taken": taken}
    return Refused("stock_below_taken", sentence, {"stock": [sentence]})
