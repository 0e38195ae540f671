"""The waiting list: booths that became free are offered to whoever waits, and the answer to that.

The rule, in one place:

- The list is gone through in its order (`ApplicationQuerySet.in_line`): offers missed, priority points, score, time.
- An offer is for all the booths asked for, of the class asked for, side by side if that was asked. Booths wished for
  come first, then the zones wished for. Whom nothing fits is passed over and keeps the place.
- Booths that were offered to an applicant and missed are not offered to them again.
- Booths that accepted exhibitors have yet to choose are kept for them (`promised`); only what is left is offered.
- Who declines or misses the place that an allocation round gave has had its choice: its booths go to the list.
- While an allocation round is worked on or proposed nothing is offered: the booths it gives would not be free any more.
- From the opening day on nothing is offered by itself any more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, Q
from django.utils.translation import gettext as _

from booths.actions.applications import admit
from booths.actions.endings import drop, end_lapsed, expire, locked_offer, settle_offer
from booths.actions.reservations import locked, locked_booths, reserve_held
from booths.floorplan import Rect, best_fit
from booths.models import Application, Booth, Offer, Reservation, Round
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Refused
from fairs.journal import record, record_many
from fairs.live import announce
from fairs.models import Edition, Notice, NoticeLine
from fairs.permissions import Actor, require
from fairs.states import StateConflict

UNWISHED, IN_ZONE = 2000, 1000
"""How little a booth is liked: one that was wished for counts its rank."""


def make_offers(edition: Edition, *, by: Actor = None) -> list[Offer]:
    """Offer what is free to the waiting list, by the rule above; offers that ran out are ended first.

    One transaction for each offer: booths on hold, offer and letter together or nothing. The heartbeat calls it
    without a person. Called twice at once it offers no booth twice and nobody two things.
    """
    if by is not None:
        require(by, "booths.decide", edition)
    end_offers(edition)
    waiting = _waiting(edition)
    if not waiting or clock.today(edition) >= edition.opens_on:
        return []
    spare = Spare(edition)
    return [offer for application in waiting if (offer := _offer_the_best(application, spare, by=by))]


def end_offers(edition: Edition) -> None:
    """End the edition's offers whose hours are over."""
    ran_out = Offer.objects.ran_out(clock.now()).filter(application__edition=edition)
    for offer in ran_out.order_by("pk"):
        with transaction.atomic():
            _ended(locked_offer(offer))


def take_offer(offer: Offer, *, by: Actor) -> Notice:
    """Say yes: the application is accepted, the booths are reserved, and the payment notice for them is issued.

    Refuses with `offer_ran_out`, or with `state_conflict` when it was declined. Said twice, the second call answers
    the first's notice.
    """
    require(by, "booths.hold", offer)
    with transaction.atomic():
        application = locked(offer.application)
        offer = locked_offer(offer)
        if not _ended(offer):
            if offer.can("take") and application.state == Application.State.ACCEPTED:
                settle_offer(application, "take", by=by)  # a place from an allocation round
            elif offer.can("take"):
                admit(application, by=by)
            elif offer.state != Offer.State.TAKEN:
                raise StateConflict(offer, "take")
            return reserve_held(application, by=by)
    if application.state == Application.State.ACCEPTED:
        sentence = _("The offer ran out, so its booths are free again. Choose on the plan among those that are.")
    else:
        sentence = _("The offer ran out, so its booths went to the next in line. You keep waiting for another one.")
    raise Refused("offer_ran_out", sentence)


def decline_offer(offer: Offer, *, by: Actor) -> Offer:
    """Say no: the booths go to the next in line, and the application waits on, behind those who missed fewer offers.

    Who is accepted may still choose on the plan itself what is free.

    Declining one that has run out meanwhile is no error: it ends as run out.
    """
    require(by, "booths.hold", offer)
    with transaction.atomic():
        locked(offer.application)
        offer = locked_offer(offer)
        if not _ended(offer):
            drop(offer, "decline", by=by)
    return offer


def promised(edition: Edition) -> Counter[int]:
    """Booths that accepted exhibitors have yet to choose, by class.

    Who lost a booth that was already on a payment notice, or missed the place of an allocation round, has had its
    choice, and is promised nothing more.
    """
    charged = NoticeLine.objects.filter(source_kind=Reservation.SOURCE).order_by().values("source_id")
    lost = Reservation.objects.filter(edition=edition, state=Reservation.State.RELEASED, pk__in=charged)
    accepted = Application.objects.filter(edition=edition, state=Application.State.ACCEPTED).order_by()
    live = Q(reservations__in=Reservation.objects.live(clock.now()).filter(edition=edition))
    missed = Offer.objects.filter(application__edition=edition, round__isnull=False, state__in=Offer.MISSED)
    choosing = accepted.exclude(pk__in=lost.order_by().values("application"))
    choosing = choosing.exclude(pk__in=missed.order_by().values("application"))
    rows = choosing.annotate(has=Count("reservations", filter=live)).filter(has__lt=F("booth_count"))
    owed: Counter[int] = Counter()
    for booth_class, asked, has in rows.values_list("booth_class", "booth_count", "has"):
        owed[booth_class] += asked - has
    return owed


