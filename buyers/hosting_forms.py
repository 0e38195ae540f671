"""The shape of what is typed about hosting and its money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buyers.models import HostedTerms, Registration, TravelItem
from fairs.inputs import DayField, Named, NumberField
from fairs.models import Edition, Fund


class OffersForm(forms.Form):
    """To whom hosting is offered, and until when they answer."""

    answer_by = DayField(label=_("Answer until"))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Registration.objects.filter(edition=edition, state="approved", grade__hosted=True, contract=None)
        self.fields["chosen"] = forms.ModelMultipleChoiceField(
            queryset=rows.select_related("edition", "company", "person", "grade").order_by("pk"),
            error_messages={"required": _("Tick the importers in the list first.")},
        )


class AcceptForm(forms.Form):
    """The importer's yes to the terms."""

    agreed = forms.BooleanField(
        label=_("I have read the terms and accept them"),
        error_messages={"required": _("Tick that you accept the terms to go on.")},
    )


class HostingForm(forms.Form):
    """What the desk does with a hosting: a verb, with the day or the reason it needs."""

    VERBS = ("lengthen", "decline", "withdraw", "arrange", "release", "refuse", "pay", "close")

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in VERBS])
    answer_by = DayField(label=_("Answer until"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The importer reads it."),
    )  # fmt: skip


class ItemForm(forms.ModelForm[TravelItem]):
    """The money of one part of a journey."""

    estimate = NumberField(label=_("Estimate"), min_value=0, required=False)
    actual = NumberField(label=_("Actual cost"), min_value=0, required=False)
    paper_on = DayField(label=_("Date of the paper"), required=False)
    scan = forms.FileField(label=_("Scan of the paper"), required=False, help_text=_("PDF or photo, at most 10 MB."))

    class Meta:
        model = TravelItem
        fields = ["estimate", "actual", "fund", "paper_number", "paper_on"]
        field_classes = {"fund": Named}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = Fund.objects.filter(edition=edition)  # type: ignore[attr-defined]


class PayForm(forms.Form):
    """What is paid of a part."""

    paid = NumberField(label=pgettext_lazy("hosting", "Paid"), min_value=0)


class TermsForm(forms.ModelForm[HostedTerms]):
    """A new version of the terms of hosting."""

    class Meta:
        model = HostedTerms
        fields = ["version", "text_vi", "text_en"]
