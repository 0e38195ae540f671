"""The shape of what importers, their desk and the gates type."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import pycountry
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from buyers.consents import ASKED, OPTIONAL
from buyers.models import Grade, Registration
from fairs.models import ProductGroup
from fairs.models.fields import without_link
from fairs.templatetags.fair import country, language_name, local
from fairs.text import fold

LANGUAGES = ["en", "zh", "ja", "ko", "fr", "de", "es", "ru", "it", "ar", "th", "vi"]
GROUPS_FIRST = 8  # the rest opens at a touch


def country_choices() -> list[tuple[str, Any]]:
    """Every country and territory, in the page's language and its order."""
    return [("", _("Choose")), *_countries(get_language() or "vi")]


@lru_cache(maxsize=4)
def _countries(language: str) -> list[tuple[str, str]]:
    named = [(one.alpha_2, country(one.alpha_2)) for one in pycountry.countries]
    return sorted(named, key=lambda pair: fold(pair[1]))


def language_choices() -> list[tuple[str, str]]:
    """The languages that importers of this fair speak."""
    return [(code, language_name(code)) for code in LANGUAGES]


def grade_choices(grades: Iterable[Grade]) -> list[tuple[str, Any]]:
    """Grades by their codes, in the page's language."""
    return [(grade.code, local(grade, "name")) for grade in grades]


def choose_from(form: forms.Form, name: str, choices: Callable[[], list[tuple[str, Any]]]) -> None:
    """Let a field offer what the page's language makes of it, at the moment it is shown."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class GroupChoice(forms.ModelMultipleChoiceField):
    """Product groups by the page's language: goods, the crafts of the villages first."""

    def __init__(self, **kwargs: Any) -> None:
        goods = ProductGroup.objects.exclude(kind="technical").order_by("kind", "pk")
        super().__init__(queryset=goods, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, group: ProductGroup) -> str:
        """Its name."""
        return group.name_vi if (get_language() or "").startswith("vi") else group.name_en


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

    @property
    def consents(self) -> list[str]:
        """The purposes that were ticked."""
        return [asked.purpose for asked in ASKED if self.cleaned_data.get(asked.purpose)]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The consents, to be shown below the questions."""
        return [self[asked.purpose] for asked in ASKED]

    @property
    def first_groups(self) -> list[Any]:
        """The groups every page shows."""
        return list(self["product_groups"])[:GROUPS_FIRST]

    @property
    def more_groups(self) -> list[Any]:
        """The groups that open at a touch."""
        return list(self["product_groups"])[GROUPS_FIRST:]

    @property
    def more_ticked(self) -> bool:
        """Whether one of those is ticked, so that they are to be seen."""
        return any(group.data["selected"] for group in self.more_groups)


class OwnRegisterForm(RegisterForm):
    """For somebody signed in: who they are is known; a company they act for may be chosen."""

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = list(person.companies.all())
        for known in ("full_name", "email"):
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


class ProfileForm(forms.Form):
    """The rest, for when there is time: it makes better proposals and a better badge."""

    given_name = forms.CharField(label=_("Name in large letters on your badge"), max_length=100, required=False)
    job_title = forms.CharField(label=_("Position"), max_length=150, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)
    product_groups = GroupChoice(label=_("What do you look for?"))
    interest = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: rattan baskets, 2,000 pieces a month, with FSC certificate."),
    )
    volume = forms.ChoiceField(label=_("Purchases"), choices=Registration.Volume, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "languages", language_choices)
        for asked in OPTIONAL:
            self.fields[asked.purpose] = forms.BooleanField(label=asked.sentence, required=False)

    first_groups = RegisterForm.first_groups
    more_groups = RegisterForm.more_groups
    more_ticked = RegisterForm.more_ticked

    @property
    def consents(self) -> list[str]:
        """The optional purposes that stand."""
        return [asked.purpose for asked in OPTIONAL if self.cleaned_data.get(asked.purpose)]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The optional consents."""
        return [self[asked.purpose] for asked in OPTIONAL]

    @property
    def person_fields(self) -> dict[str, str]:
        """What is about the person."""
        return {name: self.cleaned_data[name] for name in ("given_name", "job_title", "phone")}

    @property
    def wishes(self) -> dict[str, Any]:
        """What is about the registration."""
        return {
            "interest": self.cleaned_data["interest"],
            "volume": self.cleaned_data["volume"],
            "languages": ",".join(self.cleaned_data["languages"]),
        }


class InviteForm(forms.Form):
    """Whom to invite."""

    full_name = forms.CharField(label=_("Full name"), max_length=300)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    company_name = forms.CharField(label=_("Company"), max_length=300)
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
