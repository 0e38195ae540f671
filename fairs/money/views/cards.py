"""Paying by card in the browser: the button, and the page one comes back to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect

from fairs.models import Checkout
from fairs.money.actions.card import give_up_checkout, look_soon, pay_notice_by_card
from fairs.money.views.notices import NoticePage
from fairs.permissions import may
from fairs.views.acting import CompanyThing
from fairs.views.base import ActionButton


class CardButton(ActionButton):
    """A button that leads to the card page. The browser goes there by itself, as our policy lets no form lead away."""

    def begin(self) -> Checkout:
        """Call the action that opens the card page."""
        raise NotImplementedError(f"{type(self).__name__} says what is paid")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        checkout = self.begin()
        own = reverse("fairs:checkout", args=[checkout.edition.slug, checkout.pk])
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(checkout.url or own)
        return redirect(own)


class PayByCard(CardButton, NoticePage):
    """Pays what is due on a notice by card, or all of it."""

    def begin(self) -> Checkout:
        return pay_notice_by_card(self.notice, by=self.request.user, whole=self.request.POST.get("whole") == "1")


class CheckoutPage(CompanyThing):
    """Pages about one card payment, for its company and the desks."""

    stands_under = "fairs:notices"
    checkout: Checkout

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Checkout.objects.visible_to(request.user).filter(edition=self.edition)
            whole = visible.select_related("company", "edition__series", "notice", "payment")
            self.checkout = get_object_or_404(whole, pk=kwargs["pk"])
            self.act_for(self.checkout.company_id)
            self.shell = "exhibitor" if self.checkout.company_id in request.user.company_ids else "desk"  # type: ignore[misc]
        return super().dispatch(request, *args, **kwargs)


class CheckoutView(CheckoutPage, TemplateView):
    """Where one comes back from the card page: it believes only what the card company signed or answered."""

    template_name = "fairs/money/checkout.html"
    left = False

    def get_template_names(self) -> list[str]:
        part = "#standing" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.htmx:  # type: ignore[attr-defined]
            look_soon(self.checkout)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            checkout=self.checkout,
            left=self.left,
            base=f"base/{self.shell}.html",
            may_pay=may(self.request.user, "fairs.pay_by_card", self.checkout),
            **kwargs,
        )


class GiveUpCheckout(CheckoutPage, ActionButton):
    """Closes the card page without paying."""

    done = _("The card page is closed. Nothing was paid there.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.checkout = give_up_checkout(self.checkout, by=request.user)
        if self.checkout.state != Checkout.State.EXPIRED or self.checkout.notice is None:
            return redirect("fairs:checkout", self.edition.slug, self.checkout.pk)
        return super().post(request, *args, **kwargs)

    def act(self) -> str:
        return reverse("fairs:notice", args=[self.edition.slug, self.checkout.notice_id])
