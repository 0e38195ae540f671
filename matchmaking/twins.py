"""Which papers may be one and the same, declared twice: same pair, same sort, same currency, near in value and day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from fairs.models import Edition
from matchmaking.models import Deal, DealPair

NEAR_VALUE = Decimal("0.05")  # of the larger of the two
NEAR_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class PossibleTwins:
    """Two papers side by side, the earlier recorded first."""

    first: Deal
    second: Deal

    @property
    def by_both(self) -> bool:
        """Whether each side recorded one of them."""
        return self.first.recorded_side != self.second.recorded_side

    @property
    def equal(self) -> bool:
        """Whether they state the same value."""
        return self.first.amount == self.second.amount


def possible_twins(edition: Edition) -> list[PossibleTwins]:
    """The pairs about which nobody has decided, among papers that stand and count."""
    rows = Deal.objects.filter(edition=edition).counted().with_sides().order_by("recorded_at", "pk")
    decided = {(one.first_id, one.second_id) for one in DealPair.objects.filter(edition=edition).decided()}
    alike: dict[tuple[Any, ...], list[Deal]] = defaultdict(list)
    for deal in rows:
        alike[fingerprint(deal)].append(deal)
    found = (pair for group in alike.values() for pair in _near(group))
    return [pair for pair in found if key_of(pair.first, pair.second) not in decided]


def fingerprint(deal: Deal) -> tuple[Any, ...]:
    """In what two papers must be the same; a trial order of one side may be a contract for the other."""
    return deal.exhibitor_id, deal.importer_id, deal.is_contract, deal.currency


def near(first: Deal, second: Deal) -> bool:
    """Whether values and days are so near that both may be one."""
    larger = max(first.amount, second.amount)
    close = abs(first.amount - second.amount) <= larger * NEAR_VALUE
    return close and abs(first.signed_on - second.signed_on) <= NEAR_DAYS


def key_of(first: Deal, second: Deal) -> tuple[int, int]:
    """By what a pair is known, whichever is named first."""
    return (first.pk, second.pk) if first.pk < second.pk else (second.pk, first.pk)


def _near(group: list[Deal]) -> Iterator[PossibleTwins]:
    for first, second in combinations(group, 2):
        if near(first, second):
            yield PossibleTwins(first, second)
