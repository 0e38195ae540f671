"""The shape of what applicants and the booth desk type."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booths.actions.pricing import prices_for
from booths.actions.wishes import standing_wishes
from booths.counting import guess_count
from booths.inputs import CountField, NeighboursField, ZonesField
from booths.models import Application, Booth, BoothClass, Price, SaleTerms, Zone
from booths.querysets import possible_neighbours
from fairs import clock
from fairs.forms import PHOTO_INPUT, country_choices
from fairs.inputs import DayInput, Named, NumberField, SeveralNamed
from fairs.models import Company, CraftVillage, Edition, PriceBand, ProductGroup, Province
from fairs.permissions import Actor
from fairs.templatetags.fair import day, local, money

MOST_GROUPS = 2
NEIGHBOURS = ("near", "apart")


class ApplicantForm(forms.Form):
    """Who exhibits."""

    is_group = forms.BooleanField(
        label=_("We apply for a group of households"),
        required=False,
        help_text=_("For a commune or an association: one block, one payment notice, a page for each household."),
    )
    name_vi = forms.CharField(label=_("Name of the workshop or company"), max_length=300)
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=Company.LegalForm.choices, initial="household")
    tax_code = forms.CharField(
        label=_("Tax code"), max_length=20, required=False, help_text=_("Leave it empty if you have none.")
    )
    country = forms.ChoiceField(label=_("Country or territory"), initial="VN")
    province = Named(
        label=_("Province or city"),
        queryset=Province.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose your province or city.")},
    )
    craft_village = forms.ModelChoiceField(
        label=_("Craft village"),
        queryset=CraftVillage.objects.all(),
        required=False,
        empty_label=_("None or another one"),
    )
    address = forms.CharField(label=_("Address"), max_length=500, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32)
    name_en = forms.CharField(
        label=_("Name in English"), max_length=300, required=False, help_text=_("Foreign buyers will read it.")
    )

    def __init__(self, *args: Any, edition: Edition, company: Company | None = None, **kwargs: Any) -> None:
        self.company = company
        super().__init__(*args, **kwargs)
        self.fields["province"].queryset = Province.objects.on(edition.opens_on).order_by("folded")  # type: ignore[attr-defined]
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]
        at_home = (company.country if company else self.data.get("country", "VN")) == "VN"
        self.fields["province"].required = at_home
        if company:
            del self.fields["country"]  # prices and currency hang on it
            own = {name: getattr(company, name) for name in self.fields if hasattr(company, name)}
            self.initial = own | dict(self.initial)

    def clean(self) -> dict[str, Any]:
        """A province and a craft village belong to Vietnam."""
        given = super().clean() or {}
        if not self.fields["province"].required:
            given["province"] = given["craft_village"] = None
        return given


class HouseholdForm(forms.Form):
    """One household of a group."""

    name = forms.CharField(label=_("Name of the household"), max_length=300)
    person_in_charge = forms.CharField(label=_("Person in charge"), max_length=300, required=False)
    craft = forms.CharField(label=_("What they make"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)
    passes = CountField(label=_("Passes"), required=False)

    def clean_passes(self) -> int:
        """Two where nothing is said."""
        passes: int | None = self.cleaned_data["passes"]
        return 2 if passes is None else passes


class GroupsForm(forms.Form):
    """What the applicant mainly makes."""

    product_groups = SeveralNamed(
        label=_("Main product groups"),
        help_text=_("Choose 1 or 2."),
        queryset=ProductGroup.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_product_groups(self) -> QuerySet[ProductGroup]:
        """Two at most, so that the zones stay what their names say."""
        chosen: QuerySet[ProductGroup] = self.cleaned_data["product_groups"]
        if len(chosen) > MOST_GROUPS:
            raise forms.ValidationError(_("Choose 2 at most: what you bring most of."))
        return chosen


class MadeForm(forms.Form):
    """One product: what a buyer asks first. `photo` carries the signed name of a photo that was taken in."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    photo = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    name_vi = forms.CharField(label=_("Name of the product"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    product_group = Named(label=_("Product group"), queryset=ProductGroup.objects.all(), empty_label=None)
    minimum_order = CountField(
        label=_("Smallest order"), required=False, help_text=_("At least how many pieces in one order?")
    )
    monthly_capacity = CountField(label=_("You make each month"), required=False)
    lead_days = CountField(label=_("Delivered after"), required=False)
    price_band = forms.ChoiceField(label=_("Price of a piece"), choices=PriceBand, required=False)

    picture = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("Take it now or choose one from your phone. Where it was taken is removed."),
        widget=forms.FileInput(attrs=PHOTO_INPUT),
    )

    UNITS = {"minimum_order": _("pieces"), "monthly_capacity": _("pieces"), "lead_days": _("days")}

    @property
    def rows(self) -> Iterator[tuple[Any, Any, int | None]]:
        """Each shown field with its unit and the count that was probably meant."""
        for field in self.visible_fields():
            yield field, self.UNITS.get(field.name, ""), self._guess(field.name)

    def _guess(self, name: str) -> int | None:
        for error in self.errors.get_json_data().get(name, []) if self.is_bound else []:
            if error["code"] == "not_a_count":
                return guess_count(str(self.data.get(self.add_prefix(name), "")))
        return None


