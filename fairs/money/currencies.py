"""How small the pieces of a currency are."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision


def minor_units(amount: Decimal, currency: str) -> Decimal:
    """An amount rounded half up to what the currency has, such as whole đồng and yen, and cents."""
    return amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency)), ROUND_HALF_UP)


def is_whole(amount: Decimal, currency: str) -> bool:
    """Whether an amount can be paid in the currency."""
    return minor_units(amount, currency) == amount
