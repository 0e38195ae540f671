"""What an exhibitor has: the application, the booths, what to do next, the permit."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView

from booths.actions.pricing import Quote, quote, quote_offer
from booths.actions.wishes import booths_at_most
from booths.drawing import outline
from booths.models import Appeal, Application, Offer, Reservation
from booths.permits import permit_face
from booths.plan import Plan, plan_of, rect_of
from booths.querysets import rules_of
from booths.turns import Turn, turn_of
from booths.views.seat import seat_of
from fairs import clock
from fairs.models import Notice
from fairs.money.cards import CardOffer, card_for
from fairs.papers.permit import permit_pdf
from fairs.views.acting import CompanyPage


@dataclass
class Standing:
    """How an application stands, for its own page."""

    application: Application

    @cached_property
    def rows(self) -> list[Reservation]:
        """Its live reservations, in order of booth."""
        live = self.application.reservations.live(clock.now()).with_booths()
        return list(live.order_by("booth__code"))

    @property
    def held(self) -> list[Reservation]:
        """On hold, to be confirmed or given back; what is offered is answered as a whole."""
        return [row for row in self.on_hold if not self.offer]

    @property
    def on_hold(self) -> list[Reservation]:
        """Held or offered."""
        return [row for row in self.rows if row.state == Reservation.State.HELD]

    @cached_property
    def offer(self) -> Offer | None:
        """Booths from an allocation round or from the waiting list that wait for a yes or no."""
        if self.application.state not in (Application.State.WAITLISTED, Application.State.ACCEPTED):
            return None
        found = self.application.offers.open_at(clock.now()).first()
        return found if found and self.rows else None

    @cached_property
    def place_in_line(self) -> int | None:
        """Which one it is on the waiting list."""
        line = Application.objects.filter(edition=self.application.edition_id).in_line()
        keys = list(line.values_list("pk", flat=True))
        return keys.index(self.application.pk) + 1 if self.application.pk in keys else None

    @property
    def confirmed(self) -> list[Reservation]:
        """Paid for: these have a permit."""
        return [row for row in self.rows if row.permit and row.state in Reservation.KEPT]

    @cached_property
    def notices(self) -> list[Notice]:
        """Payment notices about its booths, unpaid first."""
        rows = Notice.objects.live().about(Reservation.SOURCE, [row.pk for row in self.rows])
        return sorted(rows, key=lambda notice: notice.state != Notice.State.ISSUED)

    @property
    def unpaid(self) -> Notice | None:
        """The notice to be paid next."""
        return next((notice for notice in self.notices if notice.state == Notice.State.ISSUED), None)

    @cached_property
    def quote(self) -> Quote | None:
        """What the held or offered booths will cost; None for an offer whose class has no price yet."""
        if self.offer:
            return quote_offer(self.offer)
        return quote(self.application, self.on_hold) if self.on_hold else None

    @property
    def card(self) -> CardOffer | None:
        """How what is held is paid by card."""
        application, asked = self.application, self.quote if self.held else None
        return card_for(application.edition, application.company, asked.due, asked.currency) if asked else None

    @property
    def held_until(self) -> datetime:
        """When the first hold runs out."""
        return min(row.held_until for row in self.on_hold)

    @property
    def seconds_left(self) -> int:
        """Until then."""
        return max(0, int((self.held_until - clock.now()).total_seconds()))

    @property
    def seats_left(self) -> int:
        """How many more booths it may take."""
        most = min(self.application.booth_count, booths_at_most(self.application))
        return int(most) - len(self.rows)

    @property
    def next_step(self) -> str:
        """The one thing that matters now: the name of a part of the page."""
        if self.offer:
            return "offer"
        if self.application.state != Application.State.ACCEPTED:
            return str(self.application.state)
        if self.held:
            return "held"
        if self.unpaid:
            return "unpaid"
        return "confirmed" if self.rows else "choose"

    @cached_property
    def turn(self) -> Turn:
        """When it may choose in the live sale."""
        return turn_of(self.application)

    @cached_property
    def appeals(self) -> list[Appeal]:
        """What was said against a refusal, newest first."""
        return list(self.application.appeals.all())

    @property
    def may_appeal(self) -> bool:
        """Whether the refusal can still be appealed against."""
        refused = self.application.state == Application.State.REJECTED
        if not refused or clock.today(self.application.edition) > self.application.appeal_until:
            return False
        return not any(appeal.state == Appeal.State.OPEN or appeal.closes(self.application) for appeal in self.appeals)

    @property
    def may_appeal_place(self) -> bool:
        """Whether another place than that of an allocation round can still be asked for."""
        return bool(self.offer and self.offer.round_id and not self._of_place)

    @property
    def waits_for_answer(self) -> bool:
        """Whether another place was asked for, and nobody has answered yet."""
        return any(appeal.state == Appeal.State.OPEN for appeal in self._of_place)

    @property
    def _of_place(self) -> list[Appeal]:
        return [appeal for appeal in self.appeals if self.offer and appeal.offer_id == self.offer.pk]

    @property
    def outline(self) -> str:
        """The line around its booths on the plan."""
        return outline([rect_of(row.booth) for row in self.rows])


class MyBooths(CompanyPage, TemplateView):
    """The exhibitor's own page; it follows the floor live."""

    template_name = "booths/my_booths.html"
    shell = "exhibitor"
    current = "booths:application"

    def get_template_names(self) -> list[str]:
        part = "#standing" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self._application()
        standing = Standing(application) if application else None
        return super().get_context_data(
            application=application,
            company=application.company if application else None,
            standing=standing,
            plan=self._plan(standing),
            rules=rules_of(self.edition) if application else None,
            **kwargs,
        )

    def _application(self) -> Application | None:
        """The live one, else the last."""
        mine = Application.objects.filter(edition=self.edition, company_id__in=self.acting.ids)
        whole = mine.select_related(
            "company__province",
            "company__craft_village",
            "edition__sale_terms",
            "edition__waiting_room",
            "booth_class",
            "contact",
            "withdrawal",
        )
        return whole.live().first() or whole.order_by("-pk").first()

    def _plan(self, standing: Standing | None) -> Plan | None:
        return plan_of(self.edition) if standing and standing.rows else None


class Permit(CompanyPage):
    """The permit to build, on paper; an officer names the application."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seat = seat_of(request.user, self.edition, self.acting.ids, request.GET.get("for", ""))
        confirmed = Standing(seat.application).confirmed if seat.application else []
        if not confirmed:
            raise Http404
        response = HttpResponse(permit_pdf(permit_face(confirmed)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{confirmed[0].permit}.pdf"'
        return response
