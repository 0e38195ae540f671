"""The shape of answers after the fair, and of the rules by which they are asked for."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairs.inputs import NumberField
from fairs.models.fields import CURRENCIES
from matchmaking.models import FollowUp

ANSWERS = [one for one in FollowUp.State.choices if one[0] != FollowUp.State.ASKED]


class FollowUpForm(forms.Form):
    """Four answers; a value goes with an order, a reason with what came to nothing."""

    answer = forms.ChoiceField(label=_("What became of it?"), choices=ANSWERS, widget=forms.RadioSelect)
    amount = NumberField(label=_("Value of the order"), required=False)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in CURRENCIES], required=False, initial="USD"
    )
    reason = forms.ChoiceField(
        label=_("Why did it come to nothing?"), choices=FollowUp.Reason.choices, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(label=_("A word with it"), max_length=500, required=False)


class FollowUpRulesForm(forms.Form):
    """After how many days both sides are asked, and when they are reminded."""

    days = forms.CharField(
        label=_("Days after the fair closes"),
        help_text=_("With commas, for example: 30, 90, 180, 365. Empty: nobody is asked."),
        max_length=80,
        required=False,
    )
    remind_after = forms.IntegerField(
        label=_("Days until the one reminder"), help_text=_("0: none."), min_value=0, max_value=21
    )

    def clean_days(self) -> list[int]:
        typed = [one.strip() for one in self.cleaned_data["days"].split(",") if one.strip()]
        if not all(one.isascii() and one.isdigit() and len(one) < 5 for one in typed):
            raise forms.ValidationError(gettext("Write days with commas, for example: 30, 90, 180, 365"))
        return [int(one) for one in typed]
