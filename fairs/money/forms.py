"""The shape of what finance types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.inputs import DayField, NumberField
from fairs.models import BankAccount, Notice
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


class BankAccountForm(forms.ModelForm[BankAccount]):
    """The account for transfers."""

    number = forms.CharField(label=_("Account number"), max_length=40)
    bin = forms.CharField(
        label=_("Bank’s number (BIN)"),
        max_length=20,
        help_text=_("Six digits, such as 970436 for Vietcombank. Your bank tells you."),
    )

    class Meta:
        model = BankAccount
        fields = ["bank_name", "bin", "number", "holder"]
        help_texts = {"holder": _("As the bank writes it, so that payers recognise it in their app.")}

    def _post_clean(self) -> None:
        """The action applies and checks the values."""
