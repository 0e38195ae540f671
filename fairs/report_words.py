"""The report's numbers and rows as the reader's language writes them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.reports import SQUARE_METRES, Amount, Column, Result
from fairs.templatetags.fair import NBSP, country, day, moment, money, number, percent

SECTIONS = {
    "A": _("The fair"),
    "B": _("Booths"),
    "C": _("Exhibitors"),
    "D": _("Importers and visitors"),
    "E": pgettext_lazy("report", "Meetings"),
    "F": _("Contracts"),
    "G": _("Designs, contest and side events"),
    "H": _("Money"),
    "I": _("In the media"),
    "J": _("Plan and result"),
    "K": _("Fairs elsewhere"),
}
WORDS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "number": lambda value: number(value, 0 if value == int(value) else 2),
    "money": lambda value: amount(Amount(*value)),
    "date": day,
    "time": moment,
    "country": country,
}


def cell(column: Column, row: Any) -> str:
    """What a cell says; times at the place of the fair, when its zone is active."""
    value = column.value(row)
    return "" if value is None else WORDS[column.kind](value)


def amount(measured: Amount) -> str:
    """A number, an amount of money, square metres, or a part of a hundred; a broken number with two decimals."""
    value = measured.value
    if measured.unit == "%":
        return percent(Decimal(value) / 100)
    if measured.unit and measured.unit != SQUARE_METRES:
        return money(value, measured.unit)
    plain = number(value, 0 if value == int(value) else 2)
    return f"{plain}{NBSP}{SQUARE_METRES}" if measured.unit else plain


def plan(result: Result) -> str:
    """The target in the form of its figure, or nothing."""
    return "" if result.plan is None else amount(Amount(result.plan, result.unit_of_plan))


def share(result: Result) -> str:
    """Actual over plan, or nothing."""
    return "" if result.percent is None else percent(result.percent / Decimal(100))
