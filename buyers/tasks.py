"""Work of the buyers that leaves the request, and their steps of the heartbeat."""

from django_tasks import task

from buyers.actions import printing
from fairs.discovery import on_beat


@task()
def draw_badges(pk: int) -> None:
    """Draw the sheets of one print run."""
    printing.print_badges(pk)


@on_beat
def forget_prints() -> None:
    """Printed badges are personal data that nobody needs for long."""
    printing.forget_prints()
