"""How small the pieces of a currency are."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision


def minor_units(amount: Decimal, currency: str) -> Decimal:
    """An amount rounded half up to what the currency has, such as whole đồng and yen, and cents."""
    return amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency)), ROUND_HALF_UP)


# How Stripe counts: in the smallest unit that it knows of a currency, which for two of them is none that exists.
WITHOUT_SMALLER = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
IN_THOUSANDTHS = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


def in_smallest_units(amount: Decimal, currency: str) -> int:
    """An amount as Stripe takes it: 27,000,000 đồng are 27000000, 900 dollars 90000, 10 Icelandic krónur 1000.

    Refuses with ValueError an amount that the currency does not have, such as half a đồng.
    """
    if not is_whole(amount, currency):
        raise ValueError(f"{amount} is no amount in {currency}.")
    return int(amount.scaleb(_decimals_at_stripe(currency)))


def from_smallest_units(number: int, currency: str) -> Decimal:
    """What Stripe says came or went, as an amount."""
    return Decimal(number).scaleb(-_decimals_at_stripe(currency))


def _decimals_at_stripe(currency: str) -> int:
    if currency in WITHOUT_SMALLER:
        return 0
    return 3 if currency in IN_THOUSANDTHS else 2


def is_whole(amount: Decimal, currency: str) -> bool:
    """Whether an amount can be paid in the currency."""
    return minor_units(amount, currency) == amount
