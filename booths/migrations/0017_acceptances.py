"""Whoever handed in before acceptances were kept had accepted the version that the application names, at that moment."""

from django.db import migrations


def keep_acceptances(apps, schema_editor):
    application = apps.get_model("booths", "Application")
    acceptance = apps.get_model("booths", "RulesAcceptance")
    texts = {(one.edition_id, one.version): one.pk for one in apps.get_model("booths", "RulesText").objects.all()}
    handed_in = application.objects.exclude(rules_version="").exclude(submitted_at=None)
    acceptance.objects.bulk_create(
        (
            acceptance(
                rules_id=texts[one.edition_id, one.rules_version],
                application_id=one.pk,
                accepted_by_id=one.entered_by_id or one.contact_id,
                accepted_at=one.submitted_at,
            )
            for one in handed_in.iterator(chunk_size=2000)
            if (one.edition_id, one.rules_version) in texts
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("booths", "0016_exhibitors_and_rules")]
    operations = [migrations.RunPython(keep_acceptances, migrations.RunPython.noop)]
