"""Fields for days and hours: the browser's own pickers, and what people type where there are none."""

from typing import Any

from django import forms


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
