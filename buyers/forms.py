"""The shape of what importers, their desk and the gates type."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buyers.choices import GroupChoice, choose_from, country_choices, grade_choices
from buyers.consents import ASKED
from buyers.latin import is_latin, suggestion
from buyers.models import Grade
from fairs.models.fields import without_link


class RegisterForm(forms.Form):
    """Five fields, then what the person agrees to; nothing ticked beforehand."""

    full_name = forms.CharField(
        label=_("Your full name"),
        max_length=300,
        validators=[without_link],
        help_text=_("In Latin letters, as on your business card."),
        error_messages={"required": _("Write your full name.")},
    )
    company_name = forms.CharField(
        label=_("Company"),
        max_length=300,
        validators=[without_link],
        error_messages={"required": _("Write the name of your company.")},
    )
    country = forms.ChoiceField(
        label=_("Country or territory"), error_messages={"required": _("Choose a country or territory.")}
    )
    original_name = forms.CharField(
        label=_("Your name in its own script"), max_length=300, required=False, validators=[without_link]
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Your badge comes to this address."),
        error_messages={"required": _("Write your e-mail address.")},
    )
    product_groups = GroupChoice(
        label=_("What do you look for?"),
        help_text=_("Tick one or more."),
        error_messages={"required": _("Tick at least one group.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "country", country_choices)
        self.fields["country"].widget.attrs["autocomplete"] = "country"
        self.fields["company_name"].widget.attrs["autocomplete"] = "organization"
        for asked in ASKED:
            self.fields[asked.purpose] = forms.BooleanField(
                label=asked.sentence,
                required=asked.needed,
                help_text=_("Needed to register you.") if asked.needed else "",
                error_messages={"required": _("Without this the organiser may not register you. Tick it to go on.")},
            )

    def clean_full_name(self) -> str:
        """A name in another script moves to the field for it, and its Latin form is asked for, with a proposal."""
        typed: str = self.cleaned_data["full_name"]
        if is_latin(typed):
            return typed
        proposed = suggestion(typed)
        changed: Any = self.data.copy()  # type: ignore[attr-defined]
        changed["original_name"] = changed.get("original_name") or typed
        changed["full_name"] = proposed
        self.data = changed
        kept = gettext("Your name is kept in its own script below.")
        asked = (
            gettext("Is this how you write it in Latin letters? Correct it, or go on.")
            if proposed
            else gettext("Write it here in Latin letters as well, as in your passport.")
        )
        raise forms.ValidationError(f"{kept} {asked}", code="not_latin")

    @property
    def in_two_scripts(self) -> bool:
        """Whether the name in its own script is to be seen."""
        return bool("original_name" in self.fields and self["original_name"].value())

    @property
    def consents(self) -> list[str]:
        """The purposes that were ticked."""
        return [asked.purpose for asked in ASKED if self.cleaned_data.get(asked.purpose)]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The consents, to be shown below the questions."""
        return [self[asked.purpose] for asked in ASKED]


class OwnRegisterForm(RegisterForm):
    """For somebody signed in: who they are is known; a company they act for may be chosen."""

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = list(person.companies.all())
        for known in ("full_name", "original_name", "email"):
            del self.fields[known]
        if self.companies:
            for known in ("company_name", "country"):
                del self.fields[known]
            self.fields["company"] = forms.TypedChoiceField(
                label=_("Company"),
                coerce=lambda pk: next(one for one in self.companies if one.pk == int(pk)),
                choices=[(one.pk, one.name_vi) for one in self.companies],
            )
            self.order_fields(["company"])


class InviteForm(forms.Form):
    """Whom to invite."""

    full_name = forms.CharField(label=_("Full name"), max_length=300, validators=[without_link])
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    company_name = forms.CharField(label=_("Company"), max_length=300, validators=[without_link])
    country = forms.ChoiceField(label=_("Country or territory"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "country", country_choices)


class DecisionForm(forms.Form):
    """The desk's answer: a verb, with the grade or the reason it needs."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("approve", "decline", "withdraw", "grade")])
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The importer reads it."),
    )

    def __init__(self, *args: Any, grades: Iterable[Grade], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "grade", lambda: grade_choices(grades))


class PassForm(forms.Form):
    """Who gets a pass."""

    full_name = forms.CharField(label=_("Full name"), max_length=300)
    job_title = forms.CharField(label=_("Position"), max_length=150, required=False)
