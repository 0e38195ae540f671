"""Gapless numbers for papers."""

from django.db.models import F

from fairs.models import Counter, Edition


def next_number(edition: Edition, row: str) -> str:
    """The next number of a row, such as HGS18-TB00012.

    Inside the transaction that writes the paper: one that rolls back gives its number back.
    """
    Counter.objects.get_or_create(edition=edition, row=row)
    Counter.objects.filter(edition=edition, row=row).update(last=F("last") + 1)
    last = Counter.objects.values_list("last", flat=True).get(edition=edition, row=row)
    return f"{edition.code}-{row}{last:05d}"
