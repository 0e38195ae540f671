"""The shape of the weights by which meetings are proposed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.models import MatchingTerms


class MatchingTermsForm(forms.ModelForm[MatchingTerms]):
    """Weights, then how lists are filled."""

    class Meta:
        model = MatchingTerms
        exclude = ["edition"]  # noqa: DJ006 - every number of the model, as it grows
        help_texts = {
            "earlier": _("Contracts, meetings and visits at earlier fairs."),
            "wishes": _("Must meet or would like to meet, said by the other side."),
            "unknown": _("What one side has not told counts as so much of a full fit."),
            "feedback": _("Each “not for me” for a reason makes that criterion weigh so much more, up to four times."),
            "reserved": _("Exhibitors whom hardly anybody would see get these places."),
            "floor": _("In so many importers’ lists, if there are enough."),
        }

    def _post_clean(self) -> None:
        """The action checks and applies the values."""
