"""Reads of the waiting room, with names."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from booths.querysets import desk_editions

if TYPE_CHECKING:
    from fairs.permissions import Actor


class WaitingPlaceQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of one's company, and of editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        own = Q(application__company_id__in=person.company_ids)
        return self.filter(own | Q(application__edition__in=desk_editions(person)))

    def live(self) -> Self:
        """Those that count: waiting, or inside."""
        return self.filter(state__in=self.model.LIVE)

    def in_line(self, room: Any, now: datetime) -> Self:
        """Who waits in the room and has asked lately, the next first."""
        waiting = self.filter(room=room, state="waiting", kept_until__gt=now)
        return waiting.order_by("ready_at", "pk")

    def away(self, room: Any, now: datetime) -> Self:
        """Who waits in the room and has not asked for longer than a place is kept."""
        return self.filter(room=room, state="waiting", kept_until__lte=now)

    def with_ahead(self, now: datetime) -> Self:
        """Each with `ahead`: how many who are still there come before it in the line of its room."""
        earlier = Q(ready_at__lt=OuterRef("ready_at")) | Q(ready_at=OuterRef("ready_at"), pk__lt=OuterRef("pk"))
        line = self.model.objects.in_line(OuterRef("room"), now).filter(earlier).order_by()
        number = line.values("room").annotate(number=Count("pk")).values("number")
        return self.annotate(ahead=Coalesce(Subquery(number), 0))

    def inside(self, room: Any, now: datetime) -> Self:
        """Who may choose at this moment."""
        return self.filter(room=room, state="inside", inside_until__gt=now)
