"""Gapless numbers for papers, and the references of transfers that follow them."""

from django.db.models import F

from fairs.models import Counter, Edition
from fairs.money.references import compose, prefix_of


def next_number(edition: Edition, row: str) -> str:
    """The next number of a row, such as HGS18-TB00012.

    Inside the transaction that writes the paper: one that rolls back gives its number back.
    """
    return written(edition, row, next_of(edition, row))


def next_of(edition: Edition, row: str) -> int:
    """The next number of a row as a bare figure; as `next_number`."""
    counter = Counter.objects.filter(edition=edition, row=row)
    if not counter.update(last=F("last") + 1):
        Counter.objects.get_or_create(edition=edition, row=row)
        counter.update(last=F("last") + 1)
    return counter.values_list("last", flat=True).get()


def written(edition: Edition, row: str, number: int) -> str:
    """A number of a row as papers show it."""
    return f"{edition.code}-{row}{number:05d}"


def reference(edition: Edition, number: int) -> str:
    """What a transfer for the notice of this number says, such as HGS1800012G; no other edition has it."""
    code = prefix_of(edition.code)
    twins = sum(prefix_of(other.code) == code for other in Edition.objects.filter(pk__lt=edition.pk).only("slug"))
    return compose(prefix_of(edition.code, twins), number)
