from django.db import migrations, models

from fairs import append_only


def keep(apps, editor):
    append_only.keep(editor.connection, "fairs_signedreport")


class Migration(migrations.Migration):

    dependencies = [
        ("fairs", "0030_signed_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name='signedreport',
            name='basis',
            field=models.JSONField(blank=True, null=True, verbose_name='amounts behind the worth of contracts, while it may be told'),
        ),
        # SQLite makes the table anew, and loses what keeps its rows.
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
