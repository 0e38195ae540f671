"""Prices and sale terms, a part of setting up an edition."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.actions import floor
from booths.forms import PriceForm, SaleTermsForm
from booths.models import BoothClass, SaleTerms
from fairs.models import Audience
from fairs.templatetags.fair import local
from fairs.views.set_up import SetUpForm


class FloorForm(SetUpForm):
    """A part of the set-up that the desk of booths shares with the director."""

    roles = frozenset({"booth_desk"})

    @property
    def home(self) -> str:
        """The set-up for a director, else the desk of booths."""
        roles = self.request.user.roles_in(self.edition)  # type: ignore[union-attr]
        return reverse("fairs:set_up" if "director" in roles else "booths:booths_desk", args=[self.edition.slug])


class SetSaleTerms(FloorForm):
    """How long a hold lasts, how long one has to pay, how many booths one may have."""

    form_class = SaleTermsForm
    heading = gettext_lazy("Sale terms")

    def get_form_kwargs(self) -> dict[str, Any]:
        terms = SaleTerms.objects.filter(edition=self.edition).first()
        return super().get_form_kwargs() | {"instance": terms or SaleTerms(edition=self.edition)}

    def act(self, form: Any) -> str:
        floor.set_sale_terms(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class SetPrice(FloorForm):
    """What one booth of a class costs an audience."""

    form_class = PriceForm
    button = gettext_lazy("Save the price")

    @cached_property
    def booth_class(self) -> BoothClass:
        """The class that the address names."""
        return get_object_or_404(BoothClass, edition=self.edition, pk=self.kwargs["pk"])

    @property
    def audience(self) -> Audience:
        """Whom the address names."""
        try:
            return Audience(self.kwargs["audience"])
        except ValueError:
            raise Http404 from None

    def get_initial(self) -> dict[str, Any]:
        price = self.booth_class.prices.filter(audience=self.audience).first()
        resident = self.audience == Audience.RESIDENT
        if price is None:
            return {"currency": "VND" if resident else "USD", "vat_rate": 10}
        return {
            "currency": price.currency,
            "amount": price.amount,
            "vat_rate": price.vat_rate,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = _("%(class)s: price") % {"class": local(self.booth_class, "name")}
        lead = _("For %(audience)s. Notices already issued keep their price.") % {"audience": self.audience.label}
        return super().get_context_data(**kwargs) | {"heading": heading, "lead": lead}

    def act(self, form: Any) -> str:
        floor.set_price(self.booth_class, audience=self.audience, by=self.request.user, **form.cleaned_data)
        return self.home
