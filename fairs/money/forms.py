"""The shape of what finance types."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.inputs import DayField
from fairs.models import Notice
from fairs.money.ways import WAYS


class ReceiptForm(forms.Form):
    """Money received for a notice."""

    amount = forms.DecimalField(label=_("Amount received"), max_digits=18, decimal_places=2, localize=True)
    way = forms.ChoiceField(label=_("How it was paid"))
    received_on = DayField(label=_("Received on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(code, way.label) for code, way in WAYS.items() if way.by_hand]  # type: ignore[attr-defined]
        self.fields["received_on"].initial = clock.today(notice.edition)
        self.fields["amount"].initial = without_cents(notice.balance)


def without_cents(amount: Decimal) -> Decimal:
    """The amount, written without decimals where it has none."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount
