"""Work of the buyers that leaves the request, and their steps of the heartbeat."""

from django_tasks import task

from buyers.actions import printing
from buyers.actions.benefits import note_arrivals
from buyers.models import HostedContract
from fairs import clock
from fairs.discovery import on_beat
from fairs.models import Edition


@task()
def draw_badges(pk: int) -> None:
    """Draw the sheets of one print run."""
    printing.print_badges(pk)


@on_beat
def forget_prints() -> None:
    """Printed badges are personal data that nobody needs for long."""
    printing.forget_prints()


@on_beat
def note_who_came() -> None:
    """Hosted importers of whom an entry was read are at the fair."""
    going = HostedContract.objects.filter(state__in=HostedContract.GOING).order_by().values("edition")
    for edition in Edition.objects.filter(pk__in=going, opens_on__lte=clock.now().date()):
        note_arrivals(edition)
