"""The shape of an order of services, and of what the desk sets of the catalogue, circuits and flames."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.inputs import CountField
from booths.models import Booth, Circuit, Hall, ServiceItem, Zone
from booths.services import OfferedService
from fairs.inputs import DayInput, Named, NumberField
from fairs.models import Audience, Edition
from fairs.models.fields import CURRENCIES
from fairs.templatetags.fair import local


class OrderForm(forms.Form):
    """How many of each service, for which booth; one field for each service, named by its key."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    booth = forms.ModelChoiceField(label=_("For the booth"), queryset=Booth.objects.none())

    def __init__(self, *args: Any, services: Sequence[OfferedService], booths: Sequence[Booth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services
        place = self.fields["booth"]
        place.queryset = Booth.objects.filter(pk__in=[booth.pk for booth in booths])  # type: ignore[attr-defined]
        if len(booths) == 1:
            place.widget, place.initial = forms.HiddenInput(), booths[0].pk
        for one in services:
            if one.orderable:
                self.fields[f"q{one.item.pk}"] = CountField(label=local(one.item, "name"), required=False)
        if any(one.item.open_flame for one in services):
            self.fields["flame_what"] = forms.CharField(
                label=_("What burns, and when"), max_length=300, required=False,
                help_text=_("Only for an order with an open flame: “gas torch, demonstrations at 10 and 15 o’clock”."),
            )  # fmt: skip
            self.fields["flame_guard"] = forms.CharField(
                label=_("How it is guarded"), max_length=300, required=False,
                help_text=_("“Extinguisher beside it, one person always there, nothing that burns within 2 m”."),
            )  # fmt: skip

    @property
    def flame_fields(self) -> list[forms.BoundField]:
        """The declaration, where something that burns is offered."""
        return [self[name] for name in ("flame_what", "flame_guard") if name in self.fields]

    @property
    def quantities(self) -> dict[int, int]:
        """Units by the key of the service."""
        given = ((one.item.pk, self.cleaned_data.get(f"q{one.item.pk}")) for one in self.services)
        return {pk: count for pk, count in given if count}


class ServiceForm(forms.ModelForm[ServiceItem]):
    """A service with its two prices; an empty price means that the audience cannot order it."""

    resident_amount = NumberField(label=_("Price for residents in đồng, VAT included"), min_value=0, required=False)
    non_resident_amount = NumberField(label=_("Price for others, VAT included"), min_value=0, required=False)
    non_resident_currency = forms.ChoiceField(
        label=_("Currency for others"), choices=[(code, code) for code in CURRENCIES], initial="USD"
    )
    late_percent = NumberField(label=_("Late surcharge in percent"), min_value=0, max_value=500, initial="0")

    class Meta:
        model = ServiceItem
        fields = [
            "code", "kind", "name_vi", "name_en", "note_vi", "note_en", "unit_vi", "unit_en", "resident_amount",
            "non_resident_amount", "non_resident_currency", "fee", "stock", "order_until", "late_until", "late_percent",
            "watts", "passes", "open_flame", "order", "offered",
        ]  # fmt: skip
        widgets = {"order_until": DayInput, "late_until": DayInput}
        help_texts = {
            "stock": _("Empty: as many as are ordered."),
            "order_until": _("The day included."),
            "late_until": _("The day included. Empty: nothing is taken after the day for orders."),
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (instance := self.instance).pk:
            self.fields["code"].disabled = True
            for price in instance.prices.all():
                self.initial[f"{price.audience}_amount"] = price.amount
                if price.audience == Audience.NON_RESIDENT:
                    self.initial["non_resident_currency"] = price.currency

    def _post_clean(self) -> None:
        """The action sets the values."""

    def given(self) -> tuple[dict[str, Any], dict[str, tuple[str, Any]]]:
        """The columns, and the prices by audience."""
        columns = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in ITEM_FIELDS}
        currency = {Audience.RESIDENT: "VND", Audience.NON_RESIDENT: self.cleaned_data["non_resident_currency"]}
        prices = {
            audience.value: (code, amount)
            for audience, code in currency.items()
            if (amount := self.cleaned_data.get(f"{audience}_amount")) is not None
        }
        return columns, prices


ITEM_FIELDS = frozenset(one.name for one in ServiceItem._meta.concrete_fields)


class CircuitForm(forms.Form):
    """A circuit and what hangs on it."""

    code = forms.CharField(label=_("code"), max_length=20)
    name_vi = forms.CharField(label=_("name in Vietnamese"), max_length=100, required=False)
    name_en = forms.CharField(label=_("name in English"), max_length=100, required=False)
    watts = CountField(label=_("Watts it carries"))
    share_percent = CountField(label=_("Percent of it that may be used"), initial="80")
    hall = Named(label=_("Hall"), queryset=Hall.objects.none(), required=False, empty_label=_("Any hall"))
    zone = Named(label=_("Zone"), queryset=Zone.objects.none(), required=False, empty_label=_("Any zone"))
    booths = forms.CharField(
        label=_("Booths that hang on it whatever their hall and zone"),
        required=False,
        max_length=2000,
        help_text=_("Their codes with spaces between: A01 A02 A03."),
    )

    def __init__(self, *args: Any, instance: Circuit | None, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["hall"].queryset = Hall.objects.filter(edition=edition)  # type: ignore[attr-defined]
        self.fields["zone"].queryset = Zone.objects.filter(edition=edition)  # type: ignore[attr-defined]
        if instance:
            self.fields["code"].disabled = True
            named = ("code", "name_vi", "name_en", "watts", "share_percent", "hall", "zone")
            self.initial.update({name: getattr(instance, name) for name in named})
            self.initial["booths"] = " ".join(row.booth.code for row in instance.named_booths.all())

    def clean_booths(self) -> list[Booth]:
        """The booths of the plan with these codes."""
        codes = self.cleaned_data["booths"].upper().replace(",", " ").split()
        found = {booth.code: booth for booth in Booth.objects.filter(edition=self.edition, code__in=codes)}
        if missing := [code for code in codes if code not in found]:
            raise forms.ValidationError(
                _("There is no booth %(codes)s on this floor."), params={"codes": ", ".join(missing)}
            )
        return list(found.values())

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        return dict(self.cleaned_data)


class FlamesForm(forms.Form):
    """How many open flames a zone bears."""

    allowed = CountField(label=_("Open flames allowed"))
