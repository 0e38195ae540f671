"""What the side panel says about the booths that are chosen on the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from booths.actions.pricing import Quote, quote_booths
from booths.actions.together import live_booths, out_of_block
from booths.drawing import Walk, outline
from booths.drawing.places import bounds
from booths.drawing.sheet import box
from booths.floorplan import Rect
from booths.models import Booth, Price, Reservation
from booths.plan import Plan, rect_of
from booths.price_steps import in_force
from booths.views.seat import Seat
from fairs import clock
from fairs.errors import Refused
from fairs.models import Participation
from fairs.money.cards import CardOffer, card_for

AROUND = 6.5
"""Metres of floor shown around the chosen booths."""


@dataclass
class Choice:
    """Some booths of one floor, seen by one person."""

    plan: Plan
    seat: Seat
    booths: Sequence[Booth]

    @property
    def title(self) -> str:
        """The codes as one reads them out."""
        return str(get_text_list([booth.code for booth in self.booths], _("and")))

    @property
    def codes(self) -> list[str]:
        """In the order they were chosen."""
        return [booth.code for booth in self.booths]

    @cached_property
    def rects(self) -> list[Rect]:
        """Their ground."""
        return [rect_of(booth) for booth in self.booths]

    @property
    def outline(self) -> str:
        """The line around them."""
        return outline(self.rects)

    @cached_property
    def walk(self) -> Walk | None:
        """The way to the first of them from the nearest gate."""
        return self.plan.walk_to(self.booths[0].code)

    @property
    def nearby_view(self) -> str:
        """The viewBox of the booths with what stands around them, twice as wide as high."""
        around = bounds(self.rects)
        height = around.height + 2 * AROUND
        width = max(around.width + 2 * AROUND, 2 * height)
        return box(Rect(around.centre.x - width / 2, around.centre.y - height / 2, width, height))

    @property
    def joined(self) -> bool:
        """Whether they make up one whole rectangle."""
        return abs(bounds(self.rects).area - sum(rect.area for rect in self.rects)) < 0.01

    @property
    def size(self) -> Rect:
        """The rectangle around them."""
        return bounds(self.rects)

    @property
    def area(self) -> float:
        """Square metres in all."""
        return sum(rect.area for rect in self.rects)

    @cached_property
    def live(self) -> dict[int, Reservation]:
        """Who has them now, by booth."""
        rows = Reservation.objects.live(clock.now()).filter(booth__in=self.booths)
        return {
            row.booth_id: row for row in rows.select_related("company__province", "company__craft_village", "booth")
        }

    @property
    def statuses(self) -> list[str]:
        """Each booth's status, once."""
        return list(dict.fromkeys(self.plan.statuses.get(booth.pk, "free") for booth in self.booths))

    @cached_property
    def mine(self) -> list[Reservation]:
        """Those the application has."""
        own = self.seat.application
        return [row for row in self.live.values() if own and row.application_id == own.pk]

    @property
    def held(self) -> list[Reservation]:
        """Those of mine that are only on hold; what is offered is answered on its own page."""
        return [row for row in self.mine if row.state == Reservation.State.HELD and self.seat.may_hold]

    @property
    def holders(self) -> list[Reservation]:
        """Others whose name the public may know, each company once."""
        kept = [row for row in self.live.values() if row.state in Reservation.KEPT]
        return list({row.company_id: row for row in kept}.values())

    @cached_property
    def parts(self) -> dict[int, int]:
        """The exhibitor's page of each of the holders, by company."""
        rows = Participation.objects.filter(
            edition=self.plan.edition, role="exhibitor", company__in=[row.company_id for row in self.holders]
        )
        return dict(rows.values_list("company", "pk"))

    @cached_property
    def guests(self) -> dict[int, list[Participation]]:
        """The households in the block of each of the holders, by the holder's company."""
        rows = Participation.objects.filter(edition=self.plan.edition, state="active", host__in=self.parts.values())
        found: dict[int, list[Participation]] = {}
        for part in rows.select_related("company", "host"):
            found.setdefault(part.host.company_id, []).append(part)  # type: ignore[union-attr]
        return found

    @property
    def free(self) -> list[Booth]:
        """Those to be had."""
        return [booth for booth in self.booths if booth.pk not in self.live and not booth.blocked]

    @property
    def all_free(self) -> bool:
        return len(self.free) == len(self.booths)

    @property
    def may_be_held(self) -> bool:
        """Whether the one button is “hold”."""
        return self.fits and (self.seat.on_behalf or not self.seat.waits)

    @property
    def fits(self) -> bool:
        """Whether the application may hold them once its turn has come."""
        return self.seat.may_hold and self.all_free and len(self.booths) <= self.seats_left

    @property
    def ahead(self) -> bool:
        """Whether an officer would hold them ahead of the turn, which asks for a reason."""
        return self.seat.on_behalf and self.seat.waits

    @cached_property
    def astray(self) -> list[str]:
        """Of a group that chooses its own block: the booths that would not touch the others, with those it has."""
        own = self.seat.application
        if own is None or self.seat.on_behalf or not own.keeps_together or not (self.all_free or self.held):
            return []
        return out_of_block(own, {booth.pk: booth for booth in [*live_booths(own), *self.booths]}.values())

    @cached_property
    def seats_left(self) -> int:
        """How many more booths the application may take."""
        return self.seat.seats_left

    @cached_property
    def quote(self) -> Quote | None:
        """What the applicant would pay for them; nothing where a class has no price for it."""
        application = self.seat.application
        if application is None or not (self.all_free or self.mine):
            return None
        try:
            return quote_booths(application, self.booths)
        except Refused:
            return None

    @property
    def card(self) -> CardOffer | None:
        """How everything on hold is paid by card by those who hold it; their page says it where they hold more."""
        own, asked = self.seat.application, self.quote if self.held else None
        if own is None or asked is None or self.seat.on_behalf:
            return None
        on_hold = own.reservations.live(clock.now()).filter(state=Reservation.State.HELD).count()
        return card_for(own.edition, own.company, asked.due, asked.currency) if on_hold == len(self.held) else None

    @property
    def list_prices(self) -> list[Price]:
        """What one booth costs, for those who have not applied."""
        rows = Price.objects.filter(booth_class=self.booths[0].booth_class_id).order_by("audience")
        return in_force(rows, clock.today(self.plan.edition))

    @property
    def seconds_left(self) -> int:
        """Until the first hold runs out."""
        first = min(row.held_until for row in self.held)
        return max(0, int((first - clock.now()).total_seconds()))

    @property
    def held_until(self) -> object:
        """When the first hold runs out."""
        return min(row.held_until for row in self.held)

    @property
    def neighbours(self) -> list[str]:
        """Codes of the booths next door, with their exhibitor where there is one."""
        beside = [
            code
            for code, place in self.plan.drawing.places.items()
            if code not in self.codes and any(rect.shared_edge(place) >= 0.5 for rect in self.rects)
        ]
        rows = Reservation.objects.kept().filter(edition=self.plan.edition, booth__code__in=beside)
        names = dict(rows.values_list("booth__code", "company__name_vi"))
        return [f"{code} {names.get(code, '')}".strip() for code in sorted(beside)]

    @property
    def position(self) -> str:
        """Corner, end of a row or in a row, with the number of open sides."""
        sides = len(set("".join(booth.open_sides for booth in self.booths)))
        where = _("corner") if any(booth.corner for booth in self.booths) else _("in a row")
        return _("%(where)s, %(sides)d open sides") % {"where": where, "sides": sides} if sides > 1 else str(where)
