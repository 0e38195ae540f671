"""For whom a person looks at the floor."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from booths.actions.wishes import booths_at_most
from booths.models import Application
from fairs import clock
from fairs.inputs import whole_number
from fairs.models import Edition, Participation
from fairs.permissions import Actor, may


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
    applications = Application.objects.filter(edition=edition).select_related("company", "edition", "booth_class")
    own = applications.live().filter(company_id__in=companies).first()
    wanted = whole_number(asked)
    if wanted is not None and not (own and own.pk == wanted):
        own = applications.live().filter(company_id__in=person.company_ids, pk=wanted).first() or own
    if wanted is not None and not (own and own.pk == wanted):
        other = get_object_or_404(applications.visible_to(person), pk=wanted)
        return Seat(other if may(person, "booths.hold", other) else None, on_behalf=True, shell="desk")
    return Seat(own, on_behalf=False, shell=_shell(person, edition, companies, own))


def _shell(person: Any, edition: Edition, companies: frozenset[int], own: Application | None) -> str:
    if person.roles_in(edition):
        return "desk"
    if own:
        return "exhibitor"
    parts = Participation.objects.filter(edition=edition, company_id__in=companies)
    roles = set(parts.values_list("role", flat=True))
    return "exhibitor" if "exhibitor" in roles else "importer" if "importer" in roles else "public"
