"""The shape of what an officer types about timetables."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BeginTimetableForm(forms.Form):
    """How long to work on it, and by which seed."""

    seconds = forms.IntegerField(
        label=_("Seconds to work on it"),
        initial=30,
        help_text=_("More seconds find a better plan, or prove that there is none. You can stop at any time."),
    )
    suggestions = forms.IntegerField(
        label=_("Suggestions for each importer, at most"),
        initial=10,
        help_text=_("Whoever fits best, besides wishes and requests. With 0 only these are planned."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        initial=0,
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("The same seed and inputs give the same plan again."),
    )


class SeenPlanForm(forms.Form):
    """Which plan the officer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class PinMeetingForm(SeenPlanForm):
    """A meeting that is to stay where it is, or no more."""

    item = forms.CharField(max_length=60)
    keep = forms.BooleanField(required=False)
