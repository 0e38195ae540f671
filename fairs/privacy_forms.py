"""The shape of what people ask about their data, and of what the privacy officer answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairs.actions.data_requests import CORRECTABLE
from fairs.inputs import DayField
from fairs.models import DataRequest, Person
from fairs.models.fields import without_link


class AskForm(forms.Form):
    """What one asks about one's own data."""

    kind = forms.ChoiceField(
        label=_("What do you ask?"), choices=[("", _("Choose")), *DataRequest.Kind.choices],
        error_messages={"required": _("Choose what you ask.")},
    )  # fmt: skip
    wish = forms.CharField(
        label=_("In your own words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RecordRequestForm(forms.Form):
    """What came by letter or telephone."""

    email = forms.EmailField(label=_("E-mail of the person"))
    kind = forms.ChoiceField(label=_("What do they ask?"), choices=DataRequest.Kind)
    means = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(one.value, one.label) for one in DataRequest.Means if one not in ("page", "api")],
    )
    received_on = DayField(label=_("It came on"))
    wish = forms.CharField(
        label=_("In their own words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_email(self) -> Person:
        """The person, who must be known."""
        person = Person.objects.filter(email=self.cleaned_data["email"].strip().lower()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody is known by this address, so nothing is kept about them."))
        return person

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        return given | {"person": given.pop("email")}


class AnswerForm(forms.Form):
    """The officer's answer: a verb, with the reason it needs or what it corrects."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("acknowledge", "extend", "finish", "refuse")])
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person reads it."),
    )  # fmt: skip
    full_name = forms.CharField(label=_("Full name"), max_length=300, required=False, validators=[without_link])
    given_name = forms.CharField(
        label=_("Name on the badge"), max_length=100, required=False, validators=[without_link]
    )
    original_name = forms.CharField(
        label=_("Name in its own script"), max_length=300, required=False, validators=[without_link]
    )
    job_title = forms.CharField(label=_("Position"), max_length=150, required=False, validators=[without_link])
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)

    @property
    def corrected(self) -> dict[str, str]:
        """What a correction changes; a name is never emptied."""
        typed = {name: self.cleaned_data[name] for name in CORRECTABLE}
        return {name: value for name, value in typed.items() if value or name != "full_name"}

    @property
    def correctable(self) -> list[forms.BoundField]:
        """The fields of a correction."""
        return [self[name] for name in CORRECTABLE]


class HolidayForm(forms.Form):
    """A day off, or a weekend day worked on for another."""

    date = DayField(label=_("Day"))
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100)
    works = forms.BooleanField(label=_("A weekend day that is worked on"), required=False)
