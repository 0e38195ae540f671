"""The catalogue as an exhibitor sees it on a day: what is offered, at which price, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from booths.models import ServiceItem, ServicePrice
from fairs import clock
from fairs.models import Company, Edition
from fairs.money.currencies import minor_units
from fairs.money.offered import audience_of


@dataclass(frozen=True)
class OfferedService:
    """A service with what it costs somebody on a day."""

    item: ServiceItem
    price: ServicePrice | None
    day: date

    @property
    def late(self) -> bool:
        """Whether the day for the list price has passed."""
        return self.day > self.item.order_until

    @property
    def closed(self) -> bool:
        """Whether it is not taken any more."""
        return self.day > self.item.last_day

    @property
    def percent(self) -> Decimal:
        """The surcharge of the day."""
        return self.item.surcharge_on(self.day)

    @property
    def amount(self) -> Decimal | None:
        """What one unit costs on the day, the surcharge included; None without a price."""
        return self.price.amount + surcharge(self.price, 1, self.percent) if self.price else None

    @property
    def orderable(self) -> bool:
        """Whether at least one can be ordered now."""
        return self.price is not None and not self.closed and self.item.left != 0


def catalogue(edition: Edition, company: Company) -> list[OfferedService]:
    """What is offered to a company today, in its order."""
    items = ServiceItem.objects.filter(edition=edition, offered=True)
    return offered(items, company, clock.today(edition))


def offered(items: Iterable[ServiceItem], company: Company, day: date) -> list[OfferedService]:
    """Services with what they cost a company on a day."""
    rows = list(items)
    prices = ServicePrice.objects.filter(item__in=[row.pk for row in rows], audience=audience_of(company))
    by_item = {price.item_id: price for price in prices}
    return [OfferedService(row, by_item.get(row.pk), day) for row in rows]


def surcharge(price: ServicePrice, quantity: int, percent: Decimal) -> Decimal:
    """What comes on top of a number of units on a late day, in whole đồng or cents."""
    return minor_units(price.amount * quantity * percent / 100, price.currency)
