"""The shape of what people type at the common stations."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fairs import clock, sheets
from fairs.inputs import DayField, DayInput, HourInput, MomentInput, Named, NumberField, SeveralNamed
from fairs.models import (
    Certificate,
    Company,
    Edition,
    Entry,
    LegalPaper,
    Material,
    Membership,
    Officer,
    OpeningDay,
    Person,
    Product,
    ProgrammeItem,
    Province,
)
from fairs.models.fields import without_link
from fairs.telling import verb_choices
from fairs.templatetags.fair import country, language_name
from fairs.text import words_of

MOST = 2**63 - 1  # the largest key of a row


class NewPersonForm(forms.Form):
    """What signing up asks beside e-mail and password."""

    full_name = forms.CharField(label=_("Your full name"), max_length=300, validators=[without_link])
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth once the person exists."""
        user.full_name = self.cleaned_data["full_name"]
        user.phone = self.cleaned_data["phone"]
        user.save()


class EditionForm(forms.ModelForm[Edition]):
    """Everything an edition says about itself."""

    class Meta:
        model = Edition
        fields = [
            "name_vi", "name_en", "number", "kind", "theme_vi", "theme_en", "opens_on", "closes_on", "venue_vi",
            "venue_en", "venue_address", "time_zone", "published",
        ]  # fmt: skip
        widgets = {"opens_on": DayInput, "closes_on": DayInput}
        help_texts = {"number": _("Typed as your papers count it; the system never computes it.")}

    def _post_clean(self) -> None:
        """The action applies and checks the values, so that what it refuses leaves the edition as it was."""


class CopyForm(forms.Form):
    """What differs in a new edition from the one it copies."""

    slug = forms.SlugField(label=_("Address"), help_text=_("Small letters, digits and dashes, such as gift-show-2019."))
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300)
    number = forms.IntegerField(label=_("Number of the edition"), required=False, min_value=1, max_value=999)
    opens_on = DayField(label=_("Opens on"), help_text=_("The days move with this date."))


class OpeningDayForm(forms.ModelForm[OpeningDay]):
    """One opening day."""

    class Meta:
        model = OpeningDay
        fields = ["date", "audience", "opens_at", "closes_at"]
        widgets = {"date": DayInput, "opens_at": HourInput, "closes_at": HourInput}


class LegalPaperForm(forms.ModelForm[LegalPaper]):
    """A paper with its file."""

    class Meta:
        model = LegalPaper
        fields = ["number", "issued_on", "issuer_vi", "issuer_en", "subject_vi", "subject_en", "file"]
        widgets = {"issued_on": DayInput, "file": forms.FileInput(attrs={"accept": ".pdf,application/pdf"})}


class ProgrammeItemForm(forms.ModelForm[ProgrammeItem]):
    """Something on the programme."""

    class Meta:
        model = ProgrammeItem
        fields = ["starts_at", "ends_at", "title_vi", "title_en", "place_vi", "place_en"]
        widgets = {"starts_at": MomentInput, "ends_at": MomentInput}


class PlanForm(forms.Form):
    """On what the plan rests from now on, and a field for each figure of the report: an empty one has no target."""

    legal_paper = forms.ModelChoiceField(
        label=_("Legal paper that sets it"), queryset=LegalPaper.objects.none(), required=False
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DayInput, help_text=_("Empty: today."))
    why = forms.CharField(label=_("Why the plan changes"), max_length=500, required=False, validators=[without_link])

    def __init__(self, *args: Any, figures: list[tuple[str, str]], edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["legal_paper"].queryset = edition.legal_papers.all()  # type: ignore[attr-defined]
        self.name_figures(figures)

    def name_figures(self, figures: list[tuple[str, str]]) -> None:
        """A field for each."""
        for key, name in figures:
            self.fields[key] = NumberField(label=name, min_value=0, required=False)


class TargetForm(PlanForm):
    """One target, of a figure to be chosen."""

    figure = forms.ChoiceField(label=_("Figure"))
    value = NumberField(label=_("Target"), min_value=0)
    field_order = ["figure", "value"]

    def name_figures(self, figures: list[tuple[str, str]]) -> None:
        """All in one list."""
        self.fields["figure"].choices = figures  # type: ignore[attr-defined]


class OfficerForm(forms.Form):
    """Whom to give which role."""

    full_name = forms.CharField(label=_("Full name"), max_length=300, validators=[without_link])
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Officer.Role.choices)


