"""The waiting room as an exhibitor sees it: the true place in line, kept while the page asks."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from booths.actions.waiting import join_waiting_room, leave_waiting_room, let_in, stay
from booths.models import Application, WaitingPlace
from booths.turns import turn_of
from booths.views.seat import seat_of
from booths.views.taking import Taking
from booths.waiting_look import line_of
from fairs.views.acting import CompanyPage


class WaitingRoomPage(CompanyPage, TemplateView):
    """Where one stands. Whoever looks at it is still there; without scripts the page loads itself again."""

    template_name = "booths/waiting_room.html"
    shell = "exhibitor"
    current = "booths:plan"

    def get_template_names(self) -> list[str]:
        part = "#standing" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    @property
    def application(self) -> Application:
        """The accepted one; without it there is nothing to wait for."""
        seat = seat_of(self.request.user, self.edition, self.acting.ids)
        if seat.application is None or not seat.may_hold:
            raise Http404
        return seat.application

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.application
        turn = turn_of(application)
        lost = turn.place if turn.place and not stay(turn) else None
        if turn.room and not lost and let_in(turn.room):
            turn = turn_of(application)
        waits = turn.place if turn.place and turn.place.state == WaitingPlace.State.WAITING else None
        return super().get_context_data(
            application=application,
            turn=turn,
            line=line_of(waits, turn.room) if waits and turn.room else None,
            lost=lost,
            **kwargs,
        )


class Join(Taking):
    """Takes a place in the waiting room."""

    def act(self) -> str:
        join_waiting_room(self.application, by=self.request.user)
        return reverse("booths:waiting_room", args=[self.edition.slug])


class Leave(Taking):
    """Gives the place up."""

    def act(self) -> str:
        rows = WaitingPlace.objects.live().select_related("application__edition", "application__company", "room")
        place = rows.filter(application=self.application).first()
        if place is None:
            raise Http404
        leave_waiting_room(place, by=self.request.user)
        return reverse("booths:application", args=[self.edition.slug])
