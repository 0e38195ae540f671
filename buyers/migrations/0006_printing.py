"""Badges say for whom their holder comes, and are printed many at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower

import buyers.models.printing
import fairs.clock
import fairs.models.fields

STATES = [("making", "Being made"), ("ready", "Ready to print"), ("stopped", "Stopped"), ("failed", "Not made")]
SIZES = [
    ("a6", "A6 (105 × 148 mm)"), ("lanyard", "Pocket on a cord (105 × 135 mm)"), ("card", "Card (85.6 × 54 mm)"),
]


def fold_codes(apps, schema_editor):
    """Codes are capitals and figures: in lower case they are as a save folds them."""
    apps.get_model("buyers", "Badge").objects.update(folded=Lower("short_code"))


class Migration(migrations.Migration):
    dependencies = [
        ("buyers", "0005_readings_counted"),
        ("fairs", "0015_notice_contacts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_changed_at", models.DateTimeField(default=fairs.clock.now)),
                ("version", models.PositiveIntegerField(default=0)),
                ("state", models.CharField(choices=STATES, default="making", max_length=20, verbose_name="state")),
                ("size", models.CharField(choices=SIZES, default="a6", max_length=10, verbose_name="size")),
                ("badges", models.JSONField(default=list)),
                ("number", models.PositiveIntegerField(verbose_name="badges")),
                ("file", models.CharField(default=buyers.models.printing.new_file_name, editable=False, max_length=60)),
                ("begun_at", models.DateTimeField(default=fairs.clock.now, verbose_name="begun")),
                ("begun_by", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                )),
                ("edition", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="print_runs", to="fairs.edition"
                )),
            ],
            options={
                "verbose_name": "badges printed at once",
                "verbose_name_plural": "badges printed at once",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            "badge", "country", models.CharField(blank=True, max_length=2, verbose_name="country or territory")
        ),
        migrations.AddField(
            "badge", "folded",
            fairs.models.fields.FoldedField("organisation", "short_code", blank=True, default="", editable=False),
        ),
        migrations.AddField(
            "badge", "issued_by",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("badge", "key", models.CharField(blank=True, editable=False, max_length=80)),
        migrations.AddField(
            "badge", "organisation",
            fairs.models.fields.NameField(blank=True, max_length=200, verbose_name="organisation"),
        ),
        migrations.AddConstraint(
            "badge",
            models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("edition", "key"), name="one_badge_a_form"
            ),
        ),
        migrations.RunPython(fold_codes, migrations.RunPython.noop),
    ]
