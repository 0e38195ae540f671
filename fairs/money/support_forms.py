"""The shape of what is typed about support."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairs.inputs import DayInput, NumberField
from fairs.models import Company, Edition, Fund, Province, SupportRule


class SupportRuleForm(forms.ModelForm[SupportRule]):
    """Who gets which part of a fee paid, on which paper, from which fund."""

    percent = NumberField(label=_("Percent of the list price"), min_value=0, max_value=100)
    ceiling = NumberField(
        label=_("Ceiling for a company and year, in đồng"), min_value=1, required=False, help_text=_("Empty: none.")
    )
    booths_at_most = forms.IntegerField(label=_("For how many booths at most"), min_value=1, max_value=50, initial=2)
    kind = forms.SlugField(
        label=_("Kind of support"), max_length=30, required=False,
        help_text=_("Rules of one kind share a ceiling, at every fair of the year. Empty: as the fee."),
    )  # fmt: skip
    legal_form = forms.ChoiceField(
        label=_("For"), required=False, choices=[("", _("everybody")), *Company.LegalForm.choices]
    )
    group = forms.ChoiceField(
        label=_("Among them"), required=False, choices=[("", _("everybody")), *SupportRule.Group.choices]
    )
    times_from = forms.IntegerField(
        label=_("From the nth time at the fair"), min_value=1, max_value=100, initial=1, required=False,
        help_text=_("1 is the first time a company takes part in an edition of this fair."),
    )  # fmt: skip
    times_to = forms.IntegerField(
        label=_("To the nth time"), min_value=1, max_value=100, required=False, help_text=_("Empty: without end.")
    )
    adds = forms.BooleanField(
        label=_("Given beside another rule"), required=False,
        help_text=_("Of the rules that are not, a company gets only the first that fits."),
    )  # fmt: skip
    order = forms.IntegerField(
        label=_("Order"),
        min_value=0,
        max_value=999,
        initial=0,
        required=False,
        help_text=_("The smallest comes first."),
    )

    class Meta:
        model = SupportRule
        fields = [
            "name_vi", "name_en", "item", "percent", "booths_at_most", "ceiling", "kind", "legal_form", "group",
            "times_from", "times_to", "valid_from", "valid_to", "adds", "order", "fund", "legal_basis", "provinces",
        ]  # fmt: skip
        widgets = {"valid_from": DayInput, "valid_to": DayInput, "provinces": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        basis, fund, provinces = (self.fields[name] for name in ("legal_basis", "fund", "provinces"))
        basis.label, basis.queryset = _("Legal paper"), edition.legal_papers.all()  # type: ignore[attr-defined]
        fund.queryset = edition.funds.all()  # type: ignore[attr-defined]
        provinces.queryset = Province.objects.on(edition.opens_on)  # type: ignore[attr-defined]
        provinces.help_text = _("None ticked: of every province.")

    def clean_times_from(self) -> int:
        """Left empty it is the first."""
        return self.cleaned_data["times_from"] or 1

    def clean_order(self) -> int:
        """Left empty it is the first place."""
        return self.cleaned_data["order"] or 0

    def _post_clean(self) -> None:
        """The action applies and checks the values."""


class FundForm(forms.ModelForm[Fund]):
    """A fund that pays support."""

    class Meta:
        model = Fund
        fields = ["name_vi", "name_en", "share"]

    def _post_clean(self) -> None:
        """The action applies the values."""
