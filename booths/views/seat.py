"""For whom a person looks at the floor."""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404

from booths.actions.wishes import booths_at_most
from booths.models import Application
from booths.turns import Turn, turn_of
from fairs import clock
from fairs.inputs import whole_number
from fairs.models import Edition
from fairs.permissions import Actor, may
from fairs.views.base import own_shell


@dataclass(frozen=True)
class Seat:
    """The application a person may choose booths for, if any; an officer may sit in for an exhibitor."""

    application: Application | None
    on_behalf: bool
    shell: str

    @property
    def may_hold(self) -> bool:
        """Whether booths can be held at all."""
        return self.application is not None and self.application.state == Application.State.ACCEPTED

    @cached_property
    def turn(self) -> Turn | None:
        """How the application stands in the live sale; None where it may hold nothing anyway."""
        return turn_of(self.application) if self.application is not None and self.may_hold else None

    @property
    def waits(self) -> bool:
        """Whether it may hold booths, but not yet."""
        return self.turn is not None and not self.turn.open

    @property
    def seats_left(self) -> int:
        """How many more booths the application may take."""
        if self.application is None:
            return 0
        taken = self.application.reservations.live(clock.now()).count()
        return int(min(self.application.booth_count, booths_at_most(self.application)) - taken)

    @property
    def address(self) -> str:
        """What the pages of the floor carry on in their addresses."""
        return f"for={self.application.pk}" if self.application and self.on_behalf else ""


def seat_of(person: Actor, edition: Edition, companies: frozenset[int], asked: str = "") -> Seat:
    """The live application of the companies the person acts for, or the one asked for.

    That is another of their own, or for an officer anybody's. One that is not theirs is 404.
    """
    if not person.is_authenticated:
        return Seat(None, on_behalf=False, shell="public")
    applications = Application.objects.filter(edition=edition).select_related(
        "company", "edition__waiting_room", "booth_class"
    )
    own = applications.live().filter(company_id__in=companies).first()
    wanted = whole_number(asked)
    if wanted is not None and not (own and own.pk == wanted):
        own = applications.live().filter(company_id__in=person.company_ids, pk=wanted).first() or own
    if wanted is not None and not (own and own.pk == wanted):
        other = get_object_or_404(applications.visible_to(person), pk=wanted)
        return Seat(other if may(person, "booths.hold", other) else None, on_behalf=True, shell="desk")
    theirs = own and not person.roles_in(edition)
    return Seat(own, on_behalf=False, shell="exhibitor" if theirs else own_shell(person, edition, companies))
