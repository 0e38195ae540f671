"""The shape of what a guest types about their passport, and of what the visa officer answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyers.consents import sentence
from buyers.forms import choose_from, country_choices
from buyers.models import VisaRules
from buyers.passports import Passport
from fairs.inputs import DayField
from fairs.models import Consent
from fairs.models.fields import without_link

NOT_KEPT = {"autocomplete": "off"}  # a lent computer remembers nothing of a passport


class PassportForm(forms.Form):
    """The passport's data page and the journey, then the one consent; nothing ticked beforehand."""

    full_name = forms.CharField(
        label=_("Full name as in the passport"),
        max_length=150,
        validators=[without_link],
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    sex = forms.ChoiceField(
        label=_("Sex as in the passport"), choices=[("", _("Choose")), ("f", _("Female")), ("m", _("Male")), ("x", "X")]
    )
    birth_date = DayField(label=_("Birth date"))
    nationality = forms.ChoiceField(label=_("Nationality"))
    number = forms.RegexField(
        r"^[A-Za-z0-9]{5,20}$",
        label=_("Passport number"),
        widget=forms.TextInput(attrs=NOT_KEPT | {"autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"invalid": _("Five to twenty letters and figures, without spaces.")},
    )
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Valid until"), help_text=_("At least six months after you arrive."))
    consulate = forms.CharField(
        label=_("Where you apply for the visa"),
        max_length=200,
        validators=[without_link],
        help_text=_("For example: Embassy of Viet Nam in Paris."),
    )
    arrives_on = DayField(label=_("You arrive on"))
    departs_on = DayField(label=_("You leave on"))
    passport = forms.BooleanField(
        label=sentence(Consent.Purpose.PASSPORT),
        error_messages={
            "required": _("Without this the organiser may not keep your passport data. Tick it to ask for the letter.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "nationality", country_choices)

    @property
    def typed(self) -> Passport:
        """What was typed, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "passport"}
        return Passport(**given | {"number": given["number"].upper()})


class VisaDecisionForm(forms.Form):
    """The officer's answer: a verb, with the reason or the version it needs."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("check", "issue", "refuse", "revoke", "replace")])
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The guest reads it."),
    )


class VisaRulesForm(forms.ModelForm[VisaRules]):
    """Who signs, whom to call, and when passports are forgotten."""

    class Meta:
        model = VisaRules
        fields = ["keep_days", "office_vi", "office_en", "signer", "contact", "phone"]
