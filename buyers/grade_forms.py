"""The shape of what is typed about grades, markets and quotas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyers.models import Grade, Market
from fairs.inputs import Named, NumberField
from fairs.models import Edition


class GradeForm(forms.ModelForm[Grade]):
    """What a grade pays, and what it asks."""

    flight_ceiling = NumberField(
        label=_("Flight, at most"), min_value=1, required=False, help_text=_("Empty: no flight.")
    )
    night_ceiling = NumberField(label=_("A hotel night, at most"), min_value=1, required=False)
    transfer_ceiling = NumberField(label=_("Transfers, at most"), min_value=1, required=False)

    class Meta:
        model = Grade
        fields = [
            "name_vi", "name_en", "order", "hosted", "currency", "flight_ceiling", "nights", "night_ceiling",
            "transfers", "transfer_ceiling", "min_meetings", "min_days", "one_a_company", "free_until_days",
            "penalty_vi", "penalty_en",
        ]  # fmt: skip
        widgets = {"penalty_vi": forms.Textarea(attrs={"rows": 2}), "penalty_en": forms.Textarea(attrs={"rows": 2})}


class NewGradeForm(GradeForm):
    """A grade the edition does not have yet."""

    class Meta(GradeForm.Meta):
        fields = ["code", *GradeForm.Meta.fields]


class MarketForm(forms.ModelForm[Market]):
    """Countries that are counted together."""

    class Meta:
        model = Market
        fields = ["name_vi", "name_en", "countries"]

    def clean_countries(self) -> str:
        """As people type them: in small letters, with blanks."""
        return "".join(self.cleaned_data["countries"].upper().split())


class QuotaForm(forms.Form):
    """How many importers, of a market or in all, may have a grade."""

    market = Named(
        label=_("Market"), queryset=Market.objects.none(), required=False, empty_label=_("all markets together")
    )
    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=30000)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["market"].queryset = edition.markets.all()  # type: ignore[attr-defined]
