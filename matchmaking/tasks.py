"""What the worker and the heartbeat do for meetings and leads."""

from contextlib import suppress
from datetime import timedelta

from django.db.models import Q
from django_tasks import task

from fairs import clock
from fairs.discovery import on_beat
from fairs.live import announce
from fairs.states import StateConflict
from matchmaking.actions.follow_up import owe_follow_ups, owe_reminders
from matchmaking.actions.lead_digests import owe_digests
from matchmaking.actions.meetings import expire_meeting
from matchmaking.actions.nudges import owe_nudges
from matchmaking.actions.proposals import lapse_proposal
from matchmaking.actions.rates import value_deals
from matchmaking.actions.timetable_publishing import book_timetable, go_on_booking
from matchmaking.actions.timetables import give_up_timetables, run_timetable
from matchmaking.models import Meeting, Proposal
from matchmaking.models.meeting import LEFT_ALONE_AFTER

BEAT = timedelta(seconds=15)  # more than lies between two heartbeats, so that none is left out


@task()
def work_out_timetable(pk: int) -> None:
    """Work a timetable out, by a program of its own."""
    run_timetable(pk)


@task()
def book_all(pk: int) -> None:
    """Book the meetings of a published timetable."""
    book_timetable(pk)


@on_beat
def go_on_with_timetables() -> None:
    """Have booking go on that broke off."""
    go_on_booking()


@on_beat
def give_up_lost_timetables() -> None:
    """Fail timetables whose worker died."""
    give_up_timetables()


@on_beat
def end_unanswered() -> None:
    """End requests and proposals that nobody answered in time, so that lists and letters say so."""
    for meeting in Meeting.objects.unanswered(clock.now()).with_sides().select_related("edition", "importer_person"):
        with suppress(StateConflict):  # answered at this very moment
            expire_meeting(meeting)
    for proposal in Proposal.objects.unanswered(clock.now()).with_sides():
        with suppress(StateConflict):
            lapse_proposal(proposal)


@on_beat
def tell_who_waits_alone() -> None:
    """Let open pages show whom a side could meet that has waited for some minutes: they fetch themselves anew."""
    now = clock.now()
    since = (now - LEFT_ALONE_AFTER - BEAT, now - LEFT_ALONE_AFTER)
    waiting = Meeting.objects.filter(state=Meeting.State.ACCEPTED, starts_at__range=since)
    one_side = waiting.filter(Q(exhibitor_here_at=None) ^ Q(importer_here_at=None))
    for meeting in one_side.select_related("edition").order_by("edition").distinct():
        announce(meeting.edition, "meetings")


@on_beat
def remind_of_meetings() -> None:
    """Owe those without meetings their reminder, once every few days."""
    owe_nudges()


@on_beat
def tell_of_leads() -> None:
    """Owe exhibitors the evening letter about their visitors, once the day has closed."""
    owe_digests()


@on_beat
def ask_what_became_of_it() -> None:
    """Owe both sides of each pair their letter of the rung that is due after the fair, and one reminder."""
    owe_follow_ups()
    owe_reminders()


@on_beat
def value_what_waits_for_a_rate() -> None:
    """Give contracts without a rate their value in US dollars, by whatever way the rate came."""
    value_deals(by=None)
