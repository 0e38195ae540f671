"""What was agreed takes its time in base slots of five minutes; what waits for an answer waits as long as it was told."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F

BASE = timedelta(minutes=5)
BATCH = 2000


def cells(starts_at, ends_at):
    first = (starts_at - timedelta(minutes=starts_at.minute % 5, seconds=starts_at.second)).replace(microsecond=0)
    return [first + BASE * number for number in range(-(-(ends_at - first) // BASE))]


def cut(apps, schema_editor):
    Occupancy = apps.get_model("matchmaking", "Occupancy")
    held = Occupancy.objects.exclude(meeting=None).exclude(participation=None)
    whole = list(held.values_list("meeting", "participation", "seat", "meeting__starts_at", "meeting__ends_at"))
    Occupancy.objects.all().delete()
    rows = [
        Occupancy(meeting_id=meeting, participation_id=part, seat=seat, starts_at=cell)
        for meeting, part, seat, starts_at, ends_at in whole
        for cell in cells(starts_at, ends_at)
    ]
    # Two that overlapped under different lengths keep what each of them has first.
    Occupancy.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    apps.get_model("matchmaking", "Meeting").objects.filter(state="requested").update(expires_at=F("starts_at"))


def join(apps, schema_editor):
    """One row for each meeting and side again."""
    Occupancy = apps.get_model("matchmaking", "Occupancy")
    Occupancy.objects.exclude(kind="meeting", participation__isnull=False).delete()
    Occupancy.objects.exclude(starts_at=F("meeting__starts_at")).delete()


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0005_seats")]
    operations = [migrations.RunPython(cut, join)]
