"""Letters to those who have no meeting yet, every few days until the fair is over."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from buyers.models import Registration
from fairs import clock
from fairs.deliveries import owe
from fairs.journal import record
from fairs.models import Edition, Participation, Person
from fairs.permissions import Actor
from matchmaking.actions.contacts import contacts_of
from matchmaking.models import Meeting, MeetingRules, NoNudges, Nudge

BY_DAY = range(8, 18)  # nobody is written to at night
MOST_AT_ONCE = 200  # sides that one beat writes to; the next goes on


def owe_nudges() -> int:
    """Owe each side without a meeting its reminder of this period, unless it wants none; how many it came to."""
    written = 0
    for rules in MeetingRules.objects.filter(opens_on__isnull=False, remind_days__gt=0).select_related("edition"):
        edition = rules.edition
        period = period_of(rules, clock.today(edition))
        if period is not None and clock.now().astimezone(edition.zone).hour in BY_DAY:
            for part in _without_meetings(edition, period)[: MOST_AT_ONCE - written]:
                written += owe_nudge(part, period)
    return written


def period_of(rules: MeetingRules, today: date) -> int | None:
    """Which reminder since requests opened is due; None on the first days, and once the last day has come."""
    if not rules.opens_on or not rules.opens_on <= today < rules.edition.closes_on:
        return None
    return (today - rules.opens_on) // timedelta(days=rules.remind_days) or None


def owe_nudge(part: Participation, period: int) -> bool:
    """Owe the people of one side its reminder; whether it was this call that did. Of two at once one does."""
    try:
        with transaction.atomic():
            nudge = Nudge.objects.create(edition=part.edition, part=part, period=period, made_at=clock.now())
            for person in _readers(part):
                owe("matchmaking.no_meetings_yet", to=person, about=nudge, edition=part.edition)
    except IntegrityError:
        return False
    return True


def stop_nudges(part: Participation, *, by: Actor) -> NoNudges:
    """No more reminders for this side; said again, it stays so. By whoever has the link of a letter."""
    person = by if by is not None and by.is_authenticated else None
    with transaction.atomic():
        stopped, made = NoNudges.objects.get_or_create(part=part, defaults={"by": person})
        if made:
            record("stop_nudges", part, by=by)
    return stopped


def _readers(part: Participation) -> list[Person]:
    """The people who registered for an importer, else those in charge."""
    registered = Registration.objects.filter(edition=part.edition_id, company=part.company_id, state="approved")
    people = Person.objects.filter(registrations__in=registered, is_active=True).distinct().order_by("pk")
    return (list(people) if part.role == Participation.Role.IMPORTER else []) or contacts_of(part)


def _without_meetings(edition: Edition, period: int) -> QuerySet[Participation]:
    """Who takes part, has nothing asked for, agreed or held, no reminder of this period and no wish for none."""
    counted = [Meeting.State.REQUESTED, Meeting.State.ACCEPTED, Meeting.State.HELD, Meeting.State.NO_SHOW]
    either = Q(exhibitor=OuterRef("pk")) | Q(importer=OuterRef("pk"))
    meetings = Meeting.objects.filter(either, state__in=counted)
    written = Nudge.objects.filter(part=OuterRef("pk"), period__gte=period)
    parts = Participation.objects.filter(edition=edition, state="active", no_nudges=None, host=None)
    return parts.filter(~Exists(meetings), ~Exists(written)).select_related("edition", "company").order_by("pk")
