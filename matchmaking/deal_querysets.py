"""Reads of contracts and memoranda, with names."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, Max, Min, Q, Sum, When
from django.db.models.functions import Coalesce

from matchmaking.querysets import TwoSided

if TYPE_CHECKING:
    from fairs.permissions import Actor

# More than a claim: the other side says so, or an officer has seen the paper. What they differ on is a claim.
AGREED = Q(state="confirmed") | Q(state="recorded", seen_at__isnull=False)
SEEN, DELIVERED = Q(seen_at__isnull=False), Q(delivered_at__isnull=False)
REACHED = {
    "claimed": Q(),
    "confirmed": AGREED,
    "seen": AGREED & (SEEN | DELIVERED),
    "delivered": AGREED & DELIVERED,
}
# The highest level that it has reached, so that the four together are all that count.
STANDS_AT = {
    "claimed": ~AGREED,
    "confirmed": AGREED & ~SEEN & ~DELIVERED,
    "seen": AGREED & SEEN & ~DELIVERED,
    "delivered": AGREED & DELIVERED,
}
BINDS = Q(kind__in=["contract", "trial_order"])


def _counts() -> Q:
    """Whether a deal has reached the level from which the report of its edition counts."""
    rule = "edition__contract_rules__counts_from"
    found = REACHED["confirmed"] & (Q(**{rule: None}) | Q(**{rule: "confirmed"}))
    for level in ("claimed", "seen", "delivered"):
        found |= Q(**{rule: level}) & REACHED[level]
    return found


class DealQuerySet(TwoSided):
    def visible_to(self, person: "Actor") -> Self:
        """Deals of one's companies; values are confidential, so of the organiser's only director and reports."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "reports")
        return self.filter(
            Q(exhibitor__company_id__in=person.company_ids)
            | Q(importer__company_id__in=person.company_ids)
            | Q(edition__in=run)
        )

    def naming(self, word: str) -> Q:
        """In the number of the paper too."""
        return super().naming(word) | Q(number__icontains=word)

    def contracts(self) -> Self:
        """Signed papers that bind, trial orders with them, each once; memoranda are counted apart."""
        return self.counted().filter(BINDS)

    def memoranda(self) -> Self:
        """Papers that do not bind, each once."""
        return self.counted().filter(kind="memorandum")

    def counted(self) -> Self:
        """Those that stand, each once: of a paper that was declared twice the one that an officer kept."""
        return self.filter(same_as=None).exclude(state="cancelled")

    def at_level(self, level: str) -> Self:
        """Those that reached at least this level: claimed, confirmed, seen or delivered."""
        return self.counted().filter(REACHED[level])

    def marked(self) -> Self:
        """Those that stand, each with whether it `counts`: whether it has the level that its edition names."""
        return self.counted().annotate(counts=Case(When(_counts(), then=True), default=False))

    def signed_later(self) -> Self:
        """Those signed after the fair had closed."""
        return self.filter(signed_on__gt=F("edition__closes_on"))

    def standing(self) -> dict[str, Any]:
        """How many there are, how many both sides confirm or differ on, how many are trial orders or lack a rate."""
        return self.aggregate(
            signed=Count("pk"),
            both=Count("pk", filter=Q(state="confirmed")),
            differ=Count("pk", filter=Q(state="disputed")),
            trial=Count("pk", filter=Q(kind="trial_order")),
            unrated=Count("pk", filter=Q(usd=None)),
            first_rate=Min("rate__date"),
            last_rate=Max("rate__date"),
            worth=Coalesce(Sum("usd"), Decimal(0)),
        )

    def totals(self) -> list[dict[str, Any]]:
        """For each currency: the number of deals, the original sum, its worth in US dollars."""
        rows = self.order_by().values("currency").annotate(deals=Count("pk"), total=Sum("amount"), worth=Sum("usd"))
        return list(rows.order_by("currency"))

    def worth(self) -> Decimal:
        """US dollars of all rows that have a rate."""
        return self.aggregate(worth=Sum("usd"))["worth"] or Decimal(0)


class OfDealQuerySet(models.QuerySet[Any]):
    """What belongs to a deal is seen by whoever sees the deal."""

    def visible_to(self, person: "Actor") -> Self:
        """Those of deals that one sees."""
        return self.filter(deal__in=apps.get_model("matchmaking", "Deal").objects.visible_to(person))


class PairQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of editions whose reports one makes: which papers may be one is the organiser's to know."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(edition__in=apps.get_model("fairs", "Edition").objects.run_by(person, "reports"))

    def decided(self) -> Self:
        """Those about which an officer has decided."""
        return self.exclude(state="open")