class WishesForm(forms.Form):
    """Which booths the applicant would like."""

    booth_class = forms.ModelChoiceField(
        label=_("Class of booth"),
        queryset=BoothClass.objects.none(),
        widget=forms.RadioSelect(attrs={"class": "one-column"}),
        empty_label=None,
    )
    booth_count = forms.TypedChoiceField(label=_("How many booths?"), coerce=int, widget=forms.RadioSelect)
    side_by_side = forms.BooleanField(label=_("They must stand side by side"), required=False, initial=True)
    wants_corner = forms.BooleanField(label=_("We would like a corner"), required=False)
    zones = ZonesField(
        label=_("Zones you would like"),
        queryset=Zone.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "wider"}),
    )
    booths = forms.CharField(
        label=_("Booths you would like best"),
        required=False,
        max_length=200,
        help_text=_("Their codes in the order you like them, such as A075 A076. They are wishes, not yet a promise."),
    )
    near = NeighboursField(label=_("Near whom you would like to stand"))
    apart = NeighboursField(label=_("Beside whom you would rather not stand"))
    power_kw = NumberField(
        label=_("Power you need, in kW"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=_("Leave it empty when the socket of the booth is enough."),
    )
    water = forms.BooleanField(label=_("We need water"), required=False)
    support_asked = forms.CharField(
        label=_("Support you ask for"),
        required=False,
        max_length=2000,
        help_text=_("Such as a part of the rent, transport, or an interpreter. The organiser decides by its rules."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wishes = forms.CharField(
        label=_("Anything else"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        company: Company | None = None,
        application: Application | None = None,
        **kwargs: Any,
    ) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)
        self._offer_neighbours(application)
        classes = BoothClass.objects.filter(edition=edition, booths__isnull=False).distinct()
        prices = prices_for(company or Company(), classes, clock.today(edition))
        field = self.fields["booth_class"]
        field.queryset = classes  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: class_label(one, prices)  # type: ignore[attr-defined]
        self.fields["booth_count"].choices = [(n, str(n)) for n in range(1, edition.sale_terms.booths_at_most + 1)]  # type: ignore[attr-defined]
        self.fields["zones"].queryset = Zone.objects.filter(edition=edition)  # type: ignore[attr-defined]

    def _offer_neighbours(self, application: Application | None) -> None:
        """Whoever exhibits may be named, and whoever was named before."""
        for name in NEIGHBOURS:
            if application is None:
                del self.fields[name]
                continue
            named = application.neighbour_wishes.values("company")
            wanted = Q(pk__in=possible_neighbours(application).order_by().values("pk")) | Q(pk__in=named)
            self.fields[name].queryset = Company.objects.filter(wanted)  # type: ignore[attr-defined]

    def clean_booths(self) -> list[Booth]:
        """The booths of this floor, in the order typed; refuses with `unknown_booth`."""
        codes = self.cleaned_data["booths"].upper().replace(",", " ").replace(";", " ").split()
        found = {booth.code: booth for booth in Booth.objects.filter(edition=self.edition, code__in=codes)}
        missing = [code for code in codes if code not in found]
        if missing:
            raise forms.ValidationError(
                _("There is no booth %(codes)s on this floor."), params={"codes": ", ".join(missing)}
            )
        return [found[code] for code in dict.fromkeys(codes)]


class RulesForm(forms.Form):
    """The last step."""

    rules_version = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)  # written by the page
    agreed = forms.BooleanField(
        label=_("I have read the rules of the fair and accept them"),
        error_messages={"required": _("Read the rules and tick this to send the application.")},
    )


class RulesTextForm(forms.Form):
    """The rules in a new version."""

    version = forms.CharField(label=_("Name of this version"), max_length=20)
    text_vi = forms.CharField(
        label=_("Text in Vietnamese"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 14, "lang": "vi"})
    )
    text_en = forms.CharField(
        label=_("Text in English"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 14, "lang": "en"})
    )