@dataclass(frozen=True)
class FreeBooth:
    """A free booth and its ground, as the fitting looks at it."""

    booth: Booth

    @property
    def code(self) -> str:
        return self.booth.code

    @property
    def rect(self) -> Rect:
        booth = self.booth
        return Rect(float(booth.x), float(booth.y), float(booth.width), float(booth.depth))


class Spare:
    """What an edition can offer, getting less with each offer."""

    def __init__(self, edition: Edition) -> None:
        free = Booth.objects.free(clock.now()).filter(edition=edition).order_by("code")
        self.free = {booth.pk: FreeBooth(booth) for booth in free}
        by_class = Counter(stand.booth.booth_class_id for stand in self.free.values())
        self.count = by_class - promised(edition) if by_class else by_class

    def best_for(self, application: Application) -> list[Booth]:
        """The booths that suit the application best, or none."""
        wanted = application.booth_count
        if wanted > self.count[application.booth_class_id]:
            return []
        missed = {row.booth_id for row in application.reservations.all() if row.offer_id}
        ranks = {wish.booth_id: wish.rank for wish in application.booth_wishes.all()}
        zones = {zone.pk for zone in application.zones.all()}

        def dislike(stand: FreeBooth) -> int:
            return ranks.get(stand.booth.pk, IN_ZONE if stand.booth.zone_id in zones else UNWISHED)

        fitting = [
            stand
            for stand in self.free.values()
            if stand.booth.booth_class_id == application.booth_class_id and stand.booth.pk not in missed
        ]
        found = best_fit(fitting, wanted, joined=application.side_by_side, dislike=dislike)
        return [stand.booth for stand in found]

    def take(self, booths: Iterable[Booth]) -> None:
        """These are gone."""
        for booth in booths:
            del self.free[booth.pk]
            self.count[booth.booth_class_id] -= 1


def _waiting(edition: Edition) -> list[Application]:
    """Who may be made an offer, in the order of the list; nobody while a round is open."""
    rounds = Round.objects.open().filter(edition=edition)
    line = Application.objects.filter(~Exists(rounds), edition=edition).in_line()
    asked = line.exclude(offers__state=Offer.State.OPEN)
    return list(asked.prefetch_related("zones", "booth_wishes", "reservations"))


def _offer_the_best(application: Application, spare: Spare, *, by: Actor) -> Offer | None:
    """The best that is left; when somebody was faster, the best without those booths."""
    while booths := spare.best_for(application):
        spare.take(booths)
        try:
            with transaction.atomic():
                return _offer(application, booths, by=by)
        except (IntegrityError, Gone):  # the constraint has the last word between rivals
            continue
    return None


class Gone(Exception):
    """One of the booths is free no more."""


def _offer(application: Application, booths: Sequence[Booth], *, by: Actor) -> Offer | None:
    """Hold the booths and offer them; nothing for who is off the list meanwhile, or has an offer."""
    application = locked(application)
    wanted = locked_booths(booths)
    end_lapsed(wanted)
    if application.state != Application.State.WAITLISTED or application.offers.filter(state="open").exists():
        return None
    if Booth.objects.free(clock.now()).filter(pk__in=[booth.pk for booth in wanted]).count() < len(booths):
        raise Gone
    offer = Offer.objects.create(
        application=application,
        expires_at=clock.now() + timedelta(hours=application.edition.sale_terms.offer_hours),
    )
    _hold(offer, application, wanted, by=by)
    record("make", offer, by=by, fields=["state"])
    owe("booths.offer_made", to=application.contact, about=offer, edition=application.edition)
    announce(application.edition, "floor")
    announce(application.edition, "applications")
    return offer


def _hold(offer: Offer, application: Application, booths: Sequence[Booth], *, by: Actor) -> None:
    """An offer is a hold for as long as it stands."""
    held = Reservation.objects.bulk_create(
        Reservation(
            edition=application.edition,
            booth=booth,
            application=application,
            company_id=application.company_id,
            offer=offer,
            held_until=offer.expires_at,
        )
        for booth in booths
    )
    record_many("hold", held, by=by, fields=["state"])


def _ended(offer: Offer) -> bool:
    """Whether a locked offer has run out; one whose hours are over is ended here."""
    if offer.state == Offer.State.OPEN and offer.expires_at <= clock.now():
        expire(offer)
    return offer.state == Offer.State.EXPIRED
