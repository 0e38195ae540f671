"""An importer's own page: what they may say beside the first five answers, and what is still missing."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from buyers.choices import (
    DayChoice,
    GroupChoice,
    NamedChoice,
    choose_from,
    language_choices,
    market_choices,
)
from buyers.consents import OPTIONAL
from buyers.latin import is_latin
from buyers.models import Registration
from fairs.models import Certificate, Edition, Material, OpeningDay
from fairs.models.fields import without_link

PERSON = ("full_name", "original_name", "given_name", "job_title", "phone")


class ProfileForm(forms.Form):
    """The rest, for when there is time: it makes better proposals and a better badge."""

    product_groups = GroupChoice(label=_("What do you look for?"))
    materials = NamedChoice(Material.objects.all(), label=_("Materials"), required=False)
    interest = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: rattan baskets, 2,000 pieces a month, with FSC certificate."),
    )
    price_band = forms.ChoiceField(
        label=_("Price when you buy from the maker"), choices=Registration.PriceBand, required=False
    )
    order_size = forms.ChoiceField(label=_("Usual order"), choices=Registration.OrderSize, required=False)
    volume = forms.ChoiceField(label=_("Purchases"), choices=Registration.Volume, required=False)
    certificates = NamedChoice(Certificate.objects.all(), label=_("Certificates you ask of a maker"), required=False)
    markets = forms.MultipleChoiceField(
        label=_("Where do you sell?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    days = DayChoice(OpeningDay.objects.none(), label=_("On which days do you come?"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), required=False, widget=forms.CheckboxSelectMultiple
    )
    full_name = forms.CharField(
        label=_("Your name in Latin letters"),
        max_length=300,
        validators=[without_link],
        help_text=_("As in your passport; your badge shows it."),
    )
    original_name = forms.CharField(
        label=_("Your name in its own script"), max_length=300, required=False, validators=[without_link]
    )
    given_name = forms.CharField(label=_("Name in large letters on your badge"), max_length=100, required=False)
    job_title = forms.CharField(label=_("Position"), max_length=150, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)
    website = forms.URLField(label=_("Website of your company"), max_length=200, required=False, assume_scheme="https")

    def __init__(
        self, *args: Any, edition: Edition, latin: bool = True, own_company: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].queryset = edition.days.all()  # type: ignore[attr-defined]
        choose_from(self, "languages", language_choices)
        choose_from(self, "markets", market_choices)
        if latin:
            del self.fields["full_name"]
        if not own_company:
            del self.fields["website"]
        for asked in OPTIONAL:
            self.fields[asked.purpose] = forms.BooleanField(label=asked.sentence, required=False)

    def clean_full_name(self) -> str:
        """In letters that a gate reads."""
        name: str = self.cleaned_data["full_name"]
        if not is_latin(name):
            raise forms.ValidationError(_("Write your name in Latin letters, as in your passport."), code="not_latin")
        return name

    @property
    def consents(self) -> list[str]:
        """The optional purposes that stand."""
        return [asked.purpose for asked in OPTIONAL if self.cleaned_data.get(asked.purpose)]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The optional consents."""
        return [self[asked.purpose] for asked in OPTIONAL]

    @property
    def said(self) -> dict[str, Any]:
        """Everything but the consents, as `change_registration` takes it."""
        given = dict(self.cleaned_data)
        for asked in OPTIONAL:
            given.pop(asked.purpose, None)
        person = {name: given.pop(name) for name in PERSON if name in given}
        company = {"website": given.pop("website")} if "website" in given else None
        return given | {"person": person, "company": company, "languages": ",".join(given["languages"])}


def said_so_far(registration: Registration) -> Mapping[str, Any]:
    """What the form begins with."""
    person = registration.person
    return {
        **{name: getattr(person, name) for name in PERSON},
        **{name: getattr(registration, name) for name in ("interest", "volume", "price_band", "order_size")},
        **{name: [one.pk for one in getattr(registration, name).all()] for name in LISTS},
        "languages": registration.languages.split(",") if registration.languages else [],
        "markets": [market.country for market in registration.markets.all()],
        "website": registration.company.website,
    }


LISTS = ("product_groups", "materials", "certificates", "days")


class Missing(NamedTuple):
    """Something the importer has not said yet, and the field where it is said."""

    label: Any
    field: str


# In the order of the page; certificates are left out, since who asks for none has said everything.
ASKED_FOR = (
    Missing(_("what you look for"), "product_groups"),
    Missing(_("materials"), "materials"),
    Missing(_("price"), "price_band"),
    Missing(_("usual order"), "order_size"),
    Missing(_("yearly purchases"), "volume"),
    Missing(_("where you sell"), "markets"),
    Missing(_("the days on which you come"), "days"),
    Missing(_("languages"), "languages"),
    Missing(_("your position"), "job_title"),
    Missing(_("your phone"), "phone"),
    Missing(_("your company’s website"), "website"),
)


def missing(said: Mapping[str, Any]) -> list[Missing]:
    """What is not said yet, of what `said_so_far` holds."""
    return [one for one in ASKED_FOR if not said.get(one.field)]
