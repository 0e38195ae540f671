"""For whom a person looks at the floor."""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404

from booths.actions.wishes import booths_at_most
from booths.models import Application
from booths.querysets import ApplicationQuerySet
from booths.turns import Turn, turn_of
from fairs import clock
from fairs.inputs import whole_number
from fairs.models import Edition
from fairs.permissions import Actor, may
from fairs.views.base import own_shell

WHOLE = Application.objects.select_related("company", "edition__waiting_room", "booth_class")
"""An application with what the pages of the floor say about it."""
BARE = Application.objects.order_by("submitted_at", "pk")
"""For a button, whose action reads the application anew anyway."""


@dataclass(frozen=True)
class Seat:
    """The application a person may choose booths for, if any; an officer may sit in for an exhibitor."""

    application: Application | None
    on_behalf: bool
    person: Actor
    edition: Edition
    companies: frozenset[int] = frozenset()

    @cached_property
    def shell(self) -> str:
        """Under whose navigation the person looks."""
        if self.on_behalf:
            return "desk"
        theirs = self.application and not self.person.roles_in(self.edition)
        return "exhibitor" if theirs else own_shell(self.person, self.edition, self.companies)

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


def seat_of(
    person: Actor, edition: Edition, companies: frozenset[int], asked: str = "", *, rows: ApplicationQuerySet = WHOLE
) -> Seat:
    """The live application of the companies the person acts for, or the one asked for.

    That is another of their own, or for an officer anybody's. One that is not theirs is 404. `rows` say what comes
    with it.
    """
    if not person.is_authenticated:
        return Seat(None, on_behalf=False, person=person, edition=edition)
    applications = rows.filter(edition=edition)
    own = applications.live().filter(company_id__in=companies).first()
    wanted = whole_number(asked)
    if wanted is not None and not (own and own.pk == wanted):
        own = applications.live().filter(company_id__in=person.company_ids, pk=wanted).first() or own
    if wanted is not None and not (own and own.pk == wanted):
        other = get_object_or_404(applications.visible_to(person), pk=wanted)
        theirs = other if may(person, "booths.hold", other) else None
        return Seat(theirs, on_behalf=True, person=person, edition=edition)
    return Seat(own, on_behalf=False, person=person, edition=edition, companies=companies)
