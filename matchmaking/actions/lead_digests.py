"""The letter that an exhibitor gets each evening of the fair about the day's visitors."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from fairs import clock
from fairs.deliveries import owe
from fairs.models import OpeningDay, Participation
from matchmaking.actions.contacts import contacts_of
from matchmaking.models import Lead, LeadDigest

MOST_NAMED = 12


def owe_digests() -> None:
    """Owe the letters of each day that closed not long ago; what was owed before is not owed again."""
    now = clock.now()
    for day in OpeningDay.objects.filter(date__range=_dates(now)).select_related("edition"):
        if day.ends <= now < day.ends + timedelta(hours=18):
            for exhibitor in _without_a_letter(day):
                owe_digest(exhibitor, day.date)


def owe_digest(exhibitor: Participation, day: date) -> bool:
    """Owe one exhibitor's people the letter of a day; whether it was this call that did. Two at once owe one."""
    try:
        with transaction.atomic():
            digest = LeadDigest.objects.create(
                edition=exhibitor.edition, exhibitor=exhibitor, day=day, made_at=clock.now()
            )
            for person in contacts_of(exhibitor):
                owe("matchmaking.lead_digest", to=person, about=digest, edition=exhibitor.edition)
    except IntegrityError:
        return False
    return True


@dataclass(frozen=True)
class DayOfLeads:
    """What the letter says: figures, the best visitors first, and what is due."""

    counts: dict[str, int]
    best: list[Lead]
    due: list[Lead]

    @property
    def named(self) -> list[Lead]:
        """As many as a letter holds."""
        return self.best[:MOST_NAMED]

    @property
    def more(self) -> int:
        """How many it leaves out."""
        return max(0, len(self.best) - MOST_NAMED)


def day_of_leads(digest: LeadDigest) -> DayOfLeads:
    """The visitors of the day, those rated A first, and the steps due by the next day."""
    own = Lead.objects.filter(exhibitor=digest.exhibitor_id)
    today = own.of_day(digest.edition, digest.day)
    best = today.filter(rating__in=["A", "B"]).with_contacts().order_by("rating", "-last_at", "-pk")
    due = own.to_do(digest.day + timedelta(days=1)).with_contacts().order_by("next_on", "rating", "pk")
    return DayOfLeads(today.counts(), list(best), list(due[:MOST_NAMED]))


def _without_a_letter(day: OpeningDay) -> Any:
    """Exhibitors who had visitors on the day, or have something to do by the next, and no letter yet."""
    had = Lead.objects.of_day(day.edition, day.date).filter(edition=day.edition)
    due = Lead.objects.filter(edition=day.edition).to_do(day.date + timedelta(days=1))
    written = LeadDigest.objects.filter(edition=day.edition, day=day.date)
    parts = Participation.objects.filter(edition=day.edition, state="active").exclude(
        pk__in=written.values("exhibitor")
    )
    wanted = set(had.values_list("exhibitor", flat=True)) | set(due.values_list("exhibitor", flat=True))
    return parts.filter(pk__in=wanted).select_related("edition", "company").order_by("pk")


def _dates(now: Any) -> tuple[date, date]:
    """Any zone's today and yesterday."""
    return now.date() - timedelta(days=2), now.date() + timedelta(days=1)
