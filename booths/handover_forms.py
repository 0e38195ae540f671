"""The shape of what an officer notes at a booth."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.models import BoothCheck, Breach
from fairs.forms import PHOTO_INPUT


class KeyedForm(forms.Form):
    """Sent twice on a bad network it is one: each form has a key of its own."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{type(self).__name__.lower()}_%s"  # several forms stand on one page
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class PhotoField(forms.FileField):
    """A photo as bytes, from the phone's camera."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {"label": _("Photo"), "required": False, "widget": forms.FileInput(attrs=PHOTO_INPUT)}
        super().__init__(**given | kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        file = super().clean(data, initial)
        return file.read() if file else b""


class CheckForm(KeyedForm):
    """How a booth is at move-in, and who takes it over."""

    built = forms.BooleanField(label=_("The booth is built"), required=False)
    occupied = forms.BooleanField(label=_("The exhibitor has come"), required=False)
    keys = forms.IntegerField(label=_("Keys handed over"), min_value=0, max_value=99, initial=0)
    sockets = forms.IntegerField(label=_("Sockets that work"), min_value=0, max_value=99, initial=0)
    signed_name = forms.CharField(
        label=_("Taken over by"), max_length=100, required=False,
        help_text=_("The exhibitor says their name: from then on the booth is theirs."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class FaultForm(KeyedForm):
    """Something to mend."""

    note = forms.CharField(label=_("What is wrong"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    photo = PhotoField()


class ClearForm(KeyedForm):
    """How a booth was left."""

    clearance = forms.ChoiceField(
        label=_("How it was left"), choices=BoothCheck.Clearance.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What is wrong"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    photo = PhotoField()


class BreachForm(KeyedForm):
    """A rule that was broken."""

    rule = forms.ChoiceField(label=_("Which rule"), choices=Breach.Rule.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What you found"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The exhibitor reads it in the letter."),
    )  # fmt: skip
    photo = PhotoField()
