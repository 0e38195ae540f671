"""The shape of what is typed for the exhibitor manual."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booths.models import BoothClass, ManualTask
from fairs.inputs import DayField, DayInput, Named, whole_number
from fairs.models import Edition

FILE_INPUT = {"accept": "application/pdf,image/jpeg,image/png,image/webp"}


class HandInForm(forms.Form):
    """A file for a task."""

    file = forms.FileField(
        label=_("Your file"), help_text=_("PDF or photo, at most 10 MB."), widget=forms.FileInput(attrs=FILE_INPUT)
    )


class CheckForm(forms.Form):
    """What the desk finds in a file."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[("accept", ""), ("return", "")])
    reason = forms.CharField(
        label=_("Why is it returned?"), max_length=500, required=False, help_text=_("The exhibitor reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class DaysField(forms.CharField):
    """Some whole numbers with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        parts = [part for part in re.split(r"[\s,;]+", str(value or "")) if part]
        found = [whole_number(part) for part in parts]
        if None in found:
            raise forms.ValidationError(gettext("Write whole days with commas, such as 14, 7, 1."))
        return found


class ManualTaskForm(forms.ModelForm[ManualTask]):
    """A task of the manual."""

    due_on = DayField(label=_("Last day"), widget=DayInput, help_text=_("This day is included."))
    remind_days = DaysField(
        label=_("Reminders, days before"), required=False,
        help_text=_("Such as 14, 7, 1. The day after the last day one more says that it is late."),
    )  # fmt: skip
    booth_class = Named(label=_("Class of booth"), queryset=BoothClass.objects.none(), required=False)

    class Meta:
        model = ManualTask
        fields = [
            "number", "title_vi", "title_en", "text_vi", "text_en", "due_on", "remind_days", "audience", "booth_class",
            "asks", "form", "may_not_concern",
        ]  # fmt: skip
        labels = {
            "number": _("Number"), "title_vi": _("Title in Vietnamese"), "title_en": _("Title in English"),
            "text_vi": _("Text in Vietnamese"), "text_en": _("Text in English"), "audience": _("For"),
            "asks": _("What is asked"), "form": _("Form that closes it"),
            "may_not_concern": _("May be answered “does not concern us”"),
        }  # fmt: skip
        widgets = {"text_vi": forms.Textarea(attrs={"rows": 4}), "text_en": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes: Any = self.fields["booth_class"]
        classes.queryset = BoothClass.objects.filter(edition=edition)

    def _post_clean(self) -> None:
        """The action sets the values."""
