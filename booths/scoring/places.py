"""Who comes first: places as in a race, where equal scores share one."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one among `of`; `equal` others have the same score and so the same place."""

    number: int
    of: int
    equal: int


def places(scores: Mapping[int, Decimal | None]) -> dict[int, Place]:
    """Places by key: one more than how many score higher, so two equal seconds are followed by a fourth.

    What has no score has no place. The order of time is no part of it: whoever must choose between equals sees both.
    """
    known = {key: score for key, score in scores.items() if score is not None}
    ascending = sorted(known.values())
    return {
        key: Place(
            number=len(ascending) - bisect_right(ascending, score) + 1,
            of=len(ascending),
            equal=bisect_right(ascending, score) - bisect_left(ascending, score) - 1,
        )
        for key, score in known.items()
    }
