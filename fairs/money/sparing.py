"""Money that may be on its way: a card page that is open, a bank's line that waits for a person."""

from collections.abc import Iterable

from fairs.models import BankLine, Checkout, Notice
from fairs.money.actions.release import spare

UNDER_WAY = (Checkout.State.NEW, Checkout.State.OPEN, Checkout.State.PROCESSING, Checkout.State.PAID)
UNDECIDED = (BankLine.State.NEW, BankLine.State.WAITING)


def on_its_way(notices: Iterable[Notice]) -> set[int]:
    """The keys of those of an edition's notices that are being paid by card, or that an undecided line may be about."""
    of = {notice.pk: notice for notice in notices}
    found = set(Checkout.objects.filter(notice__in=of, state__in=UNDER_WAY).values_list("notice", flat=True))
    for edition in {notice.edition_id: notice.edition for notice in of.values()}.values():
        lines = BankLine.objects.of(edition).filter(state__in=UNDECIDED)
        found |= {key for suggested in lines.values_list("suggested", flat=True) for key in suggested if key in of}
    return found


@spare
def is_on_its_way(notice: Notice) -> bool:
    """A notice for which money may be coming is not cancelled for want of it."""
    return bool(on_its_way([notice]))
