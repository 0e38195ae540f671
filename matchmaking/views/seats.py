"""Who meets for a company, in which languages, and when they are not there."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from fairs.models import Participation
from fairs.views.base import ActionForm
from matchmaking.actions import seats
from matchmaking.forms import AwayForm, SeatForm
from matchmaking.models import Seat
from matchmaking.views.base import PartyPage


class PartPage(PartyPage, ActionForm):
    """A page about the seats of one's own part in the edition."""

    current = "matchmaking:agenda"
    part: Participation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            if not self.parts:
                raise Http404
            self.part = self.parts[0]
        return super().dispatch(request, *args, **kwargs)

    @property
    def home(self) -> str:
        """The list of seats."""
        return reverse("matchmaking:seats", args=[self.edition.slug]) + self.acting.address


class Seats(PartPage):
    """Everybody who meets, and the form that adds one more."""

    template_name = "matchmaking/seats.html"
    form_class = SeatForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        away = seats.away_of(self.part)
        listed = [{"seat": one, "away": len(away.get(one.number, ())) // 6} for one in self.part.seats.all()]
        return super().get_context_data(seats=listed, alone=len(away.get(1, ())) // 6, **kwargs)

    def act(self, form: Any) -> str:
        seats.add_seat(self.part, by=self.request.user, **form.cleaned_data)
        return self.home


class SeatPage(PartPage):
    """One of them: a number that nobody has is 404, but for the first, whom a company need not name."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.number = kwargs["seat"]
        return super().dispatch(request, *args, **kwargs)

    @property
    def seat(self) -> Seat | None:
        """Who sits there, if somebody is named."""
        found = Seat.objects.filter(part=self.part, number=self.number).first()
        if found is None and self.number != 1:
            raise Http404
        return found


class SeatView(SeatPage):
    """The half hours of the fair, to tick those at which somebody is away."""

    template_name = "matchmaking/seat.html"
    form_class = AwayForm

    def get_form_kwargs(self) -> dict[str, Any]:
        away = seats.away_of(self.part).get(self.number, set())
        blocks = seats.blocks_of(self.edition)
        given = super().get_form_kwargs() | {"blocks": blocks}
        given["initial"] = {"away": [one.isoformat() for one in blocks if one in away]}
        return given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seat = self.seat
        context = super().get_context_data(
            seat=seat, number=self.number, change=SeatForm(initial=_said(seat)) if seat else None, **kwargs
        )
        choices = zip(context["form"]["away"], context["form"].blocks, strict=True)
        days = groupby(choices, key=lambda pair: pair[1].date())
        return context | {"days": [{"date": day, "choices": [one for one, _at in found]} for day, found in days]}

    def act(self, form: Any) -> str:
        blocks: list[datetime] = form.cleaned_data["away"]
        seats.set_away(self.part, seat=self.number, blocks=blocks, by=self.request.user)
        return self.home


class ChangeSeat(SeatPage):
    """The name and languages, and whether they still meet."""

    http_method_names = ["post"]
    template_name = "matchmaking/seats.html"
    form_class = SeatForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(seats=[], **kwargs)

    def act(self, form: Any) -> str:
        seat = self.seat
        if seat is None:
            raise Http404
        meets = self.request.POST.get("open") == "1"
        seats.change_seat(seat, open=meets, by=self.request.user, **form.cleaned_data)
        return self.home


def _said(seat: Seat) -> dict[str, Any]:
    return {"name": seat.name, "languages": sorted(seat.spoken)}
