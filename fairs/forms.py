"""The shape of what people type at the common stations."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fairs.models import Person


class NewPersonForm(forms.Form):
    """What signing up asks beside e-mail and password."""

    full_name = forms.CharField(label=_("Your full name"), max_length=300)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth once the person exists."""
        user.full_name = self.cleaned_data["full_name"]
        user.phone = self.cleaned_data["phone"]
        user.save()
