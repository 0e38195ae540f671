"""The shape of questions, answers and appeals between an applicant and the booth desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _text(label: Any, *, rows: int = 4, longest: int = 2000, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class QuestionForm(forms.Form):
    """What the desk wants to know."""

    question = _text(
        _("Your question"), rows=3, help_text=_("It goes out in a letter, and the applicant answers here.")
    )


class AnswerForm(forms.Form):
    """What the applicant says to it."""

    answer = _text(_("Your answer"), rows=6)


class AppealForm(forms.Form):
    """Why a refusal was wrong."""

    text = _text(_("Why the decision should be looked at again"), rows=6)


class PlaceAppealForm(forms.Form):
    """Why another place is asked for."""

    text = _text(
        _("Why you ask for another place"),
        rows=6,
        help_text=_("Say what you need: a zone, a neighbour, power, a corner. Your place is kept until the answer."),
    )


class AppealAnswerForm(forms.Form):
    """What the desk says to an appeal."""

    appeal_answer = _text(
        _("Answer to the appeal"),
        rows=3,
        required=False,
        help_text=_("The applicant reads it. Needed to dismiss."),
    )
