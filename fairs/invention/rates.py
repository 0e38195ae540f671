"""Exchange rates of the week of the fair, near those of the day but not an official statement."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SOURCE = "State Bank of Vietnam, 19 Oct 2018 (illustrative)"
DAY = date(2018, 10, 19)

VND_A_UNIT = {
    "VND": "1",
    "USD": "22726",
    "EUR": "26068",
    "JPY": "202.20",
    "GBP": "29633",
    "AUD": "16160",
    "CNY": "3279",
    "KRW": "20.05",
    "SGD": "16481",
    "HKD": "2898.8",
    "THB": "696.9",
}


@dataclass(frozen=True, slots=True)
class RateIdea:
    """What one unit of a currency was worth: in đồng, and in US$ to eight decimals."""

    currency: str
    day: date
    vnd: Decimal
    usd: Decimal
    source: str


def rates() -> list[RateIdea]:
    """Eleven currencies on 19 October 2018, VND and USD among them."""
    dollar = Decimal(VND_A_UNIT["USD"])
    return [
        RateIdea(currency, DAY, Decimal(vnd), (Decimal(vnd) / dollar).quantize(Decimal("1E-8")), SOURCE)
        for currency, vnd in VND_A_UNIT.items()
    ]


def in_usd(value: Decimal, currency: str) -> Decimal:
    """The value in US$ to the cent at these rates; KeyError for a currency that has none."""
    usd = {rate.currency: rate.usd for rate in rates()}[currency]
    return (value * usd).quantize(Decimal("0.01"))
