"""The shape of what the desks type to give badges, and of what they ask to be printed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyers.actions.desk_badges import NAMED_KINDS, WELCOMED_KINDS
from buyers.consents import ASKED
from buyers.forms import choose_from, country_choices
from buyers.models import Badge, PrintRun
from fairs.models.fields import without_link


def of_kinds(kinds: Any) -> list[tuple[str, Any]]:
    """These kinds with their words."""
    return [(kind.value, kind.label) for kind in kinds]


class NamedForm(forms.Form):
    """Whose badge, and for whom they come."""

    full_name = forms.CharField(label=_("Full name"), max_length=300, validators=[without_link])
    organisation = forms.CharField(
        label=_("Company or organisation"), max_length=200, required=False, validators=[without_link]
    )
    country = forms.ChoiceField(label=_("Country or territory"), required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    # The form's own number, so that sent twice it gives one badge.
    key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "country", country_choices)
        self.fields["key"].initial = lambda: uuid.uuid4().hex
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # not the officer's own


class IssueForm(NamedForm):
    """A badge for the press, speakers, delegates and those who work at the fair."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: [("", _("Choose")), *of_kinds(NAMED_KINDS)])
    job_title = forms.CharField(label=_("Position"), max_length=150, required=False)
    original_name = forms.CharField(
        label=_("Name in its own script"),
        max_length=300,
        required=False,
        help_text=_("Printed below the Latin name, for example 森田恵子."),
    )
    field_order = ("kind", "full_name", "organisation", "job_title", "country", "email", "original_name", "key")


class WelcomeForm(NamedForm):
    """Five fields and the consents, filled in while the guest stands there."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=lambda: of_kinds(WELCOMED_KINDS),
        initial=Badge.Kind.TRADE_VISITOR,
        widget=forms.RadioSelect,
    )
    size = forms.ChoiceField(label=_("Paper"), choices=PrintRun.Size)
    # The key of somebody known whom the desk recognised; "new" for nobody of those offered.
    who = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    field_order = ("full_name", "organisation", "country", "email", "kind", "size", "who", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in ASKED:
            self.fields[asked.purpose] = forms.BooleanField(label=asked.sentence, required=asked.needed)
            if asked.needed:
                self.fields[asked.purpose].error_messages["required"] = _(
                    "Without this the organiser may not register them. Ask, and tick it."
                )

    @property
    def consents(self) -> list[str]:
        """The purposes that were ticked."""
        return [asked.purpose for asked in ASKED if self.cleaned_data.get(asked.purpose)]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The consents, to be shown below the questions."""
        return [self[asked.purpose] for asked in ASKED]

    @property
    def guest(self) -> dict[str, str]:
        """What is about the guest."""
        return {
            name: self.cleaned_data[name] for name in ("full_name", "organisation", "country", "email", "kind", "key")
        }
