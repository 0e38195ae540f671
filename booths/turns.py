"""When it is whose turn to choose booths in the live sale, and what stands before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from booths.models import Application, Opening, WaitingPlace, WaitingRoom
from fairs import clock
from fairs.errors import Refused
from fairs.models import Edition, Participation
from fairs.templatetags.fair import local, moment


@dataclass(frozen=True)
class Turn:
    """How one application stands in the live sale at a moment."""

    now: datetime
    rounds: bool  # whether the edition has rounds at all
    opening: Opening | None  # the earliest that is for it
    room: WaitingRoom | None = None  # the one that stands now
    place: WaitingPlace | None = None  # its place there that counts

    @property
    def opens_at(self) -> datetime | None:
        """From when on it may choose; None for at once, or for never."""
        return self.opening.opens_at if self.opening else None

    @property
    def has_come(self) -> bool:
        """Whether its round of the sale is open."""
        return not self.rounds or (self.opening is not None and self.opening.opens_at <= self.now)

    @property
    def inside(self) -> bool:
        """Whether the waiting room has let it in, and its time there is not over."""
        until = self.place.inside_until if self.place and self.place.state == WaitingPlace.State.INSIDE else None
        return until is not None and until > self.now

    @property
    def open(self) -> bool:
        """Whether it may choose now."""
        return self.has_come and (self.room is None or self.inside)

    @property
    def seconds_left(self) -> int | None:
        """Until its round opens; None where that is no moment to come."""
        if self.has_come or self.opening is None:
            return None
        return int((self.opening.opens_at - self.now).total_seconds())

    @property
    def seconds_inside(self) -> int:
        """How long it may still choose."""
        until = self.place.inside_until if self.inside and self.place else None
        return int((until - self.now).total_seconds()) if until else 0

    @property
    def sentence(self) -> str:
        """Why it may not choose yet, and when it may."""
        if self.has_come:
            return _("So many want to choose now that a waiting room stands before the plan. Take your place there.")
        if self.opening is None:
            return _("No round of the sale is for you yet. Ask the booth desk when yours will be.")
        return _("Your turn to choose begins on %(moment)s: %(round)s. Until then others go first.") % {
            "moment": moment(self.opening.opens_at),
            "round": local(self.opening, "name"),
        }

    @property
    def refusal(self) -> Refused:
        """What a hold ahead of the turn is answered."""
        return Refused("in_the_waiting_room" if self.has_come else "not_your_turn", self.sentence)


class Facts:
    """What rounds ask about an application, looked up when the first of them asks."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @cached_property
    def product_groups(self) -> set[str]:
        """The codes of what its company makes."""
        return set(self.application.company.product_groups.values_list("code", flat=True))

    @cached_property
    def returning(self) -> bool:
        """Whether its company exhibited at an earlier edition."""
        return _earlier(self.application.edition).filter(company=self.application.company_id).exists()

    def fit(self, opening: Opening) -> bool:
        """Whether a round is for it: everything that the round asks must hold."""
        one = self.application
        form = one.legal_form or one.company.legal_form
        return (
            (one.is_group or not opening.groups_only)
            and (not opening.legal_forms or form in opening.legal_forms)
            and (opening.least_score is None or (one.score is not None and one.score >= opening.least_score))
            and (opening.least_points is None or (one.points is not None and one.points >= opening.least_points))
            and (not opening.product_groups or bool(self.product_groups & set(opening.product_groups)))
            and (not opening.returning or self.returning)
        )


def turn_of(application: Application) -> Turn:
    """How an application stands now, with its place in the waiting room."""
    now = clock.now()
    by_turns = getattr(application, "by_turns", True)  # what a lock on the application looked up by the way
    openings = list(Opening.objects.filter(edition=application.edition_id)) if by_turns else []
    room = room_at(application.edition, now)
    place = WaitingPlace.objects.live().filter(application=application, room=room).first() if room else None
    return Turn(now, bool(openings), _first_for(application, openings, now), room, place)


def room_at(edition: Edition, now: datetime) -> WaitingRoom | None:
    """The waiting room that stands before the choice at this moment."""
    room: WaitingRoom | None = getattr(edition, "waiting_room", None)
    return room if room and room.stands_at(now) else None


def _first_for(application: Application, openings: Sequence[Opening], now: datetime) -> Opening | None:
    """The earliest round that is for it. Where one for all is open already, nothing more is asked."""
    for opening in openings:
        if opening.for_all and opening.opens_at <= now:
            return opening
    facts = Facts(application)
    return next((opening for opening in openings if facts.fit(opening)), None)


def counted(openings: Iterable[Opening], edition: Edition) -> dict[int, int]:
    """For how many of the accepted each of an edition's rounds is the first, by its key; 0 for those without."""
    openings = list(openings)
    rows = Application.objects.filter(edition=edition, state=Application.State.ACCEPTED).select_related("company")
    returning = set(_earlier(edition).values_list("company", flat=True))
    found = {opening.pk: 0 for opening in openings} | {0: 0}
    for application in rows.prefetch_related("company__product_groups"):
        facts = Facts(application)
        facts.returning = application.company_id in returning
        facts.product_groups = {group.code for group in application.company.product_groups.all()}
        first = next((opening for opening in openings if facts.fit(opening)), None)
        found[first.pk if first else 0] += 1
    return found


def _earlier(edition: Edition) -> QuerySet[Participation]:
    earlier = Q(edition__opens_on__lt=edition.opens_on, role=Participation.Role.EXHIBITOR, state="active")
    return Participation.objects.filter(earlier)
