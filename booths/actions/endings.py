"""How holds and offers end: by time, by a no, with their application.

Whoever locks several things does so in one order, or two would wait for each other: application, booths, offers,
reservations.
"""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from booths.models import Application, Booth, Offer, Reservation
from fairs import clock
from fairs.deliveries import owe
from fairs.live import announce
from fairs.permissions import Actor


def end_lapsed(booths: Sequence[Booth]) -> None:
    """Whoever meets a hold or an offer that ran out ends it, so that the constraint lets a new hold in.

    Called with the booths locked. An offer ends as a whole, with its booths elsewhere.
    """
    ran_out = _lapsed().filter(booth__in=booths)
    offers = ran_out.filter(offer__state=Offer.State.OPEN).order_by().values("offer")
    for offer in _locked(Offer.objects.ran_out(clock.now()).filter(pk__in=offers)):
        expire(offer)
    for reservation in ran_out.select_for_update(of=("self",)).order_by("booth_id"):
        reservation.follow("lapse", by=None)


def end_ran_out(applications: Iterable[Application]) -> None:
    """End the offers of these applications whose hours are over, so that the constraint lets a new one in.

    Called with the applications locked, after the booths.
    """
    for offer in _locked(Offer.objects.ran_out(clock.now()).filter(application__in=applications)):
        expire(offer)


def expire(offer: Offer) -> None:
    """End a locked offer whose hours are over: its booths are free again, and the applicant is told."""
    offer.follow("expire", by=None)
    for reservation in offer.reservations.filter(state=Reservation.State.HELD).order_by("booth_id"):
        reservation.follow("lapse", by=None)
    owe("booths.offer_ran_out", to=offer.application.contact, about=offer, edition=offer.application.edition)
    _tell(offer)


def drop(offer: Offer, verb: str, *, by: Actor) -> None:
    """End a locked offer by a no (decline, take_back): its booths are free again."""
    offer.follow(verb, by=by)
    for reservation in offer.reservations.filter(state=Reservation.State.HELD).order_by("booth_id"):
        reservation.follow("release", by=by)
    _tell(offer)


def settle_offer(application: Application, verb: str, *, by: Actor) -> None:
    """What the decision about an application means for its offer: it is taken, declined or taken back.

    One whose hours are over has run out instead, whatever was decided.
    """
    for offer in _locked(Offer.objects.filter(application=application, state=Offer.State.OPEN)):
        if offer.expires_at <= clock.now():
            expire(offer)
        elif verb == "take":
            offer.follow("take", by=by)
        else:
            drop(offer, verb, by=by)


def locked_offer(offer: Offer) -> Offer:
    """The offer as it is now, kept from others until the transaction ends."""
    [found] = _locked(Offer.objects.filter(pk=offer.pk))
    return found


def _locked(offers: QuerySet[Offer]) -> list[Offer]:
    whole = offers.select_related("application__edition", "application__contact")
    return list(whole.select_for_update(of=("self",)).order_by("pk"))


def _lapsed() -> QuerySet[Reservation]:
    held = Reservation.objects.filter(state=Reservation.State.HELD, held_until__lte=clock.now())
    return held.select_related("booth")


def _tell(offer: Offer) -> None:
    announce(offer.application.edition, "floor")
    announce(offer.application.edition, "applications")
