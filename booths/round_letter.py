"""What signing a round would send, before it is signed: who gets an offer, who waits and why, the first letter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from booths.actions.round_publishing import new_places
from booths.models import Application, Booth, Proposal, Reservation, Round
from booths.round_instance import application_of
from booths.round_look import Look, Row
from fairs import clock
from fairs.deliveries import write


class Held(list[Reservation]):
    """Reservations that nobody has made yet, asked for in the ways in which a letter asks for an offer's."""

    def all(self) -> "Held":
        return self

    with_booths = all

    def order_by(self, *_fields: str) -> "Held":
        return self


@dataclass
class OfferToCome:
    """An offer as its letter reads it."""

    application: Application
    expires_at: datetime
    why: list[dict[str, Any]]
    reservations: Held = field(default_factory=Held)

    @property
    def codes(self) -> str:
        """The booths it is about."""
        return ", ".join(row.booth.code for row in self.reservations)


@dataclass(frozen=True)
class Answers:
    """What a proposal says to whom: of a group whose households have not all a place, none is offered one."""

    look: Look

    @property
    def proposal(self) -> Proposal:
        return self.look.proposal

    @cached_property
    def offered(self) -> dict[int, list[str]]:
        """The booths of each application that gets an offer."""
        return new_places(self.look.round, self.proposal)

    @property
    def booths(self) -> int:
        """How many booths are offered."""
        return sum(map(len, self.offered.values()))

    @cached_property
    def waiting(self) -> list[Row]:
        """Those that go to the waiting list: one row for each application."""
        rows = {row.application: row for row in self.look.rows if row.rule}
        return list(rows.values())

    def until(self) -> datetime:
        """Until when offers stand that go out now."""
        return clock.now() + timedelta(hours=self.look.round.edition.sale_terms.offer_hours)

    def first_letter(self) -> dict[str, Any] | None:
        """The letter to the first by key, as it would be sent now."""
        if not self.offered:
            return None
        pk = min(self.offered)
        application = Application.objects.select_related("edition__sale_terms", "company", "contact").get(pk=pk)
        offer = OfferToCome(application, self.until(), self._whys(pk), self._held(application, self.offered[pk]))
        about: Any = offer
        subject, body = write(
            "booths.place_offered", to=application.contact, about=about, edition=self.look.round.edition
        )
        return {"to": application.contact, "subject": subject, "body": body}

    def _whys(self, pk: int) -> list[dict[str, Any]]:
        return [why for who, why in self.proposal.why.items() if application_of(who) == pk]

    def _held(self, application: Application, codes: Sequence[str]) -> Held:
        booths = Booth.objects.filter(edition=application.edition_id, code__in=codes).order_by("code")
        return Held(Reservation(application=application, booth=booth) for booth in booths)


def sent_by(worked: Round) -> dict[str, int]:
    """How many offers of a signed round there are, by what became of them; those that ran out unended too."""
    now = clock.now()
    found = Counter[str]()
    for state, until in worked.offers.order_by().values_list("state", "expires_at"):
        found["expired" if state == "open" and until <= now else state] += 1
    return dict(found)
