"""The buttons with which booths are held, kept and given back."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from booths.actions.cards import pay_held_by_card
from booths.actions.reservations import hold_booths, release_booth, reserve_held
from booths.models import Application, Booth
from booths.views.seat import BARE, Seat, seat_of
from fairs import clock
from fairs.models import Checkout
from fairs.money.views.cards import CardButton
from fairs.views.acting import acting_of
from fairs.views.base import ActionButton, SignedInPage


class Taking(SignedInPage, ActionButton):
    """A button for one application: the person's own, or the one an officer sits in for."""

    seat: Seat

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            companies = acting_of(request, self.edition).ids
            self.seat = seat_of(request.user, self.edition, companies, request.POST.get("for", ""), rows=BARE)

    @property
    def application(self) -> Application:
        """The application; without one the button does not exist."""
        if self.seat.application is None:
            raise Http404
        return self.seat.application

    def plan(self, codes: list[str]) -> str:
        """The plan with booths chosen."""
        chosen = [("b", code) for code in codes]
        behalf = [("for", str(self.application.pk))] if self.seat.on_behalf else []
        return f"{reverse('booths:plan', args=[self.edition.slug])}?{urlencode([*chosen, *behalf])}"


class Hold(Taking):
    """Holds the booths that are chosen."""

    def act(self) -> str:
        codes = self.request.POST.getlist("b")[:50]
        booths = Booth.objects.in_order(self.edition, codes)
        hold_booths(
            self.application,
            booths=booths,
            by=self.request.user,
            apart="apart" in self.request.POST,
            ahead=self.request.POST.get("ahead", ""),
        )
        return self.plan(codes)


class Reserve(Taking):
    """Keeps everything that is held, and goes on to the payment notice."""

    def act(self) -> str:
        notice = reserve_held(self.application, by=self.request.user)
        return reverse("fairs:notice", args=[self.edition.slug, notice.pk])


class PayHeld(CardButton, Taking):
    """Pays for everything that is held, by card; the notice comes with the money."""

    def begin(self) -> Checkout:
        return pay_held_by_card(self.application, by=self.request.user)


class Release(Taking):
    """Gives held booths back."""

    done = _("The booths are free again.")

    def act(self) -> str:
        live = self.application.reservations.live(clock.now()).filter(state="held")
        for reservation in live.filter(booth__code__in=self.request.POST.getlist("b")).order_by("booth_id"):
            release_booth(reservation, by=self.request.user)
        return self.plan([""])
