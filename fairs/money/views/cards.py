"""Paying by card in the browser: the button, the page one comes back to, and the door for the card company's events."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect
from rest_framework.throttling import ScopedRateThrottle

from fairs.models import Checkout
from fairs.money.actions.card import give_up_checkout, look_soon, pay_notice_by_card
from fairs.money.actions.card_events import receive_event
from fairs.money.stripe_client import Forged, is_configured, read_event
from fairs.money.views.notices import NoticePage
from fairs.permissions import may
from fairs.views.acting import CompanyThing
from fairs.views.base import ActionButton

LARGEST_EVENT = 256 * 1024  # bytes; an event about a payment has some five thousand


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


@method_decorator(csrf_exempt, name="dispatch")
class StripeHook(View):
    """Where Stripe tells its events. Only its signature opens the door; no rule of the fair makes it an error."""

    http_method_names = ["post"]
    throttle_scope = "hook"

    def post(self, request: HttpRequest) -> HttpResponse:
        if not is_configured():
            return HttpResponse(status=404)
        if not ScopedRateThrottle().allow_request(request, self):  # type: ignore[arg-type]
            return HttpResponse(status=429)
        if _length(request) > LARGEST_EVENT:
            return HttpResponse(status=413)
        return HttpResponse(status=200 if _taken_in(request) else 400)


def _length(request: HttpRequest) -> int:
    """How long the body says it is; one that does not say is too long."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() else LARGEST_EVENT + 1


def _taken_in(request: HttpRequest) -> bool:
    """Whether it was signed by Stripe, and so was taken in."""
    try:
        event = read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except Forged:
        return False
    receive_event(event)
    return True
