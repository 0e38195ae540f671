"""Which rate of VAT is in a price on a day."""

from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from fairs.models import Edition, FeeItem, VatRate

REDUCED, FULL = Decimal(8), Decimal(10)
REDUCED_FROM, FULL_AGAIN = date(2023, 7, 1), date(2027, 1, 1)


def vat_rate_on(edition: Edition, item: str, day: date) -> Decimal | None:
    """The rate in force for an item on a day: the newest that has begun; None where the edition names none."""
    begun = VatRate.objects.filter(Q(starts_on=None) | Q(starts_on__lte=day), edition=edition, item=item)
    return begun.order_by(F("starts_on").desc(nulls_last=True)).values_list("percent", flat=True).first()


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
