"""Reads of windows, slots and vehicle passes, with names."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

if TYPE_CHECKING:
    from fairs.permissions import Actor

LATE_AFTER = timedelta(minutes=15)


def yard_editions(person: "Actor") -> models.QuerySet[Any]:
    """Editions whose vehicles the person looks after."""
    return apps.get_model("fairs", "Edition").objects.run_by(person, "booth_desk", "gate")


def handover_editions(person: "Actor") -> models.QuerySet[Any]:
    """Editions whose booths the person hands over, or reads about."""
    return apps.get_model("fairs", "Edition").objects.run_by(person, "booth_desk", "reports")


class WindowQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The windows of every edition the person may see."""
        return self.filter(edition__in=apps.get_model("fairs", "Edition").objects.visible_to(person))

    def fitting(self, halls: set[int], zones: set[int]) -> Self:
        """Those by which vehicles may come to booths in all of these halls and zones."""
        one_hall = Q(hall__isnull=True) | (Q(hall__in=halls) if len(halls) == 1 else Q(pk__in=[]))
        one_zone = Q(zone__isnull=True) | (Q(zone__in=zones) if len(zones) == 1 else Q(pk__in=[]))
        return self.filter(one_hall & one_zone)


class SlotQuerySet(models.QuerySet[Any]):
    def open_at(self, now: datetime) -> Self:
        """Those not over yet in which there is room."""
        return self.filter(ends_at__gt=now, booked__lt=F("capacity"))


class VehiclePassQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of one's company, and of editions whose vehicles one looks after."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=yard_editions(person)))

    def live(self) -> Self:
        """Booked, or inside."""
        return self.filter(state__in=self.model.LIVE)

    def inside(self) -> Self:
        """Those in the yard, the longest first."""
        return self.filter(state="arrived").order_by("arrived_at", "pk")

    def late(self, now: datetime) -> Self:
        """Booked for a slot that began a quarter of an hour ago, and not here."""
        return self.filter(state="booked", slot__starts_at__lte=now - LATE_AFTER).order_by("slot__starts_at", "pk")

    def whole(self) -> Self:
        """With everything that a pass or a row of the yard shows."""
        booths = apps.get_model("booths", "Reservation").objects.select_related("booth__hall")
        related = self.select_related("slot__window__hall", "slot__window__zone", "company", "edition__series")
        return related.prefetch_related(Prefetch("reservations", booths.order_by("booth__code")))


class OfReservation(models.QuerySet[Any]):
    """What is noted about a booth while somebody has it."""

    def visible_to(self, person: "Actor") -> Self:
        """About the booths of one's company, and of editions whose booths one hands over."""
        if not person.is_authenticated:
            return self.none()
        own = Q(reservation__company_id__in=person.company_ids)
        return self.filter(own | Q(reservation__edition__in=handover_editions(person)))


class CheckQuerySet(OfReservation):
    def last_at(self, moment: str) -> Self:
        """The last one of each booth at move-in or at move-out."""
        later = self.model._base_manager.filter(
            reservation=OuterRef("reservation"), moment=OuterRef("moment"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later), moment=moment)


class FaultQuerySet(OfReservation):
    def open(self) -> Self:
        """Not mended yet, the oldest first."""
        return self.filter(state="open").order_by("found_at", "pk")


class BreachQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Of editions whose booths one decides about; an exhibitor has the letter."""
        editions = apps.get_model("fairs", "Edition").objects.run_by(person, "booth_desk")
        return self.filter(reservation__edition__in=editions)
