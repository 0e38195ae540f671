"""Reads of the floor, of applications and reservations, with names."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid

if TYPE_CHECKING:
    from fairs.permissions import Actor


def desk_editions(person: "Actor") -> models.QuerySet[Any]:
    """Editions whose booths the person looks after."""
    return apps.get_model("fairs", "Edition").objects.run_by(person, "booth_desk", "finance", "reports")


class BoothQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The floor of every edition the person may see."""
        return self.filter(edition__in=apps.get_model("fairs", "Edition").objects.visible_to(person))

    def free(self, now: datetime) -> Self:
        """To let: not blocked, and no live reservation at this moment."""
        live = apps.get_model("booths", "Reservation").objects.live(now).filter(booth=OuterRef("pk"))
        return self.filter(~Exists(live), blocked="")

    def with_status(self) -> Self:
        """Each with `status`: free, held, reserved, confirmed or blocked, as it stands now."""
        live = apps.get_model("booths", "Reservation").objects.live(clock.now()).filter(booth=OuterRef("pk"))
        return self.annotate(
            status=Case(
                When(~Q(blocked=""), then=Value("blocked")),
                default=Coalesce(Subquery(live.values("state")[:1]), Value("free")),
            )
        )

    def in_order(self, edition: Any, codes: Sequence[str]) -> list[Any]:
        """The edition's booths with these codes, in this order; refuses with `unknown_booth`."""
        found = {booth.code: booth for booth in self.filter(edition=edition, code__in=codes)}
        missing = [code for code in codes if code not in found]
        if missing:
            sentence = _("There is no booth %(codes)s on this floor.") % {"codes": ", ".join(missing)}
            raise Invalid("unknown_booth", sentence, {"booths": [sentence]})
        return [found[code] for code in dict.fromkeys(codes)]


class ApplicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's applications, and those handed in to editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        at_the_desk = Q(edition__in=desk_editions(person)) & (~Q(state="draft") | Q(entered_by__isnull=False))
        return self.filter(Q(company_id__in=person.company_ids) | at_the_desk)

    def live(self) -> Self:
        """Neither refused nor withdrawn."""
        return self.filter(state__in=self.model.LIVE)


class ReservationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's reservations, and those of editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=desk_editions(person)))

    def live(self, now: datetime) -> Self:
        """Those that keep a booth from others at this moment: a hold counts until its minute is over."""
        return self.filter(Q(state__in=["reserved", "confirmed", "handed_over"]) | Q(state="held", held_until__gt=now))

    def with_booths(self) -> Self:
        """Together with what a price line and a list of booths say about the booth."""
        return self.select_related("booth__booth_class", "booth__hall", "booth__zone")
