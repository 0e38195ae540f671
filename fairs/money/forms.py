"""The shape of what finance types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.inputs import DayField, NumberField
from fairs.models import Notice
from fairs.money.ways import WAYS


class ReceiptForm(forms.Form):
    """Money received for a notice."""

    amount = NumberField(label=_("Amount received"))
    way = forms.ChoiceField(label=_("How it was paid"))
    received_on = DayField(label=_("Received on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(code, way.label) for code, way in WAYS.items() if way.by_hand]  # type: ignore[attr-defined]
        self.fields["received_on"].initial = clock.today(notice.edition)
        self.fields["amount"].initial = notice.balance
