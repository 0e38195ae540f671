"""The shape of what finance types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.inputs import DayField, NumberField
from fairs.models import BankAccount, EInvoice, Notice
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


class ReasonForm(forms.Form):
    """Why something with money is done."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("An auditor will read it."))


class AssignForm(ReasonForm):
    """How much of a payment goes onto a notice, and why."""

    amount = NumberField(label=_("Amount"))

    field_order = ("amount", "reason")


class RefundForm(ReasonForm):
    """How much goes back, and why."""

    amount = NumberField(label=_("Amount"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("amount", "reason", "key")


class FinishForm(forms.Form):
    """What the bank calls the transfer back."""

    outside = forms.CharField(
        label=_("The bank’s number of the transfer"), max_length=80, required=False, help_text=_("If there is one.")
    )


class CreditForm(ReasonForm):
    """By how much a notice is lowered, or that it is given up whole."""

    amount = NumberField(label=_("Amount"), required=False)
    end = forms.BooleanField(
        label=_("Credit all of it, and give up what it was for"),
        required=False,
        help_text=_("Its booths go back to the floor plan. What was paid is free to be returned."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("amount", "end", "reason", "key")

    def clean(self) -> dict[str, Any]:
        """One of both."""
        given = super().clean() or {}
        if not given.get("end") and given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Enter an amount, or choose to credit all of it."))
        return given


class EInvoiceForm(forms.Form):
    """An e-invoice as the outside system gave it."""

    symbol = forms.CharField(label=_("Symbol"), max_length=20, help_text=_("Such as 1C26TAA."))
    number = forms.CharField(label=_("Number"), max_length=20)
    issued_on = DayField(label=_("Date"))
    amount = NumberField(label=_("Amount with VAT"))
    lookup_code = forms.CharField(label=_("Look-up code"), max_length=60, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[choice for choice in EInvoice.Status.choices if choice[0] != EInvoice.Status.REPLACED],
    )


class DayForm(forms.Form):
    """A day to look at."""

    day = DayField(label=_("Day"))
