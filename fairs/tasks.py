"""Work that leaves the request: letters, and the common steps of the heartbeat."""

from datetime import timedelta

from django.core.cache import cache
from django_tasks import task

from fairs import clock, deliveries
from fairs.actions import consents, day_packs, photos, uploads
from fairs.discovery import on_beat
from fairs.models import Delivery, Person, Upload
from fairs.money.actions.matching import match_new_lines
from fairs.money.actions.release import release_unpaid_notices
from fairs.progress import SILENCE


@task()
def send_letter(pk: int) -> None:
    """Send one owed letter."""
    deliveries.send(pk)


@task()
def import_upload(pk: int, by_pk: int) -> None:
    """Import the rows of one sheet."""
    uploads.import_rows(pk, Person.objects.get(pk=by_pk))


@on_beat
def go_on_importing() -> None:
    """Imports whose worker died are begun anew: none of their rows was taken over, and an import is all or nothing."""
    silent = clock.now() - timedelta(seconds=SILENCE)
    begun = Upload.objects.filter(state=Upload.State.IMPORTING, state_changed_at__lt=silent)
    for pk, by in begun.values_list("pk", "by"):
        if uploads.take_up_again(pk):
            import_upload.enqueue(pk, by)


@task()
def make_day_pack(pk: int) -> None:
    """Write the lists of one day."""
    day_packs.make_pack(pk)


@on_beat
def forget_day_packs() -> None:
    """Delete lists of days that were made long enough ago, and give up those that nobody finished."""
    day_packs.forget_packs()


@on_beat
def send_late_letters() -> None:
    """Try again what is owed and due: what a crash or a mail server left behind."""
    late = Delivery.objects.filter(state=Delivery.State.OWED, due_at__lte=clock.now()).order_by("due_at")
    for pk in late.values_list("pk", flat=True)[:200]:
        deliveries.send(pk)


@on_beat
def release_notices() -> None:
    """Cancel notices on which nothing was paid in time."""
    release_unpaid_notices()


@on_beat
def forget_photos() -> None:
    """Once a day, drop the photos that nobody put to a product."""
    if cache.add("photos.forgotten", True, 24 * 3600):
        photos.forget_photos()


@on_beat
def forget_addresses() -> None:
    """Once a day, drop the network addresses of old consents."""
    if cache.add("consents.addresses", True, 24 * 3600):
        consents.forget_addresses()


@on_beat
def match_bank_lines() -> None:
    """Go on with lines of banks that a crash, or a moment of trouble, has left unmatched."""
    match_new_lines()
