"""The shape of what is typed about visitors at a booth, and of what visitors type themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buyers.forms import choose_from, country_choices
from fairs.inputs import DayField
from fairs.models import Product, ProductGroup
from fairs.models.fields import without_link
from fairs.templatetags.fair import local
from matchmaking.actions.leads import LONGEST_NOTE
from matchmaking.forms import badge_code, moment_typed
from matchmaking.models import Lead

UNTICKED = _("Without your yes nothing is handed over. Tick it to go on.")


def _rating() -> forms.ChoiceField:
    choices = [("", _("Not yet")), *Lead.Rating.choices]
    return forms.ChoiceField(label=_("How good is it?"), choices=choices, widget=forms.RadioSelect, required=False)


def _note(rows: int) -> forms.CharField:
    return forms.CharField(
        label=_("Note"),
        help_text=_("What they looked at, how many, what you promised. Only your company reads it."),
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONGEST_NOTE,
        required=False,
    )


class ScanForm(forms.Form):
    """The code of a badge, and what is known of its holder at first sight."""

    code = badge_code(_("Code on the visitor’s badge"))
    rating = _rating()
    note = _note(2)
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    at = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)  # of a scan kept on a phone

    def clean_at(self) -> datetime | None:
        """The phone's moment with its zone; one that cannot be read is now."""
        return moment_typed(self.cleaned_data["at"])


class WriteForm(forms.Form):
    """What a visitor is worth, and what to do next."""

    rating = _rating()
    note = _note(4)
    product = forms.ModelChoiceField(Product.objects.none(), label=_("Product"), required=False)
    product_group = forms.ModelChoiceField(
        ProductGroup.objects.all(), label=_("Product group"), to_field_name="code", required=False
    )
    next_step = forms.ChoiceField(label=_("Next step"), required=False)
    next_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, products: Sequence[Product], groups: Sequence[ProductGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.filter(pk__in=[one.pk for one in products])  # type: ignore[attr-defined]
        listed = [(str(one.pk), local(one, "name")) for one in products]
        self.fields["product"].choices = [("", gettext("None of them")), *listed]  # type: ignore[attr-defined]
        named = [(one.code, local(one, "name")) for one in groups]
        self.fields["product_group"].choices = [("", gettext("Not stated")), *named]  # type: ignore[attr-defined]
        self.fields["next_step"].choices = [("", gettext("Nothing yet")), *Lead.Step.choices]  # type: ignore[attr-defined]
        if not products:
            del self.fields["product"]


class ByBadgeForm(forms.Form):
    """A visitor's own badge, and their yes to this one maker."""

    code = badge_code(_("Code on your badge"))
    agreed = forms.BooleanField(error_messages={"required": UNTICKED})
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


class TypedForm(forms.Form):
    """A visitor without a badge at hand."""

    name = forms.CharField(label=_("Your full name"), max_length=150, validators=[without_link])
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    company = forms.CharField(label=_("Company"), max_length=200, validators=[without_link], required=False)
    country = forms.ChoiceField(label=_("Country or territory"))
    agreed = forms.BooleanField(error_messages={"required": UNTICKED})
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "country", country_choices)
        for name, hint in {"name": "name", "email": "email", "company": "organization", "country": "country"}.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
