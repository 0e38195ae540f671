"""Exchange rates from a sheet, and what contracts without one are worth once a fitting rate is known."""

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, Subquery

from fairs.actions.editions import set_rate
from fairs.imports import Taken, Values
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, ExchangeRate
from fairs.permissions import Actor, require
from matchmaking.actions.deals import in_dollars
from matchmaking.models import Deal


class RateTaker:
    """Takes one row of a sheet after the other; at the end contracts get what they waited for."""

    def __init__(self, edition: Edition, by: Actor) -> None:
        require(by, "fairs.set_rate", edition)
        self.edition, self.by = edition, by

    def __call__(self, values: Values) -> Taken:
        usd, source = Decimal(values["usd"]), " ".join(str(values["source"]).split())
        known = ExchangeRate.objects.filter(currency=values["currency"], date=values["date"]).first()
        set_rate(
            currency=values["currency"], day=values["date"], usd=usd, source=source, by=self.by, edition=self.edition
        )
        if known is None:
            return "new"
        return "same" if (known.usd, known.source) == (usd, source) else "changed"

    def finish(self) -> dict[str, int]:
        """How many contracts have a worth in dollars now that had none."""
        return {"valued": value_deals(by=self.by)}


def rate_taker(edition: Edition, by: Actor) -> Callable[[Values], Taken]:
    """What takes the rows of a sheet of rates; refuses as entering a rate does."""
    return RateTaker(edition, by)


def value_deals(*, by: Actor) -> int:
    """Give each contract without a rate the last one known on or before its day; how many there were.

    What has a rate keeps it, also when a nearer one comes. Done again, it finds nothing.
    """
    fitting = ExchangeRate.objects.filter(currency=OuterRef("currency"), date__lte=OuterRef("signed_on"))
    waiting = Deal.objects.filter(usd__isnull=True).exclude(state=Deal.State.CANCELLED).select_related("edition")
    found = waiting.annotate(known=Subquery(fitting.order_by("-date").values("pk")[:1])).filter(known__isnull=False)
    return sum(_value(deal, deal.known, by=by) for deal in found.order_by("pk"))


def _value(deal: Deal, rate_pk: int, *, by: Actor) -> bool:
    """Write what a contract is worth by a rate that nobody corrects meanwhile; whether it was this call that did."""
    with transaction.atomic():
        rate = ExchangeRate.objects.select_for_update().get(pk=rate_pk)
        usd = in_dollars(deal.amount, deal.currency, rate)
        still = Deal.objects.filter(pk=deal.pk, usd__isnull=True, amount=deal.amount, currency=deal.currency)
        if not still.update(rate=rate, usd=usd):
            return False
        record("value", deal, by=by, fields=["rate", "usd"])
        announce(deal.edition, "deals")
    return True
