"""What the heartbeat does for the floor."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django_tasks import task

from booths.actions.changes import forget_old_changes
from booths.actions.manual_reminders import remind_of_tasks
from booths.actions.offers import make_offers
from booths.actions.reservations import announce_lapsed
from booths.actions.rounds import give_up_rounds, run_round
from booths.actions.waiting import tidy_waiting_rooms
from booths.actions.yard import forget_drivers, note_missing
from booths.models import Application, Offer, Reservation
from fairs import clock
from fairs.discovery import on_beat
from fairs.models import Edition

SEEN = "booths.lapses_seen"
AT_FIRST = timedelta(minutes=5)


@task()
def work_out_round(pk: int) -> None:
    """Work an allocation round out, by a program of its own."""
    run_round(pk)


@on_beat
def give_up_lost_rounds() -> None:
    """Fail allocation rounds whose worker died."""
    give_up_rounds()


@on_beat
def forget_changes() -> None:
    """What open plans were told long ago."""
    forget_old_changes()


@on_beat
def tell_of_lapsed_holds() -> None:
    """Let open plans know of holds that ran out since the last beat."""
    now = clock.now()
    since: datetime = cache.get(SEEN) or now - AT_FIRST
    ran_out = Reservation.objects.filter(state="held", held_until__gt=since, held_until__lte=now)
    for edition in Edition.objects.filter(pk__in=ran_out.values("edition")):
        announce_lapsed(edition, since=since)
    cache.set(SEEN, now, timeout=None)


@on_beat
def go_through_waiting_lists() -> None:
    """End offers that ran out, and offer what became free."""
    waiting = Application.objects.filter(state=Application.State.WAITLISTED)
    ran_out = Offer.objects.ran_out(clock.now())
    wanted = Q(pk__in=waiting.values("edition")) | Q(pk__in=ran_out.values("application__edition"))
    for edition in Edition.objects.filter(wanted):
        make_offers(edition)


@on_beat
def remind_exhibitors() -> None:
    """Letters about what is to be done for the manual."""
    remind_of_tasks()


@on_beat
def look_after_waiting_rooms() -> None:
    """Let in who is due, and end the places of who went away."""
    tidy_waiting_rooms()


@on_beat
def look_over_the_yard() -> None:
    """Vehicles that did not come, and drivers who are not needed any more."""
    note_missing()
    forget_drivers()
