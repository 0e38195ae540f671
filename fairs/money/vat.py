"""Which rate of VAT is in a price on a day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from fairs.models import Edition, FeeItem, VatRate

REDUCED, FULL = Decimal(8), Decimal(10)
REDUCED_FROM, FULL_AGAIN = date(2023, 7, 1), date(2027, 1, 1)


def vat_rate_on(edition: Edition, item: str, day: date) -> Decimal | None:
    """The rate in force for an item on a day; None where the edition names none."""
    return rate_among(VatRate.objects.filter(edition=edition, item=item), day)


def rate_among(rates: Iterable[VatRate], day: date) -> Decimal | None:
    """Of the rates of one item that in force on a day: the newest that has begun."""
    begun = [one for one in rates if one.starts_on is None or one.starts_on <= day]
    newest = max(begun, key=lambda one: one.starts_on or date.min, default=None)
    return newest.percent if newest else None


def open_rates(edition: Edition) -> None:
    """Give an edition that names no rate for booths those of its time, for the organiser to check."""
    if edition.vat_rates.filter(item=FeeItem.BOOTH).exists():
        return
    steps: list[tuple[date | None, Decimal]] = [(None, FULL)]
    if edition.opens_on >= REDUCED_FROM:
        steps = [(None, REDUCED), (FULL_AGAIN, FULL)]
    VatRate.objects.bulk_create(
        VatRate(edition=edition, item=FeeItem.BOOTH, starts_on=day, percent=percent) for day, percent in steps
    )
