"""Work of the buyers that leaves the request, and their steps of the heartbeat."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Max
from django_tasks import task

from buyers.actions import printing, visa_rules
from buyers.actions.benefits import note_arrivals
from buyers.actions.campaigns import send_invitations
from buyers.actions.hosting_ends import end_overdue
from buyers.models import Campaign, HostedContract
from fairs import clock
from fairs.discovery import on_beat
from fairs.models import Edition

LONGEST_SILENCE = timedelta(minutes=2)


@task()
def send_campaign(pk: int) -> None:
    """Send what is left of a campaign."""
    send_invitations(pk)


@on_beat
def go_on_inviting() -> None:
    """Campaigns that a crash has left in the middle are taken up again, each at most every two minutes."""
    silent = clock.now() - LONGEST_SILENCE
    sending = Campaign.objects.filter(state=Campaign.State.SENDING, made_at__lt=silent)
    for pk, last in sending.annotate(last=Max("invitees__asked_at")).values_list("pk", "last"):
        if (last is None or last < silent) and cache.add(f"campaign:{pk}", True, LONGEST_SILENCE.total_seconds()):
            send_campaign.enqueue(pk)


@task()
def draw_badges(pk: int) -> None:
    """Draw the sheets of one print run."""
    printing.print_badges(pk)


@on_beat
def forget_prints() -> None:
    """Printed badges are personal data that nobody needs for long."""
    printing.forget_prints()


@on_beat
def forget_passports() -> None:
    """Delete passport data whose days are over; nobody could read it any more even without this."""
    visa_rules.forget_passports()


@on_beat
def note_who_came() -> None:
    """Hosted importers of whom an entry was read are at the fair."""
    going = HostedContract.objects.filter(state__in=HostedContract.GOING).order_by().values("edition")
    for edition in Edition.objects.filter(pk__in=going, opens_on__lte=clock.now().date()):
        note_arrivals(edition)


@on_beat
def end_offers() -> None:
    """Offers of hosting that nobody answered in time end."""
    offered = HostedContract.objects.filter(state=HostedContract.State.OFFERED).order_by().values("edition")
    for edition in Edition.objects.filter(pk__in=offered):
        end_overdue(edition)
