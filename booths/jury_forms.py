"""The shape of what a jury gives, and of what it judges by."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.actions.reviews import MOST_JURORS
from booths.models import Criterion, Review
from fairs.inputs import Named, NumberField
from fairs.models import ProductGroup
from fairs.templatetags.fair import local

MOST_BUTTONS = 10  # up to so many points are buttons in a row; more are typed


class ReviewForm(forms.Form):
    """Points for each criterion, and a comment."""

    comment = forms.CharField(
        label=_("Comment for the organiser"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Neither the applicant nor the other jurors see it."),
    )

    def __init__(self, *args: Any, criteria: Iterable[Criterion], review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = {score.criterion_id: score.points for score in review.scores.all()}
        asked = {f"points_{one.pk}": _points_field(one, given.get(one.pk)) for one in criteria}
        self.fields = {**asked, "comment": self.fields["comment"]}
        self.fields["comment"].initial = review.comment

    @property
    def points(self) -> dict[int, Decimal]:
        """The points by the criterion's key."""
        return {
            int(name.removeprefix("points_")): Decimal(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("points_")
        }


class StepAsideForm(forms.Form):
    """What ties a juror to a company."""

    conflict = forms.CharField(
        label=_("What ties you to this company"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: a relative works there, or I sell for them. Only the organiser reads it."),
    )


class CriterionForm(forms.ModelForm[Criterion]):
    """One criterion."""

    weight = NumberField(label=_("Weight"), min_value=0, max_value=100, initial=1)
    most = forms.IntegerField(label=_("Points at most"), min_value=1, max_value=100, initial=10)
    order = forms.IntegerField(label=_("Order"), min_value=0, max_value=1000, initial=0)

    class Meta:
        model = Criterion
        fields = ["name_vi", "name_en", "weight", "most", "order", "about_vi", "about_en"]
        widgets = {"about_vi": forms.Textarea(attrs={"rows": 2}), "about_en": forms.Textarea(attrs={"rows": 2})}

    def _post_clean(self) -> None:
        """The action sets the values."""

    def clean_weight(self) -> Decimal:
        """Something that weighs nothing is no criterion."""
        weight: Decimal = self.cleaned_data["weight"]
        if not weight:
            raise forms.ValidationError(_("More than zero, please."))
        return weight


class ThresholdForm(forms.Form):
    """How much is enough, for a product group or for all others."""

    product_group = Named(
        ProductGroup.objects.all(),
        label=_("Product group"),
        required=False,
        empty_label=_("All without one of their own"),
    )
    least = NumberField(label=_("Least score, of 100"), min_value=0, max_value=100)


class AssignForm(forms.Form):
    """How many jurors look at each application."""

    each = forms.IntegerField(label=_("Jurors for each application"), min_value=1, max_value=MOST_JURORS, initial=2)


def _points_field(criterion: Criterion, given: Decimal | None) -> forms.Field:
    about, name = local(criterion, "about"), local(criterion, "name")
    if criterion.most > MOST_BUTTONS:
        note = _("0 to %(most)d points.") % {"most": criterion.most}
        hint = f"{about} {note}" if about else note
        return NumberField(label=name, help_text=hint, min_value=0, max_value=criterion.most, initial=given)
    buttons = [(str(points), str(points)) for points in range(criterion.most + 1)]
    whole = str(int(given)) if given is not None and given == int(given) else None
    widget = forms.RadioSelect(attrs={"class": "points"})
    return forms.ChoiceField(label=name, help_text=about, choices=buttons, initial=whole, widget=widget)