class EntryForm(WishesForm):
    """Everything at once, typed by an officer for an artisan who does not do it alone."""

    company = forms.ModelChoiceField(
        label=_("Company already known"), queryset=Company.objects.none(), required=False, empty_label=_("A new one")
    )
    name_vi = forms.CharField(label=_("Name of the workshop or company"), max_length=300, required=False)
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=Company.LegalForm.choices, initial="artisan")
    tax_code = forms.CharField(label=_("Tax code"), max_length=20, required=False)
    province = Named(
        label=_("Province or city"), queryset=Province.objects.none(), required=False, empty_label=_("Choose")
    )
    craft_village = forms.ModelChoiceField(
        label=_("Craft village"),
        queryset=CraftVillage.objects.all(),
        required=False,
        empty_label=_("None or another one"),
    )
    full_name = forms.CharField(label=_("Person responsible: full name"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Leave it empty if there is none: you then look after them.")
    )
    product_groups = SeveralNamed(
        label=_("Main product groups"),
        queryset=ProductGroup.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label=_("They have read or heard the rules of the fair and accept them"))
    field_order = ("company", "name_vi", "legal_form", "tax_code", "province", "craft_village", "full_name", "phone",
                   "email", "product_groups")  # fmt: skip

    def __init__(self, *args: Any, by: Actor, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        self.fields["company"].queryset = Company.objects.visible_to(by).filter(country="VN")  # type: ignore[attr-defined]
        self.fields["province"].queryset = Province.objects.on(edition.opens_on).order_by("folded")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A company nobody knows yet needs a name, a province and somebody who answers for it."""
        given = super().clean() or {}
        for name in ("name_vi", "province", "full_name", "phone") if not given.get("company") else ():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for a new company."))
        return given


class ReasonForm(forms.Form):
    """The answer to an application."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads it. Needed for the waiting list and for a refusal."),
    )


class BlockForm(forms.Form):
    """Why a booth is not let."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class SaleTermsForm(forms.ModelForm[SaleTerms]):
    """How booths are let."""

    hold_minutes = forms.IntegerField(label=_("Minutes a hold lasts"), min_value=1, max_value=24 * 60)
    payment_days = forms.IntegerField(label=_("Days to pay"), min_value=1, max_value=365)
    in_advance = NumberField(
        label=_("Percent to be paid in advance"), min_value=1, max_value=100, initial="100",
        help_text=_("The rest is due on the day of the balance. 100: all at once."),
    )  # fmt: skip
    release_days = forms.IntegerField(
        label=_("Days booths are kept after that"), min_value=0, max_value=365, required=False,
        help_text=_("Then booths for which nothing was paid are free again by themselves. Empty: never."),
    )  # fmt: skip
    booths_at_most = forms.IntegerField(label=_("Booths for one exhibitor"), min_value=1, max_value=50)
    passes_for_a_booth = forms.IntegerField(label=_("Passes for each booth"), min_value=0, max_value=50)
    offer_hours = forms.IntegerField(label=_("Hours an offer stands"), min_value=1, max_value=30 * 24)
    appeal_days = forms.IntegerField(label=_("Days to appeal against a refusal"), min_value=1, max_value=90)
    households_from = forms.IntegerField(label=_("Households of a group, at least"), min_value=2, max_value=100)
    households_to = forms.IntegerField(label=_("Households of a group, at most"), min_value=2, max_value=100)
    groups_together = forms.BooleanField(
        label=_("The booths of a group touch"), required=False, initial=True,
        help_text=_("In the sale a group chooses one block; it may still agree to stand apart."),
    )  # fmt: skip

    class Meta:
        model = SaleTerms
        fields = [
            "hold_minutes", "payment_days", "release_days", "in_advance", "balance_due_on", "booths_at_most",
            "passes_for_a_booth", "offer_hours", "appeal_days", "households_from", "households_to",
            "households_until", "groups_together",
        ]  # fmt: skip
        widgets = {"balance_due_on": DayInput, "households_until": DayInput}


class PriceForm(forms.ModelForm[Price]):
    """The price of one booth."""

    amount = NumberField(label=_("Amount, VAT included"), min_value=0)

    class Meta:
        model = Price
        fields = ["amount", "currency", "starts_on"]
        widgets = {"starts_on": DayInput}
        help_texts = {"starts_on": _("Empty: from the beginning. A price holds until the next begins.")}

    def _post_clean(self) -> None:
        """The action sets the values."""


def class_label(booth_class: BoothClass, prices: dict[int, Any]) -> str:
    """A class with what it costs the applicant and what is in the price."""
    price = prices.get(booth_class.pk)
    amount = money(price.amount, price.currency) if price else gettext("price on request")
    if price and price.next:
        then = money(price.next.amount, price.next.currency)
        changes = gettext("%(now)s until %(day)s, then %(then)s")
        amount = changes % {"now": amount, "day": day(price.holds_until), "then": then}
    note = local(booth_class, "includes")
    return format_html(
        '<span>{}<span class="choice-note">{}</span><span class="choice-note">{}</span></span>',
        local(booth_class, "name"), amount, note,
    )  # fmt: skip


def wishes_of(application: Application) -> dict[str, Any]:
    """What was wished for so far, as the form shows it."""
    wished = standing_wishes(application)
    return wished | {
        "booth_class": application.booth_class_id,
        "booths": " ".join(booth.code for booth in wished["booths"]),
        "power_kw": wished["power_kw"] or None,
    }
