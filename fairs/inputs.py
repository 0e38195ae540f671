"""Fields for days, hours, numbers and names: the browser's own pickers, and what people type where there are none."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import DecimalValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext

from fairs.sheets.numerals import Notation, read_number
from fairs.sheets.refusals import CellCode, CellError
from fairs.templatetags.fair import language, local, number


def whole_number(typed: str) -> int | None:
    """A whole number that a database knows; anything else, such as “²”, is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else None


def whole_numbers(typed: Iterable[str]) -> list[int]:
    """Those that are whole numbers a database knows."""
    return [found for one in typed if (found := whole_number(one)) is not None]


class Named(forms.ModelChoiceField):
    """One thing, shown by its name in the page's language."""

    def label_from_instance(self, thing: Any) -> str:
        return local(thing, "name")


class SeveralNamed(forms.ModelMultipleChoiceField):
    """Several things, each by its name in the page's language."""

    def label_from_instance(self, thing: Any) -> str:
        return local(thing, "name")


class DayInput(forms.DateInput):
    """The browser's calendar; its value travels in ISO form whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}), format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """The browser's clock, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}), format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """A day with its hour, at the place of the fair."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}), format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day, from the browser's calendar or typed as 18/10/2018."""

    widget = DayInput


class NumberField(forms.CharField):
    """A number or amount as people write it in the page's language: 18.400,50 in Vietnamese, 18,400.50 in English.

    Up to 16 digits before the mark and 2 after it, within the limits that are given.
    """

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)
        lowest = [] if min_value is None else [MinValueValidator(min_value)]
        highest = [] if max_value is None else [MaxValueValidator(max_value)]
        self.validators = [DecimalValidator(18, 2), *lowest, *highest]

    def to_python(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())
        if not text:
            return None
        try:
            return read_number(text, Notation(language()))
        except CellError as refusal:
            raise forms.ValidationError(self._sentence(refusal), code="amount") from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return number(value, 0 if value == value.to_integral_value() else 2)

    @staticmethod
    def _sentence(refusal: CellError) -> str:
        if refusal.code == CellCode.OTHER_NOTATION and refusal.suggestions:
            return gettext("Write it in the way of this page. Do you mean %(number)s?") % {
                "number": refusal.suggestions[0]
            }
        if refusal.code == CellCode.OTHER_CURRENCY:
            return gettext("Write the number alone, and choose the currency beside it.")
        return gettext("Write the value in figures, for example 18400.")
