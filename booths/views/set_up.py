"""Prices and sale terms, a part of setting up an edition."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.actions import floor
from booths.forms import PriceForm, SaleTermsForm
from booths.models import BoothClass, Price, SaleTerms
from booths.price_steps import in_force
from fairs import clock
from fairs.models import Audience
from fairs.templatetags.fair import local
from fairs.views.base import ActionButton, DeskPage
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

    template_name = "booths/price.html"
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

    @cached_property
    def steps(self) -> list[Price]:
        """All its prices for the audience, in the order of their days."""
        rows = self.booth_class.prices.filter(audience=self.audience)
        return sorted(rows, key=lambda one: one.starts_on or date.min)

    @property
    def present(self) -> Price | None:
        """The one that holds now."""
        return next(iter(in_force(self.steps, clock.today(self.edition))), None)

    def get_initial(self) -> dict[str, Any]:
        """The price that begins on the day the address names, else the present one."""
        asked = self.request.GET.get("from")
        named = [one for one in self.steps if asked == (one.starts_on.isoformat() if one.starts_on else "")]
        price = next(iter(named), self.present)
        resident = self.audience == Audience.RESIDENT
        if price is None:
            return {"currency": "VND" if resident else "USD"}
        return {
            "currency": price.currency,
            "amount": price.amount,
            "starts_on": price.starts_on,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = _("%(class)s: price") % {"class": local(self.booth_class, "name")}
        lead = _("For %(audience)s. Notices already issued keep their price.") % {"audience": self.audience.label}
        shown = {"heading": heading, "lead": lead, "steps": self.steps, "present": self.present}
        return super().get_context_data(**kwargs) | shown

    def act(self, form: Any) -> str:
        floor.set_price(self.booth_class, audience=self.audience, by=self.request.user, **form.cleaned_data)
        return self.request.path if self.steps else self.home


class RemovePrice(DeskPage, ActionButton):
    """Takes a price away."""

    roles = frozenset({"booth_desk"})
    done = gettext_lazy("The price is removed; the one before it holds on.")

    def act(self) -> str:
        rows = Price.objects.select_related("booth_class__edition")
        price = get_object_or_404(rows, booth_class__edition=self.edition, pk=self.kwargs["pk"])
        floor.remove_price(price, by=self.request.user)
        return reverse("booths:set_price", args=[self.edition.slug, price.booth_class_id, price.audience])
