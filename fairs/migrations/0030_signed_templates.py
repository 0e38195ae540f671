import django.db.models.deletion
from django.db import migrations, models

from fairs import append_only


def keep(apps, editor):
    append_only.keep(editor.connection, "fairs_signedtemplate")


def let_go(apps, editor):
    append_only.let_go(editor.connection, "fairs_signedtemplate")


class Migration(migrations.Migration):

    dependencies = [
        ("fairs", "0029_open_data"),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lang', models.CharField(max_length=2, verbose_name='language')),
                ('content', models.BinaryField(verbose_name='document of Word')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='fairs.signedreport')),
            ],
            options={
                'verbose_name': 'template of a signed report',
                'verbose_name_plural': 'templates of signed reports',
                'constraints': [models.UniqueConstraint(fields=('report', 'lang'), name='one_signed_template_a_language')],
            },
        ),
        migrations.RunPython(keep, let_go),
    ]
