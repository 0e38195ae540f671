"""Fields for counts, and for choices among the things of the fair by their names."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from booths.counting import guess_count, read_count
from fairs.models import Company
from fairs.templatetags.fair import local
from fairs.templatetags.parts import product_code


class CountField(forms.CharField):
    """A whole number as people write it; what is not one is refused with the number that was probably meant."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        count = read_count(text)
        if count is not None and count < 2**31:
            return count
        guess = guess_count(text)
        if guess is None:
            raise forms.ValidationError(_("Write a number, please."), code="not_a_count")
        raise forms.ValidationError(
            _("Write a number, please. Did you mean %(guess)s?"), code="not_a_count", params={"guess": guess}
        )


class ZonesField(forms.ModelMultipleChoiceField):
    """Zones, with the letters on their colour."""

    def label_from_instance(self, zone: Any) -> str:
        return format_html("{} {}", product_code(zone.letters), local(zone, "name"))


class NeighboursField(forms.ModelMultipleChoiceField):
    """Exhibitors of the edition, found by their names; only those that are chosen are ever shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Company.objects.none(), required=False, **kwargs)

    def label_from_instance(self, company: Any) -> str:
        return str(company.name_vi)
