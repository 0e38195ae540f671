"""The shape of what an officer types about the live sale."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.models import Opening, WaitingRoom
from fairs.inputs import MomentInput, NumberField
from fairs.models import Company, ProductGroup
from fairs.templatetags.fair import local


class OpeningForm(forms.ModelForm[Opening]):
    """A round of the sale: when, how it is called, whom it is for."""

    opens_at = forms.DateTimeField(label=_("Opens on"), widget=MomentInput)
    groups_only = forms.BooleanField(label=_("Groups of households only"), required=False)
    returning = forms.BooleanField(
        label=_("Only who exhibited at an earlier edition"), required=False,
        help_text=_("All that you ask for must hold. Nothing asked for: everybody who is accepted."),
    )  # fmt: skip
    legal_forms = forms.MultipleChoiceField(
        label=_("Legal forms"), choices=Company.LegalForm.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("One of these. None ticked: any."),
    )  # fmt: skip
    product_groups = forms.MultipleChoiceField(
        label=_("Product groups"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("One of these. None ticked: any."),
    )  # fmt: skip
    least_score = NumberField(label=_("Score of the jury, at least"), min_value=0, max_value=100, required=False)
    least_points = NumberField(
        label=_("Priority points, at least"), min_value=0, max_value=99_999, required=False,
        help_text=_("As the last allocation round counted them."),
    )  # fmt: skip

    class Meta:
        model = Opening
        fields = [
            "opens_at", "name_vi", "name_en", "groups_only", "returning", "legal_forms", "product_groups",
            "least_score", "least_points",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["product_groups"]
        groups.choices = [(group.code, local(group, "name")) for group in ProductGroup.objects.all()]

    def _post_clean(self) -> None:
        """The action sets the values."""


class WaitingRoomForm(forms.ModelForm[WaitingRoom]):
    """From when until when a waiting room stands, and how it lets people in."""

    opens_at = forms.DateTimeField(
        label=_("Opens on"), widget=MomentInput,
        help_text=_("Some minutes before a round opens, so that nobody has to be faster than others at one moment."),
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label=_("Closes on"), widget=MomentInput, help_text=_("From then on one chooses without waiting.")
    )
    per_minute = forms.IntegerField(label=_("Let in each minute"), min_value=1, max_value=6000, initial=60)
    inside_at_most = forms.IntegerField(
        label=_("Inside at a time, at most"), min_value=1, max_value=10_000, initial=100
    )
    inside_minutes = forms.IntegerField(label=_("Minutes to choose"), min_value=1, max_value=240, initial=10)
    patience_minutes = forms.IntegerField(
        label=_("Minutes a place is kept"), min_value=1, max_value=60, initial=3,
        help_text=_("For who has closed the page. Who comes back later goes to the end of the line."),
    )  # fmt: skip

    class Meta:
        model = WaitingRoom
        fields = ["opens_at", "closes_at", "per_minute", "inside_at_most", "inside_minutes", "patience_minutes"]

    def _post_clean(self) -> None:
        """The action sets the values."""