class ProfileForm(forms.ModelForm[Person]):
    """What a person says about themselves."""

    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Pages and letters come in this language.")
    )

    class Meta:
        model = Person
        fields = ["full_name", "given_name", "honorific", "job_title", "phone", "language"]
        help_texts = {"given_name": _("What stands largest on your badge. Empty: your full name.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.offices.exists():  # an officer's pages come in the languages of every page
            more = [(code, language_name(code)) for code in settings.IMPORTER_LANGUAGES]
            self.fields["language"].choices = [*settings.LANGUAGES, *more]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The action applies the values."""


class NewCompanyForm(forms.Form):
    """One more company of one's own: what tells it from others; the rest is asked where it is needed."""

    name_vi = forms.CharField(label=_("Name of the workshop or company"), max_length=300)
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=Company.LegalForm.choices, initial="company")
    country = forms.ChoiceField(
        label=_("Country or territory"), initial="VN", help_text=_("Prices and currency hang on it, so it stays.")
    )
    tax_code = forms.CharField(
        label=_("Tax code"), max_length=20, required=False, help_text=_("Leave it empty if you have none.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=32)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]


def country_choices() -> list[tuple[str, str]]:
    """Vietnam first, the others by name."""
    import pycountry  # half a second to load, and few forms need it

    codes = [one.alpha_2 for one in pycountry.countries if one.alpha_2 != "VN"]
    return [("VN", country("VN")), *sorted(((code, country(code)) for code in codes), key=lambda pair: pair[1])]


# What is offered to tick; a program may say any other, and what stands is always among them.
BOOTH_LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr", "de", "es", "ru", "it", "ar", "th")
EXPORT_MARKETS = (
    "US", "JP", "GB", "ES", "IN", "DE", "FR", "KR", "AU", "NL", "IT", "BE", "SE", "DK", "PL", "CA", "CN", "TW", "HK",
    "SG", "TH", "AE", "RU",
)  # fmt: skip


class CompanyForm(forms.ModelForm[Company]):
    """What a company says about itself; its country stays, since the currency it pays in hangs on it."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken at the booth"), required=False, widget=forms.CheckboxSelectMultiple
    )
    export_markets = forms.MultipleChoiceField(
        label=_("Where do you sell abroad?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Company
        fields = [
            "name_vi", "name_en", "legal_form", "tax_code", "province", "craft_village", "address", "phone", "email",
            "website", "product_groups", "languages", "export_markets", "about_vi", "about_en",
        ]  # fmt: skip
        widgets = {"product_groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.now().date()
        here = Province.objects.on(today) | Province.objects.filter(company=self.instance.pk)
        self.fields["province"].queryset = here.order_by("folded")  # type: ignore[attr-defined]
        self._offer("languages", BOOTH_LANGUAGES, language_name)
        self._offer("export_markets", EXPORT_MARKETS, country)

    def _offer(self, name: str, offered: tuple[str, ...], named: Any) -> None:
        """The codes to tick by their names, with those that stand already."""
        known = [code for code in getattr(self.instance, name).split(",") if code]
        self.initial[name] = known
        every = dict.fromkeys([*offered, *known])
        self.fields[name].choices = [(code, named(code)) for code in every]  # type: ignore[attr-defined]

    def clean_languages(self) -> str:
        """Codes with commas."""
        return ",".join(self.cleaned_data["languages"])

    def clean_export_markets(self) -> str:
        """Codes with commas."""
        return ",".join(self.cleaned_data["export_markets"])

    def _post_clean(self) -> None:
        """The action applies the values."""


PHOTO_INPUT = {"accept": "image/jpeg,image/png,image/webp"}


class CertificateForm(forms.Form):
    """A certificate that a company holds."""

    certificate = Named(label=_("Certificate"), queryset=Certificate.objects.all(), empty_label=_("Choose"))
    number = forms.CharField(label=_("Number"), max_length=60, required=False, validators=[without_link])
    valid_until = DayField(
        label=_("Valid until"), required=False, help_text=_("Leave it empty when it has no last day.")
    )


class ProductForm(forms.ModelForm[Product]):
    """Something a company makes."""

    materials = SeveralNamed(
        label=_("Materials"), queryset=Material.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    picture = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP. Take it now or choose one; where it was taken is removed."),
        widget=forms.FileInput(attrs=PHOTO_INPUT),
    )

    class Meta:
        model = Product
        fields = [
            "name_vi", "name_en", "product_group", "hs_code", "minimum_order", "monthly_capacity", "lead_days",
            "price_band", "materials",
        ]  # fmt: skip
        help_texts = {"hs_code": _("Digits only, such as 691200. Leave it empty when you are not sure.")}

    def _post_clean(self) -> None:
        """The action applies the values."""

    def clean_hs_code(self) -> str:
        """Digits, whatever dots they are written with."""
        digits = self.cleaned_data["hs_code"].replace(".", "").replace(" ", "")
        if digits and not (digits.isdecimal() and digits.isascii() and 4 <= len(digits) <= 10):
            raise forms.ValidationError(_("An HS code has 4 to 10 digits, such as 691200."))
        return digits


class MemberForm(forms.Form):
    """Who may act for a company."""

    full_name = forms.CharField(label=_("Full name"), max_length=300, validators=[without_link])
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.STAFF,
        help_text=_("Who is in charge may add and remove people too."),
    )


class SheetForm(forms.Form):
    """A sheet to import."""

    file = forms.FileField(
        label=_("Your sheet"),
        help_text=_("Excel (.xlsx) or CSV, up to 15 MB and 25,000 rows."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> Any:
        """A file that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > sheets.MAX_BYTES:
            sentence = _("The file is larger than %(limit)d MB. Divide it into several.")
            raise forms.ValidationError(sentence % {"limit": sheets.MAX_BYTES // 1024**2})
        return file


class JournalForm(forms.Form):
    """Words of a name, a day, a verb; a link on a line names its person or company."""

    q = forms.CharField(label=_("Person or company"), required=False, max_length=100)
    day = DayField(label=_("Day"), required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    person = forms.IntegerField(required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput)
    company = forms.IntegerField(required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("Everything")), *verb_choices()]  # type: ignore[attr-defined]

    def narrow(self, entries: "QuerySet[Entry]", edition: Edition) -> "QuerySet[Entry]":
        """The entries that fit; what cannot be read narrows nothing."""
        found = self.found
        for word in words_of(found.get("q") or ""):
            entries = entries.filter(
                Q(actor__folded__contains=word) | Q(company__folded__contains=word) | Q(subject__icontains=word)
            )
        if day := found.get("day"):
            begins = datetime.combine(day, time.min, edition.zone)
            entries = entries.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
        if pk := found.get("company"):  # what its duplicates did before they were merged is its history too
            entries = entries.filter(Q(company=pk) | Q(company__merged_into=pk))
        exact = {"verb": "verb", "person": "actor"}
        return entries.filter(**{column: found[name] for name, column in exact.items() if found.get(name)})

    def chosen(self, entries: "QuerySet[Entry]") -> str:
        """The name of the one person or company a link has narrowed to: of those alone whom these entries name."""
        if pk := self.found.get("company"):
            return entries.filter(company=pk).values_list("company__name_vi", flat=True).first() or ""
        if pk := self.found.get("person"):
            return entries.filter(actor=pk).values_list("actor__full_name", flat=True).first() or ""
        return ""

    @property
    def found(self) -> dict[str, Any]:
        """What could be read of the address."""
        self.full_clean()
        return getattr(self, "cleaned_data", {})
