"""What a reading says and whether it counts as an entry are two things now: work the second out for those there are."""

from itertools import groupby

from django.db import migrations

SAID = {"welcome": "ok", "goodbye": "ok", "already_in": "again", "not_today": "wrong_day"}


def count_readings(apps, schema_editor):
    """As buyers.actions.readings counts new ones."""
    from datetime import timedelta

    from buyers.entering import Passage, entries

    scans = apps.get_model("buyers", "Scan").objects
    for before, now in SAID.items():
        scans.filter(result=before).update(result=now)
    rows = scans.filter(badge__isnull=False, result__in=["ok", "again"]).order_by("badge_id")
    for _badge, told in groupby(list(rows.only("badge_id", "at", "key", "direction")), lambda row: row.badge_id):
        passages = [(row.pk, Passage(row.at, row.key, row.direction == "in")) for row in told]
        counted = entries((passage for _pk, passage in passages), timedelta(minutes=10))
        scans.filter(pk__in=[pk for pk, passage in passages if passage.key in counted]).update(entered=True)


class Migration(migrations.Migration):
    dependencies = [("buyers", "0004_gates")]

    operations = [migrations.RunPython(count_readings, migrations.RunPython.noop)]
