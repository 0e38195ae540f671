"""Whom somebody left alone could meet meanwhile: near, free and fitting."""

from collections import Counter

from django.db.models import Q, QuerySet

from booths.models import Reservation
from fairs import clock
from fairs.models import Participation
from matchmaking.models import BASE, Meeting, Occupancy, Seat, cells
from matchmaking.wishes import unwanted_pairs

MOST = 5


def meanwhile(meeting: Meeting) -> list[Participation]:
    """For an importer left alone exhibitors of the same hall who make such things, for an exhibitor importers who asked
    for a meeting and got none; all with a free seat now, and none of whom either said no to the other. Nobody while
    nobody is left alone.
    """
    found = {"importer": _makers_near, "exhibitor": _who_asked}.get(meeting.alone)
    if found is None:
        return []
    near = found(meeting).exclude(pk__in=_unwanted(meeting)).order_by("company__folded", "pk")
    return _free_now(list(near[: 10 * MOST]))[:MOST]


def _unwanted(meeting: Meeting) -> set[int]:
    """The parts across from whoever is left alone, where either has said no to the other."""
    pairs = unwanted_pairs(meeting.edition)
    if meeting.alone == "importer":
        return {exhibitor for exhibitor, importer in pairs if importer == meeting.importer_id}
    return {importer for exhibitor, importer in pairs if exhibitor == meeting.exhibitor_id}


def _makers_near(meeting: Meeting) -> QuerySet[Participation]:
    taken = Reservation.objects.filter(
        edition=meeting.edition_id, state__in=["reserved", "confirmed", "handed_over"], booth__hall=meeting.hall_id
    )
    parts = Participation.objects.filter(edition=meeting.edition_id, role="exhibitor", state="active")
    near = parts.filter(company__in=taken.values("company")).exclude(pk=meeting.exhibitor_id)
    alike = near.filter(company__product_groups__in=meeting.exhibitor.company.product_groups.all())
    return alike.select_related("company").distinct()


def _who_asked(meeting: Meeting) -> QuerySet[Participation]:
    asked = Meeting.objects.filter(exhibitor=meeting.exhibitor_id, state__in=["requested", "expired"])
    met = Meeting.objects.filter(exhibitor=meeting.exhibitor_id, state="held")
    parts = Participation.objects.filter(pk__in=asked.values("importer"), state="active")
    return parts.exclude(Q(pk=meeting.importer_id) | Q(pk__in=met.values("importer"))).select_related("company")


def _free_now(parts: list[Participation]) -> list[Participation]:
    """Those with a seat that nothing takes this minute."""
    [now, *_later] = cells(clock.now(), clock.now() + BASE)
    held = Occupancy.objects.filter(participation__in=parts, starts_at=now)
    taken = Counter(held.values_list("participation", flat=True))
    seats = Counter(Seat.objects.filter(part__in=parts, open=True).values_list("part", flat=True))
    return [part for part in parts if taken[part.pk] < (seats[part.pk] or 1)]
