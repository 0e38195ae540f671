"""Early and late prices: which holds on a day, and which comes next."""

from collections.abc import Iterable
from datetime import date

from booths.models import Price


def in_force(prices: Iterable[Price], day: date) -> list[Price]:
    """Of each class and audience the price that holds on a day, the newest that has begun; each with its `next`."""
    steps: dict[tuple[int, str], list[Price]] = {}
    for price in sorted(prices, key=lambda one: one.starts_on or date.min):
        steps.setdefault((price.booth_class_id, price.audience), []).append(price)
    return [found for row in steps.values() if (found := _holds(row, day))]


def _holds(steps: list[Price], day: date) -> Price | None:
    begun = [one for one in steps if (one.starts_on or day) <= day]
    if not begun:
        return None
    begun[-1].next = next(iter(steps[len(begun) :]), None)
    return begun[-1]
