"""How well one thing that is wished for fits one thing that is offered, from 0 to 1; None where a side says nothing."""

from collections.abc import Iterable

from matchmaking.ranking.facts import MONTHS, ORDERS, PRICES, Goods

NEAR = 0.5


def price_fit(wanted: str, offered: str) -> float | None:
    """The same band fits, the next is near."""
    if wanted not in PRICES or offered not in PRICES:
        return None
    return {0: 1.0, 1: NEAR}.get(abs(PRICES.index(wanted) - PRICES.index(offered)), 0.0)


def minimum_fit(order: str, minimum: int | None) -> float | None:
    """A smallest order within the usual order fits, up to three times it is near."""
    if order not in ORDERS or not minimum:
        return None
    _least, most = ORDERS[order]
    return 1.0 if minimum <= most else NEAR if minimum <= 3 * most else 0.0


def capacity_fit(order: str, monthly: int | None) -> float | None:
    """What is made in three months holds the least of the usual order, or half of it."""
    if order not in ORDERS or not monthly:
        return None
    least, _most = ORDERS[order]
    return 1.0 if MONTHS * monthly >= least else NEAR if 2 * MONTHS * monthly >= least else 0.0


def order_fit(order: str, goods: Goods) -> float | None:
    """The worse of the smallest order and what can be made."""
    known = [fit for fit in (minimum_fit(order, goods.minimum), capacity_fit(order, goods.monthly)) if fit is not None]
    return min(known, default=None)


def best(fits: Iterable[float | None]) -> float | None:
    """The best of those that are known."""
    return max((fit for fit in fits if fit is not None), default=None)


def overlap(wanted: frozenset[str], offered: frozenset[str]) -> float | None:
    """What both have, as a share of the shorter list: a maker of one thing that is looked for fits wholly."""
    if not wanted or not offered:
        return None
    return len(wanted & offered) / min(len(wanted), len(offered))


def any_of(wanted: frozenset[str], offered: frozenset[str]) -> float | None:
    """One in common is enough."""
    if not wanted or not offered:
        return None
    return 1.0 if wanted & offered else 0.0


def all_of(wanted: frozenset[str], held: frozenset[str]) -> float:
    """The share of what is asked for; who holds nothing that they told of holds nothing."""
    return len(wanted & held) / len(wanted) if wanted else 1.0
